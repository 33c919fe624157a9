"""What does every line of a document have to say about itself?

An id, where it comes from (`cite`) and on what footing it stands (`basis`). An entry without these
can't be read in, so nothing here is ever on nobody's authority.
"""

from datetime import date, time
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
# "fsp-2014 l.1236": the id of a source of the edition, a space, and the place in it.
CiteText = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]* \S.*$", max_length=400)]
Basis = Literal["published", "local decision", "proposed default"]
Certainty = Literal["read", "read in part", "read second-hand", "remembered", "not read"]
"""How sure somebody can be of what a source says: whether its text was read, and how much of it."""


def _check_no_zone(clock: time) -> time:
    if clock.tzinfo is not None:
        raise ValueError("a time of day here is London clock time; leave the zone out")
    return clock


# A time of day in London. One with a zone of its own could be an hour out half the year.
ClockTime = Annotated[time, AfterValidator(_check_no_zone)]


class Frozen(BaseModel):
    """Read strictly, never changed: unknown keys are refused and types aren't bent to fit."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Entry(Frozen):
    """One published thing. `certainty` where it isn't as sure as its source is."""

    id: Id
    cite: CiteText
    basis: Basis
    certainty: Certainty | None = None

    @property
    def source_id(self) -> str:
        return self.cite.split(" ", 1)[0]

    @property
    def where(self) -> str:
        return self.cite.split(" ", 1)[1]


class Source(Frozen):
    """A document somebody relies on. `date` is None where it gives none; `note` says what was read of it."""

    id: Id
    title: Words
    publisher: Words
    version: str = ""
    date: date | None
    status: Words
    certainty: Certainty
    note: str = ""
