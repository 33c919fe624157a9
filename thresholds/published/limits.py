"""How long may something take, counted how, and who hears when it is late?"""

from typing import Literal

from pydantic import Field

from thresholds.published.entries import ClockTime, Entry, Frozen, Id, Words
from thresholds.published.routes import When

Unit = Literal["minutes", "hours", "office_hours", "working_days", "calendar_days", "weeks", "months"]
DayZero = Literal["working_day_of_event", "day_of_event"]
EndOfDay = Literal["close_of_business", "same_clock_time", "midnight"]
LocalClosures = Literal["counted", "skipped"]
Obliged = Literal["us", "referrer", "partner"]


class Counting(Entry):
    """How days are counted, because sources rarely say.

    `day_zero`: "working_day_of_event" moves an event outside office hours, or after `cut_off`, to the
    next working day before counting starts; "day_of_event" counts from the day itself, open or not.
    `end_of_day`: when on the last day it is due. `cut_off` None leaves it to the team:
    its own cut-off, or close of business.
    `local_closures`: whether days the partnership itself is closed count as working days. They do for
    national limits: an authority can't give itself longer by shutting.
    """

    day_zero: DayZero
    end_of_day: EndOfDay
    cut_off: ClockTime | None = None
    local_closures: LocalClosures = "counted"
    words: Words


class Rung(Frozen):
    """One warning on the way: `amount` of `unit` before, at, or after the due time, and who hears.

    `takes_over` is the part played by whoever answers from then on, where the ladder says that somebody does.
    """

    id: Id
    when: Literal["before", "at", "after"]
    amount: int = Field(default=0, ge=0)
    unit: Unit = "hours"
    hears: tuple[Id, ...] = Field(min_length=1)
    takes_over: Id | None = None


class Ladder(Entry):
    """Rungs that several limits share."""

    rungs: tuple[Rung, ...] = Field(min_length=1)


class LimitEntry(Entry):
    """A limit as a document writes it: its counting and its ladder are named, not spelt out.

    `named_when`: when a first judgement names it; `{}` for every contact, left out for none.
    `office_hours`: whose office hours count it; None means the usual ones, `office`.
    """

    name: Words
    words: Words
    amount: int = Field(ge=1)
    unit: Unit
    from_event: Id
    obliged: Obliged
    hard: bool
    counting: Id | None = None
    ladder: Id | None = None
    named_when: When | None = None
    office_hours: Id | None = None

    @property
    def office(self) -> Id:
        """The office hours that count it: those it names, or the usual ones."""
        return self.office_hours or "office"

    @property
    def span(self) -> str:
        """The length in words, such as "1 working day"."""
        return span(self.amount, self.unit)


class Limit(LimitEntry):
    """A limit ready for use, with its counting and its rungs filled in."""

    day_zero: DayZero = "working_day_of_event"
    end_of_day: EndOfDay = "same_clock_time"
    cut_off: ClockTime | None = None
    local_closures: LocalClosures = "counted"
    rungs: tuple[Rung, ...] = ()


def span(amount: int, unit: Unit) -> str:
    """A length in words, such as "1 working day"."""
    noun = unit.replace("_", " ")
    return f"{amount} {noun[:-1] if amount == 1 else noun}"


# The least and the most round-the-clock hours one of each unit can take; None: no upper bound.
_HOURS: dict[str, tuple[float, float | None]] = {
    "minutes": (1 / 60, 1 / 60),
    "hours": (1, 1),
    "office_hours": (1, None),
    "working_days": (24, None),
    "calendar_days": (24, 24),
    "weeks": (168, 168),
    "months": (28 * 24, 31 * 24),
}


def never_later(local: LimitEntry, base: LimitEntry) -> bool:
    """Whether `local` can at no start fall due after `base`: same unit and not more, or surely shorter."""
    if local.unit == base.unit:
        return local.amount <= base.amount
    most, least = _HOURS[local.unit][1], _HOURS[base.unit][0]
    return most is not None and local.amount * most <= base.amount * least
