"""On which days is a service there, and until when? Worked out from its schedule, and said in words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.rrule import rrulestr

from pathway.store.directory.oruk import Schedule

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_WORDS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BY_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
IN_A_MONTH = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}
EVERY_DAY = tuple(range(7))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week, 0 for Monday; `rule` where it isn't simply every week."""

    weekday: int
    opens_at: str
    closes_at: str
    valid_from: date | None
    valid_to: date | None
    rule: str


def days_of(schedules: Iterable[Schedule]) -> tuple[Day, ...]:
    """Each day of the week that a schedule names, once for each time of opening."""
    found = (
        Day(weekday, one.opens_at, one.closes_at, one.valid_from, one.valid_to, rule_of(one))
        for one in schedules
        for weekday in weekdays(one)
    )
    return tuple(dict.fromkeys(found))


def weekdays(schedule: Schedule) -> tuple[int, ...]:
    """The days of the week that it names; all of them for a day of the month; none where it says only words."""
    named = [one[2] for one in BY_DAY.finditer(schedule.byday)]
    if named:
        return tuple(sorted({DAYS.index(one) for one in named}))
    if schedule.bymonthday:
        return EVERY_DAY
    if schedule.freq and schedule.dtstart:
        return (schedule.dtstart.weekday(),)
    return ()


def rule_of(schedule: Schedule) -> str:
    """The rule as RFC 5545 writes it; empty for plainly every week."""
    every = schedule.interval or 1
    if schedule.freq != "MONTHLY" and every == 1 and not schedule.bymonthday:
        return ""
    parts = [f"FREQ={schedule.freq or 'WEEKLY'}", f"INTERVAL={every}"]
    parts += [f"BYDAY={','.join(one[0] for one in BY_DAY.finditer(schedule.byday))}"] if schedule.byday else []
    parts += [f"BYMONTHDAY={schedule.bymonthday.replace(' ', '')}"] if schedule.bymonthday else []
    start = schedule.dtstart or schedule.valid_from
    return f"DTSTART:{start:%Y%m%d}\nRRULE:{';'.join(parts)}" if start else f"RRULE:{';'.join(parts)}"


def holds_on(rule: str, on: date) -> bool:
    """Whether a rule comes to this day. One that can't be followed holds: better once too often than never told of."""
    begins = rule.startswith("DTSTART")
    if not begins and "INTERVAL=1;" not in f"{rule};":
        return True  # every second week, and nobody says which
    start, end = (datetime.combine(on, one) for one in (time.min, time.max))
    try:
        found = rrulestr(rule) if begins else rrulestr(rule, dtstart=start.replace(day=1))
        return bool(found.between(start, end, inc=True))
    except (ValueError, TypeError):
        return True


def said(schedule: Schedule) -> str:
    """The schedule in words, in front of what it says itself: “Every 2 weeks, Monday and Friday, 09:30 to 12:00”."""
    hours = " to ".join(filter(None, (schedule.opens_at, schedule.closes_at)))
    return ", ".join(filter(None, (_how_often(schedule), _named_days(schedule), hours)))


def _how_often(schedule: Schedule) -> str:
    every, noun = schedule.interval or 1, "month" if schedule.freq == "MONTHLY" else "week"
    if every > 1:
        return f"Every {every} {noun}s"
    return "Every month" if noun == "month" else ""


def _named_days(schedule: Schedule) -> str:
    named = [_named_day(one[1], one[2]) for one in BY_DAY.finditer(schedule.byday)]
    if len(named) > 1:
        return f"{', '.join(named[:-1])} and {named[-1]}"
    if named:
        return named[0]
    return f"on day {schedule.bymonthday} of the month" if schedule.bymonthday else ""


def _named_day(which: str | None, day: str) -> str:
    word = DAY_WORDS[DAYS.index(day)]
    return f"the {IN_A_MONTH.get(int(which), which)} {word}" if which else word
