"""Does every due time explain itself, so that a tired manager can read it aloud?"""

# ruff: noqa: E501 - one case a line reads better than one case over six

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from counted import a_calendar, a_limit, office_hours
from every_day import CLOSURES, bank_holidays
from hypothesis import given
from hypothesis import strategies as st

from thresholds import LONDON, due, london
from thresholds.timing.calendar import said_day

CALENDAR = a_calendar(closed=True, cut_off="16:00")
HOLIDAYS = {date.fromisoformat(day): name for day, name in bank_holidays("england-and-wales").items()}
SPANS = [("working_days", 3), ("working_days", 45), ("office_hours", 9), ("hours", 24), ("months", 3), ("weeks", 1)]
moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2032, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001
how = st.fixed_dictionaries({
    "day_zero": st.sampled_from(["working_day_of_event", "day_of_event"]),
    "end_of_day": st.sampled_from(["close_of_business", "midnight", "same_clock_time"]),
    "local_closures": st.sampled_from(["counted", "skipped"]),
})  # fmt: skip


def told(amount: int, unit: str, start: str, **how: object) -> list[str]:
    at = datetime.fromisoformat(start).replace(tzinfo=LONDON)
    return list(due(a_limit(amount, unit, **how), at, CALENDAR).explanation)


@given(start=moments, span=st.sampled_from(SPANS), how=how)
def test_it_is_whole_sentences_that_start_with_the_start_and_end_with_the_due_time(start: datetime, span, how: dict):
    unit, amount = span
    answer = due(a_limit(amount, unit, **how), start, CALENDAR)
    ends = london(answer.due_at)
    last = f"{said_day(ends.date())} at {ends:%H:%M}" if ends.time() != time(0) else "the end of "
    assert said_day(london(start).date()) in answer.explanation[0]
    assert answer.explanation[-1].startswith(f"So it is due by {last}")
    assert all(re.fullmatch(r"[A-Z1-9].*\.", sentence) for sentence in answer.explanation)
    assert not re.search(r"_|some-|front-desk|\bNone\b|\(\)", " ".join(answer.explanation))


@given(
    start=moments,
    span=st.sampled_from([span for span in SPANS if span[0] in ("working_days", "office_hours")]),
    how=how,
)
def test_every_day_that_was_skipped_is_named_and_why(start: datetime, span, how: dict):
    unit, amount = span
    answer = due(a_limit(amount, unit, **how), start, CALENDAR)
    words = " ".join(answer.explanation)
    first, last = london(start).date(), london(answer.due_at - timedelta(seconds=1)).date()
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        if day in HOLIDAYS and day.weekday() < 5:
            assert said_day(day) in words
            assert HOLIDAYS[day].split(" (")[0] in words
        elif day.weekday() >= 5:
            assert "weekend" in words
        elif name := next((n for n, (begins, ends) in CLOSURES.items() if begins <= str(day) <= ends), None):
            assert said_day(day) in words
            assert name in words


SAID = {
    "too late in the day": (1, "working_days", "2024-05-07T16:01", {}, "That was after the cut-off of 16:00, so it counts from Wednesday 8 May 2024."),
    "after closing": (1, "working_days", "2024-05-07T17:01", {"cut_off": "23:00"}, "That was after closing at 17:00, so it counts from Wednesday 8 May 2024."),
    "a Saturday": (1, "working_days", "2024-05-11T10:00", {}, "That day is at the weekend, so it counts from Monday 13 May 2024."),
    "Christmas": (1, "working_days", "2024-12-25T10:00", {}, "Nobody works that day (Christmas Day), so it counts from Friday 27 December 2024."),
    "the day itself": (1, "working_days", "2024-12-25T10:00", {"day_zero": "day_of_event"}, "Nobody works that day (Christmas Day), but this limit counts from the day itself."),
    "whose hours": (1, "working_days", "2024-05-07T10:00", {}, "1 working day after Tuesday 7 May 2024 is Wednesday 8 May 2024, by the office hours of “Front desk”."),
    "left out": (2, "working_days", "2024-12-24T10:00", {}, "It leaves out weekends, Wednesday 25 December 2024 (Christmas Day) and Thursday 26 December 2024 (Boxing Day)."),
    "a closure": (3, "working_days", "2024-05-14T10:00", {"local_closures": "skipped"}, "It leaves out weekends and Wednesday 15 May 2024 (Staff conference)."),
    "a closure that counts": (3, "working_days", "2024-05-14T10:00", {}, "Being closed never makes this limit longer, so it counts Wednesday 15 May 2024 (Staff conference)."),
    "closing": (1, "working_days", "2024-05-07T10:00", {}, "It ends at close of business that day, at 17:00."),
    "opening": (1, "working_days", "2024-05-11T10:00", {"end_of_day": "same_clock_time"}, "It ends when the office opens that day, at 08:30, because it counts from a later day."),
    "midnight": (1, "weeks", "2024-05-07T10:00", {"end_of_day": "midnight"}, "It ends at midnight that day."),
    "midnight as nobody works": (1, "weeks", "2024-12-18T10:00", {}, "Nobody works that day (Christmas Day), so it ends at midnight."),
    "a week to closing": (1, "weeks", "2024-05-07T10:00", {}, "It ends at close of business that day, at 17:00 by the office hours of “Front desk”."),
    "a short month": (3, "months", "2026-11-30T09:00", {}, "February 2027 has no 30th, so it is the last day."),
    "from the 31st": (1, "months", "2026-05-31T09:00", {}, "June 2026 has no 31st, so it is the last day."),
    "clocks forward": (24, "hours", "2027-03-27T10:00", {}, "The clocks go forward on the way, on Sunday 28 March 2027, so it ends an hour later by the clock."),
    "clocks back": (24, "hours", "2026-10-24T10:00", {}, "The clocks go back on the way, on Sunday 25 October 2026, so it ends an hour earlier by the clock."),
    "a time that never comes": (1, "calendar_days", "2027-03-27T01:30", {"end_of_day": "same_clock_time"}, "The clocks go forward that night and 01:30 never comes, so it is the hour after."),
    "a time that comes twice": (1, "calendar_days", "2026-10-24T01:30", {"end_of_day": "same_clock_time"}, "The clocks go back that night and 01:30 comes twice, so it is the first."),
    "office hours": (4, "office_hours", "2024-05-07T10:00", {}, "It ends once 4 office hours have passed, counted only while “Front desk” is open."),
    "office hours from a shut office": (1, "office_hours", "2024-05-07T19:00", {}, "The office was shut at that hour, so the count begins on Wednesday 8 May 2024 at 08:30."),
    "one hour": (1, "hours", "2024-05-07T19:00", {}, "It ends once 1 hour has passed, counted round the clock, day and night."),
    "predicted": (5, "working_days", "2028-12-28T10:00", {}, "Bank holidays after Sunday 31 December 2028 are predicted, not yet published."),
}  # fmt: skip


@pytest.mark.parametrize(("amount", "unit", "start", "how", "sentence"), SAID.values(), ids=SAID)
def test_what_is_said(amount: int, unit: str, start: str, how: dict, sentence: str):
    assert sentence in told(amount, unit, start, **how)


def test_days_that_a_team_never_works_are_named_as_such():
    mondays = CALENDAR.model_copy(update={"office_hours": office_hours({"monday": ("09:00", "12:00")})})
    answer = due(a_limit(1, "working_days"), datetime(2024, 5, 13, 10, tzinfo=LONDON), mondays)
    assert "Tuesdays (not office days), Wednesdays (not office days)" in " ".join(answer.explanation)
