"""Which service could help, and what does it say of itself? Finding one, its own page, and the sources of all."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway.clock import day_of
from pathway.store.directory import services as directory
from pathway.store.directory.finding import Wanted
from pathway.store.directory.finding import found as find_services
from pathway.store.directory.need import asked_words, looked_for_under
from pathway.store.directory.opening import said
from pathway.store.directory.sources import sources
from pathway.store.lists.mine import mine_to_begin_on
from pathway.web.directory.asking import WHEN, WITHIN, address, beside, wanted_of
from pathway.web.door.tabs import FINDING, tabs
from pathway.web.door.visit import Came, found
from pathway.web.door.wrong import PageRoute
from workflows import SERVICE_REQUEST

pages = APIRouter(route_class=PageRoute)


@pages.get("/services")
def find(visit: Came) -> Response:
    asked = visit.asked
    wanted, faults = wanted_of(asked)
    with visit.desk.database.reading() as session:
        result = find_services(session, visit.viewer, wanted, visit.now, page=asked.number("page") or 1)
        services = directory.listed(session, visit.viewer, result)
    return visit.asking(
        "services.html",
        422 if faults else 200,
        form=asked,
        faults=faults,
        wanted=wanted,
        result=result,
        services=services,
        beside=tuple(beside(wanted, result)),
        under=looked_for_under(asked_words(wanted.need)),
        address=address,
        nothing_asked=wanted == Wanted(ended=wanted.ended),
        within=WITHIN,
        when=WHEN,
        today=day_of(visit.now),
        tabs=tabs(visit.viewer, FINDING, "/services"),
    )


@pages.get("/services/sources")
def where_from(visit: Came) -> Response:
    with visit.desk.database.reading() as session:
        every = sources(session, visit.viewer)
    beside_it = tabs(visit.viewer, FINDING, "/services/sources")
    return visit.page("service_sources.html", sources=every, tabs=beside_it)


@pages.get("/services/{service}")
def one(visit: Came, service: str) -> Response:
    with visit.desk.database.reading() as session:
        view = found(directory.service(session, visit.viewer, service), "service")
        mine = mine_to_begin_on(session, visit.viewer, SERVICE_REQUEST, visit.now)
    if mine:
        visit.looked("service", *(row.ref for row in mine))
    return visit.page("service.html", one=view, own=view.published, said=said, today=day_of(visit.now), mine=mine)
