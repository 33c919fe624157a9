"""Who answers from now on? The one way in which a record is proposed, taken, covered and let go."""

from datetime import datetime

from sqlmodel import col, select

from pathway.access import takers
from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.tables import Assignment, Case
from pathway.tables.cases import AssignmentKind, AssignmentStatus
from pathway.tables.columns import public_id
from workflows import Refusal, Refused

NOT_THERE = Refusal(
    "You're marked as away, or as having no post today, so you can't answer for this child.",
    "Ask a colleague who is there, or ask a manager to put your dates right.",
)


def answers(
    unit: Work, case: Case, patch: Patch, *, practitioner_id: int | None = None, team_id: int | None = None
) -> None:
    """Make one practitioner or team answerable from now; whoever answered before, and their cover, let go."""
    let_go(unit, case, patch)
    _add(unit, patch, AssignmentKind.answerable, practitioner_id, team_id)


def proposes(unit: Work, patch: Patch, practitioner_id: int) -> None:
    """Ask one practitioner to answer; nothing changes until they accept."""
    _add(unit, patch, AssignmentKind.answerable, practitioner_id, accepted=False)


def covers(unit: Work, patch: Patch, practitioner_id: int, until: datetime) -> None:
    _add(unit, patch, AssignmentKind.cover, practitioner_id, until=until)


def let_go(unit: Work, case: Case, patch: Patch) -> None:
    """Whoever answers lets go, and so does whoever covers for them: cover never outlives its holder."""
    for row in rows(unit, case, AssignmentStatus.accepted):
        ends(unit, patch, row)


def cover_ends(unit: Work, case: Case, patch: Patch) -> None:
    for row in rows(unit, case, AssignmentStatus.accepted):
        if row.kind is AssignmentKind.cover:
            ends(unit, patch, row)


def ends(unit: Work, patch: Patch, row: Assignment, status: AssignmentStatus = AssignmentStatus.ended) -> None:
    patch.change("assignment", row.public_id, status=status, ended_at=unit.now, ended_by_id=unit.viewer.id)


def rows(unit: Work, case: Case, status: AssignmentStatus) -> list[Assignment]:
    found = select(Assignment).where(col(Assignment.case_id) == case.id, col(Assignment.status) == status)
    return list(unit.session.exec(found.order_by(col(Assignment.id))).all())


def holder(unit: Work, case: Case) -> Assignment | None:
    """Who answers, there or not: one practitioner or one team; cover stands beside it."""
    found = (row for row in rows(unit, case, AssignmentStatus.accepted) if row.kind is AssignmentKind.answerable)
    return next(found, None)


def is_there(unit: Work) -> bool:
    return unit.viewer.id in takers(unit.session, unit.now)


def check_there(unit: Work) -> None:
    """Nobody becomes answerable who isn't there to answer."""
    if not is_there(unit):
        raise Refused(NOT_THERE)


def _add(
    unit: Work,
    patch: Patch,
    kind: AssignmentKind,
    practitioner_id: int | None,
    team_id: int | None = None,
    *,
    accepted: bool = True,
    until: datetime | None = None,
) -> None:
    patch.add(
        "assignment",
        public_id(),
        practitioner_id=practitioner_id,
        team_id=team_id,
        kind=kind,
        status=AssignmentStatus.accepted if accepted else AssignmentStatus.proposed,
        starts_at=unit.now,
        ends_at=until,
        proposed_at=unit.now,
        proposed_by_id=unit.viewer.id,
        accepted_at=unit.now if accepted else None,
        accepted_by_id=unit.viewer.id if accepted else None,
        ended_at=None,
        ended_by_id=None,
    )
