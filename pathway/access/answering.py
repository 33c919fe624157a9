"""Who answers for a case at this moment? A person in post who is there, their live cover, or a staffed team."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access.viewer import live_post
from pathway.clock import LONDON
from pathway.tables import Absence, Assignment, Post, Practitioner, Team
from pathway.tables.cases import AssignmentKind, AssignmentStatus


@dataclass(frozen=True, slots=True)
class Answerable:
    """`practitioner_ids` are those who hear: one holder, their cover, or a team's members who are there."""

    name: str
    practitioner_ids: frozenset[int]
    team_id: int | None
    is_team: bool = False
    covers: str = ""
    """Whom the named practitioner covers, if anybody."""


def there(session: Session, now: datetime) -> dict[int, frozenset[int]]:
    """Each team's members who are in post, haven't left, and aren't away."""
    away = select(Absence.practitioner_id).where(col(Absence.starts_at) <= now, col(Absence.ends_at) > now)
    rows = session.exec(
        select(Post.team_id, Post.practitioner_id)
        .join(Practitioner, col(Practitioner.id) == col(Post.practitioner_id))
        .where(
            live_post(now.astimezone(LONDON).date()),
            col(Practitioner.ended_at).is_(None),
            col(Practitioner.is_system).is_(False),
            col(Post.practitioner_id).not_in(away),
        )
    ).all()
    teams: dict[int, set[int]] = {}
    for team_id, practitioner_id in rows:
        teams.setdefault(team_id, set()).add(practitioner_id)
    return {team: frozenset(members) for team, members in teams.items()}


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
    here = frozenset().union(*present.values()) if present else frozenset[int]()
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
