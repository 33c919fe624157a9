"""How much help does a child need, on which side of their life, and which examples say so?"""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from thresholds.published.entries import Entry, Frozen, Id, Words


class Band(Entry):
    """A stretch of levels that share a threshold."""

    name: Words
    order: int = Field(ge=0)
    meaning: Words


class Level(Entry):
    """One level of need. `order` rises with need; names and number are the authority's own."""

    name: Words
    band: Id
    order: int = Field(ge=0)
    meaning: Words


class Dimension(Entry):
    """One side of a child's life within a domain."""

    name: Words


class Domain(Entry):
    name: Words
    dimensions: tuple[Dimension, ...]


class Tells(Frozen):
    """What an example answers by itself: only ever the worrying answer."""

    domestic_abuse: Literal["yes"] | None = None
    exploitation: Literal["yes"] | None = None


class Indicator(Entry):
    """The document's example of need. Never a tag on a child and never a score.

    `immediate` asks for social care without delay. An age limit (`under_years`: younger than;
    `up_to_years`: that age or younger) counts as met while the age isn't known. Outside its limit the
    indicator is read as `at_other_ages`, or, with `older_by_vulnerability`, still stands unless
    somebody judged that age and vulnerability don't put the child at risk.
    `also_means` names indicators this example falls under as well, so that an old document's milder
    reading never hides the current national floor. A `strength` informs the plan and lowers nothing.
    One that `informs_only` (declining help, which is a right) is shown and never raises a level.
    `tells` answers a question that rules ask. With `dont_ask_family` nobody asks the family to agree, nor
    tells them: it could put the child in danger.
    `equality_flag` says why the example's wording is for the partnership's equality review.
    """

    words: Words
    level: Id | None = None
    dimension: Id | None = None
    immediate: bool = False
    under_years: int | None = Field(default=None, ge=1, le=18)
    up_to_years: int | None = Field(default=None, ge=0, le=17)
    older_by_vulnerability: bool = False
    at_other_ages: Id | None = None
    also_means: tuple[Id, ...] = ()
    floor: bool = False
    unborn: bool = False
    strength: bool = False
    informs_only: bool = False
    tells: Tells | None = None
    dont_ask_family: bool = False
    equality_flag: Words | None = None
    note: str = ""

    @model_validator(mode="after")
    def check_it_says_something(self) -> Self:
        if self.under_years is not None and self.up_to_years is not None:
            raise ValueError("it has two age limits; keep under_years or up_to_years, not both")
        if self.level is None and not self.immediate:
            raise ValueError("it has neither a level nor immediate: true, so it would change nothing")
        if self.floor and not self.immediate:
            raise ValueError("it is on the safety floor, so it must also say immediate: true")
        if self.immediate and (self.strength or self.informs_only):
            raise ValueError("it is immediate, so it can't be a strength or only inform")
        return self

    @cached_property
    def answers(self) -> tuple[tuple[str, str], ...]:
        """The questions this example answers by itself, and the answers."""
        return tuple(self.tells.model_dump(exclude_none=True).items()) if self.tells else ()

    @property
    def first_age_outside(self) -> int | None:
        """The youngest age in whole years at which the age limit no longer holds; None: no limit."""
        if self.up_to_years is not None:
            return self.up_to_years + 1
        return self.under_years


class Withdrawal(Entry):
    """An indicator (its `id`) the partnership no longer uses, and why. Never one that is immediate."""

    why: Words


class Term(Entry):
    """The document's own word, today's word for the screen, and the year of the document's.

    Without `in_place` today's words say how to write now and can't stand in the old word's place in a sentence.
    """

    word: Words
    today: Words
    year: int
    in_place: bool = True


class Figure(Entry):
    """A number a rule needs, such as how many children make a large sibling group."""

    name: Words
    amount: int


class Gap(Entry):
    """What the source leaves silent. `about` names what would fill it, as `limits/closing`.

    `needed_live`: no live case runs until the partnership decided it; a proposed default doesn't count.
    """

    about: str = Field(pattern=r"^[a-z_]+/[a-z0-9_-]+$")
    needed_live: bool
    words: Words


class Part(Frozen):
    """One document an edition was resolved from."""

    authority: Id
    in_force_from: str
    status: str
