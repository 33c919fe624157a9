"""Who has how much, who is away, and who takes on what nobody holds? The page of whoever gives work out."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.acts.cover_for import COVERED
from pathway.store.lists.load import loads
from pathway.store.staffing import staff
from pathway.web.door import rendering
from pathway.web.door.tabs import OVERSEEING, tabs
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import faults_in
from pathway.web.on_record.handing_over import until

pages = APIRouter(route_class=PageRoute)


@pages.get("/team")
def team(visit: Came, given: str = "", covered: str = "", left: str = "") -> Response:
    return _show(visit, given=given, covered=covered, left=left)


@pages.post("/team/give")
def give(visit: Came) -> Response:
    form = visit.form
    try:
        done = acts.give(
            visit.desk,
            visit.viewer,
            cases=tuple(form.every("cases")),
            to=form.one("to"),
            reason=form.one("reason"),
            key=visit.key,
        )
    except Unacceptable as wrong:
        return _show(visit, wrong)
    return rendering.go_to(f"/team?given={len(done.named)}")


@pages.post("/team/cover")
def cover(visit: Came) -> Response:
    form = visit.form
    try:
        done = acts.cover_for(
            visit.desk,
            visit.viewer,
            colleague=form.one("colleague"),
            by=form.one("by"),
            until=until(visit),
            key=visit.key,
        )
    except Unacceptable as wrong:
        return _show(visit, wrong)
    covered = sum(one == COVERED for one in done.named.values())
    return rendering.go_to(f"/team?covered={covered}&left={len(done.named) - covered}#restricted")


def _show(visit: Visit, wrong: Unacceptable | None = None, **done: str) -> Response:
    with visit.desk.database.reading() as session:
        found = loads(session, visit.viewer, visit.now)
        people, teams = staff.posts(session, visit.viewer, visit.now), staff.teams(session, visit.viewer, visit.now)
    visit.looked("team", *(row.ref for row in (*found.unallocated, *found.restricted)))
    faults = faults_in(wrong.faults) if wrong else ()
    return visit.asking(
        "team.html",
        422 if wrong else 200,
        loads=found,
        people=[one for one in people if one.council],
        teams=[one for one in teams if one.council],
        tabs=tabs(visit.viewer, OVERSEEING, "/team"),
        faults=faults,
        done={name: int(value) for name, value in done.items() if value.isdecimal() and len(value) < 5},
    )
