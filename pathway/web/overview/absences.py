"""Who is away, and when? Said by themselves or by whoever manages them, before somebody waits for an answer."""

from datetime import datetime

from fastapi import APIRouter
from starlette.responses import Response

from pathway.acts import FieldFault, Unacceptable, staff
from pathway.clock import LONDON
from pathway.store.staffing.absences import absences, whose
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import new_key
from pathway.web.forms.typed import faults_in
from pathway.web.on_record.handing_over import moment_typed

pages = APIRouter(route_class=PageRoute)


@pages.get("/away")
def away(visit: Came, done: str = "") -> Response:
    return _show(visit, done=done)


@pages.post("/away")
def set_away(visit: Came) -> Response:
    form = visit.form
    try:
        staff.set_absence(
            visit.desk,
            visit.viewer,
            practitioner=form.one("who") or visit.viewer.ref,
            starts_at=moment_typed(
                visit, "starts_at", "08:30", "Say from when: day, month, year and a time such as 08:30."
            ),
            ends_at=moment_typed(
                visit, "ends_at", "17:00", "Say until when: day, month, year and a time such as 17:00."
            ),
        )
    except Unacceptable as wrong:
        return _show(visit, wrong)
    return rendering.go_to("/away?done=set")


@pages.post("/away/back")
def back(visit: Came) -> Response:
    try:
        began = datetime.fromisoformat(visit.form.one("from"))
        began = began if began.tzinfo else began.replace(tzinfo=LONDON)
    except ValueError:
        return _show(visit, Unacceptable(FieldFault("who", "Choose the absence that is over.")))
    staff.end_absence(visit.desk, visit.viewer, practitioner=visit.form.one("who"), starts_at=began)
    return rendering.go_to("/away?done=back")


def _show(visit: Visit, wrong: Unacceptable | None = None, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        listed = absences(session, visit.viewer, visit.now)
        people = whose(session, visit.viewer, visit.now)
    faults = faults_in(wrong.faults) if wrong else ()
    return visit.asking(
        "away.html",
        422 if wrong else 200,
        absences=listed,
        people=people,
        faults=faults,
        done={"set": "Set.", "back": "Taken off: they are here."}.get(done, ""),
        key=new_key(),
    )
