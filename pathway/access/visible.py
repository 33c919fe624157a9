"""Which records may this viewer see, and how much of them? The only selects of cases, persons and families.

Everything else that reads them goes through here; a house test forbids another way in.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.sql.selectable import SelectBase
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access.viewer import Viewer, live_post
from pathway.clock import LONDON
from pathway.tables import Assignment, Case, CaseChild, Family, FamilyMember, Grant, Person, Post, Tie
from pathway.tables.cases import AssignmentStatus
from workflows.roles import Role

HOLDS = (AssignmentStatus.proposed, AssignmentStatus.accepted)
WHOLE_AUTHORITY = frozenset({Role.service_manager, Role.head_of_service, Role.auditor})
MAY_BREAK_GLASS = frozenset(
    {
        Role.triage_adviser,
        Role.social_worker,
        Role.team_manager,
        Role.service_manager,
        Role.head_of_service,
        Role.auditor,
    }
)


class Depth(StrEnum):
    """`whole`: the record. `referrer`: what a referrer hears, and no more."""

    whole = "whole"
    referrer = "referrer"


def visible_to(viewer: Viewer, now: datetime) -> SelectOfScalar[Case]:
    """The cases that `viewer` may see, whole or as their referrer."""
    return select(Case).where(col(Case.authority) == viewer.authority, or_(_whole(viewer, now), _as_referrer(viewer)))


def seen_whole_by(viewer: Viewer, now: datetime) -> SelectOfScalar[Case]:
    """The cases whose whole record `viewer` may see."""
    return select(Case).where(col(Case.authority) == viewer.authority, _whole(viewer, now))


def depth(session: Session, viewer: Viewer, case_id: int, now: datetime) -> Depth | None:
    """How much of one case the viewer may see; None where it isn't theirs to know."""
    if session.exec(seen_whole_by(viewer, now).where(col(Case.id) == case_id)).first():
        return Depth.whole
    if session.exec(visible_to(viewer, now).where(col(Case.id) == case_id)).first():
        return Depth.referrer
    return None


def persons_visible_to(viewer: Viewer, now: datetime) -> SelectOfScalar[Person]:
    """Persons in cases whose whole record the viewer may see, children and those tied to them; a restricted person
    only by involvement.
    """
    whole = _stands_on(seen_whole_by(viewer, now).with_only_columns(col(Case.id)))
    involved = _stands_on(select(Case.id).where(_involved(viewer, now)))
    return select(Person).where(
        col(Person.authority) == viewer.authority,
        whole,
        or_(col(Person.restricted).is_(False), involved),
    )


def _stands_on(cases: SelectBase) -> ColumnElement[bool]:
    """The condition that a person is a child of one of these cases, or tied to somebody there."""
    child = select(CaseChild.person_id).where(col(CaseChild.case_id).in_(cases))
    tied = select(Tie.person_id).where(col(Tie.case_id).in_(cases))
    of = select(Tie.of_id).where(col(Tie.case_id).in_(cases))
    return or_(col(Person.id).in_(child), col(Person.id).in_(tied), col(Person.id).in_(of))


def about(person_ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a case has one of these persons on it, as a child or tied to one."""
    wanted = tuple(person_ids)
    child = select(CaseChild.case_id).where(col(CaseChild.person_id).in_(wanted))
    tied = select(Tie.case_id).where(or_(col(Tie.person_id).in_(wanted), col(Tie.of_id).in_(wanted)))
    return or_(col(Case.id).in_(child), col(Case.id).in_(tied))


def families_visible_to(viewer: Viewer, now: datetime) -> SelectOfScalar[Family]:
    """Families with a member the viewer may see."""
    persons = persons_visible_to(viewer, now).with_only_columns(col(Person.id))
    members = select(FamilyMember.family_id).where(col(FamilyMember.person_id).in_(persons))
    return select(Family).where(
        col(Family.authority) == viewer.authority,
        col(Family.id).in_(members),
        col(Family.restricted).is_(False),
    )


def by_reference(viewer: Viewer, reference: str) -> SelectOfScalar[Case]:
    """A case by its reference, seen or not: for breaking the glass and for work of the system, nothing else."""
    return select(Case).where(col(Case.authority) == viewer.authority, col(Case.public_id) == reference)


def every_case() -> SelectOfScalar[Case]:
    """All cases: for the system's own sweeps, which show nobody anything."""
    return select(Case)


def _whole(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    if viewer.is_system:
        return true()
    return or_(_involved(viewer, now), and_(col(Case.restricted).is_(False), _by_role(viewer, now)))


def _involved(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    assigned = select(Assignment.case_id).where(
        col(Assignment.practitioner_id) == viewer.id,
        col(Assignment.status).in_(HOLDS),
        col(Assignment.starts_at) <= now,
        or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
    )
    granted = select(Grant.case_id).where(
        col(Grant.practitioner_id) == viewer.id, or_(col(Grant.until).is_(None), col(Grant.until) > now)
    )
    return or_(col(Case.id).in_(assigned), col(Case.id).in_(granted), _offered(viewer, assigned))


def _offered(viewer: Viewer, assigned: SelectOfScalar[int]) -> ColumnElement[bool]:
    """What is offered to a record one answers for, oneself or with one's team, must be seen to be accepted."""
    by_team = select(Assignment.case_id).where(
        col(Assignment.team_id).in_(viewer.teams), col(Assignment.status) == AssignmentStatus.accepted
    )
    open_to_team = and_(col(Case.restricted).is_(False), col(Case.offered_to_id).in_(by_team))
    return or_(col(Case.offered_to_id).in_(assigned), open_to_team)


def _by_role(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    if viewer.roles & WHOLE_AUTHORITY:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if viewer.contact_teams and viewer.has(Role.triage_adviser, Role.social_worker, Role.team_manager):
        ways.append(col(Case.process) == "referral")
    if viewer.has(Role.social_worker, Role.team_manager):
        ways.append(and_(col(Case.immediate), col(Case.closed_at).is_(None)))
    if viewer.answering_teams:
        ways.append(col(Case.id).in_(_held_by_teams(viewer.answering_teams)))
    if viewer.destinations and not viewer.has(Role.administrator):
        ways.append(col(Case.id).in_(_sent_to(viewer.destinations)))
    if viewer.managed_teams:
        ways.append(col(Case.id).in_(_held_by_members(viewer.managed_teams, now)))
    return or_(*ways)


def _held_by_teams(teams: frozenset[int]) -> SelectOfScalar[int]:
    return select(Assignment.case_id).where(col(Assignment.team_id).in_(teams), col(Assignment.status).in_(HOLDS))


def _sent_to(destinations: frozenset[str]) -> SelectOfScalar[int]:
    """Where a child is sent, the team that is to take the need up must see why."""
    return select(CaseChild.case_id).where(col(CaseChild.destination).in_(destinations))


def _held_by_members(teams: frozenset[int], now: datetime) -> SelectOfScalar[int]:
    today = now.astimezone(LONDON).date()
    members = select(Post.practitioner_id).where(col(Post.team_id).in_(teams), live_post(today))
    return select(Assignment.case_id).where(
        col(Assignment.practitioner_id).in_(members),
        col(Assignment.status).in_(HOLDS),
        or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
    )


def _as_referrer(viewer: Viewer) -> ColumnElement[bool]:
    own = col(Case.referrer_id) == viewer.id
    if viewer.has(Role.safeguarding_lead):
        return or_(own, and_(col(Case.restricted).is_(False), col(Case.referrer_agency_id).in_(viewer.agencies)))
    return own
