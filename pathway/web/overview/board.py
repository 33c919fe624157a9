"""What needs me first? The board, and the tasks."""

from datetime import datetime

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from pathway import acts
from pathway.access import Viewer
from pathway.store.lists.board import board as board_of
from pathway.store.lists.drafts import how_many_half_taken
from pathway.store.lists.wanted import Wanted
from pathway.store.parts.actions import how_many_taken_on
from pathway.store.parts.meetings import how_many_meetings
from pathway.store.parts.tasks import Owned, TaskCount, my_tasks, open_tasks
from pathway.web.door import rendering
from pathway.web.door.live import kept_live
from pathway.web.door.tabs import BOARD, tabs
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms import filters
from pathway.web.forms.form import new_key

pages = APIRouter(route_class=PageRoute)


@pages.get("/board")
def board(visit: Came) -> Response:
    asked = visit.asked
    with visit.desk.database.reading() as session:
        wanted = filters.wanted_of(asked)
        found = board_of(session, visit.viewer, visit.now, wanted, asked.number("page") or 1)
        everything = found.count(Wanted())
        beside = beside_board(session, visit.viewer, visit.now, "/board", open_tasks(session, visit.viewer), everything)
    return kept_live(
        visit,
        "board",
        tuple(row.ref for row in found.rows),
        "board.html",
        "board_list.html",
        board=found,
        tabs=beside,
        whose=tuple(filters.whose(found)),
        stages=tuple(filters.stages(found)),
        narrowed=tuple(filters.narrowed(found)),
        address=filters.address,
    )


@pages.get("/tasks")
def tasks(visit: Came, done: str = "", whose: str = "") -> Response:
    owned = Owned(whose) if whose in tuple(Owned) else Owned.either
    with visit.desk.database.reading() as session:
        found = my_tasks(session, visit.viewer, visit.now, owned)
        counts = open_tasks(session, visit.viewer)
        beside = beside_board(session, visit.viewer, visit.now, "/tasks", counts)
    visit.looked("tasks", *(task.case for task in found if task.case))
    return visit.page(
        "tasks.html",
        tasks=found,
        counts={one: getattr(counts, one) for one in Owned},
        late=sum(1 for task in found if task.overdue),
        owned=owned,
        ways=Owned,
        tabs=beside,
        done=bool(done),
        key=new_key(),
    )


def beside_board(
    session: Session, viewer: Viewer, now: datetime, here: str, tasks: TaskCount, records: int | None = None
) -> list[dict[str, object]]:
    """The board's pages, with how much waits in each; its own records are counted on the board alone."""
    waits = {
        "/board": records,
        "/tasks": tasks.either,
        "/actions": how_many_taken_on(session, viewer),
        "/meetings": how_many_meetings(session, viewer, now),
        "/drafts": how_many_half_taken(session, viewer),
    }
    return tabs(viewer, BOARD, here, waits)


@pages.post("/tasks/{task}/finish")
def finish(visit: Came, task: str) -> Response:
    acts.finish_task(visit.desk, visit.viewer, task=task, key=visit.key)
    return back_from_task(visit)


def back_from_task(visit: Visit) -> Response:
    """To the record it was pressed on, or else to the tasks."""
    case = visit.form.one("_case")
    return rendering.go_to(f"/cases/{case}?done=task" if case.isalnum() else "/tasks?done=1")
