"""Are office hours right on every day of 2020 to 2028? Against counting every open minute one by one."""

import numpy as np
import pytest
from counted import a_calendar, a_limit
from every_day import DAYS, DIVISIONS, after_office_hours, as_moments, clocks, to_utc, wrong

from thresholds import due, shift
from thresholds.timing.counting import course

AMOUNTS = (4, 9, 17, 40)  # seventeen are two whole days from Monday to Thursday, and end on the stroke of closing
TIMES = ("00:00", "08:30", "12:17", "16:45", "17:00", "21:10")
CASES = [(division, closed) for division in DIVISIONS for closed in (False, True)]


def starts_at(clock: str) -> np.ndarray:
    return to_utc(clocks(DAYS, clock))


@pytest.mark.parametrize("clock", TIMES)
@pytest.mark.parametrize("hours", AMOUNTS)
def test_office_hours_run_only_while_the_office_is_open(hours: int, clock: str):
    calendar, starts = a_calendar(closed=True), starts_at(clock)
    limit, asked = a_limit(hours, "office_hours", local_closures="skipped"), as_moments(starts)
    ours = [course(limit, start, calendar).due_at for start in asked]
    assert wrong(asked, ours, after_office_hours(starts, hours, "england-and-wales", True)) == []


@pytest.mark.parametrize(("division", "closed"), CASES)
def test_every_division_with_and_without_local_closures(division: str, closed: bool):
    """The closures are there both times; a limit that counts them runs as if the office were open."""
    calendar = a_calendar(division, closed=True)
    for hours, clock in zip(AMOUNTS, TIMES[2:], strict=True):
        limit = a_limit(hours, "office_hours", local_closures="skipped" if closed else "counted")
        starts, asked = starts_at(clock), as_moments(starts_at(clock))
        ours = [course(limit, start, calendar).due_at for start in asked]
        assert wrong(asked, ours, after_office_hours(starts, hours, division, closed)) == [], (hours, clock)


def test_a_cut_off_neither_lengthens_nor_shortens_office_hours():
    starts = starts_at("16:10")
    asked, calendar = as_moments(starts), a_calendar(closed=True, cut_off="16:00")
    limit = a_limit(4, "office_hours", local_closures="skipped", cut_off="10:00", day_zero="working_day_of_event")
    ours = [course(limit, start, calendar).due_at for start in asked]
    assert wrong(asked, ours, after_office_hours(starts, 4, "england-and-wales", True)) == []


@pytest.mark.parametrize("clock", TIMES[::2])
@pytest.mark.parametrize("hours", [-2, -17, -40])
def test_office_hours_counted_back(hours: int, clock: str):
    calendar, starts = a_calendar("northern-ireland", closed=True), starts_at(clock)
    asked = as_moments(starts)
    ours = [shift(start, hours, "office_hours", calendar) for start in asked]
    assert wrong(asked, ours, after_office_hours(starts, hours, "northern-ireland", True)) == []


def test_the_whole_answer_says_the_same_and_its_warning_fits():
    """Once for every day: nine office hours, and a warning two office hours before."""
    calendar, starts = a_calendar("scotland", closed=True), starts_at("15:20")
    soon = {"id": "soon", "when": "before", "amount": 2, "unit": "office_hours", "hears": ["holder"]}
    limit, asked = a_limit(9, "office_hours", rungs=[soon]), as_moments(starts)
    found = [due(limit, start, calendar) for start in asked]
    right = after_office_hours(starts, 9, "scotland", False)
    assert wrong(asked, [answer.due_at for answer in found], right) == []
    before = after_office_hours(right, -2, "scotland", False)
    assert wrong(asked, [answer.rungs[0][1] for answer in found], before) == []
