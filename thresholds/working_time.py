"""When is it due, why then, and who hears on the way?

Pure: the same limit, start and calendar always give the same answer. Hours run round the clock and
need no calendar; office hours and working days do. Months end on the last day of a shorter month.
"""

import calendar as months
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from thresholds.calendar import ONE_DAY, Calendar, london, moment, said, said_day
from thresholds.limits import Limit, Unit


@dataclass(frozen=True)
class Due:
    """When something is due (UTC), how that came about, and each rung's moment and hearers."""

    due_at: datetime
    explanation: tuple[str, ...]
    predicted: bool
    rungs: tuple[tuple[str, datetime, tuple[str, ...]], ...]


def due(limit: Limit, start: datetime, calendar: Calendar) -> Due:
    """When `limit`, started at `start`, falls due. Raises `PastTheCalendar`; a naive start is refused."""
    began = london(start)
    if limit.local_closures == "counted":
        calendar = calendar.without_closures()
    if limit.unit in ("minutes", "hours", "office_hours"):
        due_at, why = _by_the_hour(limit, began, calendar)
    else:
        due_at, why = _by_the_day(limit, began, calendar)
    predicted = _uses_calendar(limit) and calendar.is_predicted(london(due_at).date())
    opening = f"The clock started on {said(start)} ({limit.from_event.replace('_', ' ')})."
    closing = f"So it is due by {_said_end(due_at)}."
    doubt = ("Bank holidays that far ahead are predicted, not yet published.",) if predicted else ()
    rungs = tuple(_rung(limit, i, start.astimezone(UTC), due_at, calendar) for i in range(len(limit.rungs)))
    return Due(due_at, (opening, *why, closing, *doubt), predicted, rungs)


def _said_end(due_at: datetime) -> str:
    """Midnight belongs to the day that ends: nobody reads "Monday at 00:00" as Sunday's end."""
    local = london(due_at)
    return said(due_at) if local.time() != time(0) else f"the end of {said_day(local.date() - ONE_DAY)}"


def shift(at: datetime, amount: int, unit: Unit, calendar: Calendar) -> datetime:
    """The moment `amount` of `unit` after `at`; before it, if negative. Days keep the clock time."""
    if unit in ("minutes", "hours"):
        return at.astimezone(UTC) + timedelta(**{unit: amount})
    if unit == "office_hours":
        return _through_office(at.astimezone(UTC), timedelta(hours=abs(amount)), amount < 0, calendar)
    local = london(at)
    return moment(_day_after(local.date(), amount, unit, calendar), local.time())


def _by_the_hour(limit: Limit, began: datetime, calendar: Calendar) -> tuple[datetime, tuple[str, ...]]:
    due_at = shift(began, limit.amount, limit.unit, calendar)
    if limit.unit != "office_hours":
        changed = london(due_at).utcoffset() != began.utcoffset()
        clocks = ("The clocks change on the way; the hours themselves are counted.",) if changed else ()
        return due_at, (f"{limit.span} run round the clock.", *clocks)
    left_out = _left_out(began.date(), london(due_at).date(), calendar)
    return due_at, (f"{limit.span} are counted only while the office is open.", *left_out)


def _by_the_day(limit: Limit, began: datetime, calendar: Calendar) -> tuple[datetime, tuple[str, ...]]:
    zero = _day_zero(limit, began, calendar)
    last = _day_after(zero, limit.amount, limit.unit, calendar)
    moved = (
        (f"That was outside the hours that count for that day, so it counts from {said_day(zero)}.",)
        if zero != began.date()
        else ()
    )
    left_out = _left_out(zero, last, calendar) if limit.unit == "working_days" else ()
    counted = f"{limit.span} after {said_day(zero)} is {said_day(last)}."
    due_at, ends = _end(limit, last, began.time() if not moved else None, calendar)
    return due_at, (*moved, counted, *left_out, ends)


def _day_zero(limit: Limit, began: datetime, calendar: Calendar) -> date:
    if limit.unit != "working_days" or limit.day_zero == "day_of_event":
        return began.date()
    if not calendar.is_working_day(began.date()):
        return calendar.working_day_from(began.date())
    cut_off = calendar.closing(began.date())
    if limit.cut_off is not None:
        cut_off = min(cut_off, moment(began.date(), limit.cut_off))
    # On the stroke is still in time; a second past the cut-off is the next working day.
    return began.date() if began <= cut_off else calendar.working_day_from(began.date(), 1)


def _day_after(day: date, amount: int, unit: Unit, calendar: Calendar) -> date:
    if unit == "working_days":
        return calendar.working_day_from(day, amount)
    if unit == "months":
        return _months_after(day, amount)
    return day + ONE_DAY * amount * (7 if unit == "weeks" else 1)


def _months_after(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _end(limit: Limit, last: date, clock: time | None, calendar: Calendar) -> tuple[datetime, str]:
    """The moment on the last day. A start moved to a later day has no clock time of its own left."""
    if limit.end_of_day == "same_clock_time":
        if clock is not None:
            return moment(last, clock), "It ends at the same time of day as it started."
        window = calendar.window(last)
        return (window[0] if window else moment(last, time(0))), "It ends when the office opens that day."
    if limit.end_of_day == "close_of_business" and calendar.is_working_day(last):
        return calendar.closing(last), "The day ends at close of business."
    return moment(last + ONE_DAY, time(0)), "The day ends at midnight."


def _through_office(at: datetime, left: timedelta, back: bool, calendar: Calendar) -> datetime:
    day = london(at).date()
    while True:
        window = calendar.window(day)
        if window is not None:
            near = min(at, window[1]) if back else max(at, window[0])
            room = (near - window[0]) if back else (window[1] - near)
            if timedelta() <= left <= room:
                return near - left if back else near + left
            left -= max(room, timedelta())
        day += -ONE_DAY if back else ONE_DAY


def _left_out(first: date, last: date, calendar: Calendar) -> tuple[str, ...]:
    """Which days in between don't count: weekends as such, other closed days each by name."""
    days = [first + ONE_DAY * n for n in range(1, (last - first).days)]
    closed = [(day, calendar.why_closed(day)) for day in days]
    named = [f"{said_day(day)} ({why})" for day, why in closed if why not in (None, "weekend")]
    weekend = ["weekends"] if any(why == "weekend" for _, why in closed) else []
    return (f"Not counted: {', '.join(weekend + named)}.",) if weekend or named else ()


def _uses_calendar(limit: Limit) -> bool:
    if limit.unit in ("minutes", "hours"):
        return False
    return limit.unit in ("working_days", "office_hours") or limit.end_of_day == "close_of_business"


def _rung(
    limit: Limit, index: int, start: datetime, due_at: datetime, calendar: Calendar
) -> tuple[str, datetime, tuple[str, ...]]:
    rung = limit.rungs[index]
    signed = {"before": -rung.amount, "at": 0, "after": rung.amount}[rung.when]
    at = due_at if signed == 0 else shift(due_at, signed, rung.unit, calendar)
    # A warning longer than the limit itself is heard at once, never before anything has happened.
    return rung.id, max(at, start), rung.hears
