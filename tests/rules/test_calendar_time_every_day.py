"""Are days, weeks, months and round-the-clock hours right on every day of 2020 to 2028, both clock changes too?"""

import numpy as np
import pytest
from counted import a_calendar, a_limit
from every_day import (
    DAYS,
    DIVISIONS,
    as_moments,
    clocks,
    closing,
    last_sunday,
    months_after,
    to_utc,
    to_wall,
    working_week,
    wrong,
)

from thresholds import due, shift
from thresholds.timing.counting import course

LENGTHS = {
    "calendar_days": (1, 2, 7, 30),
    "weeks": (1, 6),
    "months": (1, 3, 6),
}
SPANS = [(unit, amount) for unit, amounts in LENGTHS.items() for amount in amounts]
YEARS = np.arange("2020", "2029", dtype="datetime64[Y]")
CHANGES = np.concatenate([clocks(last_sunday(YEARS, month), "01:00") for month in (3, 10)])
ONE_HOUR = np.timedelta64(3600, "s")

every_span = pytest.mark.parametrize(("unit", "amount"), SPANS)


def last_days(unit: str, amount: int) -> np.ndarray:
    return months_after(DAYS, amount) if unit == "months" else DAYS + amount * (7 if unit == "weeks" else 1)


def mistakes(unit: str, amount: int, clock: str, end_of_day: str, right: np.ndarray, division: str) -> list[str]:
    limit, calendar = a_limit(amount, unit, end_of_day=end_of_day), a_calendar(division, closed=True)
    starts = as_moments(to_utc(clocks(DAYS, clock)))
    return wrong(starts, [course(limit, start, calendar).due_at for start in starts], right)


@every_span
def test_a_day_that_ends_at_midnight(unit: str, amount: int):
    right = to_utc(clocks(last_days(unit, amount) + 1, "00:00"))
    assert mistakes(unit, amount, "16:45", "midnight", right, "england-and-wales") == []


@every_span
@pytest.mark.parametrize("clock", ["00:00", "01:30", "12:15", "23:59"])
def test_a_day_that_ends_at_the_time_it_started(unit: str, amount: int, clock: str):
    """Half past one is the hour that spring skips and autumn has twice."""
    started = to_wall(to_utc(clocks(DAYS, clock)))
    right = to_utc(last_days(unit, amount).astype("M8[s]") + (started - started.astype("M8[D]")))
    assert mistakes(unit, amount, clock, "same_clock_time", right, "england-and-wales") == []


@every_span
@pytest.mark.parametrize("division", DIVISIONS)
def test_a_day_that_ends_at_close_of_business_or_where_nobody_works_at_midnight(unit: str, amount: int, division: str):
    last = last_days(unit, amount)
    works = np.is_busday(last, busdaycal=working_week(division, False))
    right = np.where(works, closing(last), to_utc(clocks(last + 1, "00:00")))
    assert mistakes(unit, amount, "18:20", "close_of_business", right, division) == []


@pytest.mark.parametrize("end_of_day", ["midnight", "same_clock_time"])
@pytest.mark.parametrize("count", [1, 3, 45])
def test_a_working_day_may_end_otherwise_than_at_closing(count: int, end_of_day: str):
    """At midnight; or when it started, and at opening where it counts from a later day."""
    week, calendar = working_week("england-and-wales", True), a_calendar(closed=True)
    limit = a_limit(count, "working_days", end_of_day=end_of_day, local_closures="skipped")
    last = np.busday_offset(np.busday_offset(DAYS, 0, roll="forward", busdaycal=week), count, busdaycal=week)
    friday = (last.astype(int) + 3) % 7 == 4
    opens = np.where(friday, clocks(last, "09:00"), clocks(last, "08:30"))
    wall = np.where(np.is_busday(DAYS, busdaycal=week), clocks(last, "11:00"), opens)
    right = to_utc(wall if end_of_day == "same_clock_time" else clocks(last + 1, "00:00"))
    starts = as_moments(to_utc(clocks(DAYS, "11:00")))
    assert wrong(starts, [course(limit, start, calendar).due_at for start in starts], right) == []


@pytest.mark.parametrize("hours", [1, 4, 24, 48, 72])
def test_hours_pass_over_both_clock_changes_of_every_year(hours: int):
    """From every half hour of the three days before to the day after; the sentences say which way the clocks go."""
    calendar, limit = a_calendar(), a_limit(hours, "hours")
    starts = (CHANGES[:, None] + np.arange(-144, 49) * np.timedelta64(1800, "s")).ravel()
    right, asked = starts + hours * ONE_HOUR, as_moments(starts)
    found = [due(limit, start, calendar) for start in asked]
    assert wrong(asked, [answer.due_at for answer in found], right) == []
    gained = ((to_wall(right) - to_wall(starts)) - (right - starts)) // ONE_HOUR
    said = [" ".join(answer.explanation) for answer in found]
    ways = [("go forward" in words) - ("go back" in words) for words in said]
    assert [(at, words) for at, way, words in zip(gained, ways, said, strict=True) if at != way][:3] == []
    walls = [f"{at:%H:%M}." for at in to_wall(right).tolist()]
    ends = [(wall, words) for wall, words in zip(walls, said, strict=True) if not words.endswith(wall)]
    assert [end for end in ends if end[0] != "00:00."] == []


@pytest.mark.parametrize("hours", [1, 24, 100])
def test_hours_run_round_the_clock_on_every_day(hours: int):
    limit, starts = a_limit(hours, "hours"), to_utc(clocks(DAYS, "15:05"))
    asked = as_moments(starts)
    ours = [course(limit, start, a_calendar()).due_at for start in asked]
    assert wrong(asked, ours, starts + hours * ONE_HOUR) == []


@every_span
def test_days_weeks_and_months_counted_back(unit: str, amount: int):
    asked = as_moments(to_utc(clocks(DAYS, "09:45")))
    ours = [shift(start, -amount, unit, a_calendar()) for start in asked]  # type: ignore[arg-type]
    assert wrong(asked, ours, to_utc(clocks(last_days(unit, -amount), "09:45"))) == []


@pytest.mark.parametrize(("amount", "unit"), [(-30, "minutes"), (-4, "hours"), (-100, "hours")])
def test_hours_and_minutes_counted_back(amount: int, unit: str):
    starts = to_utc(clocks(DAYS, "01:15"))
    asked, step = as_moments(starts), ONE_HOUR if unit == "hours" else np.timedelta64(60, "s")
    assert wrong(asked, [shift(at, amount, unit, a_calendar()) for at in asked], starts + amount * step) == []  # type: ignore[arg-type]
