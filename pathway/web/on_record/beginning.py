"""How does a record begin on another? One form for every process that begins so, made from the facts it takes."""

from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.directory import services as directory
from pathway.store.parts.beginnings import begins_on
from pathway.store.parts.views import CaseView
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.fields import Field, choices_of, fields_of
from pathway.web.forms.form import Form
from pathway.web.forms.typed import faults_of, gathered, shown, titles
from pathway.web.on_record.record import whole
from workflows import Process, Refusal, Refused

pages = APIRouter(route_class=PageRoute)


@pages.get("/cases/{reference}/begin/{process}")
def ask(visit: Came, reference: str, process: str, service: str = "") -> Response:
    """`service` is the one to be asked, where a link from the directory said so."""
    view, begun = _asked(visit, reference, process)
    choice = found(next((one for one in view.beginnings if one.process == process), None), "step")
    refusals = tuple(Refusal(one.sentence, one.who_can) for one in choice.refusals)
    return _show(visit, view, begun, refusals=refusals, form=_from_directory(visit, service))


def _from_directory(visit: Visit, ref: str) -> Form:
    """What the directory says of a service, as far as it is asked for; it is looked at before it is sent."""
    with visit.desk.database.reading() as session:
        found_there = directory.service(session, visit.viewer, ref) if ref else None
    if found_there is None:
        return Form()
    own = found_there.published
    said = {
        "asked_of": f"{own.name}, {own.organization.name}"[:200],
        "service": found_there.ref,
        "email": own.email or "",
    }
    return Form({name: [value] for name, value in said.items()})


@pages.post("/cases/{reference}/begin/{process}")
def make(visit: Came, reference: str, process: str) -> Response:
    view, begun = _asked(visit, reference, process)
    fields = _fields(view, begun)
    try:
        facts = begun.opening.facts.model_validate(gathered(visit.form, fields))
    except ValidationError as wrong:
        return _show(visit, view, begun, status=422, faults=faults_of(wrong, titles(fields)))
    try:
        done = acts.begin(visit.desk, visit.viewer, on=reference, process=process, facts=facts, key=visit.key)
    except (Unacceptable, Refused) as wrong:
        return _show(visit, view, begun, **shown(wrong))
    return rendering.go_to(f"/cases/{done.case}?done=begun")


def _asked(visit: Visit, reference: str, process: str) -> tuple[CaseView, Process]:
    view = whole(visit, reference, "begin")
    return view, found(next((one for one in begins_on(view.process) if one.name == process), None), "step")


def _fields(view: CaseView, begun: Process) -> tuple[Field, ...]:
    return fields_of(begun.opening.facts, choices_of(view))


def _show(visit: Visit, view: CaseView, begun: Process, **more: Any) -> Response:
    return visit.asking("begin.html", **more, view=view, begun=begun, fields=_fields(view, begun))
