"""What has changed since the last time, and what do other agencies read? Assessments read, and not written."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway.store.records.assessment_summary import summary
from pathway.store.records.changes import changes
from pathway.web.door.visit import Came, found
from pathway.web.door.wrong import PageRoute
from pathway.web.on_record.assessments import one

pages = APIRouter(route_class=PageRoute)

HOW = {"new": "New", "changed": "Changed", "taken out": "Taken out"}
"""What became of an answer, in words: colour alone tells nobody who can't see it."""


@pages.get("/cases/{reference}/assessments/{assessment}/changes")
def changed(visit: Came, reference: str, assessment: str) -> Response:
    with visit.desk.database.reading() as session:
        view = changes(session, visit.viewer, reference, assessment, visit.now)
    visit.looked("assessment changes", *([reference] if view else []))
    return visit.page("assessment_changes.html", view=found(view, "assessment that follows another"), how=HOW)


@pages.get("/cases/{reference}/assessments/{assessment}/summary")
def sum_up(visit: Came, reference: str, assessment: str) -> Response:
    """One page to print or to read out, without the words whose readers other agencies aren't."""
    view = one(visit, reference, assessment, "assessment summary")
    return visit.page("assessment_summary.html", view=view, summary=summary(view), now=visit.now)
