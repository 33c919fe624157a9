"""How does a record begin on another? One form for every process that begins so, made from the facts it takes."""

from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.store.parts.beginnings import begins_on
from pathway.store.parts.views import CaseView
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.fields import Field, choices_of, fields_of
from pathway.web.forms.typed import faults_of, gathered, shown, titles
from pathway.web.on_record.record import whole
from workflows import Process, Refusal, Refused

pages = APIRouter(route_class=PageRoute)


@pages.get("/cases/{reference}/begin/{process}")
def ask(visit: Came, reference: str, process: str) -> Response:
    view, begun = _asked(visit, reference, process)
    choice = found(next((one for one in view.beginnings if one.process == process), None), "step")
    return _show(visit, view, begun, refusals=tuple(Refusal(one.sentence, one.who_can) for one in choice.refusals))


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
