"""When a message that has not gone is tried again."""

from datetime import UTC, datetime, timedelta
from itertools import count, takewhile
from zoneinfo import ZoneInfo

import pytest

from notifications import next_attempt_at

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def waits(*, urgent: bool) -> list[timedelta]:
    moments = takewhile(bool, (next_attempt_at(n, NOW, urgent=urgent) for n in count(1)))
    return [moment - NOW for moment in moments if moment]


@pytest.mark.parametrize("urgent", [True, False])
def test_each_wait_is_longer_and_there_is_a_last(urgent):
    assert waits(urgent=urgent) == sorted(set(waits(urgent=urgent)))
    assert waits(urgent=urgent)[0] > timedelta(0)


def test_an_urgent_message_is_tried_sooner_and_given_to_a_person_sooner():
    assert all(u < r for u, r in zip(waits(urgent=True), waits(urgent=False), strict=False))
    assert sum(waits(urgent=True), timedelta()) < timedelta(minutes=20)


def test_a_server_mended_overnight_loses_nothing():
    assert sum(waits(urgent=False), timedelta()) > timedelta(hours=15)


def test_a_clock_change_does_not_shorten_or_lengthen_a_wait():
    before = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo("Europe/London"))
    assert next_attempt_at(4, before) == before.astimezone(UTC) + timedelta(hours=1)


@pytest.mark.parametrize(("attempts", "now"), [(0, NOW), (1, NOW.replace(tzinfo=None))])
def test_a_question_that_makes_no_sense_is_refused(attempts, now):
    with pytest.raises(ValueError, match="Ask after"):
        next_attempt_at(attempts, now)
