"""What if a record isn't mine to see and a child needs me to? Break the glass: with a reason, for some hours."""

from collections.abc import Iterable
from datetime import timedelta

from sqlmodel import col, select

from pathway.access import MAY_BREAK_GLASS, Viewer, every_case
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.holding import cover_ends
from pathway.acts.link_owner import links_pass
from pathway.acts.named import grant, named_no_more
from pathway.acts.once import once
from pathway.acts.opened import opened, opened_unseen
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.tasks import raise_task
from pathway.acts.worded import check_reason
from pathway.tables import Assignment, Case, Practitioner
from pathway.tables.cases import AssignmentKind, AssignmentStatus, GrantWhy
from pathway.tables.timing import TaskKind
from workflows import PROCESSES, refuse
from workflows.roles import MANAGERS

MEETS = frozenset(one.name for one in PROCESSES if one.meets)
"""What is restricted with the record on which it stands: whoever is invited would read on."""

SHORTEST_REASON = 10
ASK_WHY = "Say why you need to see it, in a sentence. A manager will read it."


def break_glass(desk: Desk, viewer: Viewer, *, case: str, reason: str, key: str | None = None) -> Done:
    """See a record one may not, for some hours. Its manager hears at once and reviews why.

    Raises `NotFound` for a reference that doesn't exist, `Refused` where the viewer's role may not.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("break_glass", case, reason), lambda: _broken(unit, case, reason))


def restrict(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    names: tuple[str, ...],
    reason: str,
    version: int | None = None,
    key: str | None = None,
) -> Done:
    """Restrict a record to those named, by reference; one named person must answer already. Cover ends."""
    with work(desk, viewer) as unit:
        asked = ("restrict", case, sorted(names), reason)
        return once(unit, key, asked, lambda: _restricted(unit, case, names, reason, version))


def _broken(unit: Work, reference: str, reason: str) -> Done:
    if not unit.viewer.roles & MAY_BREAK_GLASS:
        raise refuse("Opening a record that isn't yours isn't part of your role.", who_can="Ring the front door.")
    reason = check_reason(reason, ASK_WHY, shortest=SHORTEST_REASON)
    case = opened_unseen(unit, reference)
    until = unit.now + timedelta(hours=unit.settings.break_glass_hours)
    patch = Patch()
    grant(unit, patch, unit.viewer.id, GrantWhy.break_glass, until)
    tells = (Telling("glass_broken", "manager"), Telling("glass_broken", "holder"))
    done = record(unit, case, Line("glass_broken", patch, said={"reason": reason}, tells=tells, by_officer=False))
    words = f"{unit.viewer.name} opened a record that wasn't theirs to see. Read why, and say whether it was right."
    raise_task(unit, TaskKind.review_break_glass, done.entry, words, case_id=case.id, besides=unit.viewer.id)
    return done


def _restricted(unit: Work, reference: str, names: tuple[str, ...], reason: str, version: int | None) -> Done:
    case = opened(unit, reference, version, whole=True)
    if not unit.viewer.roles & MANAGERS:
        raise refuse("Restricting a record is a manager's decision.", who_can="Ask a team manager.")
    reason = check_reason(reason, "Say why this record is restricted.")
    check_one_holder(unit, case)
    named = {unit.viewer.id, *_named(unit, names)}
    done = _restrict(unit, case, named, reason)
    links_pass(unit, case)
    meetings = every_case().where(col(Case.parent_id) == case.id, col(Case.process).in_(MEETS)).order_by(col(Case.id))
    for meeting in unit.session.exec(meetings.with_for_update()).all():
        _restrict(unit, meeting, named, reason)
    return done


def _restrict(unit: Work, case: Case, named: Iterable[int], reason: str) -> Done:
    """Restrict one record to whoever answers for it and those named."""
    patch = Patch()
    if not case.restricted:
        named_no_more(unit, case, patch)
    patch.change("case", case.public_id, restricted=True)
    cover_ends(unit, case, patch)
    for practitioner_id in named:
        grant(unit, patch, practitioner_id, GrantWhy.named)
    return record(unit, case, Line("restricted", patch, said={"reason": reason}))


def check_one_holder(unit: Work, case: Case) -> None:
    """A team can't hold what its members may not see."""
    holder = unit.session.exec(
        select(Assignment.practitioner_id).where(
            col(Assignment.case_id) == case.id,
            col(Assignment.kind) == AssignmentKind.answerable,
            col(Assignment.status) == AssignmentStatus.accepted,
        )
    ).first()
    if holder is None:
        raise refuse(
            "A team answers for this record, and its members couldn't see it once it is restricted.",
            who_can="Hand it to one named person first.",
        )


def _named(unit: Work, names: tuple[str, ...]) -> list[int]:
    found = unit.session.exec(
        select(Practitioner.id).where(
            col(Practitioner.public_id).in_(names), col(Practitioner.authority) == unit.viewer.authority
        )
    ).all()
    if len(found) != len(set(names)):
        raise Unacceptable(FieldFault("names", "Somebody named isn't known here. Choose from the list."))
    return [one for one in found if one is not None]
