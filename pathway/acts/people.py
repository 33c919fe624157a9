"""Who was told of? Each person of a taking becomes a row of their own, tied to the children as it was told.

Nobody is taken for somebody known: a likeness is a link that a second person agrees.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, update

from pathway.acts.desk import Work
from pathway.acts.keying import keep_keys, key_anew
from pathway.acts.patch import Patch
from pathway.store.people.keys import SCHEME
from pathway.tables import Person
from pathway.tables.columns import public_id, table_of
from pathway.tables.people import PersonKind
from workflows.referral_facts import Relation, Take, TakenAdult, TakenChild, YesNo

PERSON = table_of(Person)


def child(unit: Work, take: Take, told: TakenChild) -> int:
    """A new row for a child as told."""
    return somebody(
        unit,
        kind=kind_of(told),
        given_name=told.given_name,
        family_name=told.family_name,
        other_names=told.other_names,
        sex=told.sex,
        school=told.school,
        born_on=told.born_on,
        expected_on=told.expected_on,
        age_told=told.age_years,
        age_told_on=unit.now.date() if told.age_years is not None else None,
        address=take.address,
        address_sealed=take.address_sealed,
    )


def adult(unit: Work, take: Take, told: TakenAdult, ref: str = "") -> int:
    """A new row for an adult as told, under `ref` where one is given.

    They have the children's address where they live with them.
    """
    with_them = lives_there(told)
    return somebody(
        unit,
        public_id=ref or public_id(),
        kind=PersonKind.adult,
        given_name=told.given_name,
        family_name=told.family_name,
        other_names=told.other_names,
        sex=told.sex,
        born_on=told.born_on,
        telephone=told.telephone,
        address=take.address if with_them else "",
        address_sealed=take.address_sealed and with_them,
    )


def kind_of(told: TakenChild | TakenAdult) -> PersonKind:
    if isinstance(told, TakenAdult):
        return PersonKind.adult
    return PersonKind.expected_child if told.expected_on else PersonKind.child


def lives_there(told: TakenChild | TakenAdult) -> bool:
    """Whether the address that was told is this person's too."""
    return isinstance(told, TakenChild) or told.lives_with is YesNo.yes


def change(unit: Work, person_id: int, changed: Mapping[str, object]) -> None:
    """Write onto a person's row what was told of them since; a row that changed is found by new keys."""
    unit.session.execute(update(PERSON).where(PERSON.c.id == person_id).values(**changed))
    key_anew(unit, (person_id,))


def ties(patch: Patch, adults: Iterable[tuple[int, TakenAdult]], children: Sequence[int]) -> None:
    """Each adult is tied to each child; what they are to one child may be put right later for another."""
    for person_id, told in adults:
        for of_id in children:
            tie(patch, person_id, of_id, told.relation, told.lives_with)


def tie(
    patch: Patch,
    person_id: int,
    of_id: int,
    relation: Relation,
    lives_with: YesNo = YesNo.unknown,
    since: date | None = None,
    until: date | None = None,
) -> str:
    """Add a tie to a patch; its reference."""
    ref = public_id()
    patch.add(
        "tie",
        ref,
        person_id=person_id,
        of_id=of_id,
        relation=relation,
        lives_with=lives_with,
        since=since,
        until=until,
    )
    return ref


def somebody(unit: Work, **values: Any) -> int:
    """A new row for a person: nobody is taken for somebody known."""
    row: dict[str, Any] = {"public_id": public_id(), "authority": unit.viewer.authority, "keyed": SCHEME} | values
    person_id = int(unit.session.execute(insert(PERSON).values(**row).returning(PERSON.c.id)).scalar_one())
    keep_keys(unit, (Person(id=person_id, **row),))
    return person_id
