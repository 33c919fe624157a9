"""When is it due, why then, and who hears on the way?

Pure: the same limit, start and calendar always give the same answer. The counting is in `counting.py`,
the sentences are in `because.py`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from thresholds.published.faults import PastTheCalendar
from thresholds.published.limits import Limit, Rung
from thresholds.timing.because import because
from thresholds.timing.calendar import Calendar, london, said, said_day
from thresholds.timing.counting import course, shift

Rungs = tuple[tuple[str, datetime, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Due:
    """When something is due (UTC), how that came about, and each rung's moment and hearers."""

    due_at: datetime
    explanation: tuple[str, ...]
    predicted: bool
    rungs: Rungs


def due(limit: Limit, start: datetime, calendar: Calendar) -> Due:
    """When `limit`, started at `start`, falls due. Raises `PastTheCalendar`; a naive start is refused.

    A rung that lies past the data never refuses the deadline: it counts every day of the team's week.
    """
    run = course(limit, start, calendar)
    rungs, guessed = _rungs_guessed(limit, run.began, run.due_at, run.calendar)
    return Due(run.due_at, because(run, calendar.closures, guessed), run.predicted, rungs)


def due_on(limit: Limit, start: datetime, day: date, calendar: Calendar) -> Due:
    """What people agreed for a day themselves: due as that day closes, or the next working day where it is none."""
    closes = calendar.closing(calendar.working_day_from(day))
    said_so = (f"Agreed for {said_day(day)}.", f"So it is due by {said(closes)}.")
    return Due(closes, said_so, calendar.is_predicted(london(closes).date()), rungs_of(limit, start, closes, calendar))


def rungs_of(limit: Limit, start: datetime, due_at: datetime, calendar: Calendar) -> Rungs:
    """Each rung of a time that is due at `due_at`: who hears, when, never before `start`."""
    counted = calendar.without_closures() if limit.local_closures == "counted" else calendar
    return _rungs_guessed(limit, start, due_at, counted)[0]


def _rungs_guessed(limit: Limit, start: datetime, due_at: datetime, calendar: Calendar) -> tuple[Rungs, bool]:
    try:
        return _rungs(limit, start, due_at, calendar), False
    except PastTheCalendar:
        return _rungs(limit, start, due_at, calendar.past_its_end()), True


def _rungs(limit: Limit, start: datetime, due_at: datetime, calendar: Calendar) -> Rungs:
    # A warning longer than the limit itself is heard at once, never before anything has happened.
    began = start.astimezone(UTC)
    return tuple((rung.id, max(_heard(rung, due_at, calendar), began), rung.hears) for rung in limit.rungs)


def _heard(rung: Rung, due_at: datetime, calendar: Calendar) -> datetime:
    signed = {"before": -rung.amount, "at": 0, "after": rung.amount}[rung.when]
    return due_at if signed == 0 else shift(due_at, signed, rung.unit, calendar)
