"""Who takes it on? A holder is proposed and accepts; until then whoever answered before still does."""

from collections.abc import Mapping

from sqlmodel import col, select

from pathway.access import Viewer, takers, there
from pathway.acts import clocks, holding
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.tasks_pass import tasks_pass
from pathway.acts.worded import LONGEST_REASON, check_length, check_reason
from pathway.store.adopted.editions import edition_of
from pathway.tables import Assignment, Case, Practitioner, Team
from pathway.tables.cases import AssignmentStatus
from workflows import Role, refuse
from workflows.fitness import HANDOVER
from workflows.roles import FRONT_DOOR, MANAGERS


def assign(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    to: str,
    reason: str = "",
    version: int | None = None,
    key: str | None = None,
) -> Done:
    """Propose a practitioner or a team, by reference, to answer for a case; taking it oneself is accepted at once.

    Raises `Unacceptable` where they aren't there to take it, `Refused` where it isn't the viewer's to hand over.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("assign", case, to, reason), lambda: assigned(unit, case, to, reason, version))


def assigned(unit: Work, reference: str, to: str, reason: str, version: int | None) -> Done:
    case = opened(unit, reference, version, whole=True)
    return given(unit, case, to, {"reason": check_length("reason", reason, LONGEST_REASON)}, ("accepted", "assigned"))


def given(unit: Work, case: Case, to: str, said: Mapping[str, str], kinds: tuple[str, str]) -> Done:
    """Give an opened case to somebody, inside a transaction that another act owns; `kinds` of entry: at once, or asked.

    A team has it at once, and so has whoever takes it themselves, with the tasks about it; a person is asked first.
    """
    check_may_hand_over(unit.viewer)
    check_open(case)
    practitioner, team = practitioner_or_team(unit, case, to)
    patch, (at_once, asked) = Patch(), kinds
    withdraw(unit, case, patch)
    _stop_handover(unit, case, patch)
    if practitioner is None or practitioner == unit.viewer.id:
        tasks_pass(unit, case, practitioner_id=practitioner, team_id=team)
        holding.answers(unit, case, patch, practitioner_id=practitioner, team_id=team)
        tells = (Telling(_now(case, "handed_over"), f"team:{team}"),) if team is not None else ()
        return record(unit, case, Line(at_once, patch, said=said, tells=tells))
    holding.proposes(unit, patch, practitioner)
    clocks.start(patch, edition_of(unit.session, case.authority, case.edition_hash), {HANDOVER}, unit.now)
    tells = (Telling(_now(case, "handover_proposed"), f"practitioner:{practitioner}"),)
    return record(unit, case, Line(asked, patch, said=said, tells=tells))


def _now(case: Case, kind: str) -> str:
    """The kind of message that can't wait, where a child may be in danger."""
    return f"{kind}_now" if case.immediate else kind


def accept(desk: Desk, viewer: Viewer, *, case: str, version: int | None = None, key: str | None = None) -> Done:
    """Take on a case that was proposed to the viewer."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("accept", case), lambda: _accepted(unit, case, version))


def decline(
    desk: Desk, viewer: Viewer, *, case: str, reason: str, version: int | None = None, key: str | None = None
) -> Done:
    """Decline a case that was proposed to the viewer, with the reason; whoever answered before still does."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("decline", case, reason), lambda: _declined(unit, case, reason, version))


def check_may_hand_over(viewer: Viewer) -> None:
    if not viewer.roles & (FRONT_DOOR | MANAGERS | {Role.lead_practitioner}):
        raise refuse("Handing a record over isn't part of your role.", who_can="Ask a team manager.")


def check_open(case: Case) -> None:
    if case.closed_at is not None:
        raise refuse(
            "This record has ended, so nobody needs to take it on.",
            who_can="An adviser or manager can reopen it; then it can be handed over.",
        )


def withdraw(unit: Work, case: Case, patch: Patch) -> None:
    """A new proposal takes the place of one that nobody has answered yet."""
    for row in holding.rows(unit, case, AssignmentStatus.proposed):
        holding.ends(unit, patch, row)


def _accepted(unit: Work, reference: str, version: int | None) -> Done:
    case = opened(unit, reference, version)
    row = _mine(unit, case)
    check_open(case)
    holding.check_there(unit)
    patch = Patch()
    tasks_pass(unit, case, practitioner_id=unit.viewer.id)
    holding.let_go(unit, case, patch)
    patch.change(
        "assignment",
        row.public_id,
        status=AssignmentStatus.accepted,
        accepted_at=unit.now,
        accepted_by_id=unit.viewer.id,
    )
    _stop_handover(unit, case, patch)
    tells = (Telling("handover_accepted", f"practitioner:{row.proposed_by_id}"),)
    return record(unit, case, Line("accepted", patch, tells=tells))


def _declined(unit: Work, reference: str, reason: str, version: int | None) -> Done:
    case = opened(unit, reference, version)
    row = _mine(unit, case)
    reason = check_reason(reason, "Say why you can't take it on.")
    patch = Patch()
    holding.ends(unit, patch, row, AssignmentStatus.declined)
    _stop_handover(unit, case, patch)
    tells = (Telling("handover_declined", f"practitioner:{row.proposed_by_id}"),)
    return record(unit, case, Line("declined", patch, said={"reason": reason}, tells=tells))


def practitioner_or_team(unit: Work, case: Case | None, ref: str, field: str = "to") -> tuple[int | None, int | None]:
    """A practitioner or team of the authority that is there to take a case on, or a task where there is no case.

    A fault stands beside `field`.
    """
    authority = unit.viewer.authority
    team = unit.session.exec(select(Team).where(col(Team.public_id) == ref, col(Team.authority) == authority)).first()
    if team is not None:
        if case is not None and case.restricted:
            raise Unacceptable(FieldFault(field, "This record is restricted, so one named person must hold it."))
        if not there(unit.session, unit.now).get(team.id or 0):
            raise Unacceptable(FieldFault(field, f"Nobody is in {team.name} now who may hold a record."))
        return None, team.id
    person = unit.session.exec(
        select(Practitioner).where(col(Practitioner.public_id) == ref, col(Practitioner.authority) == authority)
    ).first()
    if person is None:
        raise Unacceptable(FieldFault(field, "Nobody here has that reference. Choose from the list."))
    if person.id not in takers(unit.session, unit.now):
        sentence = (
            f"{person.name} isn't in post, is away, or has a role that doesn't hold records. Choose someone else."
        )
        raise Unacceptable(FieldFault(field, sentence))
    return person.id, None


def _mine(unit: Work, case: Case) -> Assignment:
    for row in holding.rows(unit, case, AssignmentStatus.proposed):
        if row.practitioner_id == unit.viewer.id:
            return row
    raise NotFound("handover to you")


def _stop_handover(unit: Work, case: Case, patch: Patch) -> None:
    clocks.stop(patch, [one for one in clocks.running(unit, case) if one.limit_id == HANDOVER], unit.now)
