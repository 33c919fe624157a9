"""What does every line of a document have to say about itself?

An id, where it comes from (`cite`) and on what footing it stands (`basis`). An entry without these
can't be read in, so nothing here is ever on nobody's authority.
"""

import re
from datetime import date, time
from typing import Annotated, Literal, LiteralString, Never

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError


def _as_a_day(given: object) -> object:
    """Read here, because Pydantic would also take "0" for a day in 1970."""
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", given) else _refused("date_parsing")
    except ValueError:
        return _refused("date_parsing")


def _as_a_clock_shows_it(given: object) -> object:
    """A time of day in London. One with a zone of its own could be an hour out half the year."""
    if not isinstance(given, str):
        return given
    try:
        clock = time.fromisoformat(given) if re.match(r"\d{2}:\d{2}", given) else _refused("time_parsing")
    except ValueError:
        return _refused("time_parsing")
    return clock if clock.tzinfo is None else _refused("time_zone")


def _refused(kind: LiteralString) -> Never:
    raise PydanticCustomError(kind, "not as it is written here")


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=80)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
# "fsp-2014 l.1236": the id of a source of the edition, a space, and the place in it.
CiteText = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]* \S.*$", max_length=400)]
Day = Annotated[date, BeforeValidator(_as_a_day)]
ClockTime = Annotated[time, BeforeValidator(_as_a_clock_shows_it)]
Basis = Literal["published", "local decision", "proposed default"]
Certainty = Literal["read", "read in part", "read second-hand", "remembered", "not read"]
"""How sure somebody can be of what a source says: whether its text was read, and how much of it."""


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
    date: Day | None
    status: Words
    certainty: Certainty
    note: str = ""
