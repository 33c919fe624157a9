"""Does anybody here hold a record about this child already? They hear at once; on a restricted record they alone do.

The taker hears of an open record only where they may see it. Of a restricted one nothing shows to them at all: whoever
holds it is asked, and sees the new contact until they have said.
"""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from pathway.access import (
    answers_for,
    every_case,
    everybody_there,
    persons_kept_from,
    persons_visible_to,
    seen_whole_by,
)  # fmt: skip
from pathway.acts.desk import Work
from pathway.acts.tasks import raise_task
from pathway.clock import LONDON
from pathway.store.parts.same import same_as
from pathway.store.people.likeness import Band
from pathway.store.people.matching import compared, keyed_alike
from pathway.store.people.told_of import of_child
from pathway.tables import Case, CaseChild, Grant, Person
from pathway.tables.cases import GrantWhy
from pathway.tables.timing import TaskKind
from workflows.referral_facts import Take, TakenChild

ANOTHER, ANOTHER_NOW = "another_contact", "another_contact_now"
KNOWN_HERE = (
    "A new contact, {}, may be about somebody on this record. Look at it, and say to the front door what they need."
)


def tell_who_knows_them(unit: Work, case: Case, take: Take, children: Iterable[tuple[TakenChild, int]]) -> None:
    """Tell whoever answers for what is open about these children, and whoever holds a restricted record about them."""
    for told, row in children:
        if told.same_as:
            _tell_who_answers(unit, case, told.same_as, row)
        _ask_who_holds_restricted(unit, case, take, told)


def _tell_who_answers(unit: Work, case: Case, same: str, row: int) -> None:
    person = unit.session.exec(persons_visible_to(unit.viewer, unit.now).where(col(Person.public_id) == same)).one()
    rows = same_as(unit.session, (person.id or 0, row))
    about = select(CaseChild.case_id).where(col(CaseChild.person_id).in_(rows))
    seen = seen_whole_by(unit.viewer, unit.now).where(col(Case.closed_at).is_(None), col(Case.id) != case.id)
    records = unit.session.exec(seen.where(col(Case.id).in_(about)).order_by(col(Case.id))).all()
    answering = answers_for(unit.session, [one.id or 0 for one in records], unit.now)
    for record in records:
        who = answering.get(record.id or 0)
        raise_task(
            unit,
            TaskKind.new_contact,
            f"{case.public_id}:{record.public_id}",
            f"A new contact, {case.public_id}, may be about a child on this record. "
            "The front door may offer it to you: say then whether it belongs here.",
            case_id=record.id,
            practitioner_id=next(iter(who.practitioner_ids)) if who and not who.is_team else None,
            team_id=who.team_id if who and who.is_team else None,
            told=ANOTHER_NOW if case.immediate else ANOTHER,
        )


def _ask_who_holds_restricted(unit: Work, case: Case, take: Take, told: TakenChild) -> None:
    """Only where it is very likely, so that those who hold such records aren't asked about everybody."""
    sought = of_child(take, told, unit.now.astimezone(LONDON).date())
    ids = keyed_alike(unit.session, unit.viewer.authority, sought)
    kept = unit.session.exec(persons_kept_from(unit.viewer, unit.now, ids)).all() if ids else ()
    likely = [row for row, how in compared(sought, kept, unit.now, {}) if how.band is Band.very_likely]
    for record in _restricted_about(unit, likely) if likely else ():
        asked = whom_to_ask(unit, record.id or 0)
        if asked is not None:
            raise_task(
                unit,
                TaskKind.known_here,
                f"{case.public_id}:{record.public_id}",
                KNOWN_HERE.format(case.public_id),
                case_id=record.id,
                practitioner_id=asked,
            )


def _restricted_about(unit: Work, persons: Sequence[Person]) -> Sequence[Case]:
    """The restricted records about them; every record about somebody who is restricted themselves."""
    everywhere = [one.id or 0 for one in persons if one.restricted]
    about = select(CaseChild.case_id).where(col(CaseChild.person_id).in_([one.id or 0 for one in persons]))
    about_restricted = select(CaseChild.case_id).where(col(CaseChild.person_id).in_(everywhere))
    which = (col(Case.restricted) & col(Case.id).in_(about)) | col(Case.id).in_(about_restricted)
    return unit.session.exec(every_case().where(which).order_by(col(Case.id))).all()


def whom_to_ask(unit: Work, case_id: int) -> int | None:
    """Whoever answers for a restricted record; else one of those named on it. Nobody else may know."""
    holder = answers_for(unit.session, [case_id], unit.now).get(case_id)
    if holder is not None and not holder.is_team:
        return min(holder.practitioner_ids)
    named = unit.session.exec(
        select(Grant.practitioner_id)
        .where(col(Grant.case_id) == case_id, col(Grant.why) == GrantWhy.named, col(Grant.until).is_(None))
        .order_by(col(Grant.id))
    ).all()
    here = everybody_there(unit.session, unit.now)
    return next((one for one in named if one in here), next(iter(named), None))
