"""Is anybody at work on this day, at this hour, and which is the next day they are?

Pure: no clock is read. Days are Europe/London days. Past the years the data covers it refuses
(`PastTheCalendar`) instead of calling every weekday a working day; between `known_until` and
`predicted_until` it answers and says that it predicts.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from thresholds.published.entries import Frozen
from thresholds.published.faults import PastTheCalendar
from thresholds.published.hours import BankHolidays, Closure, OfficeHours, Opening

LONDON = ZoneInfo("Europe/London")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ONE_DAY = timedelta(days=1)


class Calendar(Frozen):
    bank_holidays: BankHolidays
    office_hours: OfficeHours
    closures: tuple[Closure, ...] = ()

    def __copy__(self) -> "Calendar":
        """A copy reckons anew: what was answered for one week or closure may be wrong for another."""
        return Calendar(bank_holidays=self.bank_holidays, office_hours=self.office_hours, closures=self.closures)

    def why_closed(self, day: date) -> str | None:
        """Why nobody is at work that day; None when they are. Raises `PastTheCalendar`."""
        if day not in self._reasons:
            self._reasons[day] = self._why_closed(day)
        return self._reasons[day]

    def is_working_day(self, day: date) -> bool:
        return self.why_closed(day) is None

    def is_open(self, at: datetime) -> bool:
        """Whether the office is open at this moment; at closing time it is shut."""
        window = self.window(london(at).date())
        return window is not None and window[0] <= at < window[1]

    def window(self, day: date) -> tuple[datetime, datetime] | None:
        """When the office opens and closes that day, as moments; None when it stays shut."""
        if not self.is_working_day(day):
            return None
        opening = self._week[day.weekday()]
        return moment(day, opening.opens), moment(day, opening.closes)

    def open_between(self, since: datetime, until: datetime) -> timedelta:
        """For how long the office is open between two moments."""
        day, last, open_for = london(since).date(), london(until).date(), timedelta()
        while day <= last:
            window = self.window(day)
            if window is not None:
                open_for += max(min(window[1], until) - max(window[0], since), timedelta())
            day += ONE_DAY
        return open_for

    def next_opening(self, at: datetime) -> datetime | None:
        """When the office next opens after a moment; None past the calendar, where nobody can say."""
        day = london(at).date()
        try:
            while (window := self.window(day)) is None or window[0] <= at:
                day += ONE_DAY
        except PastTheCalendar:
            return None
        return window[0]

    def opening(self, day: date) -> datetime:
        """When the office opens on a working day."""
        return moment(day, self._week[day.weekday()].opens)

    def closing(self, day: date) -> datetime:
        """Close of business of a working day."""
        return moment(day, self._week[day.weekday()].closes)

    def cut_off(self, day: date, own: time | None = None) -> datetime:
        """Until when what comes in on a working day counts as come in that day.

        A limit's own cut-off goes before the team's; where neither has one, and at the latest, it is closing time.
        """
        clock = self.office_hours.cut_off if own is None else own
        return self.closing(day) if clock is None else min(self.closing(day), moment(day, clock))

    def working_day_from(self, day: date, count: int = 0) -> date:
        """The `count`-th working day after `day` (before it, if negative).

        Count 0 is `day` itself if it is a working day, otherwise the next one.
        """
        step = -ONE_DAY if count < 0 else ONE_DAY
        while count == 0 and not self.is_working_day(day):
            day += ONE_DAY
        while count != 0:
            day += step
            if self.is_working_day(day):
                count -= 1 if count > 0 else -1
        return day

    def without_closures(self) -> "Calendar":
        """The same with only weekends and bank holidays closed, as national limits count."""
        return self._never_shut if self.closures else self

    def past_its_end(self) -> "Calendar":
        """The same without an end: where no bank holidays are held, every day of the team's week is a working day.

        For warnings, which must come some time or other; never for what falls due.
        """
        held = self.bank_holidays.model_copy(update={"known_from": date.min, "predicted_until": date.max})
        closures = tuple(one for one in self.closures if one.last <= self.bank_holidays.predicted_until)
        return self.model_copy(update={"bank_holidays": held, "closures": closures})

    def is_predicted(self, day: date) -> bool:
        return day > self.bank_holidays.known_until

    def check_covered(self, day: date) -> None:
        held = self.bank_holidays
        if not held.known_from <= day <= held.predicted_until:
            raise PastTheCalendar(
                f"Bank holidays are held from {said_day(held.known_from)} to {said_day(held.predicted_until)}; "
                f"working days can't be counted for {said_day(day)}. "
                "Whoever looks after this installation can renew the calendar."
            )

    def _why_closed(self, day: date) -> str | None:
        self.check_covered(day)
        if day.weekday() not in self._week:
            return "weekend" if day.weekday() >= 5 else "not an office day"
        return self._holidays.get(day) or self._closed(day)

    def _closed(self, day: date) -> str | None:
        return next((c.name for c in self.closures if c.first <= day <= c.last), None)

    @cached_property
    def _reasons(self) -> dict[date, str | None]:
        """What was answered already: long limits ask about the same days over and over."""
        return {}

    @cached_property
    def _never_shut(self) -> "Calendar":
        return self.model_copy(update={"closures": ()})

    @cached_property
    def _holidays(self) -> Mapping[date, str]:
        return {holiday.on: holiday.name for holiday in self.bank_holidays.days}

    @cached_property
    def _week(self) -> Mapping[int, Opening]:
        return {WEEKDAYS.index(opening.day): opening for opening in self.office_hours.week}


def london(at: datetime) -> datetime:
    """The same moment on a London clock. A time without a zone is refused: it could be an hour out.

    By way of UTC, so that a time that the spring change skips is read as the hour after.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise ValueError("A moment needs its time zone; this one has none.")
    return at.astimezone(UTC).astimezone(LONDON)


def moment(day: date, clock: time) -> datetime:
    """A London day and clock time as a UTC moment.

    A time skipped by the spring change is taken as the hour after; of a time that comes twice in
    autumn, the first is meant, so nothing falls due later than people would read it.
    """
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), LONDON).astimezone(UTC)


def clock_change(day: date, first: datetime, last: datetime) -> int:
    """Whether the clocks change that day between two moments: 1 forward, -1 back, 0 not."""
    begins, ends = max(first, moment(day, time(0))), min(last, moment(day + ONE_DAY, time(0)))
    before, after = london(begins).utcoffset(), london(ends).utcoffset()
    if before is None or after is None or begins >= ends or before == after:
        return 0
    return 1 if after > before else -1


def said(at: datetime) -> str:
    """A moment as people say it: "Friday 4 December 2026 at 16:50"."""
    local = london(at)
    return f"{said_day(local.date())} at {local:%H:%M}"


def said_date(day: date) -> str:
    """A day without its weekday: "4 December 2026"."""
    return f"{day.day} {day:%B %Y}"


def said_day(day: date) -> str:
    return f"{day:%A} {said_date(day)}"
