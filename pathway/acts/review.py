"""Was it right to break the glass? A manager who didn't says so, with words that stay on the record."""

from sqlmodel import col, select

from pathway.access import Viewer, every_case
from pathway.acts.desk import Desk, Work, work
from pathway.acts.once import once
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, record
from pathway.acts.tasks import check_not_about_oneself, check_owns, finished, open_task
from pathway.acts.worded import check_reason
from pathway.tables import Case, Entry, Grant, Task
from pathway.tables.timing import TaskKind
from workflows import refuse
from workflows.roles import MANAGERS


def review_glass(desk: Desk, viewer: Viewer, *, task: str, right: bool, reason: str, key: str | None = None) -> Done:
    """Say whether opening the record was right, and why; the task of reviewing it is finished with that.

    Raises `Refused` for whoever broke it, and for anybody who isn't a manager.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("review_glass", task, right, reason), lambda: _reviewed(unit, task, right, reason))


def check_may_review(unit: Work, task: Task) -> None:
    if not unit.viewer.roles & MANAGERS:
        raise refuse("Saying whether it was right is for a manager.", who_can="Ask a team manager.")
    check_not_about_oneself(unit, task)
    check_owns(unit, task)


def _reviewed(unit: Work, ref: str, right: bool, reason: str) -> Done:
    task = open_task(unit, ref, TaskKind.review_break_glass)
    check_may_review(unit, task)
    words = check_reason(reason, "Say why it was right, or wasn't.")
    patch = Patch()
    patch.change("access_grant", _grant(unit, task), reviewed_at=unit.now, reviewed_by_id=unit.viewer.id)
    verdict = "It was right" if right else "It wasn't right"
    line = Line("glass_reviewed", patch, said={"verdict": verdict, "reason": words}, by_officer=False)
    done = record(unit, _case(unit, task), line)
    finished(unit, task)
    return Done("", 0, done.entry, done.sequence)


def _case(unit: Work, task: Task) -> Case:
    """The record the task is about. Its reviewer writes this one line on it, and needn't be able to see the rest."""
    return unit.session.exec(every_case().where(col(Case.id) == task.case_id).with_for_update()).one()


def _grant(unit: Work, task: Task) -> str:
    broken = select(Grant.public_id).join(Entry, col(Entry.id) == col(Grant.entry_id))
    return unit.session.exec(broken.where(col(Entry.public_id) == task.about)).one()
