"""Are both clock changes right? In March an hour is missing, in October one comes twice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from thresholds import LONDON, Calendar, Limit, due, london
from thresholds.calendar import moment

SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)


def a_limit(amount: int, unit: str, end_of_day: str = "same_clock_time") -> Limit:
    return Limit.model_validate({
        "id": "some-limit", "name": "Something", "words": "Do it.", "cite": "test here", "basis": "published",
        "from_event": "received", "obliged": "us", "hard": True,
        "amount": amount, "unit": unit, "end_of_day": end_of_day,
    })  # fmt: skip


@pytest.mark.parametrize(("day", "clock"), [(SPRING, "11:00"), (AUTUMN, "09:00")])
def test_twenty_four_hours_are_twenty_four_hours(exampleton_calendar: Calendar, day: date, clock: str):
    ten_the_day_before = datetime.combine(day - timedelta(days=1), time(10), LONDON)
    answer = due(a_limit(24, "hours"), ten_the_day_before, exampleton_calendar)
    assert f"{london(answer.due_at):%H:%M}" == clock
    assert any("clocks go" in sentence for sentence in answer.explanation)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_a_calendar_day_ends_at_the_same_clock_time(exampleton_calendar: Calendar, day: date):
    ten_the_day_before = datetime.combine(day - timedelta(days=1), time(10), LONDON)
    answer = due(a_limit(1, "calendar_days"), ten_the_day_before, exampleton_calendar)
    assert london(answer.due_at).replace(tzinfo=None) == datetime.combine(day, time(10))


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_close_of_business_after_the_change_is_on_the_new_clock(exampleton_calendar: Calendar, day: date):
    friday = datetime.combine(day - timedelta(days=2), time(12), LONDON)
    counted = a_limit(2, "working_days", "close_of_business")
    assert london(due(counted, friday, exampleton_calendar).due_at).time() == time(17)


def test_a_time_that_spring_skips_is_the_hour_after():
    assert moment(SPRING, time(1, 30)) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_time_that_autumn_has_twice_is_the_first():
    assert moment(AUTUMN, time(1, 30)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
