"""What must somebody do? Open tasks, as their owners and their managers see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, case, func
from sqlalchemy import select as sums
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer
from pathway.store.parts.seen import cases_seen
from pathway.store.parts.views import TaskView
from pathway.store.parts.words import task_words
from pathway.store.staffing.staff import names_of
from pathway.tables import Case, Task, Team
from pathway.tables.timing import TaskKind

WITH_A_PAGE = (TaskKind.family_says, TaskKind.contact_half_taken)


class Owned(StrEnum):
    """Whose tasks: the viewer's own, their teams', or either."""

    either = "either"
    mine = "mine"
    team = "team"

    @property
    def words(self) -> str:
        return {"either": "Mine and my teams’", "mine": "Mine", "team": "My teams’"}[self]


@dataclass(frozen=True, slots=True)
class TaskCount:
    mine: int
    team: int

    @property
    def either(self) -> int:
        return self.mine + self.team


def my_tasks(session: Session, viewer: Viewer, now: datetime, owned: Owned = Owned.either) -> tuple[TaskView, ...]:
    """Open tasks of the viewer, of their teams, or of either: soonest due first, and so the overdue before the rest."""
    return _views(session, viewer, select(Task).where(_owned_by(viewer, owned)), now)


def open_tasks(session: Session, viewer: Viewer) -> TaskCount:
    """How many there are, in one query."""
    ways = (_owned_by(viewer, Owned.mine), _owned_by(viewer, Owned.team))
    counted = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in ways]
    row = session.execute(
        sums(*counted).where(
            _owned_by(viewer, Owned.either), col(Task.authority) == viewer.authority, col(Task.done_at).is_(None)
        )
    ).one()
    return TaskCount(*(int(number) for number in row))


def _owned_by(viewer: Viewer, owned: Owned) -> ColumnElement[bool]:
    mine, team = col(Task.practitioner_id) == viewer.id, col(Task.team_id).in_(viewer.teams)
    return {Owned.mine: mine, Owned.team: team, Owned.either: mine | team}[owned]


def task(session: Session, viewer: Viewer, ref: str, now: datetime) -> TaskView | None:
    """One open task that is the viewer's or their team's, or about a record they may see."""
    found = _views(session, viewer, select(Task).where(col(Task.public_id) == ref), now)
    return next((one for one in found if one.mine or one.case), None)


def tasks_of_case(session: Session, about: Case, viewer: Viewer, now: datetime) -> tuple[TaskView, ...]:
    """Open tasks about one case that the viewer may see."""
    return _views(session, viewer, select(Task).where(col(Task.case_id) == about.id), now)


def _views(session: Session, viewer: Viewer, query: SelectOfScalar[Task], now: datetime) -> tuple[TaskView, ...]:
    rows = session.exec(
        query.where(col(Task.authority) == viewer.authority, col(Task.done_at).is_(None))
        .order_by(col(Task.due_at))
        .limit(200)
    ).all()
    people = names_of(session, (row.practitioner_id for row in rows))
    teams = dict(session.exec(select(Team.id, Team.name).where(col(Team.id).in_({row.team_id for row in rows}))).all())
    refs = cases_seen(session, viewer, {row.case_id for row in rows}, now)
    return tuple(
        TaskView(
            ref=row.public_id,
            kind=row.kind,
            kind_words=task_words(row.kind),
            about=_about(row, viewer),
            words=row.words,
            case=refs.get(row.case_id),
            owner=people.get(row.practitioner_id) or teams.get(row.team_id) or "",
            raised_at=row.raised_at,
            due_at=row.due_at,
            overdue=row.due_at < now,
            mine=row.practitioner_id == viewer.id or row.team_id in viewer.teams,
            own=row.practitioner_id == viewer.id,
            of_a_record=row.case_id is not None,
        )
        for row in rows
    )


def _about(row: Task, viewer: Viewer) -> str:
    """The reference of what has a page of its own; a new contact's, to whoever was asked about it."""
    if row.kind is TaskKind.known_here and row.practitioner_id == viewer.id:
        return row.about.partition(":")[0]
    return row.about if row.kind in WITH_A_PAGE else ""
