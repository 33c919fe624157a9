"""What do we know at first: who, what is worrying, and are they safe tonight?

This is the body of `pathway triage`, of the API and of the first page. Almost everything may be
unknown, and unknown is said, never guessed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)

from thresholds.published.answers import Agreement, Disability, How, Involvement, Missing, RaisedBy, Services, YesNo
from thresholds.published.entries import Id
from thresholds.published.faults import Misfit, Unjudgeable


def _written(value: object) -> object:
    """A bare number would be read as seconds since 1970; nobody means that."""
    if isinstance(value, int | float):
        raise ValueError("Write the date out, such as 2026-12-04.")
    return value


Day = Annotated[date, BeforeValidator(_written)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written)]
ADULT = 18
Name = Annotated[str, StringConstraints(max_length=200)]


class Arriving(BaseModel):
    """What comes in from outside: text may be a date, but no key may be one nobody asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Observed(Arriving):
    """An indicator somebody saw or was told of, and what it was in their own words.

    `vulnerable` answers, for the few indicators that ask, whether age and vulnerability put the child
    at risk; unknown counts as yes.
    """

    indicator: Id
    seen: str = Field(default="", max_length=20_000)
    vulnerable: YesNo = "unknown"


class PresentingChild(Arriving):
    """One child, born or expected. At most one of `born_on`, `expected_on` and `age_years`.

    `involvement` is who works with the child already, `open_to` that worker if known. `services` is how many
    services it would take to meet the need, as far as anybody can tell. `earlier_contacts` counts those about
    this child or household within the document's window, before this one.
    """

    ref: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    name: Name | None = None
    born_on: Day | None = None
    expected_on: Day | None = None
    age_years: StrictInt | None = None
    unborn: StrictBool = False
    observed: tuple[Observed, ...] = Field(default=(), max_length=200)
    disability: Disability = "unknown"
    involvement: Involvement = "unknown"
    open_to: Name | None = None
    missing: Missing = "unknown"
    exploitation: YesNo = "unknown"
    services: Services = "unknown"
    earlier_contacts: StrictInt | None = Field(default=None, ge=0, le=1_000)

    @model_validator(mode="after")
    def check_one_age(self) -> Self:
        given = [self.born_on, self.expected_on, self.age_years]
        if sum(value is not None for value in given) > 1:
            raise ValueError("Give a date of birth, a due date or an age: only one of them.")
        if self.unborn and (self.born_on is not None or self.age_years is not None):
            raise ValueError("A child not born yet has no age and no date of birth; give the due date if known.")
        if self.age_years is not None and self.age_years < 0:
            raise ValueError("An age can't be less than 0. If the child isn't born yet, say unborn.")
        if self.age_years is not None and self.age_years >= ADULT:
            raise ValueError(GROWN_UP)
        return self

    @model_validator(mode="after")
    def check_involvement(self) -> Self:
        if self.open_to and self.involvement == "none":
            raise ValueError("A worker is named, so somebody is involved. Say which kind, or leave it unknown.")
        return self

    @property
    def is_unborn(self) -> bool:
        return self.unborn or self.expected_on is not None

    def age_on(self, day: date) -> int | None:
        """Age in whole years on a day; 0 for a child not born yet; None while it isn't known.

        Someone born on 29 February is a year older on 1 March of other years.
        """
        if self.is_unborn:
            return 0
        if self.born_on is None:
            return self.age_years
        before = (day.month, day.day) < (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - before


GROWN_UP = (
    "This person is 18 or over; the pathway is for children. "
    "If a grown-up is in danger ring 999; otherwise turn to adult social care."
)


class Presenting(Arriving):
    """One contact about one or more children. `at` is when it reached us and must carry its zone.

    `siblings`: how many children there are in the sibling group, every one counted, worried about or not.
    `household_told`: whether it was told who lives there. `others_at_risk`: whether the person who causes harm
    has contact with other children. `raised_by` is what the caller says of themselves, never proof of it.
    """

    authority: Id
    at: Moment
    children: tuple[PresentingChild, ...] = Field(min_length=1, max_length=50)
    immediate_danger: StrictBool = False
    safe_tonight: YesNo = "unknown"
    siblings: StrictInt | None = Field(default=None, ge=1, le=50)
    household_told: StrictBool = False
    others_at_risk: YesNo = "unknown"
    domestic_abuse: YesNo = "unknown"
    agreement: Agreement = "not_asked"
    raised_by: RaisedBy = "unknown"
    how: How = "unknown"

    @model_validator(mode="after")
    def check_told_apart(self) -> Self:
        if len({child.ref for child in self.children}) != len(self.children):
            raise ValueError("Two children have the same ref; each needs their own, such as “the baby”.")
        return self

    @property
    def sibling_count(self) -> int | None:
        """Never fewer than the children named here, whatever was said."""
        return None if self.siblings is None else max(self.siblings, len(self.children))


def read_presenting(given: str | bytes | Mapping[str, object]) -> Presenting:
    """A presenting from JSON text or plain data. Raises `Unjudgeable` with every field that is wrong."""
    try:
        if isinstance(given, str | bytes):
            return Presenting.model_validate_json(given)
        return Presenting.model_validate(given)
    except ValidationError as wrong:
        raise Unjudgeable(misfits(wrong)) from None


def misfits(wrong: ValidationError) -> tuple[Misfit, ...]:
    """What Pydantic found, as fields and sentences."""
    found = wrong.errors()
    within = {error["loc"][:depth] for error in found for depth in range(len(error["loc"]))}
    return tuple(
        Misfit(field_path(error["loc"]), _sentence(error["type"], error["msg"], error.get("ctx", {})))
        for error in found
        if error["type"] != "too_short" or error["loc"] not in within  # a list isn't short because an item is wrong
    )


def field_path(place: tuple[int | str, ...]) -> str:
    """A place in the JSON as people write it: `children[0].born_on`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return path.lstrip(".") or "presenting"


def _sentence(kind: str, message: str, context: Mapping[str, object]) -> str:
    match kind:
        case "missing":
            return "This is needed."
        case "extra_forbidden":
            return "Nobody asks for this; check the spelling or leave it out."
        case "value_error":
            return str(context["error"])
        case "timezone_aware":
            return "Give the time with its zone, such as 2026-12-04T16:50:00+00:00."
        case "too_short":
            return "Name at least one child, even if only as “the baby”."
        case "string_too_long":
            return f"This is longer than {context['max_length']:,} letters; attach it as a document instead."
    return f"{message}."
