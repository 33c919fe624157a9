"""On which days and at which hours is anybody at work?

Data only; `timing/calendar.py` answers questions about it.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from thresholds.published.entries import CiteText, ClockTime, Day, Entry, Frozen, Id, Words

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Opening(Frozen):
    day: Weekday
    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def check_order(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("it closes before it opens; hours past midnight aren't office hours")
        return self


class OfficeHours(Entry):
    """The hours a team keeps in an ordinary week, in Europe/London clock time.

    `cut_off`: what comes in after it counts as come in on the next working day; None means closing time.
    """

    name: Words
    week: tuple[Opening, ...] = Field(min_length=1)
    cut_off: ClockTime | None = None

    @model_validator(mode="after")
    def check_once_each(self) -> Self:
        if len({opening.day for opening in self.week}) != len(self.week):
            raise ValueError("one weekday stands in it twice")
        return self

    @model_validator(mode="after")
    def check_cut_off(self) -> Self:
        cut_off = self.cut_off
        for opening in self.week:
            if cut_off is not None and not opening.opens <= cut_off <= opening.closes:
                raise ValueError(
                    f"its cut-off, {cut_off:%H:%M}, lies outside the hours of {opening.day.capitalize()}, "
                    f"{opening.opens:%H:%M} to {opening.closes:%H:%M}"
                )
        return self


class Closure(Entry):
    """Days the partnership itself is closed, beyond bank holidays; first and last day included."""

    name: Words
    first: Day
    last: Day

    @model_validator(mode="after")
    def check_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("it ends before it begins")
        return self


class Holiday(Frozen):
    on: Day
    name: Words


class BankHolidays(Frozen):
    """Bank holidays of one division. Known from published data; beyond `known_until` predicted."""

    division: Id
    cite: CiteText
    known_from: Day
    known_until: Day
    predicted_until: Day
    days: tuple[Holiday, ...]
