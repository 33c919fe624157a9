"""Who answers for a case at this moment? A person in post who is there, their live cover, or a staffed team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access.viewer import MAY_ANSWER, carried, live_post
from pathway.clock import LONDON
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
    """One live post of somebody who is there, with the role that it carries in its agency."""

    authority: str
    practitioner_id: int
    team_id: int
    role: Role


def posts_there(session: Session, now: datetime) -> tuple[InPost, ...]:
    """The live posts of those who haven't left and aren't away."""
    absences = select(Absence.practitioner_id).where(col(Absence.starts_at) <= now, col(Absence.ends_at) > now)
    away = frozenset(session.exec(absences).all())
    return tuple(one for one in posts_held(session, now) if one.practitioner_id not in away)


def posts_held(session: Session, now: datetime) -> tuple[InPost, ...]:
    """The live posts of those who haven't left, away or not."""
    rows = session.exec(
        select(Post, Agency)
        .join(Practitioner, col(Practitioner.id) == col(Post.practitioner_id))
        .join(Team, col(Team.id) == col(Post.team_id))
        .join(Agency, col(Agency.id) == col(Team.agency_id))
        .where(
            live_post(now.astimezone(LONDON).date()),
            col(Practitioner.ended_at).is_(None),
            col(Practitioner.is_system).is_(False),
        )
        .order_by(col(Post.id))
    ).all()
    return tuple(
        InPost(post.authority, post.practitioner_id, post.team_id, carried(post.role, agency)) for post, agency in rows
    )


def everybody_there(session: Session, now: datetime) -> frozenset[int]:
    """Everybody who is there, whatever their role."""
    return frozenset(one.practitioner_id for one in posts_there(session, now))


def there(session: Session, now: datetime) -> dict[int, frozenset[int]]:
    """Each team's members who are there and whose role may hold a record: whom a record may be given to."""
    teams: dict[int, set[int]] = {}
    for one in posts_there(session, now):
        if one.role in MAY_ANSWER:
            teams.setdefault(one.team_id, set()).add(one.practitioner_id)
    return {team: frozenset(members) for team, members in teams.items()}


def takers(session: Session, now: datetime) -> frozenset[int]:
    """Everybody to whom a record may be given just now."""
    return _everybody(there(session, now))


def answers_for(session: Session, case_ids: Iterable[int], now: datetime) -> dict[int, Answerable]:
    """Who answers for each case; a case that nobody answers for is missing from the result."""
    wanted = tuple(case_ids)
    rows = session.exec(
        select(Assignment).where(
            col(Assignment.case_id).in_(wanted),
            col(Assignment.status) == AssignmentStatus.accepted,
            col(Assignment.starts_at) <= now,
        )
    ).all()
    present = there(session, now)
    here = _everybody(present)
    teams = {team.id: team.name for team in session.exec(select(Team)).all()}
    named = {row.practitioner_id for row in rows if row.practitioner_id is not None}
    names = dict(session.exec(select(Practitioner.id, Practitioner.name).where(col(Practitioner.id).in_(named))).all())
    team_of = _teams_of(session, named, now)
    found: dict[int, Answerable] = {}
    for row in rows:
        if row.kind is AssignmentKind.answerable and row.team_id is not None and present.get(row.team_id):
            found[row.case_id] = Answerable(teams[row.team_id], present[row.team_id], row.team_id, is_team=True)
        elif row.kind is AssignmentKind.answerable and row.practitioner_id in here:
            holder = row.practitioner_id or 0
            found[row.case_id] = Answerable(names[holder], frozenset({holder}), team_of.get(holder))
    for row in rows:
        covering = row.kind is AssignmentKind.cover and (row.ends_at is None or row.ends_at > now)
        if covering and row.case_id not in found and row.practitioner_id in here:
            cover = row.practitioner_id or 0
            found[row.case_id] = Answerable(
                names[cover], frozenset({cover}), team_of.get(cover), covers=_covered(rows, row, names)
            )
    return found


def _everybody(teams: dict[int, frozenset[int]]) -> frozenset[int]:
    return frozenset[int]().union(*teams.values())


def _covered(rows: Iterable[Assignment], cover: Assignment, names: dict[int | None, str]) -> str:
    for row in rows:
        if row.case_id == cover.case_id and row.kind is AssignmentKind.answerable:
            return names.get(row.practitioner_id, "")
    return ""


def _teams_of(session: Session, practitioners: set[int], now: datetime) -> dict[int, int]:
    rows = session.exec(
        select(Post.practitioner_id, Post.team_id).where(
            col(Post.practitioner_id).in_(practitioners), live_post(now.astimezone(LONDON).date())
        )
    ).all()
    return dict(rows)
