"""What is the answer to what a task asks? Yes or no, and words, on the task itself; what is wrong stands beside it."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Done, FieldFault, NotFound, Unacceptable
from pathway.store.parts.tasks import task as task_of
from pathway.tables.timing import TaskKind
from pathway.web.door.task_pages import ASKED, asked_on
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import new_key
from pathway.web.forms.typed import Fault
from pathway.web.overview.board import back_from_task

pages = APIRouter(route_class=PageRoute)
Save = Callable[[bool, str], Done]


@pages.post("/tasks/{task}/review")
def review(visit: Came, task: str) -> Response:
    """Whether breaking the glass was right."""
    return _answered(
        visit,
        task,
        TaskKind.review_break_glass,
        lambda yes, words: acts.review_glass(
            visit.desk, visit.viewer, task=task, right=yes, reason=words, key=visit.key
        ),
    )


@pages.post("/tasks/{task}/known-here")
def known_here(visit: Came, task: str) -> Response:
    """Whether a new contact is about somebody on one's restricted record."""
    return _answered(
        visit,
        task,
        TaskKind.known_here,
        lambda yes, words: acts.say_whether_known(
            visit.desk, visit.viewer, task=task, known=yes, words=words, key=visit.key
        ),
    )


@pages.post("/tasks/{task}/apart")
def apart(visit: Came, task: str) -> Response:
    """That two who were said to be one person aren't."""
    return _answered(
        visit,
        task,
        TaskKind.link_to_agree,
        lambda _, words: acts.say_apart(visit.desk, visit.viewer, task=task, reason=words, key=visit.key),
    )


def _answered(visit: Visit, ref: str, kind: TaskKind, save: Save) -> Response:
    asked, form = ASKED[kind], visit.form
    choice = form.one(asked.choice)
    try:
        if asked.choice and choice not in ("yes", "no"):
            raise Unacceptable(FieldFault(asked.choice, asked.unchosen))
        save(choice == "yes", form.one(asked.words))
    except Unacceptable as wrong:
        return _ask_again(visit, ref, kind, wrong)
    return back_from_task(visit)


def _ask_again(visit: Visit, ref: str, kind: TaskKind, wrong: Unacceptable) -> Response:
    """The task alone, with what was typed. Raises `NotFound` for whoever wasn't asked."""
    with visit.desk.database.reading() as session:
        task = found(task_of(session, visit.viewer, ref, visit.now), "task")
    if task.kind != kind or asked_on(task) is None:
        raise NotFound("task")
    visit.looked("task", *([task.case] if task.case else []))
    faults = tuple(Fault(f"{one.field}-{ref}", one.sentence) for one in wrong.faults)
    return visit.asking("task_again.html", 422, task=task, pressed=ref, faults=faults, key=new_key())
