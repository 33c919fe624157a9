"""Which records may this viewer see, and how much of them? The only selects of cases, persons and families.

Everything else that reads them goes through here; a house test forbids another way in.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, true, union
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access.viewer import Viewer, live_post
from pathway.clock import LONDON
from pathway.tables import Assignment, Case, CaseChild, Family, FamilyMember, Grant, Person, Post, Task, Tie
from pathway.tables.cases import AssignmentStatus
from pathway.tables.columns import PUBLIC_ID_LENGTH
from pathway.tables.timing import TaskKind
from workflows.roles import Role

HOLDS = (AssignmentStatus.proposed, AssignmentStatus.accepted)
"""Who holds a record, or has been asked to. A query that also says it hasn't ended finds it by the index on that."""

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


def persons_visible_to(viewer: Viewer, now: datetime, among: Iterable[int] | None = None) -> SelectOfScalar[Person]:
    """Persons in cases whose whole record the viewer may see, children and those tied to them; a restricted person
    only by involvement.

    `among` looks at these rows alone, so that a few are found quickly where there are very many.
    """
    few = None if among is None else frozenset(among)
    cases = seen_whole_by(viewer, now).with_only_columns(col(Case.id))
    involved = select(Case.id).where(_involved(viewer, now))
    visible = select(Person).where(
        col(Person.authority) == viewer.authority,
        _in(cases, few),
        or_(col(Person.restricted).is_(False), _in(involved, few)),
    )
    return visible if few is None else visible.where(col(Person.id).in_(few))


def _in(cases: Any, few: frozenset[int] | None) -> ColumnElement[bool]:
    """Persons on these cases, a select of their ids: the children, and whoever is tied to them there."""
    stands = ((CaseChild.person_id, CaseChild.case_id), (Tie.person_id, Tie.case_id), (Tie.of_id, Tie.case_id))
    if few is not None:
        on = (select(case_id).where(col(person_id).in_(few)) for person_id, case_id in stands)
        cases = cases.where(col(Case.id).in_(union(*on)))
    return or_(
        *(
            col(Person.id).in_(
                select(person_id).where(col(case_id).in_(cases), true() if few is None else col(person_id).in_(few))
            )
            for person_id, case_id in stands
        )
    )


def persons_kept_from(viewer: Viewer, now: datetime, among: Iterable[int]) -> SelectOfScalar[Person]:
    """Of these, restricted persons and those on restricted records that the viewer may not see.

    For telling whoever holds such a record, and nothing else: the viewer never hears that there is one. The system
    sees every record and is nobody who could tell: from it all of these are kept.
    """
    few = frozenset(among)
    seen = persons_visible_to(viewer, now, few).with_only_columns(col(Person.id))
    restricted = select(Case.id).where(col(Case.restricted))
    return select(Person).where(
        col(Person.authority) == viewer.authority,
        col(Person.id).in_(few),
        true() if viewer.is_system else col(Person.id).not_in(seen),
        or_(col(Person.restricted), _in(restricted, few)),
    )


def every_person() -> SelectOfScalar[Person]:
    """All persons: for the system's own sweeps, which show nobody anything."""
    return select(Person)


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
    open_to = or_(_by_role(viewer, now), _may_be_known_here(viewer))
    return or_(_involved(viewer, now), and_(col(Case.restricted).is_(False), open_to))


def _may_be_known_here(viewer: Viewer) -> ColumnElement[bool]:
    """Whoever holds a restricted record sees a new contact that may be about a child on it, until they have said."""
    reference = func.substr(col(Task.about), 1, PUBLIC_ID_LENGTH)
    asked = select(reference).where(
        col(Task.practitioner_id) == viewer.id, col(Task.kind) == TaskKind.known_here, col(Task.done_at).is_(None)
    )
    return col(Case.public_id).in_(asked)


def _involved(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    granted = (
        exists()
        .where(
            col(Grant.case_id) == col(Case.id),
            col(Grant.practitioner_id) == viewer.id,
            or_(col(Grant.until).is_(None), col(Grant.until) > now),
        )
        .correlate(Case)
    )
    return or_(_assigned(viewer, now, col(Case.id)), granted, _offered(viewer, now))


def _assigned(viewer: Viewer, now: datetime, case: Mapped[int] | Mapped[int | None]) -> ColumnElement[bool]:
    """Asked of one case at a time, by its own assignments: there may be very many cases that have long ended."""
    return (
        exists()
        .where(
            col(Assignment.case_id) == case,
            col(Assignment.practitioner_id) == viewer.id,
            col(Assignment.status).in_(HOLDS),
            col(Assignment.ended_at).is_(None),
            col(Assignment.starts_at) <= now,
            or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
        )
        .correlate(Case)
    )


def _offered(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    """What is offered to a record one answers for, oneself or with one's team, must be seen to be accepted."""
    by_team = (
        exists()
        .where(
            col(Assignment.case_id) == col(Case.offered_to_id),
            col(Assignment.team_id).in_(viewer.teams),
            col(Assignment.status) == AssignmentStatus.accepted,
            col(Assignment.ended_at).is_(None),
        )
        .correlate(Case)
    )
    either = or_(_assigned(viewer, now, col(Case.offered_to_id)), and_(col(Case.restricted).is_(False), by_team))
    return and_(col(Case.offered_to_id).is_not(None), either)


def _by_role(viewer: Viewer, now: datetime) -> ColumnElement[bool]:
    if viewer.roles & WHOLE_AUTHORITY:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if viewer.contact_teams and viewer.has(Role.triage_adviser, Role.social_worker, Role.team_manager):
        ways.append(col(Case.process) == "referral")
    if viewer.has(Role.social_worker, Role.team_manager):
        ways.append(and_(col(Case.immediate), col(Case.closed_at).is_(None)))
    if viewer.answering_teams:
        ways.append(_held_by_teams(viewer.answering_teams))
    if viewer.destinations and not viewer.has(Role.administrator):
        ways.append(_sent_to(viewer.destinations))
    if viewer.managed_teams:
        ways.append(_held_by_members(viewer.managed_teams, now))
    return or_(*ways)


def _held_by_teams(teams: frozenset[int]) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(Assignment.case_id) == col(Case.id),
            col(Assignment.team_id).in_(teams),
            col(Assignment.status).in_(HOLDS),
            col(Assignment.ended_at).is_(None),
        )
        .correlate(Case)
    )


def _sent_to(destinations: frozenset[str]) -> ColumnElement[bool]:
    """Where a child is sent, the team that is to take the need up must see why."""
    return (
        exists()
        .where(col(CaseChild.case_id) == col(Case.id), col(CaseChild.destination).in_(destinations))
        .correlate(Case)
    )


def _held_by_members(teams: frozenset[int], now: datetime) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(Assignment.case_id) == col(Case.id),
            col(Assignment.practitioner_id).in_(members_of(teams, now)),
            col(Assignment.status).in_(HOLDS),
            col(Assignment.ended_at).is_(None),
            or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
        )
        .correlate(Case)
    )


def members_of(teams: frozenset[int], now: datetime) -> SelectOfScalar[int]:
    """Who has a post in these teams today: a select of their ids."""
    today = now.astimezone(LONDON).date()
    return select(Post.practitioner_id).where(col(Post.team_id).in_(teams), live_post(today))


def _as_referrer(viewer: Viewer) -> ColumnElement[bool]:
    own = col(Case.referrer_id) == viewer.id
    if viewer.has(Role.safeguarding_lead):
        return or_(own, and_(col(Case.restricted).is_(False), col(Case.referrer_agency_id).in_(viewer.agencies)))
    return own
