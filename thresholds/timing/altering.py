"""When is it due once it stood still, or was made longer? Pure, like the count itself.

Time that runs round the clock moves by the time that passed; office hours by the hours at which somebody was at work;
days by the working days, or days, that began while it stood still.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from thresholds.published.limits import Limit, Unit, span
from thresholds.timing.calendar import ONE_DAY, Calendar, london, said
from thresholds.timing.counting import shift, through_office
from thresholds.timing.working_time import Due, due, rungs_of


@dataclass(frozen=True, slots=True)
class StoodStill:
    """From when until when a time stood still, or will at most."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class MadeLonger:
    amount: int
    unit: Unit


def altered(limit: Limit, start: datetime, changes: Sequence[StoodStill | MadeLonger], calendar: Calendar) -> Due:
    """When `limit` falls due after `changes`, in the order they came. Raises `PastTheCalendar`."""
    found = due(limit, start, calendar)
    counted = calendar.without_closures() if limit.local_closures == "counted" else calendar
    at, said_so = found.due_at, list(found.explanation)
    for change in changes:
        at = _later(at, change, limit, counted)
        said_so.append(f"{_words(change)} So it is due by {said(london(at))}.")
    return replace(found, due_at=at, explanation=tuple(said_so), rungs=rungs_of(limit, start, at, calendar))


def _later(at: datetime, change: StoodStill | MadeLonger, limit: Limit, calendar: Calendar) -> datetime:
    if isinstance(change, MadeLonger):
        return shift(at, change.amount, change.unit, calendar)
    match limit.unit:
        case "office_hours":
            return through_office(at, calendar.open_between(change.since, change.until), False, calendar)
        case "working_days":
            return shift(at, _days(change, calendar, working=True), "working_days", calendar)
        case "calendar_days" | "weeks" | "months":
            return shift(at, _days(change, calendar, working=False), "calendar_days", calendar)
    return at + (change.until - change.since)


def _days(change: StoodStill, calendar: Calendar, *, working: bool) -> int:
    """How many days began while it stood still."""
    day, last, count = london(change.since).date(), london(change.until).date(), 0
    while day < last:
        day += ONE_DAY
        count += not working or calendar.is_working_day(day)
    return count


def _words(change: StoodStill | MadeLonger) -> str:
    if isinstance(change, MadeLonger):
        return f"It was made longer by {span(change.amount, change.unit)}."
    return f"It stood still from {said(london(change.since))} to {said(london(change.until))}."
