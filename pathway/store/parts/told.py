"""What was told so far, as a form can go on with it: each child and adult by their reference on the record?"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from pathway.access import Viewer, seen_whole_by
from pathway.store.parts.veil import veil_of
from pathway.tables import Case, CaseChild, Entry, Payload, Person, Tie
from pathway.tables.people import PersonKind
from workflows.referral_facts import Take, TakenAdult, TakenChild

T = TypeVar("T", TakenChild, TakenAdult)

TELLING = ("received", "told_more")
"""The kinds of entry that hold the whole of what was told, as it stood then."""


def told_to(session: Session, viewer: Viewer, reference: str, now: datetime) -> tuple[Take, Case] | None:
    """What was told, and the record it was told on, for one who may see it whole; what is sealed is left out, and what
    is left out isn't lost by saving the rest again.
    """
    case = session.exec(seen_whole_by(viewer, now).where(col(Case.public_id) == reference)).first()
    take = told_on(session, case) if case else None
    return (veil_of(session, case).over_told(take), case) if case and take else None


def told_on(session: Session, case: Case) -> Take | None:
    """What was told on a case by its latest telling; None where that has been erased."""
    latest = session.exec(
        select(Entry.kind, Payload.body)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .where(col(Entry.case_id) == case.id, col(Entry.kind).in_(TELLING))
        .order_by(col(Entry.sequence).desc())
    ).first()
    if latest is None or latest[1] is None:
        return None
    take = Take.model_validate(json.loads(latest[1])["take"])
    if latest[0] == "told_more":
        return take
    children = [row.public_id for row in children_of(session, case)]
    adults = [person.public_id for person in adults_of(session, case)]
    told = take.children or (TakenChild(),)
    return take.model_copy(
        update={
            "children": tuple(_named(one, ref) for one, ref in zip(told, children, strict=False)),
            "adults": tuple(_named(one, ref) for one, ref in zip(take.adults, adults, strict=False)),
        }
    )


def children_of(session: Session, case: Case) -> Sequence[CaseChild]:
    """The children of a record in the order they came onto it: those first told of stand first."""
    return session.exec(select(CaseChild).where(col(CaseChild.case_id) == case.id).order_by(col(CaseChild.id))).all()


def adults_of(session: Session, case: Case) -> Sequence[Person]:
    """The adults tied to a record's children, in the order they came onto it."""
    rows = session.exec(
        select(Tie, Person)
        .join(Person, col(Person.id) == col(Tie.person_id))
        .where(col(Tie.case_id) == case.id, col(Person.kind) == PersonKind.adult)
        .order_by(col(Person.id))
    ).all()
    return list({person.id: person for _, person in rows}.values())


def in_order_of(refs: Sequence[str], told: Mapping[str, Any], of: Mapping[str, Any]) -> list[Any]:
    """What `of` holds for each child of the record by reference, as `told` names them; nothing for one told of
    elsewhere, on another record that joined this one.
    """
    named = [one.get("ref") for one in told.get("children", ())]
    parts = of.get("children", ())
    held = dict(zip(named, parts, strict=False))
    return [held.get(ref, {}) for ref in refs]


def _named(one: T, ref: str) -> T:
    return one.model_copy(update={"ref": ref})
