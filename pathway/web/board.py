"""What needs me first? The board, and the tasks."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import FieldFault, Unacceptable
from pathway.store.board import board as board_of
from pathway.store.tasks import my_tasks
from pathway.web import rendering
from pathway.web.record import new_key
from pathway.web.visit import Came, Visit
from pathway.web.wrong import PageRoute

pages = APIRouter(route_class=PageRoute)
WHOSE = {"all": "All I may see", "team": "My team's", "mine": "Mine"}


@pages.get("/board")
def board(visit: Came, whose: str = "all", page: str = "1") -> Response:
    whose = whose if whose in WHOSE else "all"
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    with visit.desk.database.reading() as session:
        found = board_of(session, visit.viewer, visit.now, whose=whose, page=number)
    visit.looked("board", *(row.ref for row in found.rows))
    return visit.page("board.html", board=found, whose=whose, filters=WHOSE)


@pages.get("/tasks")
def tasks(visit: Came, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        found = my_tasks(session, visit.viewer, visit.now)
    visit.looked("tasks", *(task.case for task in found if task.case))
    return visit.page("tasks.html", tasks=found, done=bool(done), key=new_key())


@pages.post("/tasks/{task}/finish")
def finish(visit: Came, task: str) -> Response:
    acts.finish_task(visit.desk, visit.viewer, task=task, key=visit.key)
    return _back(visit)


@pages.post("/tasks/{task}/review")
def review(visit: Came, task: str) -> Response:
    """Whether breaking the glass was right."""
    right = visit.form.one("right")
    if right not in ("yes", "no"):
        raise Unacceptable(FieldFault("right", "Choose whether it was right to open the record."))
    reason = visit.form.one("reason")
    acts.review_glass(visit.desk, visit.viewer, task=task, right=right == "yes", reason=reason, key=visit.key)
    return _back(visit)


def _back(visit: Visit) -> Response:
    case = visit.form.one("_case")
    return rendering.go_to(f"/cases/{case}?done=task" if case.isalnum() else "/tasks?done=1")
