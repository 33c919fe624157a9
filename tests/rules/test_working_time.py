"""When is it due? Checked against numpy's business days, which know nothing of our code."""

from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds import LONDON, Calendar, Closure, Limit, PastTheCalendar, Rung, due, london, shift

FIRST, LAST = datetime(2013, 1, 1), datetime(2028, 6, 1)  # noqa: DTZ001
moments = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))
counts = st.integers(min_value=1, max_value=60)


def limit(amount: int, unit: str, **how: object) -> Limit:
    said = {"id": "some-limit", "name": "Something", "words": "Do it.", "cite": "test here", "basis": "published"}
    kept = {"from_event": "received", "obliged": "us", "hard": True, "end_of_day": "close_of_business"}
    return Limit.model_validate(said | kept | {"amount": amount, "unit": unit} | how)


def oracle(calendar: Calendar) -> np.busdaycalendar:
    days = [str(holiday.on) for holiday in calendar.bank_holidays.days]
    return np.busdaycalendar(holidays=days)


def at_london(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LONDON).astimezone(UTC)


@given(start=moments, count=counts)
def test_working_days_agree_with_an_independent_calendar(exampleton_calendar: Calendar, start: datetime, count: int):
    began, independent = london(start), oracle(exampleton_calendar)
    after_hours = began.time() > time(17, 0) and np.is_busday(str(began.date()), busdaycal=independent)
    zero = np.busday_offset(str(began.date()), int(after_hours), roll="forward", busdaycal=independent)
    last = np.busday_offset(zero, count, busdaycal=independent).astype(date)
    assert due(limit(count, "working_days"), start, exampleton_calendar).due_at == at_london(last, time(17, 0))


@given(start=moments, count=counts)
def test_statutory_days_count_from_the_day_itself(exampleton_calendar: Calendar, start: datetime, count: int):
    independent = oracle(exampleton_calendar)
    last = np.busday_offset(str(london(start).date()), count, roll="backward", busdaycal=independent).astype(date)
    counted = limit(count, "working_days", day_zero="day_of_event")
    assert london(due(counted, start, exampleton_calendar).due_at).date() == last


@given(start=moments, hours=counts)
def test_hours_run_round_the_clock_whatever_the_clocks_do(exampleton_calendar: Calendar, start: datetime, hours: int):
    assert due(limit(hours, "hours"), start, exampleton_calendar).due_at == start + timedelta(hours=hours)


@given(start=moments, hours=counts)
def test_office_hours_never_end_while_the_office_is_shut(exampleton_calendar: Calendar, start: datetime, hours: int):
    due_at = due(limit(hours, "office_hours"), start, exampleton_calendar).due_at
    assert exampleton_calendar.without_closures().is_open(due_at - timedelta(seconds=1))


@given(start=moments, hours=counts)
def test_office_hours_back_undo_office_hours_forward(exampleton_calendar: Calendar, start: datetime, hours: int):
    there = shift(start, hours, "office_hours", exampleton_calendar)
    back = shift(there, -hours, "office_hours", exampleton_calendar)
    assert shift(back, hours, "office_hours", exampleton_calendar) == there


@given(start=moments, later=st.timedeltas(timedelta(), timedelta(days=9)), count=counts)
def test_what_starts_later_is_never_due_earlier(
    exampleton_calendar: Calendar, start: datetime, later: timedelta, count: int
):
    counted = limit(count, "working_days")
    first, second = (due(counted, at, exampleton_calendar).due_at for at in (start, start + later))
    assert first <= second


@given(start=moments, count=counts, unit=st.sampled_from(["hours", "office_hours", "working_days", "weeks"]))
def test_nothing_is_due_before_it_starts(exampleton_calendar: Calendar, start: datetime, count: int, unit: str):
    counted = limit(count, unit, rungs=(Rung(id="soon", when="before", amount=9, unit="weeks", hears=("holder",)),))
    answer = due(counted, start, exampleton_calendar)
    assert start < answer.due_at
    assert answer.rungs[0][1] >= start


def test_after_hours_counts_from_the_next_working_day(exampleton_calendar: Calendar):
    friday_evening = at_london(date(2026, 12, 4), time(17, 1))
    answer = due(limit(1, "working_days"), friday_evening, exampleton_calendar)
    assert answer.due_at == at_london(date(2026, 12, 8), time(17, 0))
    assert any("counts from Monday 7 December 2026" in sentence for sentence in answer.explanation)


def test_on_the_stroke_of_closing_is_still_in_time(exampleton_calendar: Calendar):
    friday = at_london(date(2026, 12, 4), time(17, 0))
    assert due(limit(1, "working_days"), friday, exampleton_calendar).due_at == at_london(
        date(2026, 12, 7), time(17, 0)
    )


def test_a_cut_off_before_closing_is_kept(exampleton_calendar: Calendar):
    friday = at_london(date(2026, 12, 4), time(16, 31))
    counted = limit(1, "working_days", cut_off=time(16, 30))
    assert london(due(counted, friday, exampleton_calendar).due_at).date() == date(2026, 12, 8)


def test_christmas_is_named_in_the_explanation(exampleton_calendar: Calendar):
    christmas_eve = at_london(date(2026, 12, 24), time(12, 0))
    answer = due(limit(1, "working_days"), christmas_eve, exampleton_calendar)
    assert answer.due_at == at_london(date(2026, 12, 29), time(17, 0))
    assert any("Friday 25 December 2026 (Christmas Day)" in sentence for sentence in answer.explanation)


def test_closing_the_council_never_lengthens_a_national_limit(exampleton_calendar: Calendar):
    christmas_eve = at_london(date(2026, 12, 24), time(12, 0))
    national, own = limit(1, "working_days"), limit(1, "working_days", local_closures="skipped")
    assert london(due(national, christmas_eve, exampleton_calendar).due_at).date() == date(2026, 12, 29)
    assert london(due(own, christmas_eve, exampleton_calendar).due_at).date() == date(2027, 1, 4)


def test_a_closure_shuts_the_office_all_the_same(exampleton_calendar: Calendar):
    assert not exampleton_calendar.is_open(at_london(date(2026, 12, 29), time(11, 0)))
    assert exampleton_calendar.why_closed(date(2026, 12, 29)) == "Council closed between Christmas and New Year"


def test_three_months_end_on_the_last_day_of_a_shorter_month(exampleton_calendar: Calendar):
    november = at_london(date(2026, 11, 30), time(9, 0))
    answer = due(limit(3, "months"), november, exampleton_calendar)
    assert answer.due_at == at_london(date(2027, 3, 1), time(0, 0))
    assert answer.explanation[-1] == "So it is due by the end of Sunday 28 February 2027."


def test_warnings_come_before_at_and_after(exampleton_calendar: Calendar):
    rungs = (
        Rung(id="due_soon", when="before", amount=2, unit="office_hours", hears=("holder",)),
        Rung(id="overdue", when="at", hears=("holder", "manager")),
        Rung(id="long_overdue", when="after", amount=1, unit="working_days", hears=("service_manager",)),
    )
    answer = due(limit(1, "working_days", rungs=rungs), at_london(date(2026, 12, 4), time(9, 0)), exampleton_calendar)
    days = [london(at).strftime("%a %H:%M") for _, at, _ in answer.rungs]
    assert days == ["Mon 15:00", "Mon 17:00", "Tue 17:00"]


def test_past_the_published_years_it_is_marked_as_predicted(exampleton_calendar: Calendar):
    answer = due(limit(45, "working_days"), at_london(date(2028, 12, 1), time(9, 0)), exampleton_calendar)
    assert answer.predicted
    assert any("predicted, not yet published" in sentence for sentence in answer.explanation)


def test_past_the_predicted_years_it_is_refused(exampleton_calendar: Calendar):
    with pytest.raises(PastTheCalendar, match="can't be counted for Sunday 1 January 2034"):
        due(limit(5, "working_days"), at_london(date(2033, 12, 30), time(9, 0)), exampleton_calendar)


def test_hours_need_no_calendar_even_past_its_end(exampleton_calendar: Calendar):
    late = at_london(date(2040, 1, 1), time(9, 0))
    assert not due(limit(24, "hours"), late, exampleton_calendar).predicted


def test_a_moment_without_a_zone_is_refused(exampleton_calendar: Calendar):
    with pytest.raises(ValueError, match="time zone"):
        due(limit(1, "hours"), datetime(2026, 12, 4, 9), exampleton_calendar)  # noqa: DTZ001


def test_a_closure_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins"):
        Closure(id="wrong", name="Wrong", first=date(2027, 1, 2), last=date(2027, 1, 1), cite="t x", basis="published")
