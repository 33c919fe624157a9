"""What is said of days whose bank holidays nobody has published yet, or that lie past all that is held?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from counted import a_calendar, a_limit

from thresholds import LONDON, Closure, PastTheCalendar, due, london, shift

CALENDAR = a_calendar()
RESTS_ON_HOLIDAYS = [
    ("office_hours", 9, "close_of_business"), ("working_days", 2, "close_of_business"), ("working_days", 2, "midnight"),
    ("working_days", 2, "same_clock_time"), ("calendar_days", 3, "close_of_business"),
    ("weeks", 1, "close_of_business"), ("months", 1, "close_of_business"),
]  # fmt: skip
NEEDS_NONE = [
    ("minutes", 30, "close_of_business"), ("hours", 24, "close_of_business"), ("calendar_days", 3, "midnight"),
    ("weeks", 1, "same_clock_time"), ("months", 1, "midnight"),
]  # fmt: skip

resting = pytest.mark.parametrize(("unit", "amount", "end_of_day"), RESTS_ON_HOLIDAYS)
needing_none = pytest.mark.parametrize(("unit", "amount", "end_of_day"), NEEDS_NONE)


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=LONDON)


@resting
def test_on_published_days_nothing_is_marked(unit: str, amount: int, end_of_day: str):
    assert not due(a_limit(amount, unit, end_of_day=end_of_day), at("2028-11-06T10:00"), CALENDAR).predicted


@resting
def test_past_the_published_days_it_is_marked_and_says_so(unit: str, amount: int, end_of_day: str):
    answer = due(a_limit(amount, unit, end_of_day=end_of_day), at("2028-12-29T16:00"), CALENDAR)
    assert london(answer.due_at).year == 2029
    assert answer.predicted
    assert answer.explanation[-2] == "Bank holidays after Sunday 31 December 2028 are predicted, not yet published."


@resting
def test_past_all_that_is_held_it_is_refused(unit: str, amount: int, end_of_day: str):
    with pytest.raises(PastTheCalendar, match="Bank holidays are held from"):
        due(a_limit(amount, unit, end_of_day=end_of_day), at("2033-12-30T16:59"), CALENDAR)


@needing_none
def test_what_needs_no_bank_holidays_is_neither_marked_nor_refused(unit: str, amount: int, end_of_day: str):
    answer = due(a_limit(amount, unit, end_of_day=end_of_day), at("2040-06-01T10:00"), CALENDAR)
    assert not answer.predicted
    assert answer.due_at > at("2040-06-01T10:00")


@pytest.mark.parametrize("unit", ["office_hours", "working_days"])
@pytest.mark.parametrize("day_zero", ["day_of_event", "working_day_of_event"])
def test_before_all_that_is_held_it_is_refused(unit: str, day_zero: str):
    with pytest.raises(PastTheCalendar, match="can't be counted for Saturday 31 December 2011"):
        due(a_limit(1, unit, day_zero=day_zero), at("2011-12-31T10:00"), CALENDAR)


def test_the_last_published_day_ends_at_a_midnight_that_isnt_marked():
    """Midnight after Sunday 31 December 2028 is a moment of 2029, and still that day's end."""
    answer = due(a_limit(1, "weeks"), at("2028-12-24T10:00"), CALENDAR)
    assert answer.explanation[-1] == "So it is due by the end of Sunday 31 December 2028."
    assert not answer.predicted


@pytest.mark.parametrize(("unit", "amount", "start"), [
    ("working_days", 1, "2033-12-30T10:00"), ("working_days", -1, "2012-01-03T10:00"),
    ("office_hours", 1, "2033-12-30T16:20"), ("office_hours", -1, "2012-01-03T09:00"),
    ("working_days", 0, "2033-12-31T10:00"), ("office_hours", 1, "2034-06-01T10:00"),
])  # fmt: skip
def test_a_shift_past_what_is_held_is_refused(unit, amount: int, start: str):
    with pytest.raises(PastTheCalendar):
        shift(at(start), amount, unit, CALENDAR)


@pytest.mark.parametrize("unit", ["minutes", "hours", "calendar_days", "weeks", "months"])
def test_a_shift_that_needs_no_bank_holidays_goes_anywhere(unit):
    assert shift(at("2040-06-01T10:00"), -1, unit, CALENDAR) < at("2040-06-01T10:00")


def rung(when: str, amount: int, unit: str) -> dict:
    return {"id": "someone-hears", "when": when, "amount": amount, "unit": unit, "hears": ["holder"]}


def test_a_warning_past_what_is_held_never_loses_the_due_time():
    """Due on the last working day that is held; the warning a working day later lies past it."""
    limit = a_limit(1, "working_days", rungs=[rung("before", 2, "office_hours"), rung("after", 1, "working_days")])
    answer = due(limit, at("2033-12-29T10:00"), CALENDAR)
    heard = [f"{london(moment):%a %d %b %Y %H:%M}" for _, moment, _ in answer.rungs]
    assert f"{london(answer.due_at):%a %d %b %Y %H:%M}" == "Fri 30 Dec 2033 16:30"
    assert heard == ["Fri 30 Dec 2033 14:30", "Mon 02 Jan 2034 16:30"]
    assert "A warning lies where no bank holidays are held" in answer.explanation[-2]


@pytest.mark.parametrize("year", [2005, 2040])
def test_hours_of_danger_are_timed_and_warned_of_in_any_year(year: int):
    limit = a_limit(1, "hours", rungs=[rung("before", 2, "office_hours"), rung("after", 1, "working_days")])
    start = datetime(year, 6, 1, 11, tzinfo=UTC)
    answer = due(limit, start, CALENDAR)
    assert answer.due_at == start + timedelta(hours=1)
    assert answer.rungs[0][1] == start
    assert answer.rungs[1][1] > answer.due_at


def test_a_warning_within_what_is_held_keeps_its_bank_holidays_beside_one_past_it():
    limit = a_limit(1, "weeks", rungs=[rung("before", 3, "working_days"), rung("after", 5, "working_days")])
    answer = due(limit, at("2033-12-23T10:00"), CALENDAR)
    heard = [f"{london(moment):%a %d %b %H:%M}" for _, moment, _ in answer.rungs]
    assert heard == ["Fri 23 Dec 16:30", "Fri 06 Jan 16:30"]


def test_a_closure_without_an_end_keeps_no_warning_waiting():
    for_ever = Closure(
        id="x", name="Gone", first=date(2034, 1, 1), last=date(9999, 12, 31), cite="t x", basis="published"
    )
    calendar = CALENDAR.model_copy(update={"closures": (Closure.model_validate(for_ever),)})
    limit = a_limit(1, "hours", rungs=[rung("after", 1, "working_days")], local_closures="skipped")
    assert due(limit, at("2040-06-01T10:00"), calendar).rungs[0][1] == at("2040-06-04T11:00")
