"""What is known of one person, in the shape in which two are compared? Made from a row, or from what was just told."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pathway.tables import Person
from pathway.tables.people import PersonKind
from workflows.referral_facts import Take, TakenAdult, TakenChild, YesNo


@dataclass(frozen=True, slots=True)
class ToldOf:
    """`others` are names had before or used as well; `age` is today's, told or worked out; `around` are the names of
    the adults around a child, or of the children around an adult.

    `address` is empty where it is sealed: a sealed address finds nobody and is no reason for anything.
    """

    given: str = ""
    family: str = ""
    others: tuple[str, ...] = ()
    born_on: date | None = None
    expected_on: date | None = None
    age: int | None = None
    nhs_number: str = ""
    telephone: str = ""
    address: str = ""
    adult: bool = False
    around: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        return bool(self.given or self.family or self.others)


def of_person(person: Person, today: date, around: Iterable[str] = ()) -> ToldOf:
    """A known person; an age that was told once has grown since."""
    age = person.age_told
    if age is not None and person.age_told_on is not None:
        age += max(0, (today - person.age_told_on).days // 365)
    if person.born_on is not None:
        age = age_on(person.born_on, today)
    return ToldOf(
        person.given_name,
        person.family_name,
        other_names(person.other_names),
        person.born_on,
        person.expected_on,
        age,
        person.nhs_number or "",
        person.telephone,
        "" if person.address_sealed else person.address,
        person.kind is PersonKind.adult,
        tuple(around),
    )


def of_child(take: Take, child: TakenChild, today: date) -> ToldOf:
    """A child as told, with the adults who were told of with them."""
    return ToldOf(
        child.given_name,
        child.family_name,
        other_names(child.other_names),
        child.born_on,
        child.expected_on,
        age_on(child.born_on, today) if child.born_on else child.age_years,
        address="" if take.address_sealed else take.address,
        around=_names(take.adults),
    )


def of_adult(take: Take, adult: TakenAdult, today: date) -> ToldOf:
    """An adult as told, with the children who were told of with them; the home's address only where they live there."""
    at_home = adult.lives_with is YesNo.yes and not take.address_sealed
    return ToldOf(
        adult.given_name,
        adult.family_name,
        other_names(adult.other_names),
        adult.born_on,
        age=age_on(adult.born_on, today) if adult.born_on else None,
        telephone=adult.telephone,
        address=take.address if at_home else "",
        adult=True,
        around=_names(take.children),
    )


def _names(people: Iterable[TakenChild | TakenAdult]) -> tuple[str, ...]:
    names = (f"{one.given_name} {one.family_name}".strip() for one in people)
    return tuple(one for one in names if one)


def age_on(born_on: date, today: date) -> int:
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def other_names(text: str) -> tuple[str, ...]:
    """One to a line, or parted by commas."""
    return tuple(one.strip() for one in re.split(r"[\n,;/]", text) if one.strip())
