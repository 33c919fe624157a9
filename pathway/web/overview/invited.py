"""Which meetings am I invited to, and can I come? What those who meet let me read, and nothing of the record."""

from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.parts.meetings import my_meetings
from pathway.store.parts.tasks import open_tasks
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.fields import Choices, fields_of
from pathway.web.forms.typed import faults_of, gathered, shown, titles
from pathway.web.overview.board import beside_board
from workflows import Refused
from workflows.meeting_facts import Replied

pages = APIRouter(route_class=PageRoute)
FIELDS = fields_of(Replied, Choices())


@pages.get("/meetings")
def meetings(visit: Came, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        mine = my_meetings(session, visit.viewer, visit.now)
        beside = beside_board(session, visit.viewer, visit.now, "/meetings", open_tasks(session, visit.viewer))
    visit.looked("meetings", *(one.case for one in mine))
    return visit.page("meetings.html", meetings=mine, tabs=beside, done=bool(done))


@pages.get("/meetings/{invitation}")
def meeting(visit: Came, invitation: str) -> Response:
    return _show(visit, invitation)


@pages.post("/meetings/{invitation}")
def reply(visit: Came, invitation: str) -> Response:
    try:
        told = Replied.model_validate(gathered(visit.form, FIELDS))
        acts.reply_to_meeting(visit.desk, visit.viewer, invitation=invitation, told=told, key=visit.key)
    except ValidationError as wrong:
        return _show(visit, invitation, status=422, faults=faults_of(wrong, titles(FIELDS)))
    except (Unacceptable, Refused) as wrong:
        return _show(visit, invitation, **shown(wrong))
    return rendering.go_to("/meetings?done=1")


def _show(visit: Visit, invitation: str, **more: Any) -> Response:
    with visit.desk.database.reading() as session:
        mine = my_meetings(session, visit.viewer, visit.now)
    one = found(next((one for one in mine if one.ref == invitation), None), "meeting")
    visit.looked("meeting", one.case)
    return visit.asking("meeting.html", **more, one=one, fields=FIELDS)
