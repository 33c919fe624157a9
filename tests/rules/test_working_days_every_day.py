"""Are working days right on every day of 2020 to 2028? Against numpy's, in all three divisions.

Our side is asked day by day; `tests/every_day.py` works out the same another way. The counting alone is
asked for every combination; the whole answer, sentences and all, once for every day.
"""

from itertools import cycle

import numpy as np
import pytest
from counted import a_calendar, a_limit
from every_day import DAYS, DIVISIONS, as_moments, clocks, closing, to_utc, to_wall, working_week, wrong

from thresholds import Calendar, Limit, due, shift
from thresholds.timing.counting import course

COUNTS = (1, 2, 3, 5, 10, 15, 45)
BEFORE, AT, AFTER, NIGHT = "12:15", "16:00", "16:00:01", "23:30"
LATE = {BEFORE: 0, AT: 0, AFTER: 1, NIGHT: 1}
CASES = [(division, closed) for division in DIVISIONS for closed in (False, True)]


def expected(count: int, clock: str, division: str, closed: bool) -> np.ndarray:
    """Close of business of the last day, where what comes in after 16:00 counts for the next working day."""
    week = working_week(division, closed)
    late = LATE[clock] * np.is_busday(DAYS, busdaycal=week)
    zero = np.busday_offset(DAYS, late, roll="forward", busdaycal=week)
    return closing(np.busday_offset(zero, count, busdaycal=week))


def from_the_day_itself(count: int, division: str, closed: bool) -> np.ndarray:
    return closing(np.busday_offset(DAYS, count, roll="backward", busdaycal=working_week(division, closed)))


def mistakes(limit: Limit, calendar: Calendar, clock: str, right: np.ndarray) -> list[str]:
    starts = as_moments(to_utc(clocks(DAYS, clock)))
    return wrong(starts, [course(limit, start, calendar).due_at for start in starts], right)


@pytest.mark.parametrize("clock", LATE)
@pytest.mark.parametrize("count", COUNTS)
def test_the_cut_off_decides_which_day_is_day_zero(count: int, clock: str):
    calendar = a_calendar("england-and-wales", closed=True, cut_off="16:00")
    limit = a_limit(count, "working_days", local_closures="skipped")
    assert mistakes(limit, calendar, clock, expected(count, clock, "england-and-wales", True)) == []


@pytest.mark.parametrize(("division", "closed"), CASES)
def test_every_division_with_and_without_local_closures(division: str, closed: bool):
    """The closures are there both times: a limit of one's own skips them, a national one counts them."""
    calendar = a_calendar(division, closed=True, cut_off="16:00")
    for count, clock in zip(COUNTS, cycle((AFTER, BEFORE, NIGHT, AT)), strict=False):
        limit = a_limit(count, "working_days", local_closures="skipped" if closed else "counted")
        assert mistakes(limit, calendar, clock, expected(count, clock, division, closed)) == [], (count, clock)


@pytest.mark.parametrize(("division", "closed"), CASES)
def test_days_that_count_from_the_day_itself(division: str, closed: bool):
    calendar = a_calendar(division, closed=True, cut_off="16:00")
    own = {"local_closures": "skipped" if closed else "counted", "day_zero": "day_of_event"}
    for count, clock in zip(COUNTS, cycle((NIGHT, AT)), strict=False):
        limit = a_limit(count, "working_days", **own)
        assert mistakes(limit, calendar, clock, from_the_day_itself(count, division, closed)) == [], (count, clock)


@pytest.mark.parametrize("clock", LATE)
def test_the_whole_answer_says_the_same_and_its_warnings_fit(clock: str):
    """Once for every day: the due time, a working day before it and a working day after."""
    week, calendar = working_week("scotland", False), a_calendar("scotland", closed=True, cut_off="16:00")
    rungs = [
        {"id": when, "when": when, "amount": 1, "unit": "working_days", "hears": ["holder"]}
        for when in ("before", "after")
    ]
    starts = as_moments(to_utc(clocks(DAYS, clock)))
    found = [due(a_limit(5, "working_days", rungs=rungs), start, calendar) for start in starts]
    right = expected(5, clock, "scotland", False)
    assert wrong(starts, [answer.due_at for answer in found], right) == []
    for index, offset in ((0, -1), (1, 1)):
        days = np.busday_offset(right.astype("M8[D]"), offset, busdaycal=week)
        same_time = to_utc(days.astype("M8[s]") + (to_wall(right) - to_wall(right).astype("M8[D]")))
        assert wrong(starts, [answer.rungs[index][1] for answer in found], same_time) == []


@pytest.mark.parametrize("amount", [-1, -3, -10, 1, 3])
@pytest.mark.parametrize("division", DIVISIONS)
def test_working_days_forth_and_back_keep_the_time_of_day(amount: int, division: str):
    calendar, starts = a_calendar(division, closed=True), to_utc(clocks(DAYS, "09:45"))
    days = np.busday_offset(
        DAYS, amount, roll="forward" if amount < 0 else "backward", busdaycal=working_week(division, True)
    )
    asked = as_moments(starts)
    ours = [shift(start, amount, "working_days", calendar) for start in asked]
    assert wrong(asked, ours, to_utc(clocks(days, "09:45"))) == []
