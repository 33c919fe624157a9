"""Whose are the tasks about a record once somebody else answers for it? They go along with it."""

from sqlalchemy import update
from sqlmodel import col, or_, select

from pathway.acts import holding
from pathway.acts.desk import Work
from pathway.acts.tasks import TASK, tell_of_task
from pathway.tables import Case, Task
from pathway.tables.timing import TaskKind

STAY = (TaskKind.review_break_glass, TaskKind.link_to_agree, TaskKind.edition_waits)
"""Tasks of a person, not of whoever answers: they are about what somebody else did."""


def tasks_pass(unit: Work, case: Case, *, practitioner_id: int | None = None, team_id: int | None = None) -> None:
    """Before a record changes hands: the open tasks about it that belong to whoever answers now go to who will."""
    before = holding.holder(unit, case)
    if before is None:
        return
    owned = select(Task).where(
        col(Task.case_id) == case.id,
        col(Task.done_at).is_(None),
        col(Task.kind).not_in(STAY),
        or_(
            col(Task.practitioner_id) == before.practitioner_id if before.practitioner_id else False,
            col(Task.team_id) == before.team_id if before.team_id else False,
        ),
    )
    for task in unit.session.exec(owned.order_by(col(Task.id))).all():
        owner_becomes(unit, task, practitioner_id=practitioner_id, team_id=team_id)


def owner_becomes(unit: Work, task: Task, *, practitioner_id: int | None = None, team_id: int | None = None) -> None:
    """Give one task to another owner, who hears of it; it is due when it was."""
    if (task.practitioner_id, task.team_id) == (practitioner_id, team_id):
        return
    moved = update(TASK).where(TASK.c.id == task.id, TASK.c.done_at.is_(None))
    unit.session.execute(moved.values(practitioner_id=practitioner_id, team_id=team_id))
    owner = f"team:{team_id}" if practitioner_id is None else f"practitioner:{practitioner_id}"
    tell_of_task(unit, "task_given", owner, task.case_id, task.due_at)
