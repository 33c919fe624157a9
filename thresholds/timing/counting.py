"""Which moment does a count of hours, days or months lead to?

Pure: the same limit, start and calendar always give the same answer. Hours run round the clock and
need no calendar; office hours and working days do. Months end on the last day of a shorter month.
"""

import calendar as months
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from thresholds.published.limits import Limit, Unit
from thresholds.timing.calendar import ONE_DAY, Calendar, london, moment

Ends = Literal["when_passed", "closing", "opening", "clock_time", "midnight"]


@dataclass(frozen=True)
class Course:
    """How one limit runs. `began` is on a London clock, `zero` the day it counts from, `last` its last day."""

    limit: Limit
    calendar: Calendar
    began: datetime
    zero: date
    last: date
    ends: Ends
    due_at: datetime

    @property
    def needs_calendar(self) -> bool:
        return self.limit.unit in ("working_days", "office_hours") or self.ends == "closing" or self.shut_at_the_end

    @property
    def shut_at_the_end(self) -> bool:
        """Whether it ends at midnight only because nobody works on its last day."""
        return self.ends == "midnight" and self.limit.end_of_day == "close_of_business"

    @property
    def predicted(self) -> bool:
        """Whether it rests on bank holidays that aren't published yet."""
        return self.needs_calendar and self.calendar.is_predicted(self.last)


def course(limit: Limit, start: datetime, calendar: Calendar) -> Course:
    """How `limit` runs from `start`. Raises `PastTheCalendar`; a naive start is refused."""
    began = london(start)
    if limit.local_closures == "counted":
        calendar = calendar.without_closures()
    if limit.unit in ("minutes", "hours", "office_hours"):
        due_at = shift(began, limit.amount, limit.unit, calendar)
        return Course(limit, calendar, began, began.date(), london(due_at).date(), "when_passed", due_at)
    zero = _day_zero(limit, began, calendar)
    last = _day_after(zero, limit.amount, limit.unit, calendar)
    ends = _ends(limit, last, zero != began.date(), calendar)
    return Course(limit, calendar, began, zero, last, ends, _end(ends, last, began.time(), calendar))


def shift(at: datetime, amount: int, unit: Unit, calendar: Calendar) -> datetime:
    """The moment `amount` of `unit` after `at`; before it, if negative. Days keep the clock time."""
    if unit in ("minutes", "hours"):
        return at.astimezone(UTC) + timedelta(**{unit: amount})
    if unit == "office_hours":
        return through_office(at.astimezone(UTC), timedelta(hours=abs(amount)), amount < 0, calendar)
    local = london(at)
    return moment(_day_after(local.date(), amount, unit, calendar), local.time())


def _day_zero(limit: Limit, began: datetime, calendar: Calendar) -> date:
    day = began.date()
    if limit.unit != "working_days":
        return day
    calendar.check_covered(day)
    if limit.day_zero == "day_of_event":
        return day
    if not calendar.is_working_day(day):
        return calendar.working_day_from(day)
    # On the stroke is still in time; a second past the cut-off is the next working day.
    return day if began <= calendar.cut_off(day, limit.cut_off) else calendar.working_day_from(day, 1)


def _day_after(day: date, amount: int, unit: Unit, calendar: Calendar) -> date:
    if unit == "working_days":
        return calendar.working_day_from(day, amount)
    if unit == "months":
        return _months_after(day, amount)
    return day + ONE_DAY * amount * (7 if unit == "weeks" else 1)


def _months_after(day: date, amount: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def _ends(limit: Limit, last: date, moved: bool, calendar: Calendar) -> Ends:
    """Where in its last day it ends. A start moved to a later day has no clock time of its own left."""
    if limit.end_of_day == "same_clock_time":
        return "opening" if moved else "clock_time"
    return "closing" if limit.end_of_day == "close_of_business" and calendar.is_working_day(last) else "midnight"


def _end(ends: Ends, last: date, clock: time, calendar: Calendar) -> datetime:
    match ends:
        case "closing":
            return calendar.closing(last)
        case "opening":
            return calendar.opening(last)
        case "clock_time":
            return moment(last, clock)
    return moment(last + ONE_DAY, time(0))


def through_office(at: datetime, left: timedelta, back: bool, calendar: Calendar) -> datetime:
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
