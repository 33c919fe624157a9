"""Are these two one person? Links that wait for a second person, side by side, and how one is proposed or undone."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.people.links import links_waiting, records_on
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import new_key
from pathway.web.forms.typed import Fault, faults_in

pages = APIRouter(route_class=PageRoute)
DONE = {
    "proposed": "Proposed that they are one. A second person has been asked to agree.",
    "agreed": "Agreed: they are one person.",
    "undone": "They stand apart, and the history says so.",
}


@pages.get("/links")
def links(visit: Came, done: str = "") -> Response:
    return _show(visit, done=DONE.get(done, ""))


@pages.post("/links")
def propose(visit: Came) -> Response:
    form = visit.form
    person, same_as, reason = (form.one(name).strip() for name in ("person", "same_as", "reason"))
    acts.propose_link(visit.desk, visit.viewer, person=person, same_as=same_as, reason=reason, key=visit.key)
    return _back(visit, "proposed")


@pages.post("/links/{link}/agree")
def agree(visit: Came, link: str) -> Response:
    try:
        acts.agree_link(visit.desk, visit.viewer, link=link, reason=visit.form.one("reason"), key=visit.key)
    except Unacceptable as wrong:
        return _show(visit, 422, link, faults_in(wrong.faults))
    return rendering.go_to("/links?done=agreed")


@pages.post("/links/{link}/undo")
def undo(visit: Came, link: str) -> Response:
    try:
        acts.undo_link(visit.desk, visit.viewer, link=link, reason=visit.form.one("reason"), key=visit.key)
    except Unacceptable as wrong:
        if visit.form.one("_case"):
            raise
        return _show(visit, 422, link, faults_in(wrong.faults))
    return _back(visit, "undone")


def _back(visit: Visit, done: str) -> Response:
    """To the record it was pressed on, or else to the links."""
    case = visit.form.one("_case")
    return rendering.go_to(f"/cases/{case}?done=link_{done}#children" if case.isalnum() else f"/links?done={done}")


def _show(
    visit: Visit, status: int = 200, link: str = "", faults: tuple[Fault, ...] = (), *, done: str = ""
) -> Response:
    with visit.desk.database.reading() as session:
        waiting = links_waiting(session, visit.viewer, visit.now)
    visit.looked("links", *sorted(records_on(waiting)))
    beside = tuple(Fault(f"{one.id}-{link}", one.sentence) for one in faults)
    return visit.asking(
        "links.html",
        status,
        links=waiting,
        pressed=link,
        faults=beside,
        done=done,
        key=new_key(),
    )
