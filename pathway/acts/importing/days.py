"""Which day was meant? Days as they are written here: day, month, year; and Excel's own numbers for them."""

import re
from datetime import date, datetime, timedelta

SAID = "%d/%m/%Y"
FIRST_DAY = date(1899, 12, 30)
EARLIEST, LATEST = 1, 80_000
"""Excel's numbers for days, up to the year 2119; year numbers such as 2019 are no days of 1905."""

YEARS = range(1900, 2100)
NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}),? (\d{4})", re.IGNORECASE)
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TWO_FIGURES = re.compile(r"\d{1,2}[/.\- ]\d{1,2}[/.\- ]\d{2}")

NOT_A_DAY = "This isn’t a date. Write day, month and year, such as 4/12/2019."
WHOLE_YEAR = "Write the year with four figures, such as 4/12/2019."


class NotADay(ValueError):
    """Says in a sentence what to write instead."""


def day_of(text: str) -> date:
    """The day as written: 4/12/2019, 4 December 2019, 2019-12-04, or Excel's number. Raises `NotADay`."""
    written = " ".join(text.split())
    if TWO_FIGURES.fullmatch(written):
        raise NotADay(WHOLE_YEAR)
    try:
        if found := NUMBERS.fullmatch(written):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        if found := NAMED.fullmatch(written):
            return date(int(found[3]), MONTHS.index(found[2][:3].lower()) + 1, int(found[1]))
        if found := ISO.fullmatch(written):
            return date(*map(int, found.groups()))
        return serial_day(float(written))
    except (ValueError, OverflowError):
        raise NotADay(NOT_A_DAY) from None


def serial_day(number: float, first: date = FIRST_DAY) -> date:
    """The day of Excel's number for it. Raises `ValueError` for what is no such number."""
    if not EARLIEST <= number <= LATEST or number in YEARS:
        raise ValueError("No number for a day.")
    return first + timedelta(days=int(number))


def said(day: date | datetime) -> str:
    return day.strftime(SAID)
