"""What have I taken on, and how did it go? One's own part of plans, and nothing of the records they are for."""

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.parts.actions import my_actions
from pathway.store.parts.tasks import open_tasks
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.fields import Choices, fields_of
from pathway.web.forms.typed import Fault, faults_in, faults_of, gathered, titles
from pathway.web.overview.board import beside_board
from workflows.early_help_facts import ActionOver

pages = APIRouter(route_class=PageRoute)
FIELDS = fields_of(ActionOver, Choices())


@pages.get("/actions")
def actions(visit: Came, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        mine = my_actions(session, visit.viewer, visit.now)
        beside = beside_board(session, visit.viewer, visit.now, "/actions", open_tasks(session, visit.viewer))
    visit.looked("actions", *(one.case for one in mine))
    return visit.page("actions.html", actions=[one.action for one in mine], tabs=beside, done=bool(done))


@pages.get("/actions/{action}")
def action(visit: Came, action: str) -> Response:
    return _show(visit, action)


@pages.post("/actions/{action}")
def over(visit: Came, action: str) -> Response:
    try:
        told = ActionOver.model_validate(gathered(visit.form, FIELDS))
        acts.say_action_over(visit.desk, visit.viewer, action=action, over=told, key=visit.key)
    except ValidationError as wrong:
        return _show(visit, action, 422, faults_of(wrong, titles(FIELDS)))
    except Unacceptable as wrong:
        return _show(visit, action, 422, faults_in(wrong.faults))
    return rendering.go_to("/actions?done=1")


def _show(visit: Visit, action: str, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    with visit.desk.database.reading() as session:
        mine = my_actions(session, visit.viewer, visit.now)
    one = found(next((one for one in mine if one.action.ref == action), None), "action")
    visit.looked("action", one.case)
    return visit.asking("action.html", status, one=one.action, fields=FIELDS, faults=faults)
