"""When may a time stand still, or be made longer, and who may do it? Never without an end."""

from pydantic import Field

from thresholds.published.entries import Entry, Id, Words
from thresholds.published.limits import Unit, span


class Allowance(Entry):
    """Which limits it is for, who may use it, and its end: `amount` of `unit`."""

    for_limits: tuple[Id, ...] = Field(min_length=1)
    who: tuple[Id, ...] = Field(min_length=1)
    words: Words
    amount: int = Field(ge=1)
    unit: Unit

    @property
    def span(self) -> str:
        """The most it comes to, in words, such as "10 working days"."""
        return span(self.amount, self.unit)


class Pause(Allowance):
    """A time stands still while somebody is waited on, each time at most so long, and then goes on by itself."""

    times: int = Field(default=1, ge=1)


class Extension(Allowance):
    """A time is made longer, all its extensions together by at most so much."""
