"""What do the published documents say? Every one held here, part by part, searched, and two side by side."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway.acts import NotFound
from pathway.store.adopted.published import Shelved, held_documents, one_document, shelf
from pathway.web.door.visit import Came, Visit
from pathway.web.door.who_may import may_open
from pathway.web.door.wrong import PageRoute
from pathway.web.published.browsing import PART_OF, PARTS, cited, grid, offers_by_level
from thresholds import Unpublished
from thresholds.editions.comparing import compare
from thresholds.editions.searching import search
from thresholds.reading.source_map import reworked

pages = APIRouter(route_class=PageRoute)
WHOLE = "whole"
ADOPTION = "/documents/adoption"
LONGEST = 200


@pages.get("/documents")
def documents(visit: Came) -> Response:
    return _shelf(visit)


@pages.get("/documents/compare")
def side_by_side(visit: Came, a: str = "", b: str = "") -> Response:
    try:
        one, other = _one(visit, a), _one(visit, b)
    except Unpublished as wrong:
        return _shelf(visit, 404, str(wrong))
    return visit.page("compare.html", one=one, other=other, compared=compare(one.edition, other.edition))


@pages.get("/documents/{authority}/{dated}")
def document(visit: Came, authority: str, dated: str, q: str = "") -> Response:
    shown, asked = _found(visit, authority, dated), q.strip()[:LONGEST]
    results = search(shown.edition, asked) if asked else ()
    return visit.page(
        "document.html",
        shown=shown,
        edition=shown.edition,
        parts_of=PARTS,
        part_of=PART_OF,
        asked=asked,
        results=results,
    )


@pages.get("/documents/{authority}/{dated}/{part}")
def part_of_document(visit: Came, authority: str, dated: str, part: str, level: str = "", side: str = "") -> Response:
    shown = _found(visit, authority, dated)
    chosen = [one for one in PARTS if part in (one.id, WHOLE)]
    if not chosen:
        raise NotFound("document")
    return visit.page(
        "document_part.html",
        shown=shown,
        edition=shown.edition,
        parts_of=PARTS,
        chosen=chosen,
        whole=part == WHOLE,
        grid=grid(shown.edition, level, side),
        cited=cited(shown.edition),
        level=level,
        side=side,
        offers=offers_by_level(shown.edition),
        maps=[(one, reworked(one)) for one in shown.held.maps],
    )


def _shelf(visit: Visit, status: int = 200, wrong: str = "") -> Response:
    settings = visit.desk.settings
    with visit.desk.database.reading() as session:
        shelved = shelf(session, settings, visit.viewer.authority, visit.now)
    return visit.page(
        "documents.html",
        status,
        shelved=shelved,
        broken=held_documents(settings).faults,
        wrong=wrong,
        may_adopt=may_open(visit.viewer, ADOPTION),
    )


def _found(visit: Visit, authority: str, dated: str) -> Shelved:
    try:
        return _one(visit, f"{authority}@{dated}")
    except Unpublished:
        raise NotFound("document") from None


def _one(visit: Visit, asked: str) -> Shelved:
    with visit.desk.database.reading() as session:
        return one_document(session, visit.desk.settings, visit.viewer.authority, visit.now, asked)
