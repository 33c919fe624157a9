"""Which assessment is begun, how far is it, and is it complete? Its list of sections, each on a page of its own."""

from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.responses import Response

from pathway import acts
from pathway.acts import FieldFault, Unacceptable
from pathway.acts.note import check_may_write
from pathway.store.records.assessment_views import AssessmentView
from pathway.store.records.assessments import AssessmentsView, assessment, assessments
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.assessed import id_of
from pathway.web.forms.fields import Choices, Field, fields_of
from pathway.web.forms.typed import Fault, Wrong, faults_of, gathered, shown, titles
from pathway.web.on_record.record import why_not
from workflows import Refused
from workflows.assessment_facts import AssessmentBegun

pages = APIRouter(route_class=PageRoute)

DONE = {
    "begun": "Begun. Start anywhere; what you save stays, and you can come back to the rest.",
    "widened": "Widened. Everything that was answered is still there, and more is asked.",
    "completed": "Complete. It stays as it is; another can say what has changed since.",
}
STANDS = {
    "complete": ("Complete", ""),
    "started": ("Started", "govuk-tag--light-blue"),
    "newly opened": ("Newly opened", "govuk-tag--yellow"),
    "not started": ("Not started", "govuk-tag--blue"),
    "not needed": ("Not needed", ""),
}
"""How a section's stand is said, and the tag it is said on; what is done with has none."""


@pages.get("/cases/{reference}/assessments/new")
def ask(visit: Came, reference: str) -> Response:
    return _ask(visit, _all(visit, reference))


@pages.post("/cases/{reference}/assessments/new")
def begin(visit: Came, reference: str) -> Response:
    view = _all(visit, reference)
    fields = _fields(view)
    try:
        told = AssessmentBegun.model_validate(gathered(visit.form, fields))
    except ValidationError as wrong:
        return _ask(visit, view, status=422, faults=faults_of(wrong, titles(fields)))
    try:
        done = acts.begin_assessment(visit.desk, visit.viewer, case=reference, told=told, key=visit.key)
    except (Unacceptable, Refused) as wrong:
        return _ask(visit, view, wrong)
    return rendering.go_to(f"/cases/{reference}/assessments/{done.named['assessment']}?done=begun")


@pages.get("/cases/{reference}/assessments/{assessment}")
def look(visit: Came, reference: str, assessment: str, done: str = "") -> Response:
    return _show(visit, one(visit, reference, assessment), done=DONE.get(done, ""))


@pages.post("/cases/{reference}/assessments/{assessment}")
def change(visit: Came, reference: str, assessment: str) -> Response:
    """Widen it, or say that it is complete."""
    view, widens = one(visit, reference, assessment), visit.form.one("act") == "widen"
    act = acts.widen_assessment if widens else acts.complete_assessment
    try:
        act(visit.desk, visit.viewer, case=reference, assessment=assessment, key=visit.key)
    except Unacceptable as wrong:
        return _show(visit, view, status=422, faults=tuple(_where(fault, view) for fault in wrong.faults))
    except Refused as wrong:
        return _show(visit, view, **shown(wrong))
    done = "widened" if widens else "completed"
    return rendering.go_to(f"/cases/{reference}/assessments/{assessment}?done={done}")


def one(visit: Visit, reference: str, ref: str, looked: str = "assessment") -> AssessmentView:
    """An assessment, once the look is written down. Raises `NotFound`."""
    with visit.desk.database.reading() as session:
        view = assessment(session, visit.viewer, reference, ref, visit.now)
    visit.looked(looked, *([reference] if view else []))
    return found(view, "assessment")


def address_of(view: AssessmentView, part: str = "") -> str:
    return f"/cases/{view.case}/assessments/{view.ref}{f'/{part}' if part else ''}"


def _all(visit: Visit, reference: str) -> AssessmentsView:
    with visit.desk.database.reading() as session:
        view = assessments(session, visit.viewer, reference, visit.now)
    visit.looked("assessments", *([reference] if view else []))
    return found(view)


def _fields(view: AssessmentsView) -> tuple[Field, ...]:
    return fields_of(AssessmentBegun, Choices(named={"form": tuple((id_, name) for id_, name, _ in view.forms)}))


def _ask(visit: Visit, view: AssessmentsView, wrong: Wrong | None = None, **more: object) -> Response:
    barred = why_not(check_may_write, visit.viewer)
    return visit.asking("assessment_new.html", **(shown(wrong) | more), view=view, fields=_fields(view), barred=barred)


def _where(fault: FieldFault, view: AssessmentView) -> Fault:
    """A fault that leads to the question itself, on its section's page."""
    field = fault.field.removesuffix(".reason")
    part = next((part.id for part in view.sections if any(one.field == field for one in part.asked)), "")
    return Fault(id_of(fault.field), fault.sentence, f"{address_of(view, part)}#{id_of(fault.field)}")


def _show(visit: Visit, view: AssessmentView, **more: Any) -> Response:
    about: dict[str, Any] = {"done": ""} | more
    return visit.asking("assessment.html", **about, view=view, stands=STANDS, address=address_of(view))
