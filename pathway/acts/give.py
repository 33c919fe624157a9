"""Who takes on what a team holds? Several records given to one person or team at one press, all of them or none."""

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts import holding
from pathway.acts.assign import assigned
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done
from pathway.tables import Case, Practitioner
from workflows import refuse
from workflows.roles import MANAGERS


def give(
    desk: Desk, viewer: Viewer, *, cases: tuple[str, ...], to: str, reason: str = "", key: str | None = None
) -> Done:
    """Hand on records that a team holds. Raises `Unacceptable` where somebody has taken one meanwhile, and who."""
    with work(desk, viewer) as unit:
        asked = ("give", sorted(set(cases)), to, reason)
        return once(unit, key, asked, lambda: _given(unit, tuple(sorted(set(cases))), to, reason))


def check_may_allocate(viewer: Viewer) -> None:
    if not viewer.roles & MANAGERS:
        raise refuse("Giving out what a team holds is a manager’s.", who_can="Ask a team manager.")


def _given(unit: Work, cases: tuple[str, ...], to: str, reason: str) -> Done:
    check_may_allocate(unit.viewer)
    if not cases:
        raise Unacceptable(FieldFault("cases", "Choose at least one record."))
    if not to:
        raise Unacceptable(FieldFault("to", "Choose who should take them on."))
    for reference in cases:
        _check_unallocated(unit, opened(unit, reference, None, whole=True))
    done = [assigned(unit, reference, to, reason, None) for reference in cases]
    return Done("", 0, "", 0, {one.case: one.entry for one in done})


def _check_unallocated(unit: Work, case: Case) -> None:
    held = holding.holder(unit, case)
    if held is not None and held.practitioner_id is not None:
        name = unit.session.exec(select(Practitioner.name).where(col(Practitioner.id) == held.practitioner_id)).one()
        sentence = f"{name} has {case.public_id} by now. Leave it out, or hand it over from the record itself."
        raise Unacceptable(FieldFault("cases", sentence))
