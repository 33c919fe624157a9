"""Are both clock changes right? In March an hour is missing, in October one comes twice."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from thresholds import LONDON, Calendar, Limit, OfficeHours, Opening, due, london
from thresholds.timing.calendar import moment

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


def on_sundays(calendar: Calendar, opens: int, closes: int) -> Calendar:
    sundays = (Opening(day="sunday", opens=time(opens), closes=time(closes)),)
    hours = OfficeHours(id="sundays", name="Sundays", week=sundays, cite="test here", basis="published")
    return calendar.model_copy(update={"office_hours": hours})


@pytest.mark.parametrize(("opens", "day", "clock"), [
    (0, SPRING, "05:00"), (0, AUTUMN, "03:00"), (9, SPRING, "13:00"), (9, AUTUMN, "13:00"),
])  # fmt: skip
def test_office_hours_feel_the_change_only_while_the_office_is_open(
    exampleton_calendar: Calendar, opens: int, day: date, clock: str
):
    calendar = on_sundays(exampleton_calendar, opens, opens + 8)
    answer = due(a_limit(4, "office_hours"), datetime.combine(day, time(0), LONDON), calendar)
    assert f"{london(answer.due_at):%a %H:%M}" == f"Sun {clock}"
    assert any("clocks go" in sentence for sentence in answer.explanation) == (opens == 0)


def test_a_start_at_a_time_that_spring_skips_is_said_as_the_hour_after(exampleton_calendar: Calendar):
    answer = due(a_limit(1, "hours"), datetime.combine(SPRING, time(1, 30), LONDON), exampleton_calendar)
    assert "Sunday 28 March 2027 at 02:30" in answer.explanation[0]
    assert answer.explanation[-1] == "So it is due by Sunday 28 March 2027 at 03:30."
