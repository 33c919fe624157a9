"""How much does each of my staff hold, who is away, and what does nobody hold yet? For whoever gives work out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func
from sqlmodel import Session, col, or_, select

from pathway.access import InPost, Viewer, everybody_there, posts_held, seen_whole_by
from pathway.access.viewer import MAY_ANSWER
from pathway.store.lists.board import PAGE
from pathway.store.lists.wanted import answered_by, worst_first
from pathway.store.parts.repeated import window
from pathway.store.parts.rows import rows_of
from pathway.store.parts.views import BoardRow
from pathway.store.staffing.nights import edition_now
from pathway.tables import Absence, Assignment, Case, Practitioner, Task, Team
from pathway.tables.cases import AssignmentKind, AssignmentStatus
from workflows import Role

Numbers = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Load:
    """One practitioner: open records the viewer may see whole, and unfinished tasks, each with how many are late."""

    ref: str
    name: str
    role: str
    team: str
    here: bool
    away_from: datetime | None
    away_until: datetime | None
    records: int
    overdue: int
    tasks: int
    tasks_overdue: int


@dataclass(frozen=True, slots=True)
class Loads:
    """`unallocated` is what a team holds and nobody in it, worst first; `restricted` what cover for all leaves out."""

    staff: tuple[Load, ...]
    unallocated: tuple[BoardRow, ...]
    more: int
    restricted: tuple[BoardRow, ...]


def loads(session: Session, viewer: Viewer, now: datetime) -> Loads:
    """The viewer's staff with what they hold. A fixed number of queries, however many they are."""
    teams = teams_of(session, viewer)
    posts = [one for one in posts_held(session, now) if one.team_id in teams and one.role in MAY_ANSWER]
    people = {one.practitioner_id for one in posts}
    weeks = window(edition_now(session, viewer.authority, now))
    held = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None))
    by_team = held.where(answered_by(col(Assignment.team_id).in_(teams)))
    waiting = session.exec(by_team.order_by(*worst_first()).limit(PAGE)).all()
    alone = held.where(answered_by(col(Assignment.practitioner_id).in_(people)), col(Case.restricted))
    hidden = session.exec(alone.order_by(*worst_first()).limit(PAGE)).all()
    rows = rows_of(session, viewer, [*waiting, *hidden], now, weeks=weeks)
    count = select(func.count()).select_from(by_team.with_only_columns(col(Case.id)).subquery())
    return Loads(
        _staff(session, viewer, posts, teams, now),
        rows[: len(waiting)],
        session.exec(count).one() - len(waiting),
        rows[len(waiting) :],
    )


def teams_of(session: Session, viewer: Viewer) -> dict[int, str]:
    """The teams whose work is the viewer's to give out: their own, at a front door every team that takes contacts."""
    query = select(Team.id, Team.name).where(col(Team.authority) == viewer.authority)
    if not viewer.has(Role.service_manager, Role.head_of_service):
        front_door = col(Team.takes_contacts) if viewer.contact_teams & viewer.managed_teams else False
        query = query.where(or_(col(Team.id).in_(viewer.managed_teams), front_door))
    return {team or 0: name for team, name in session.exec(query.order_by(col(Team.name))).all()}


def _staff(
    session: Session, viewer: Viewer, posts: list[InPost], teams: dict[int, str], now: datetime
) -> tuple[Load, ...]:
    people = {one.practitioner_id for one in posts}
    named = session.exec(select(Practitioner).where(col(Practitioner.id).in_(people)).order_by(col(Practitioner.name)))
    here, away = everybody_there(session, now), _away(session, people, now)
    records, tasks = _records(session, viewer, people, now), _tasks(session, viewer, people, now)
    in_post = {one.practitioner_id: one for one in reversed(posts)}
    found = []
    for person in named.all():
        number = person.id or 0
        absence, none = away.get(number), (0, 0)
        found.append(
            Load(
                ref=person.public_id,
                name=person.name,
                role=in_post[number].role.words,
                team=teams[in_post[number].team_id],
                here=number in here,
                away_from=absence.starts_at if absence else None,
                away_until=absence.ends_at if absence else None,
                records=records.get(number, none)[0],
                overdue=records.get(number, none)[1],
                tasks=tasks.get(number, none)[0],
                tasks_overdue=tasks.get(number, none)[1],
            )
        )
    return tuple(found)


def _records(session: Session, viewer: Viewer, people: Iterable[int], now: datetime) -> Numbers:
    seen = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None)).subquery()
    late = func.sum(case((seen.c.next_due_at < now, 1), else_=0))
    rows = session.exec(
        select(Assignment.practitioner_id, func.count(), late)
        .join(seen, seen.c.id == col(Assignment.case_id))
        .where(
            col(Assignment.practitioner_id).in_(people),
            col(Assignment.kind) == AssignmentKind.answerable,
            col(Assignment.status) == AssignmentStatus.accepted,
            col(Assignment.ended_at).is_(None),
        )
        .group_by(col(Assignment.practitioner_id))
    ).all()
    return {person or 0: (many, int(overdue)) for person, many, overdue in rows}


def _tasks(session: Session, viewer: Viewer, people: Iterable[int], now: datetime) -> Numbers:
    """Tasks about what the viewer may see, or about no record."""
    seen = seen_whole_by(viewer, now).where(col(Case.id) == col(Task.case_id)).correlate(Task)
    rows = session.exec(
        select(Task.practitioner_id, func.count(), func.sum(case((col(Task.due_at) < now, 1), else_=0)))
        .where(
            col(Task.practitioner_id).in_(people),
            col(Task.done_at).is_(None),
            or_(col(Task.case_id).is_(None), seen.exists()),
        )
        .group_by(col(Task.practitioner_id))
    ).all()
    return {person or 0: (many, int(overdue)) for person, many, overdue in rows}


def _away(session: Session, people: Iterable[int], now: datetime) -> dict[int, Absence]:
    """Each one's absence now, or the next that is set."""
    rows = session.exec(
        select(Absence)
        .where(col(Absence.practitioner_id).in_(people), col(Absence.ends_at) > now)
        .order_by(col(Absence.starts_at).desc())
    ).all()
    return {row.practitioner_id: row for row in rows}
