"""May this time wait, or be longer? What the document allows of one clock, on a page of its own."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Conflict, Unacceptable
from pathway.acts.allowances import open_to
from pathway.store.adopted.editions import edition_of
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import Fault, Wrong, shown
from pathway.web.on_record.record import whole
from workflows import Refused

pages = APIRouter(route_class=PageRoute)


@pages.get("/cases/{reference}/clocks/{clock}")
def ask(visit: Came, reference: str, clock: str) -> Response:
    return _show(visit, reference, clock)


@pages.post("/cases/{reference}/clocks/{clock}")
def change(visit: Came, reference: str, clock: str) -> Response:
    done = visit.form.one("act")
    try:
        _act(visit, reference, clock, done)
    except (Unacceptable, Refused, Conflict) as wrong:
        return _show(visit, reference, clock, wrong)
    return rendering.go_to(f"/cases/{reference}?done=clock_{done}#times")


def _act(visit: Visit, reference: str, clock: str, done: str) -> None:
    form = visit.form
    if done == "resume":
        acts.resume_clock(visit.desk, visit.viewer, case=reference, clock=clock, version=visit.version, key=visit.key)
    elif done == "extend":
        acts.extend_clock(
            visit.desk,
            visit.viewer,
            case=reference,
            clock=clock,
            by=form.number("by") or 0,
            reason=form.one("why-longer"),
            version=visit.version,
            key=visit.key,
        )
    else:
        acts.pause_clock(
            visit.desk,
            visit.viewer,
            case=reference,
            clock=clock,
            waits_for=form.one("waits_for"),
            reason=form.one("reason"),
            version=visit.version,
            key=visit.key,
        )


def _show(visit: Visit, reference: str, clock: str, wrong: Wrong | None = None) -> Response:
    view = whole(visit, reference, "clock")
    running = (one for one in view.deadlines if one.ref == clock and one.closed_at is None)
    asked = found(next(running, None), "time")
    with visit.desk.database.reading() as session:
        edition = edition_of(session, visit.viewer.authority, view.edition_hash)
    about = shown(wrong)
    return visit.asking(
        "clock.html",
        **about | {"faults": _beside(visit.form.one("act"), about["faults"])},
        view=view,
        clock=asked,
        may=open_to(visit.viewer, edition, asked.limit),
        version=view.version if isinstance(wrong, Conflict) or visit.version is None else visit.version,
    )


def _beside(done: str, faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Both forms ask why: what is wrong stands beside the one that was pressed."""
    if done != "extend":
        return faults
    return tuple(Fault("why-longer" if one.id == "reason" else one.id, one.sentence) for one in faults)
