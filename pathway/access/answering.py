"""Who answers for a case at this moment? A person in post who is there, their live cover, or a staffed team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, true
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pathway.access.viewer import MAY_ANSWER, carried, live_post
from pathway.clock import day_of
from pathway.tables import Absence, Agency, Assignment, Post, Practitioner, Team
from pathway.tables.cases import AssignmentKind, AssignmentStatus
from workflows.roles import Role


@dataclass(frozen=True, slots=True)
class Answerable:
    """`practitioner_ids` are those who hear: one holder, their cover, or a team's members who are there."""

    name: str
    practitioner_ids: frozenset[int]
    team_id: int | None
    is_team: bool = False
    covers: str = ""
    """Whom the named practitioner covers, if anybody."""


@dataclass(frozen=True, slots=True)
class InPost:
    """One live post of somebody, there or away, with the role that it carries in its agency."""

    authority: str
    practitioner_id: int
    team_id: int
    role: Role
    name: str
    team: str
    away: bool


def posts_there(session: Session, now: datetime) -> tuple[InPost, ...]:
    """The live posts of those who haven't left and aren't away."""
    return tuple(one for one in posts_held(session, now) if not one.away)


def posts_held(session: Session, now: datetime, which: ColumnElement[bool] | None = None) -> tuple[InPost, ...]:
    """The live posts of those who haven't left, away or not; of these alone where `which` says so."""
    away = exists().where(
        col(Absence.practitioner_id) == col(Post.practitioner_id),
        col(Absence.starts_at) <= now,
        col(Absence.ends_at) > now,
    )
    rows = session.execute(
        select_columns(
            col(Post.authority),
            col(Post.practitioner_id),
            col(Post.team_id),
            col(Post.role),
            col(Practitioner.name),
            col(Team.name),
            away,
            col(Agency.is_council),
        )
        .join(Practitioner, col(Practitioner.id) == col(Post.practitioner_id))
        .join(Team, col(Team.id) == col(Post.team_id))
        .join(Agency, col(Agency.id) == col(Team.agency_id))
        .where(
            live_post(day_of(now)),
            col(Practitioner.ended_at).is_(None),
            col(Practitioner.is_system).is_(False),
            true() if which is None else which,
        )
        .order_by(col(Post.id))
    ).all()
    return tuple(
        InPost(authority, practitioner, team_id, carried(role, in_council=council), name, team, away)
        for authority, practitioner, team_id, role, name, team, away, council in rows
    )


def everybody_there(session: Session, now: datetime) -> frozenset[int]:
    """Everybody who is there, whatever their role."""
    return frozenset(one.practitioner_id for one in posts_there(session, now))


def there(session: Session, now: datetime) -> dict[int, frozenset[int]]:
    """Each team's members who are there and whose role may hold a record: whom a record may be given to."""
    return _there(posts_held(session, now))


def _there(posts: Iterable[InPost]) -> dict[int, frozenset[int]]:
    teams: dict[int, set[int]] = {}
    for one in posts:
        if one.role in MAY_ANSWER and not one.away:
            teams.setdefault(one.team_id, set()).add(one.practitioner_id)
    return {team: frozenset(members) for team, members in teams.items()}


def takers(session: Session, now: datetime) -> frozenset[int]:
    """Everybody to whom a record may be given just now."""
    return _everybody(there(session, now))


def answers_for(session: Session, case_ids: Iterable[int], now: datetime) -> dict[int, Answerable]:
    """Who answers for each case; a case that nobody answers for is missing from the result."""
    rows = session.exec(
        select(Assignment).where(
            col(Assignment.case_id).in_(tuple(case_ids)),
            col(Assignment.status) == AssignmentStatus.accepted,
            col(Assignment.starts_at) <= now,
        )
    ).all()
    posts = _posts_of(session, rows, now) if rows else ()
    present, named = _there(posts), {one.practitioner_id: one for one in posts}
    here = _everybody(present)
    teams = {one.team_id: one.team for one in posts}
    names = _names(session, rows) if any(row.kind is AssignmentKind.cover for row in rows) else {}
    found: dict[int, Answerable] = {}
    for row in rows:
        if row.kind is AssignmentKind.answerable and row.team_id is not None and present.get(row.team_id):
            found[row.case_id] = Answerable(teams[row.team_id], present[row.team_id], row.team_id, is_team=True)
        elif row.kind is AssignmentKind.answerable and row.practitioner_id in here:
            holder = named[row.practitioner_id]
            found[row.case_id] = Answerable(holder.name, frozenset({row.practitioner_id}), holder.team_id)
    for row in rows:
        covering = row.kind is AssignmentKind.cover and (row.ends_at is None or row.ends_at > now)
        if covering and row.case_id not in found and row.practitioner_id in here:
            cover = named[row.practitioner_id]
            found[row.case_id] = Answerable(
                cover.name, frozenset({row.practitioner_id}), cover.team_id, covers=_covered(rows, row, names)
            )
    return found


def _posts_of(session: Session, rows: Sequence[Assignment], now: datetime) -> tuple[InPost, ...]:
    """The posts of whoever is named here, and those in the teams that are."""
    people, teams = {row.practitioner_id for row in rows}, {row.team_id for row in rows}
    return posts_held(session, now, or_(col(Post.practitioner_id).in_(people), col(Post.team_id).in_(teams)))


def _everybody(teams: dict[int, frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*teams.values())


def _names(session: Session, rows: Sequence[Assignment]) -> dict[int | None, str]:
    """Those who are covered, who may have left."""
    held = {row.practitioner_id for row in rows if row.kind is AssignmentKind.answerable}
    return dict(session.exec(select(Practitioner.id, Practitioner.name).where(col(Practitioner.id).in_(held))).all())


def _covered(rows: Iterable[Assignment], cover: Assignment, names: dict[int | None, str]) -> str:
    for row in rows:
        if row.case_id == cover.case_id and row.kind is AssignmentKind.answerable:
            return names.get(row.practitioner_id, "")
    return ""
