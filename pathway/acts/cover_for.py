"""Who stands in while a colleague is away? Cover for every record they answer for, but never for a restricted one."""

from datetime import datetime

from sqlmodel import col, select

from pathway.access import Viewer, seen_whole_by
from pathway.acts.cover import covered
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.once import once
from pathway.acts.record import Done
from pathway.acts.staff import check_may_say_where
from pathway.tables import Assignment, Case, Practitioner
from pathway.tables.cases import AssignmentKind, AssignmentStatus

COVERED, NAMED_DECISION = "covered", "needs a decision of its own"


def cover_for(desk: Desk, viewer: Viewer, *, colleague: str, by: str, until: datetime, key: str | None = None) -> Done:
    """Name who covers for a colleague, from now until a moment, on every open record that they answer for.

    Cover shows what it covers, so a restricted record is left out: `named` says of each record which it was.
    """
    with work(desk, viewer) as unit:
        asked = ("cover_for", colleague, by, until)
        return once(unit, key, asked, lambda: _covered_for(unit, colleague, by, until))


def _covered_for(unit: Work, colleague: str, by: str, until: datetime) -> Done:
    person = unit.session.exec(
        select(Practitioner).where(
            col(Practitioner.public_id) == colleague, col(Practitioner.authority) == unit.viewer.authority
        )
    ).first()
    if person is None:
        raise NotFound("colleague")
    check_may_say_where(unit, person)
    if not by or by == colleague:
        raise Unacceptable(FieldFault("by", "Name somebody else to cover."))
    held = _held(unit, person.id or 0)
    if not held:
        raise Unacceptable(FieldFault("colleague", f"{person.name} answers for no open record that you can see."))
    named = {case.public_id: NAMED_DECISION if case.restricted else COVERED for case in held}
    for case in held:
        if not case.restricted:
            covered(unit, case.public_id, by, until, None)
    return Done("", 0, "", 0, named)


def _held(unit: Work, practitioner: int) -> list[Case]:
    """In one order, so that two who cover at the same moment wait for each other."""
    held = select(Assignment.case_id).where(
        col(Assignment.practitioner_id) == practitioner,
        col(Assignment.kind) == AssignmentKind.answerable,
        col(Assignment.status) == AssignmentStatus.accepted,
        col(Assignment.ended_at).is_(None),
    )
    seen = seen_whole_by(unit.viewer, unit.now).where(col(Case.closed_at).is_(None), col(Case.id).in_(held))
    return list(unit.session.exec(seen.order_by(col(Case.public_id))).all())
