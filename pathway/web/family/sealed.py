"""Where do they live, where nobody must learn it? The one page that shows a sealed address, to those who may look."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.people.whereabouts import address_of
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.family.people import may_write
from pathway.web.forms.typed import Fault, faults_in
from workflows import Refusal, Refused
from workflows.roles import MANAGERS

pages = APIRouter(route_class=PageRoute)


@pages.get("/people/{person}/address")
def address(visit: Came, person: str) -> Response:
    return _show(visit, person)


@pages.post("/people/{person}/address")
def change(visit: Came, person: str) -> Response:
    form, desk, viewer = visit.form, visit.desk, visit.viewer
    reason, key = form.one("reason"), visit.key
    try:
        match form.one("act"):
            case "seal":
                acts.seal_address(desk, viewer, person=person, reason=reason, key=key)
            case "unseal":
                acts.ask_to_unseal(desk, viewer, person=person, reason=reason, key=key)
            case answer:
                agree = answer == "agree"
                acts.answer_unsealing(desk, viewer, person=person, agree=agree, reason=reason, key=key)
    except Unacceptable as wrong:
        return _show(visit, person, faults=faults_in(wrong.faults))
    except Refused as refused:
        return _show(visit, person, refusals=refused.refusals)
    return rendering.go_to(f"/people/{person}")


def _show(visit: Visit, person: str, faults: tuple[Fault, ...] = (), refusals: tuple[Refusal, ...] = ()) -> Response:
    with visit.desk.database.reading() as session:
        view = address_of(session, visit.viewer, person, visit.now)
    visit.looked(view.looked if view else "sealed address", *(view.cases if view else ()))
    view = found(view, "person")
    return visit.asking(
        "address.html",
        422 if faults else 403 if refusals else 200,
        view=view,
        may_write=may_write(visit),
        manages=bool(visit.viewer.roles & MANAGERS),
        faults=faults,
        refusals=refusals,
    )
