"""Which facts about one child decide the first judgement, and do they make sense?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from thresholds.calendar import london
from thresholds.edition import Edition, did_you_mean
from thresholds.faults import Misfit, PastTheCalendar, Unjudgeable, Unpublished
from thresholds.presenting import ADULT, GROWN_UP, Observed, Presenting, PresentingChild
from thresholds.routes import Disability, Hours, SiblingGroup


@dataclass(frozen=True)
class Facts:
    """One child's facts, ready to decide on. Changing one of them answers "what would change it?"."""

    observed: frozenset[Observed]
    age: int | None
    unborn: bool
    in_danger: bool
    said_safe: bool
    disability: Disability
    sibling_group: SiblingGroup
    hours: Hours | None
    already_open: bool

    @property
    def indicators(self) -> frozenset[str]:
        return frozenset(seen.indicator for seen in self.observed)


def facts(edition: Edition, presenting: Presenting, child: PresentingChild) -> Facts:
    return Facts(
        observed=frozenset(child.observed),
        age=child.age_on(london(presenting.at).date()),
        unborn=child.is_unborn,
        in_danger=presenting.immediate_danger or presenting.safe_tonight == "no",
        said_safe=presenting.safe_tonight == "yes" and not presenting.immediate_danger,
        disability=child.disability,
        sibling_group=_sibling_group(edition, presenting.sibling_count),
        hours=_hours(edition, presenting.at),
        already_open=bool(child.open_to),
    )


def _sibling_group(edition: Edition, count: int | None) -> SiblingGroup:
    if count is None:
        return "unknown"
    try:
        large = edition.figure("large_sibling_group").amount
    except Unpublished:
        return "unknown"
    return "large" if count >= large else "not_large"


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
