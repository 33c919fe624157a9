"""Does anybody here hold a record about this child already? They hear at once; on a restricted record they alone do.

The taker hears of an open record only where they may see it. Of a restricted one nothing shows to them at all: whoever
holds it is asked, and sees the new contact until they have said.
"""

from collections.abc import Iterable, Sequence

from sqlmodel import col, select

from pathway.access import (
    about,
    every_case,
    person_visible_to,
    persons_kept_from,
    seen_whole_by,
)  # fmt: skip
from pathway.acts.desk import Work
from pathway.acts.named import whom_to_ask
from pathway.acts.tasks import raise_task
from pathway.acts.whoever_answers import ask_whoever_answers
from pathway.clock import day_of
from pathway.store.parts.same import same_as
from pathway.store.people.likeness import Band
from pathway.store.people.matching import compared, keyed_alike
from pathway.store.people.told_of import ToldOf, of_adult, of_child
from pathway.tables import Case, CaseChild, Person
from pathway.tables.timing import TaskKind
from workflows.referral_facts import Take, TakenAdult, TakenChild

ANOTHER, ANOTHER_NOW = "another_contact", "another_contact_now"
KNOWN_HERE = "A new contact, {}, may be about somebody on this record. Look at it, then say here whether it is."


def tell_who_knows_them(
    unit: Work,
    case: Case,
    take: Take,
    children: Iterable[tuple[TakenChild, int]],
    adults: Iterable[TakenAdult],
) -> None:
    """Tell whoever answers for what is open about these children, and whoever holds a restricted record about them, or
    about these adults.
    """
    today = day_of(unit.now)
    for told, row in children:
        if told.same_as:
            _tell_who_answers(unit, case, told.same_as, row)
        _ask_who_holds_restricted(unit, case, of_child(take, told, today))
    for adult in adults:
        _ask_who_holds_restricted(unit, case, of_adult(take, adult, today))


def _tell_who_answers(unit: Work, case: Case, same: str, row: int) -> None:
    person = unit.session.exec(person_visible_to(unit.viewer, unit.now, same)).one()
    rows = same_as(unit.session, (person.id or 0, row))
    on = select(CaseChild.case_id).where(col(CaseChild.person_id).in_(rows))
    seen = seen_whole_by(unit.viewer, unit.now).with_only_columns(col(Case.id))
    theirs = every_case().where(col(Case.closed_at).is_(None), col(Case.id) != case.id, col(Case.id).in_(on))
    told = theirs.where(col(Case.restricted).is_(False) | col(Case.id).in_(seen))
    records = unit.session.exec(told.order_by(col(Case.id))).all()
    for record in records:
        ask_whoever_answers(
            unit,
            record,
            TaskKind.new_contact,
            f"{case.public_id}:{record.public_id}",
            f"A new contact, {case.public_id}, may be about a child on this record. "
            "The front door may offer it to you: say then whether it belongs here.",
            told=ANOTHER_NOW if case.immediate else ANOTHER,
        )


def _ask_who_holds_restricted(unit: Work, case: Case, sought: ToldOf) -> None:
    """Only where it is very likely, so that those who hold such records aren't asked about everybody."""
    ids = keyed_alike(unit.session, unit.viewer.authority, sought)
    kept = unit.session.exec(persons_kept_from(unit.viewer, unit.now, ids)).all() if ids else ()
    likely = [row for row, how in compared(sought, kept, unit.now, {}) if how.band is Band.very_likely]
    for record in _restricted_about(unit, likely) if likely else ():
        ask_whether_known(unit, case, record)


def ask_whether_known(unit: Work, case: Case, record: Case) -> None:
    """Whoever holds a restricted record says whether a case is about somebody on it, and nobody else hears of it."""
    asked = whom_to_ask(unit, record.id or 0)
    if asked is not None:
        raise_task(
            unit,
            TaskKind.known_here,
            f"{case.public_id}:{record.public_id}",
            KNOWN_HERE.format(case.public_id),
            case_id=record.id,
            practitioner_id=asked,
            told=ANOTHER_NOW if case.immediate else None,
        )


def _restricted_about(unit: Work, persons: Sequence[Person]) -> Sequence[Case]:
    """The restricted records about them; every record about somebody who is restricted themselves."""
    everywhere = [one.id or 0 for one in persons if one.restricted]
    which = (col(Case.restricted) & about(one.id or 0 for one in persons)) | about(everywhere)
    return unit.session.exec(every_case().where(which).order_by(col(Case.id))).all()
