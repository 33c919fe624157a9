"""What does a child keep of the plan? A page of their own, in the words that whoever leads wrote for them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from pathway.store.parts.views import CaseView, ChildView
from pathway.web.door.paper import paper
from pathway.web.door.rendering import to_save
from pathway.web.door.visit import Came, found
from pathway.web.door.wrong import PageRoute
from pathway.web.on_record.record import whole

pages = APIRouter(route_class=PageRoute)

Parts = tuple[tuple[str, str], ...]
LARGE = 14
PARTS = (
    ("why", "Why are people helping me?"),
    ("happens", "What will happen?"),
    ("ask", "Whom can I always ask?"),
    ("meets", "When does everybody meet?"),
)
ANY_TIME = "You can say any time what you think of this, and ask for it to be changed."


@pages.get("/cases/{reference}/childs-page/{child}")
def show(visit: Came, reference: str, child: str, shape: Annotated[str, Query(alias="as")] = "") -> Response:
    view = whole(visit, reference, "childs_page")
    own = found(next((one for one in view.children if one.ref == child), None), "child")
    parts = parts_for(view, own)
    if shape == "pdf" and parts:
        sheet = paper(f"For {own.name}", (*parts, (ANY_TIME, "")), reference, size=LARGE)
        return Response(sheet, media_type="application/pdf", headers=to_save(f"{reference}.pdf"))
    return visit.page("childs_page.html", view=view, child=own, parts=parts, any_time=ANY_TIME)


def parts_for(view: CaseView, child: ChildView) -> Parts:
    """What was written for this child last, part by part; nothing where nobody has, or it was erased."""
    written = (one.said for one in view.timeline if one.kind == "write_page" and not one.erased)
    said = next((one for one in written if one.get("child") == child.ref), {})
    return tuple((title, str(said[name])) for name, title in PARTS if said.get(name))
