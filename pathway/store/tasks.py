"""What must somebody do? Open tasks, as their owners and their managers see them."""

from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer, seen_whole_by
from pathway.store.views import TaskView
from pathway.tables import Case, Practitioner, Task, Team
from pathway.tables.timing import TaskKind


def my_tasks(session: Session, viewer: Viewer, now: datetime) -> tuple[TaskView, ...]:
    """The viewer's own open tasks and their teams', soonest due first."""
    mine = (col(Task.practitioner_id) == viewer.id) | col(Task.team_id).in_(viewer.teams)
    return _views(session, viewer, select(Task).where(mine), now)


def tasks_of_case(session: Session, case: Case, viewer: Viewer, now: datetime) -> tuple[TaskView, ...]:
    """Open tasks about one case that the viewer may see."""
    return _views(session, viewer, select(Task).where(col(Task.case_id) == case.id), now)


def _views(session: Session, viewer: Viewer, query: SelectOfScalar[Task], now: datetime) -> tuple[TaskView, ...]:
    rows = session.exec(
        query.where(col(Task.authority) == viewer.authority, col(Task.done_at).is_(None))
        .order_by(col(Task.due_at))
        .limit(200)
    ).all()
    people = _names(session, {row.practitioner_id for row in rows})
    teams = dict(session.exec(select(Team.id, Team.name).where(col(Team.id).in_({row.team_id for row in rows}))).all())
    refs = _refs(session, viewer, {row.case_id for row in rows}, now)
    return tuple(
        TaskView(
            ref=row.public_id,
            kind=row.kind,
            about=row.about if row.kind is TaskKind.family_says else "",
            words=row.words,
            case=refs.get(row.case_id),
            owner=people.get(row.practitioner_id) or teams.get(row.team_id) or "",
            raised_at=row.raised_at,
            due_at=row.due_at,
            overdue=row.due_at < now,
            mine=row.practitioner_id == viewer.id or row.team_id in viewer.teams,
        )
        for row in rows
    )


def _names(session: Session, ids: set[int | None]) -> dict[int | None, str]:
    return dict(session.exec(select(Practitioner.id, Practitioner.name).where(col(Practitioner.id).in_(ids))).all())


def _refs(session: Session, viewer: Viewer, ids: set[int | None], now: datetime) -> dict[int | None, str]:
    cases = session.exec(seen_whole_by(viewer, now).where(col(Case.id).in_(ids))).all()
    return {case.id: case.public_id for case in cases}
