"""How are times, sizes and lengths said on a page? In London time and in words."""

from datetime import date, datetime
from enum import StrEnum

from pathway.clock import LONDON
from thresholds.timing.calendar import said_date

HOUR = 60
DAY = 24 * HOUR


def london(at: datetime | None) -> str:
    """A moment as people here say it."""
    return f"{at.astimezone(LONDON):%a %-d %b %Y, %H:%M}" if at else ""


def plainly(at: datetime) -> str:
    """A moment for somebody of ten: "Monday 7 December at 5pm"."""
    there = at.astimezone(LONDON)
    minutes = f":{there:%M}" if there.minute else ""
    return f"{there:%A %-d %B} at {there:%-I}{minutes}{there:%p}".replace("AM", "am").replace("PM", "pm")


def stamp(at: datetime) -> str:
    """A moment for machines, in a `datetime` attribute."""
    return at.astimezone(LONDON).isoformat(timespec="seconds")


def left(minutes: int | None) -> str:
    """The time left, or by how much it has passed."""
    if minutes is None:
        return "No time set"
    if minutes < 0:
        return f"Overdue by {_span(-minutes)}"
    return f"{_span(minutes)} left"


def options(words: type[StrEnum]) -> list[tuple[str, str]]:
    """What may be chosen, as value and words."""
    return [(one.value, str(getattr(one, "words", one.value))) for one in words]


def on_day(on: date | str) -> str:
    """A day as people here write it."""
    return said_date(date.fromisoformat(on) if isinstance(on, str) else on)


def ago(on: date, today: date) -> str:
    """How long ago a day was, as people say it."""
    days = (today - on).days
    if days < 1:
        return "today"
    for length, noun in ((365, "year"), (30, "month"), (7, "week")):
        if days >= 2 * length or (length == 365 and days >= length):
            return f"{_many(days // length, noun)} ago"
    return f"{_many(days, 'day')} ago"


def capitalised(text: str) -> str:
    """The text with a capital first letter; the rest stays as it was written."""
    return text[:1].upper() + text[1:]


def size(number: int) -> str:
    if number < 1_000_000:
        return f"{max(1, round(number / 1000)):,} KB"
    return f"{number / 1_000_000:.1f} MB"


def _span(minutes: int) -> str:
    if minutes < 1:
        return "less than a minute"
    if minutes < HOUR:
        return _many(minutes, "minute")
    if minutes < 4 * HOUR and minutes % HOUR:
        return f"{_many(minutes // HOUR, 'hour')} {_many(minutes % HOUR, 'minute')}"
    if minutes < 2 * DAY:
        return _many(minutes // HOUR, "hour")
    return _many(minutes // DAY, "day")


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
