"""Which facts about one child decide the first judgement, and do they make sense?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from thresholds.editions.edition import Edition, did_you_mean
from thresholds.judging.presenting import ADULT, GROWN_UP, Observed, Presenting, PresentingChild
from thresholds.published.answers import (
    OPEN,
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
from thresholds.published.faults import Misfit, PastTheCalendar, Unjudgeable, Unpublished
from thresholds.timing.calendar import london

Birth = Literal["born", "due", "overdue", "due_unknown"]


@dataclass(frozen=True)
class Facts:
    """One child's facts, ready to decide on. Changing one of them answers "what would change it?"."""

    observed: frozenset[Observed] = frozenset()
    age: int | None = None
    unborn: bool = False
    birth: Birth = "born"
    household_told: bool = False
    in_danger: bool = False
    said_safe: bool = False
    already_open: bool = False
    hours: Hours | None = None
    disability: Disability = "unknown"
    sibling_group: SiblingGroup = "unknown"
    others_at_risk: YesNo = "unknown"
    domestic_abuse: YesNo = "unknown"
    missing: Missing = "unknown"
    exploitation: YesNo = "unknown"
    services: Services = "unknown"
    agreement: Agreement = "not_asked"
    raised_by: RaisedBy = "unknown"
    how: How = "unknown"
    involvement: Involvement = "unknown"
    repeated: YesNo = "unknown"

    @property
    def indicators(self) -> frozenset[str]:
        return frozenset(seen.indicator for seen in self.observed)

    def but(self, **otherwise: object) -> "Facts":
        """The same facts, some of them otherwise. Asked dozens of times for one judgement, so it copies and no more."""
        other = object.__new__(Facts)
        other.__dict__.update(self.__dict__, **otherwise)
        return other


def facts(edition: Edition, presenting: Presenting, child: PresentingChild) -> Facts:
    today = london(presenting.at).date()
    return Facts(
        observed=frozenset(child.observed),
        age=child.age_on(today),
        unborn=child.is_unborn,
        birth=_birth(child, today),
        household_told=presenting.household_told,
        in_danger=presenting.immediate_danger or presenting.safe_tonight == "no",
        said_safe=presenting.safe_tonight == "yes" and not presenting.immediate_danger,
        already_open=bool(child.open_to) or child.involvement in OPEN,
        hours=_hours(edition, presenting.at),
        disability=child.disability,
        sibling_group=_sibling_group(edition, presenting.sibling_count),
        others_at_risk=presenting.others_at_risk,
        domestic_abuse=presenting.domestic_abuse,
        missing=child.missing,
        exploitation=child.exploitation,
        services=child.services,
        agreement=presenting.agreement,
        raised_by=presenting.raised_by,
        how=presenting.how,
        involvement=child.involvement,
        repeated=_repeated(edition, child.earlier_contacts),
    )


def _birth(child: PresentingChild, today: date) -> Birth:
    if not child.is_unborn:
        return "born"
    if child.expected_on is None:
        return "due_unknown"
    return "overdue" if child.expected_on < today else "due"


def _sibling_group(edition: Edition, count: int | None) -> SiblingGroup:
    enough = _enough(edition, "large_sibling_group", count)
    return "unknown" if enough is None else "large" if enough else "not_large"


def _repeated(edition: Edition, earlier: int | None) -> YesNo:
    """Whether this contact, with those before it in the window, makes as many as the document looks at."""
    enough = _enough(edition, "repeat_contacts", None if earlier is None else earlier + 1)
    return "unknown" if enough is None else "yes" if enough else "no"


def _enough(edition: Edition, figure: str, count: int | None) -> bool | None:
    """Whether a count reaches a published figure; None where either isn't known."""
    amount = edition.amount(figure)
    return None if count is None or amount is None else count >= amount


def _hours(edition: Edition, at: datetime) -> Hours | None:
    """Whether the office is open. A judgement is never refused for want of a calendar."""
    try:
        return "in_hours" if edition.calendar().is_open(at) else "out_of_hours"
    except PastTheCalendar:
        return "in_hours" if _usually_open(edition, at) else "out_of_hours"
    except Unpublished:
        return None


def _usually_open(edition: Edition, at: datetime) -> bool:
    week = {opening.day: opening for opening in edition.calendar().office_hours.week}
    today = week.get(f"{london(at):%A}".lower())  # type: ignore[call-overload]
    return today is not None and today.opens <= london(at).time() < today.closes


def check_judgeable(edition: Edition, presenting: Presenting) -> None:
    """Raises `Unjudgeable` with everything that keeps this presenting from being judged by this edition."""
    wrong = list(_wrong(edition, presenting))
    if wrong:
        raise Unjudgeable(tuple(wrong))


def _wrong(edition: Edition, presenting: Presenting) -> Iterator[Misfit]:
    if presenting.authority != edition.authority:
        sentence = f"This contact is for {presenting.authority}, the edition is {edition.authority_name}'s."
        yield Misfit("authority", sentence)
    today = london(presenting.at).date()
    for index, child in enumerate(presenting.children):
        yield from _wrong_age(child, f"children[{index}]", today)
        for place, seen in enumerate(child.observed):
            if seen.indicator not in edition.indicator_ids:
                near = did_you_mean(seen.indicator, edition.indicators)
                sentence = f"This edition has no indicator “{seen.indicator}”.{near}"
                yield Misfit(f"children[{index}].observed[{place}].indicator", sentence)


def _wrong_age(child: PresentingChild, field: str, today: date) -> Iterator[Misfit]:
    if child.born_on is None:
        return
    if child.born_on > today:
        sentence = "This date of birth is after the contact. If the child isn't born yet, give it as the due date."
        yield Misfit(f"{field}.born_on", sentence)
    elif (child.age_on(today) or 0) >= ADULT:
        yield Misfit(f"{field}.born_on", GROWN_UP)
