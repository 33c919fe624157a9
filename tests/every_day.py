"""When does time run out, worked out another way? For every day of 2020 to 2028, with numpy alone.

Nothing here imports what is under test: bank holidays are read as plain YAML, clock changes follow the
law's rule (the last Sundays of March and October, at one o'clock in Greenwich), and office time is
counted minute by minute.
"""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]
DIVISIONS = ("england-and-wales", "scotland", "northern-ireland")
DAYS: Moments = np.arange("2020-01-01", "2029-01-01", dtype="datetime64[D]")
WEEK = {
    "monday": ("08:30", "17:00"), "tuesday": ("08:30", "17:00"), "wednesday": ("08:30", "17:00"),
    "thursday": ("08:30", "17:00"), "friday": ("09:00", "16:30"),
}  # fmt: skip
CLOSURES = {  # a day, a stretch over a weekend, and a winter in which bank holidays fall
    "Staff conference": ("2024-05-15", "2024-05-15"),
    "Flooded building": ("2021-10-22", "2021-10-27"),
    "Winter closing 2022": ("2022-12-24", "2023-01-03"),
    "Winter closing 2026": ("2026-12-29", "2026-12-31"),
}
CALENDARS = Path(__file__).parents[1] / "thresholds" / "calendars"


@cache
def bank_holidays(division: str) -> dict[str, str]:
    content = yaml.safe_load((CALENDARS / f"{division}.yaml").read_text("utf-8"))
    return {str(day["on"]): day["name"] for day in content["days"]}


@cache
def working_week(division: str, closed: bool) -> np.busdaycalendar:
    """The division's working days; with the partnership's own closures left out too, if `closed`."""
    own = [day for first, last in CLOSURES.values() for day in np.arange(first, np.datetime64(last) + 1, dtype="M8[D]")]
    return np.busdaycalendar(holidays=[*bank_holidays(division), *(str(day) for day in own if closed)])


def clocks(days: Moments, clock: str) -> Moments:
    """Each day at this time of day, to the second, on a clock on the wall."""
    hours, minutes, *seconds = (int(part) for part in clock.split(":"))
    return days.astype("M8[s]") + np.timedelta64(hours * 3600 + minutes * 60 + sum(seconds), "s")


def last_sunday(years: Moments, month: int) -> Moments:
    """The last Sunday of a month of 31 days, in each of these years."""
    end = (years.astype("M8[M]") + (month - 1)).astype("M8[D]") + 30
    return end - (end.astype(int) + 4) % 7


def summer(moments: Moments, hour: int) -> NDArray[np.bool_]:
    years = moments.astype("M8[Y]")
    begins, ends = (clocks(last_sunday(years, month), f"{hour:02}:00") for month in (3, 10))
    return (begins <= moments) & (moments < ends)


def to_utc(wall: Moments) -> Moments:
    """London's wall clock as UTC: a skipped hour is the hour after, of a doubled one the first is meant."""
    return wall - summer(wall, 2) * np.timedelta64(3600, "s")


def to_wall(utc: Moments) -> Moments:
    return utc + summer(utc, 1) * np.timedelta64(3600, "s")


def closing(days: Moments) -> Moments:
    """Closing time of each day, weekends apart, as UTC."""
    friday = (days.astype(int) + 3) % 7 == 4
    return to_utc(np.where(friday, clocks(days, WEEK["friday"][1]), clocks(days, WEEK["monday"][1])))


def months_after(days: Moments, amount: int) -> Moments:
    """The same date so many months on, or the last day of a shorter month."""
    month = days.astype("M8[M]")
    dated = (days - month.astype("M8[D]")).astype(int)
    target = (month + amount).astype("M8[D]")
    length = ((month + amount + 1).astype("M8[D]") - target).astype(int)
    return target + np.minimum(dated, length - 1)


@cache
def open_minutes(division: str, closed: bool) -> NDArray[np.int64]:
    """Every minute, counted from 1970 in UTC, at which the office is open; one more year at either end."""
    days = np.arange("2019-01-01", "2030-01-01", dtype="datetime64[D]")
    days = days[np.is_busday(days, busdaycal=working_week(division, closed))]
    hours = [tuple(WEEK.values())[(int(number) + 3) % 7] for number in days.astype(int)]
    opens = to_utc(np.array([f"{day}T{hour}" for day, (hour, _) in zip(days, hours, strict=True)], dtype="M8[s]"))
    closes = to_utc(np.array([f"{day}T{hour}" for day, (_, hour) in zip(days, hours, strict=True)], dtype="M8[s]"))
    stretches = zip(opens.astype("M8[m]").astype(int), closes.astype("M8[m]").astype(int), strict=True)
    return np.concatenate([np.arange(first, last) for first, last in stretches])


def after_office_hours(utc: Moments, hours: int, division: str, closed: bool) -> Moments:
    """When so many open hours have passed after each moment (before it, if negative), minute by minute."""
    minutes = open_minutes(division, closed)
    here = np.searchsorted(minutes, utc.astype("M8[m]").astype(int))
    found = minutes[here + hours * 60 - 1] + 1 if hours > 0 else minutes[here + hours * 60]
    return found.astype("M8[m]").astype("M8[s]")


def as_moments(utc: Moments) -> list[datetime]:
    """The same as Python's moments, which our code is asked about."""
    return [moment.replace(tzinfo=UTC) for moment in utc.astype("M8[s]").tolist()]


def wrong(asked: list[datetime], ours: list[datetime | date], expected: Moments) -> list[str]:
    """The first few of the moments asked about at which our answer isn't the expected one."""
    bare = [one.replace(tzinfo=None) if isinstance(one, datetime) else one for one in ours]
    differs = np.flatnonzero(np.array(bare, dtype=expected.dtype) != expected)
    return [f"from {asked[at]}: {bare[at]}, expected {expected[at]}" for at in differs[:5]]
