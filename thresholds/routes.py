"""Where is need sent, when, and by which rule?"""

from typing import Literal, Self

from pydantic import Field, model_validator

from thresholds.entries import Entry, Frozen, Id, Words

Hours = Literal["in_hours", "out_of_hours"]
Disability = Literal["none", "mild_to_moderate", "substantial_and_lifelong", "uncertain", "unknown"]
SiblingGroup = Literal["large", "not_large", "unknown"]
Kind = Literal["front_door", "social_care", "emergency", "specialist", "early_help", "information", "worker", "panel"]


class Destination(Entry):
    """A team or service need is sent to. Contact points are configuration and never stand here.

    `through` is the door it is reached by; `office_hours` the hours it keeps, if not the usual ones.
    """

    name: Words
    kind: Kind
    hours: Literal["in_hours", "out_of_hours", "always"]
    for_levels: tuple[Id, ...] = ()
    through: Id | None = None
    office_hours: Id | None = None
    what_it_does: str = ""


class When(Frozen):
    """What has to be so for a rule to apply. What isn't named doesn't matter."""

    immediate: bool | None = None
    level_known: bool | None = None
    levels: tuple[Id, ...] = ()
    hours: Hours | None = None
    disability: tuple[Disability, ...] = ()
    sibling_group: SiblingGroup | None = None
    already_open: bool | None = None


class Rule(Entry):
    """How facts combine. Rules are tried by `order`.

    `raises_to` lifts the level to at least that one, never lowers it. The first rule that applies and
    has a `goes_to` names the destination. `also` names who else takes part: of that rule, and of every
    rule that applies and has no `goes_to`.
    """

    words: Words
    order: int = Field(ge=0)
    when: When
    raises_to: Id | None = None
    goes_to: Id | None = None
    also: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def check_it_does_something(self) -> Self:
        if not (self.raises_to or self.goes_to or self.also):
            raise ValueError("it does nothing; say raises_to, goes_to or also")
        return self
