"""Why is it due then, in sentences that can be read aloud?

Every sentence is whole, names days as people name them, and comes in the order in which one would count.
The last one is always the due time itself.
"""

from collections.abc import Iterable
from datetime import date, time
from itertools import groupby

from thresholds.published.hours import Closure
from thresholds.timing.calendar import ONE_DAY, WEEKDAYS, clock_change, london, moment, said, said_day
from thresholds.timing.counting import Course


def because(run: Course, closures: tuple[Closure, ...] = (), guessed: bool = False) -> tuple[str, ...]:
    """The sentences. `closures`: all of the partnership's, counted or not; `guessed`: a rung lies past the data."""
    if run.limit.unit == "office_hours":
        counted = (*_office_hours(run), *_left_out(run), *_clock_changes(run))
    elif run.ends == "when_passed":
        counted = _hours(run)
    elif run.limit.unit == "working_days":
        counted = (*_day_zero(run), *_working_days(run), *_left_out(run), *_end(run))
    else:
        counted = (*_other_days(run), *_end(run))
    return (_started(run), *counted, *_counted_all_the_same(run, closures), *_doubts(run, guessed), _so(run))


def _started(run: Course) -> str:
    event = run.limit.from_event.replace("_", " ").replace("-", " ")
    return f"The clock started with “{event}”, on {said(run.began)}."


def _so(run: Course) -> str:
    """Midnight belongs to the day that ends: nobody reads "Monday at 00:00" as Sunday's end."""
    local = london(run.due_at)
    end = said(local) if local.time() != time(0) else f"the end of {said_day(local.date() - ONE_DAY)}"
    return f"So it is due by {end}."


def _hours(run: Course) -> tuple[str, ...]:
    return f"{_once_passed(run)} round the clock, day and night.", *_clock_changes(run)


def _clock_changes(run: Course) -> tuple[str, ...]:
    changes = ((day, _change(run, day)) for day in _days(run.began.date(), run.last))
    ways = {1: ("forward", "later"), -1: ("back", "earlier")}
    return tuple(
        f"The clocks go {ways[by][0]} on the way, on {said_day(day)}, so it ends an hour {ways[by][1]} by the clock."
        for day, by in changes
        if by
    )


def _change(run: Course, day: date) -> int:
    """Which way the clocks go that day while the hours are running: any time, or while the office is open."""
    if run.limit.unit != "office_hours":
        return clock_change(day, run.began, run.due_at)
    window = run.calendar.window(day)
    return clock_change(day, max(window[0], run.began), min(window[1], run.due_at)) if window else 0


def _office_hours(run: Course) -> tuple[str, ...]:
    counted = f"{_once_passed(run)} only while {_office(run)} is open."
    if run.calendar.is_open(run.began):
        return (counted,)
    opens = run.calendar.next_opening(run.began)
    why = run.calendar.why_closed(run.began.date())
    shut = _nobody(why) if why else "The office was shut at that hour"
    return counted, f"{shut}, so the count begins on {said(opens)}." if opens else f"{shut}."


def _day_zero(run: Course) -> tuple[str, ...]:
    """Why it counts from another day than it started on, or from a day on which nobody works."""
    day, why = run.began.date(), run.calendar.why_closed(run.began.date())
    if run.zero != day:
        return (f"{_too_late(run) if why is None else _nobody(why)}, so it counts from {said_day(run.zero)}.",)
    return (f"{_nobody(why)}, but this limit counts from the day itself.",) if why else ()


def _too_late(run: Course) -> str:
    """On a working day it is the cut-off that moves day zero, or closing where that comes first."""
    day = run.began.date()
    cut_off, closing = run.calendar.cut_off(day, run.limit.cut_off), run.calendar.closing(day)
    named = "the cut-off of" if cut_off < closing else "closing at"
    return f"That was after {named} {london(cut_off):%H:%M}"


def _nobody(why: str) -> str:
    return {
        "weekend": "That day is at the weekend",
        "not an office day": "That isn't an office day",
    }.get(why, f"Nobody works that day ({_spoken(why)})")


def _working_days(run: Course) -> tuple[str, ...]:
    counted = f"{run.limit.span} after {said_day(run.zero)} is {said_day(run.last)}"
    return (f"{counted}, by the office hours of {_office(run)}.",)


def _other_days(run: Course) -> tuple[str, ...]:
    counted = f"{run.limit.span} after {said_day(run.zero)} is {said_day(run.last)}."
    if run.limit.unit == "months" and run.last.day < run.zero.day:
        nth = "31st" if run.zero.day == 31 else f"{run.zero.day}th"
        return counted, f"{run.last:%B %Y} has no {nth}, so it is the last day."
    return (counted,)


def _end(run: Course) -> tuple[str, ...]:
    at = f"{london(run.due_at):%H:%M}"
    whose = "" if run.limit.unit == "working_days" else f" by the office hours of {_office(run)}"
    match run.ends:
        case "closing":
            return (f"It ends at close of business that day, at {at}{whose}.",)
        case "opening":
            return (f"It ends when the office opens that day, at {at}, because it counts from a later day.",)
        case "clock_time":
            return f"It ends at the same time of day as it started, {run.began:%H:%M}.", *_odd_hour(run)
    why = run.calendar.why_closed(run.last) if run.shut_at_the_end else None
    return (f"{_nobody(why)}, so it ends at midnight." if why else "It ends at midnight that day.",)


def _odd_hour(run: Course) -> tuple[str, ...]:
    """What a time of day means in the night in which the clocks change, where it comes twice or never."""
    clock = run.began.time()
    by = clock_change(run.last, moment(run.last, time(0)), moment(run.last + ONE_DAY, time(0)))
    if by > 0 and london(run.due_at).time() != clock:
        return (f"The clocks go forward that night and {clock:%H:%M} never comes, so it is the hour after.",)
    twice = by < 0 and london(run.due_at).replace(fold=1).utcoffset() != london(run.due_at).utcoffset()
    return (f"The clocks go back that night and {clock:%H:%M} comes twice, so it is the first.",) if twice else ()


def _left_out(run: Course) -> tuple[str, ...]:
    """Which days on the way don't count: weekends and the team's own days off as such, all others by name."""
    reasons = {day: run.calendar.why_closed(day) for day in _days(run.began.date() + ONE_DAY, run.last - ONE_DAY)}
    weekends = ["weekends"] if "weekend" in reasons.values() else []
    off = sorted({day.weekday() for day, why in reasons.items() if why == "not an office day"})
    regular = [f"{WEEKDAYS[day].capitalize()}s (not office days)" for day in off]
    named = _named((day, why) for day, why in reasons.items() if why not in (None, "weekend", "not an office day"))
    left_out = [*weekends, *regular, *named]
    return (f"It leaves out {_listed(left_out)}.",) if left_out else ()


def _counted_all_the_same(run: Course, closures: tuple[Closure, ...]) -> tuple[str, ...]:
    """Days that the partnership is closed and that this limit counts."""
    if run.limit.local_closures == "skipped" or run.limit.unit not in ("working_days", "office_hours"):
        return ()
    days = [day for day in _days(run.began.date(), run.last) if run.calendar.is_working_day(day)]
    shut = _named((day, one.name) for day in days for one in closures if one.first <= day <= one.last)
    return (f"Being closed never makes this limit longer, so it counts {_listed(shut)}.",) if shut else ()


def _doubts(run: Course, guessed: bool) -> tuple[str, ...]:
    until = said_day(run.calendar.bank_holidays.known_until)
    ahead = (f"Bank holidays after {until} are predicted, not yet published.",) if run.predicted else ()
    warned = "A warning lies where no bank holidays are held, so it counts every day on which the office usually opens."
    return (*ahead, warned) if guessed else ahead


def _once_passed(run: Course) -> str:
    return f"It ends once {run.limit.span} {'has' if run.limit.amount == 1 else 'have'} passed, counted"


def _office(run: Course) -> str:
    return f"“{run.calendar.office_hours.name}”"


def _days(first: date, last: date) -> tuple[date, ...]:
    return tuple(first + ONE_DAY * n for n in range((last - first).days + 1))


def _named(days: Iterable[tuple[date, str | None]]) -> list[str]:
    """Days in a row that are closed for the same reason share its name."""
    together = groupby(days, key=lambda one: one[1])
    return [f"{_listed([said_day(day) for day, _ in them])} ({_spoken(why or '')})" for why, them in together]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _spoken(name: str) -> str:
    """A name within brackets, without brackets of its own: "Boxing Day, Substitute day"."""
    return name.replace(" (", ", ").replace(")", "")
