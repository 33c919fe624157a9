"""Who may look at a sealed address? Whoever answers for a record of that person, their managers, social work on it.

Everybody else reads "Sealed", and so do these on every page but the one on which a look at it is recorded.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlmodel import Session, col, select

from pathway.access.viewer import Viewer
from pathway.access.visible import about, members_of, seen_whole_by
from pathway.tables import Assignment, Case, CaseChild, Person
from pathway.tables.cases import AssignmentStatus
from workflows.roles import Role


def may_see_address(session: Session, viewer: Viewer, person_ids: Iterable[int], now: datetime) -> bool:
    """Whether a sealed address of these rows of one person is the viewer's to look at.

    Not for an auditor, nor by breaking the glass, nor for being named on a restricted record: none of these visits.
    """
    mine = seen_whole_by(viewer, now).where(about(person_ids), or_(*_ways(viewer, now)))
    return session.exec(mine.limit(1)).first() is not None


def addresses(session: Session, person_ids: Iterable[int]) -> tuple[tuple[str, bool], ...]:
    """The addresses that stand on these rows, and whether each is sealed: to keep it off a page, never to show it."""
    wanted = select(Person.address, Person.address_sealed).where(col(Person.id).in_(tuple(person_ids)))
    return tuple(session.exec(wanted.where(col(Person.address) != "")).all())


def _ways(viewer: Viewer, now: datetime) -> list[ColumnElement[bool]]:
    live = and_(
        col(Assignment.status) == AssignmentStatus.accepted,
        col(Assignment.starts_at) <= now,
        or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
    )
    held = select(Assignment.case_id).where(live)
    ways: list[ColumnElement[bool]] = [
        false(),
        col(Case.id).in_(held.where(col(Assignment.practitioner_id) == viewer.id)),
        col(Case.id).in_(held.where(col(Assignment.team_id).in_(viewer.answering_teams | viewer.managed_teams))),
    ]
    if viewer.has(Role.service_manager, Role.head_of_service):
        ways.append(true())
    if viewer.managed_teams:
        members = members_of(viewer.managed_teams, now)
        ways.append(col(Case.id).in_(held.where(col(Assignment.practitioner_id).in_(members))))
    if viewer.has(Role.social_worker):
        sent = select(CaseChild.case_id).where(col(CaseChild.destination).in_(viewer.destinations))
        in_danger = and_(col(Case.immediate), col(Case.closed_at).is_(None))
        ways += [col(Case.id).in_(sent), in_danger]
    return ways
