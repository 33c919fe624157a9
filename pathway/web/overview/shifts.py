"""Who has it once I have gone home? The page at the end of a shift, and what the next shift finds on it."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Passing, Unacceptable
from pathway.store.lists.shift import shift as shift_of
from pathway.store.staffing import staff
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import Fault, faults_in

pages = APIRouter(route_class=PageRoute)


@pages.get("/shift")
def shift(visit: Came, done: str = "") -> Response:
    return _show(visit, done=int(done) if done.isdecimal() and len(done) < 5 else 0)


@pages.post("/shift")
def hand_over(visit: Came) -> Response:
    form = visit.form
    try:
        handed = acts.hand_over_shift(
            visit.desk,
            visit.viewer,
            records=_passing(visit, "records"),
            tasks=_passing(visit, "tasks"),
            note=form.one("note"),
            key=visit.key,
        )
    except Unacceptable as wrong:
        return _show(visit, faults_in(wrong.faults))
    return rendering.go_to(f"/shift?done={len(handed)}")


def _passing(visit: Visit, kind: str) -> tuple[Passing, ...]:
    """What somebody was chosen for; `all` is for every one where nobody else was."""
    form, to_all = visit.form, visit.form.one("to-all")
    chosen = ((ref, form.one(f"to-{ref}") or to_all, form.one(f"note-{ref}")) for ref in form.every(f"_{kind}"))
    return tuple(Passing(ref, to, note) for ref, to, note in chosen if to and to != "stay")


def _show(visit: Visit, faults: tuple[Fault, ...] = (), done: int = 0) -> Response:
    with visit.desk.database.reading() as session:
        found = shift_of(session, visit.viewer, visit.now)
        people, teams = staff.posts(session, visit.viewer, visit.now), staff.teams(session, visit.viewer, visit.now)
    rows = (*found.mine, *found.team, *(one.row for one in found.handed))
    visit.looked("shift", *(row.ref for row in rows))
    takers = list(
        dict.fromkeys(
            (one.ref, one.name) for one in people if one.takes and one.council and one.ref != visit.viewer.ref
        )
    )
    return visit.asking(
        "shift.html",
        422 if faults else 200,
        shift=found,
        takers=takers,
        teams=[(one.ref, one.name, one.here) for one in teams if one.here and one.council],
        faults=faults,
        done=done,
    )
