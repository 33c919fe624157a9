"""How is a moment said? In London time, as people here say it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_LONDON = ZoneInfo("Europe/London")
# Not strftime: its names follow the machine's locale.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

SAID = re.compile(
    r"(?:the end of|(?:midday|\d{1,2}(?::\d\d)?[ap]m) on) "
    rf"(?:{'|'.join(_DAYS)}) \d{{1,2}} (?:{'|'.join(_MONTHS)}) \d{{4}}"
)
"""The shape of every answer `moment_in_words` gives."""


def moment_in_words(moment: datetime) -> str:
    """`4:10pm on Tuesday 24 November 2026`, to stand after "by".

    Midnight belongs to two days and is misread, so it is said as the end of the day before. Seconds are
    dropped, which can only make a time earlier. Refuses a moment without a time zone (`ValueError`).
    """
    if moment.tzinfo is None:
        raise ValueError("A moment is said only with its time zone.")
    here = moment.astimezone(_LONDON)
    if (here.hour, here.minute) == (0, 0):
        return f"the end of {_day(here - timedelta(days=1))}"
    return f"{_time(here)} on {_day(here)}"


def _day(here: datetime) -> str:
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]} {here.year}"


def _time(here: datetime) -> str:
    if (here.hour, here.minute) == (12, 0):
        return "midday"
    minutes = f":{here.minute:02}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"
