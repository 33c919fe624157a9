"""What if a task isn't done? Once overdue it goes to the service manager too, and to somebody who is there."""

from sqlmodel import col, select

from pathway.access import answers_for, every_case, everybody_there, posts_there
from pathway.acts.desk import Work
from pathway.acts.link_owner import link_passes, who_may_agree
from pathway.acts.named import whom_to_ask
from pathway.acts.tasks import finished, someone_above, someone_who_may_agree, tell_of_task, whose_deed
from pathway.acts.voice_owners import complained_of
from pathway.tables import Case, Task
from pathway.tables.timing import TaskKind
from workflows import Audience

BATCH = 500


def climb(unit: Work) -> None:
    """Tell the service manager of each overdue task, once; what belongs to nobody who is there gets an owner."""
    overdue = (
        select(Task)
        .where(
            col(Task.authority) == unit.viewer.authority,
            col(Task.done_at).is_(None),
            col(Task.climbed_at).is_(None),
            col(Task.due_at) < unit.now,
        )
        .order_by(col(Task.id))
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    for task in unit.session.exec(overdue).all():
        task.climbed_at = unit.now
        tell_of_task(unit, "overdue", Audience.service_manager, task.case_id, task.due_at)
        if task.kind is TaskKind.link_to_agree and link_passes(unit, task):
            continue
        if not _has_owner(unit, task) and (owner := _next_owner(unit, task)) is not None:
            task.practitioner_id, task.team_id = owner, None
            tell_of_task(unit, "task_given", f"practitioner:{task.practitioner_id}", task.case_id, task.due_at)
        unit.session.add(task)


def _next_owner(unit: Work, task: Task) -> int | None:
    """Never whoever it is about; None where nobody else may do it, or may know of it."""
    if task.kind is TaskKind.family_says:
        return someone_above(unit, complained_of(unit, task.about))
    if task.kind is TaskKind.known_here:
        return whom_to_ask(unit, task.case_id or 0)
    if task.kind is TaskKind.link_to_agree:
        return who_may_agree(unit, task)
    of = someone_who_may_agree if task.kind is TaskKind.edition_waits else someone_above
    return of(unit, whose_deed(unit, task))


def _has_owner(unit: Work, task: Task) -> bool:
    if task.team_id is not None:
        return any(one.team_id == task.team_id for one in posts_there(unit.session, unit.now))
    return task.practitioner_id in everybody_there(unit.session, unit.now)


def finish_answered(unit: Work) -> None:
    """An alarm is over, by the system's own word, once somebody answers for the record again or it has ended."""
    alarms = unit.session.exec(
        select(Task)
        .where(
            col(Task.authority) == unit.viewer.authority,
            col(Task.kind) == TaskKind.nobody_answerable,
            col(Task.done_at).is_(None),
        )
        .order_by(col(Task.id))
        .with_for_update(skip_locked=True)
    ).all()
    ids = [task.case_id or 0 for task in alarms]
    ended = every_case().where(col(Case.id).in_(ids), col(Case.closed_at).is_not(None))
    over = {*answers_for(unit.session, ids, unit.now), *(case.id for case in unit.session.exec(ended).all())}
    for task in alarms:
        if task.case_id in over:
            finished(unit, task)
