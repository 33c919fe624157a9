"""Where is need sent, when, and by which rule?"""

from functools import cached_property
from typing import Literal, Self

from pydantic import Field, model_validator

from thresholds.published.answers import (
    Agreement,
    Disability,
    Hours,
    How,
    Involvement,
    Missing,
    RaisedBy,
    Services,
    SiblingGroup,
    YesNo,
)
from thresholds.published.entries import Entry, Frozen, Id, Words

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
    """What has to be so for a rule to apply. What isn't named doesn't matter; of a list, any one will do."""

    immediate: bool | None = None
    level_known: bool | None = None
    already_open: bool | None = None
    unborn: bool | None = None
    levels: tuple[Id, ...] = ()
    hours: tuple[Hours, ...] = ()
    disability: tuple[Disability, ...] = ()
    sibling_group: tuple[SiblingGroup, ...] = ()
    others_at_risk: tuple[YesNo, ...] = ()
    domestic_abuse: tuple[YesNo, ...] = ()
    missing: tuple[Missing, ...] = ()
    exploitation: tuple[YesNo, ...] = ()
    services: tuple[Services, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    raised_by: tuple[RaisedBy, ...] = ()
    how: tuple[How, ...] = ()
    involvement: tuple[Involvement, ...] = ()
    repeated: tuple[YesNo, ...] = ()

    @cached_property
    def conditions(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """Each thing named, and the answers that will do."""
        named = ((name, getattr(self, name)) for name in type(self).model_fields)
        return tuple(
            (name, wanted if isinstance(wanted, tuple) else (wanted,))
            for name, wanted in named
            if wanted not in (None, ())
        )

    @property
    def first(self) -> tuple[str, tuple[object, ...]]:
        """What is asked first; of what names nothing, something to which any answer will do."""
        return self.conditions[0] if self.conditions else ("immediate", (True, False))

    @cached_property
    def rest(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        """What is asked besides."""
        return self.conditions[1:]


class Rule(Entry):
    """How facts combine. Rules are tried by `order`.

    `raises_to` lifts the level to at least that one, never lowers it; `makes_immediate` asks for social care
    without delay. The first rule that applies and has a `goes_to` names the destination. `also` names who
    else takes part: of that rule, and of every rule that applies and has no `goes_to`. A `caution` is to be
    heeded now and stands on top of the advice. One on the `floor` holds in every edition.
    """

    words: Words
    order: int = Field(ge=0)
    when: When
    raises_to: Id | None = None
    makes_immediate: bool = False
    goes_to: Id | None = None
    also: tuple[Id, ...] = ()
    caution: bool = False
    floor: bool = False

    @model_validator(mode="after")
    def check_it_does_something(self) -> Self:
        if not (self.raises_to or self.makes_immediate or self.goes_to or self.also or self.caution):
            raise ValueError("it does nothing; say raises_to, makes_immediate, goes_to, also or caution")
        return self
