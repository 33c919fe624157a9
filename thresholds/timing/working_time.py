"""When is it due, why then, and who hears on the way?

Pure: the same limit, start and calendar always give the same answer. The counting is in `counting.py`,
the sentences are in `because.py`.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from thresholds.published.faults import PastTheCalendar
from thresholds.published.limits import Limit, Rung
from thresholds.timing.because import because
from thresholds.timing.calendar import Calendar
from thresholds.timing.counting import Course, course, shift


@dataclass(frozen=True)
class Due:
    """When something is due (UTC), how that came about, and each rung's moment and hearers."""

    due_at: datetime
    explanation: tuple[str, ...]
    predicted: bool
    rungs: tuple[tuple[str, datetime, tuple[str, ...]], ...]


def due(limit: Limit, start: datetime, calendar: Calendar) -> Due:
    """When `limit`, started at `start`, falls due. Raises `PastTheCalendar`; a naive start is refused.

    A rung that lies past the data never refuses the deadline: it counts every day of the team's week.
    """
    run = course(limit, start, calendar)
    try:
        rungs, guessed = _rungs(run, run.calendar), False
    except PastTheCalendar:
        rungs, guessed = _rungs(run, run.calendar.past_its_end()), True
    return Due(run.due_at, because(run, calendar.closures, guessed), run.predicted, rungs)


def _rungs(run: Course, calendar: Calendar) -> tuple[tuple[str, datetime, tuple[str, ...]], ...]:
    # A warning longer than the limit itself is heard at once, never before anything has happened.
    start = run.began.astimezone(UTC)
    return tuple((rung.id, max(_heard(rung, run.due_at, calendar), start), rung.hears) for rung in run.limit.rungs)


def _heard(rung: Rung, due_at: datetime, calendar: Calendar) -> datetime:
    signed = {"before": -rung.amount, "at": 0, "after": rung.amount}[rung.when]
    return due_at if signed == 0 else shift(due_at, signed, rung.unit, calendar)
