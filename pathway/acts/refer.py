"""How does danger on an open record reach the front door? As a contact of its own about the same children, at once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import answers_for, by_reference, every_case
from pathway.acts.children import undecided
from pathway.acts.coming_along import family_along
from pathway.acts.danger import NOT_ASKED
from pathway.acts.desk import Work
from pathway.acts.making import make
from pathway.acts.patch import Patch
from pathway.acts.receive import received
from pathway.acts.record import Done, Line, record
from pathway.store.parts.situations import called, children_on
from pathway.tables import Case, CaseChild, Person
from workflows import REFERRAL
from workflows.referral_facts import LONGEST_TEXT, Caller, Protect, Take, TakenChild, YesNo

SHORT = 200
On = Sequence[tuple[CaseChild, Person]]


def hold_contact(unit: Work, reference: str) -> None:
    """Lock the contact that danger here was taken in as before the record itself, as whoever offers it back does."""
    on = by_reference(unit.viewer, reference).with_only_columns(col(Case.id))
    unit.session.exec(_open_contacts().where(col(Case.parent_id).in_(on)).with_for_update()).all()


def refer(unit: Work, case: Case, facts: Any, done: Done) -> Done:
    """Take the danger in, or press on where it was taken in before and is open still; what was begun here goes on."""
    everybody = children_on(unit.session, case)
    chosen = [one for one in everybody if not facts.children or one[0].public_id in facts.children]
    taken = unit.session.exec(_open_contacts().where(col(Case.parent_id) == case.id).with_for_update()).first()
    contact = (
        _taken_in(unit, case, facts, chosen, everybody) if taken is None else _again(unit, case, taken, facts, chosen)
    )
    return replace(done, named={**done.named, "contact": contact.case})


def _open_contacts() -> SelectOfScalar[Case]:
    contacts = every_case().where(col(Case.process) == REFERRAL.name, col(Case.closed_at).is_(None))
    return contacts.order_by(col(Case.id).desc())


def _again(unit: Work, case: Case, taken: Case, facts: Protect, chosen: On) -> Done:
    """Whoever is in danger now is protected, also a child of whom nobody spoke before."""
    there = {person.id for _, person in children_on(unit.session, taken)}
    patch = Patch()
    new = [(row, person) for row, person in chosen if person.id not in there]
    for row, person in new:
        undecided(unit, patch, person.id or 0, True, row.level or row.advised_level, None)
    if new:
        family_along(unit, patch, case, [person.id or 0 for _, person in new])
        record(unit, taken, Line("child_joined", patch, said={"from": case.public_id}))
    wanted = {person.id for _, person in chosen}
    refs = tuple(row.public_id for row, person in children_on(unit.session, taken) if person.id in wanted)
    return make(unit, taken, "protect", Protect(danger=facts.danger, children=refs), Patch())


def _taken_in(unit: Work, case: Case, facts: Protect, chosen: On, everybody: On) -> Done:
    holder = answers_for(unit.session, [case.id or 0], unit.now).get(case.id or 0)
    where = f"\n\nFrom record {case.public_id}."
    others = [called(person) for row, person in everybody if (row, person) not in chosen]
    danger = facts.danger or str(NOT_ASKED["worry"])
    take = Take(
        told_by=unit.viewer.name[:SHORT],
        caller=Caller.professional,
        worry=danger[: LONGEST_TEXT - len(where)] + where,
        safe_tonight=YesNo.no,
        ring_back=f"{holder.name if holder else unit.viewer.name}, on record {case.public_id}"[:SHORT],
        source_code=case.source_code,
        immediate_danger=True,
        other_children=f"On the same record, not said to be in danger: {', '.join(others)}" if others else "",
        children=tuple(_told(person) for _, person in chosen),
    )
    return received(unit, take, on=case, known=[person.id or 0 for _, person in chosen])


def _told(person: Person) -> TakenChild:
    return TakenChild(
        given_name=person.given_name,
        family_name=person.family_name,
        other_names=person.other_names,
        sex=person.sex,
        school=person.school,
        born_on=person.born_on,
        expected_on=person.expected_on,
        age_years=person.age_told,
    )
