"""Which records may this viewer see, and how much of them? The only selects of cases, persons and families.

Everything else that reads them goes through here; a house test forbids another way in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    SelectBase,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    true,
    union,
)
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from pathway.access.viewer import Viewer, live_post
from pathway.clock import day_of
from pathway.tables import Assignment, Case, CaseChild, Family, FamilyMember, Grant, Person, Post, Task, Tie
from pathway.tables.cases import AssignmentStatus
from pathway.tables.columns import PUBLIC_ID_LENGTH, table_of
from pathway.tables.timing import TaskKind
from workflows.roles import Role

HOLDS = (AssignmentStatus.proposed, AssignmentStatus.accepted)
"""Who holds a record, or has been asked to. A query that also says it hasn't ended finds it by the index on that."""

STANDS = ((CaseChild.person_id, CaseChild.case_id), (Tie.person_id, Tie.case_id), (Tie.of_id, Tie.case_id))
"""Where a person stands on a case: as a child, tied to somebody there, or somebody whom another is tied to."""

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


@dataclass(frozen=True, slots=True)
class At:
    """A moment and its day here, as a query asks for them."""

    now: datetime | BindParameter[datetime]
    today: date | BindParameter[date]


NOW = At(
    bindparam("now", type_=table_of(Case).c.received_at.type), bindparam("today", type_=table_of(Post).c.starts_on.type)
)
"""Given when the query is sent, so that it can be made before."""


def moment(now: datetime) -> dict[str, object]:
    return {"now": now, "today": day_of(now)}


def at(now: datetime) -> At:
    return At(now, day_of(now))


class Depth(StrEnum):
    """`whole`: the record. `referrer`: what a referrer hears, and no more."""

    whole = "whole"
    referrer = "referrer"


@lru_cache(maxsize=64)
def visible_to(viewer: Viewer, now: datetime) -> SelectOfScalar[Case]:
    """The cases that `viewer` may see, whole or as their referrer."""
    return select(Case).where(
        col(Case.authority) == viewer.authority, or_(_whole(viewer, at(now)), _as_referrer(viewer))
    )


@lru_cache(maxsize=64)
def seen_whole_by(viewer: Viewer, now: datetime) -> SelectOfScalar[Case]:
    """The cases whose whole record `viewer` may see."""
    return select(Case).where(col(Case.authority) == viewer.authority, _whole(viewer, at(now)))


def reached(
    session: Session, viewer: Viewer, reference: str, now: datetime, *, to_write: bool = False
) -> tuple[Case, Depth] | None:
    """One case by its reference, and how much of it the viewer may see; None where it isn't theirs to know.

    `to_write` locks the case for the transaction, as it stands now.
    """
    query = _reached_to_write(viewer) if to_write else _reached(viewer)
    found = session.execute(query, {"reference": reference, **moment(now)}).first()
    return None if found is None else (found[0], Depth.whole if found[1] else Depth.referrer)


def depth(session: Session, viewer: Viewer, case: Case, now: datetime) -> Depth | None:
    """How much of a case the viewer may see; None where it isn't theirs to know."""
    found = reached(session, viewer, case.public_id, now)
    return found[1] if found else None


@lru_cache(maxsize=2048)
def _reached(viewer: Viewer) -> Select[Case, bool]:
    """Made once for each viewer as they stand: what they may see of a case is asked at every step."""
    whole = _whole(viewer, NOW)
    return select(Case, whole.label("whole")).where(
        col(Case.authority) == viewer.authority,
        col(Case.public_id) == bindparam("reference"),
        or_(whole, _as_referrer(viewer)),
    )


@lru_cache(maxsize=2048)
def _reached_to_write(viewer: Viewer) -> Select[Case, bool]:
    return _reached(viewer).with_for_update(of=Case).execution_options(populate_existing=True)


def persons_visible_to(
    viewer: Viewer, now: datetime, among: Iterable[int] | SelectBase | None = None
) -> SelectOfScalar[Person]:
    """Persons in cases whose whole record the viewer may see, children and those tied to them; a restricted person
    only by involvement.

    `among` looks at these rows alone, or those whose ids it selects, so that a few are found quickly where there are
    very many.
    """
    few = _few(among)
    cases = seen_whole_by(viewer, now).with_only_columns(col(Case.id))
    visible = select(Person).where(
        col(Person.authority) == viewer.authority,
        col(Person.id).in_(_on(cases, few)),
        or_(col(Person.restricted).is_(False), _stands_where(_involved(viewer, at(now)))),
    )
    return visible if few is None else visible.where(col(Person.id).in_(few))


def person_visible_to(viewer: Viewer, now: datetime, reference: str) -> SelectOfScalar[Person]:
    """The person of this reference, where they are the viewer's to know."""
    return persons_visible_to(viewer, now, person_called(reference))


def person_called(reference: str) -> SelectOfScalar[Any]:
    """The id of whoever has this reference, seen or not: to look for among those that a viewer may see."""
    return select(Person.id).where(col(Person.public_id) == reference)


def _few(among: Iterable[int] | SelectBase | None) -> Any:
    """What is looked at, for `in_`; a select is made once however often it is asked."""
    if isinstance(among, SelectBase):
        chosen = among.cte()
        return select(*chosen.c)
    return None if among is None else frozenset(among)


def _on(cases: Any, few: Any) -> Any:
    """Persons on these cases, a select of ids of a select of ids: the children, and whoever is tied to them there.

    Of the cases of these few, where few are given: a case has no more than a family on it.
    """
    if few is not None:
        cases = cases.where(col(Case.id).in_(_cases_of(few)))
    return union(*(select(person_id).where(col(case_id).in_(cases)) for person_id, case_id in STANDS))


def _cases_of(few: Any) -> Any:
    """The cases on which these persons stand: a select of ids."""
    return union(*(select(case_id).where(col(person_id).in_(few)) for person_id, case_id in STANDS))


def _stands_where(of_case: ColumnElement[bool]) -> ColumnElement[bool]:
    """A person on a case of which this is so; asked of one person at a time."""
    return or_(
        *(
            exists().where(col(person_id) == col(Person.id), col(Case.id) == col(case_id), of_case).correlate(Person)
            for person_id, case_id in STANDS
        )
    )


def persons_kept_from(viewer: Viewer, now: datetime, among: Iterable[int]) -> SelectOfScalar[Person]:
    """Of these, restricted persons and those on restricted records that the viewer may not see.

    For telling whoever holds such a record, and nothing else: the viewer never hears that there is one. The system
    sees every record and is nobody who could tell: from it all of these are kept.
    """
    few = frozenset(among)
    seen = persons_visible_to(viewer, now, few).with_only_columns(col(Person.id))
    return select(Person).where(
        col(Person.authority) == viewer.authority,
        col(Person.id).in_(few),
        true() if viewer.is_system else col(Person.id).not_in(seen),
        or_(col(Person.restricted), _stands_where(col(Case.restricted).is_(True))),
    )


def persons_hidden(among: Iterable[int]) -> SelectOfScalar[Person]:
    """Of these, whoever stands on restricted records alone, or is restricted: no role sees them, only involvement."""
    few = frozenset(among)
    unrestricted = select(Case.id).where(col(Case.restricted).is_(False))
    return select(Person).where(
        col(Person.id).in_(few), or_(col(Person.restricted), col(Person.id).not_in(_on(unrestricted, few)))
    )


def every_person() -> SelectOfScalar[Person]:
    """All persons: for the system's own sweeps, which show nobody anything."""
    return select(Person)


def about(person_ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a case has one of these persons on it, as a child or tied to one."""
    return col(Case.id).in_(_cases_of(tuple(person_ids)))


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


def _whole(viewer: Viewer, at: At) -> ColumnElement[bool]:
    if viewer.is_system:
        return true()
    # Of either that will do, what stands on the row itself is asked first: lists go through all that is open.
    open_to = or_(_by_role(viewer, at), _may_be_known_here(viewer))
    return or_(and_(col(Case.restricted).is_(False), open_to), _involved(viewer, at))


def _may_be_known_here(viewer: Viewer) -> ColumnElement[bool]:
    """Whoever holds a restricted record sees a new contact that may be about a child on it, until they have said."""
    reference = func.substr(col(Task.about), 1, PUBLIC_ID_LENGTH)
    asked = select(reference).where(
        col(Task.practitioner_id) == viewer.id, col(Task.kind) == TaskKind.known_here, col(Task.done_at).is_(None)
    )
    return col(Case.public_id).in_(asked)


def _involved(viewer: Viewer, at: At) -> ColumnElement[bool]:
    granted = (
        exists()
        .where(
            col(Grant.case_id) == col(Case.id),
            col(Grant.practitioner_id) == viewer.id,
            or_(col(Grant.until).is_(None), col(Grant.until) > at.now),
        )
        .correlate(Case)
    )
    return or_(_assigned(viewer, at, col(Case.id)), granted, _offered(viewer, at))


def _assigned(viewer: Viewer, at: At, case: Mapped[int] | Mapped[int | None]) -> ColumnElement[bool]:
    """Asked of one case at a time, by its own assignments: there may be very many cases that have long ended."""
    return (
        exists()
        .where(
            col(Assignment.case_id) == case,
            col(Assignment.practitioner_id) == viewer.id,
            col(Assignment.status).in_(HOLDS),
            col(Assignment.ended_at).is_(None),
            col(Assignment.starts_at) <= at.now,
            or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > at.now),
        )
        .correlate(Case)
    )


def _offered(viewer: Viewer, at: At) -> ColumnElement[bool]:
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
    either = or_(_assigned(viewer, at, col(Case.offered_to_id)), and_(col(Case.restricted).is_(False), by_team))
    return and_(col(Case.offered_to_id).is_not(None), either)


def _by_role(viewer: Viewer, at: At) -> ColumnElement[bool]:
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
        ways.append(_held_by_members(viewer.managed_teams, at))
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


def _held_by_members(teams: frozenset[int], at: At) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(Assignment.case_id) == col(Case.id),
            col(Assignment.practitioner_id).in_(_members(teams, at.today)),
            col(Assignment.status).in_(HOLDS),
            col(Assignment.ended_at).is_(None),
            or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > at.now),
        )
        .correlate(Case)
    )


def members_of(teams: frozenset[int], now: datetime) -> SelectOfScalar[int]:
    """Who has a post in these teams today: a select of their ids."""
    return _members(teams, day_of(now))


def _members(teams: frozenset[int], today: date | BindParameter[date]) -> SelectOfScalar[int]:
    return select(Post.practitioner_id).where(col(Post.team_id).in_(teams), live_post(today))


def _as_referrer(viewer: Viewer) -> ColumnElement[bool]:
    own = col(Case.referrer_id) == viewer.id
    if viewer.has(Role.safeguarding_lead):
        return or_(own, and_(col(Case.restricted).is_(False), col(Case.referrer_agency_id).in_(viewer.agencies)))
    return own
