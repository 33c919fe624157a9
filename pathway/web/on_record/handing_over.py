"""Who takes it on? Take it, hand it over, accept, decline, or name cover."""

from datetime import date, datetime, time

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Conflict, FieldFault, Unacceptable
from pathway.clock import LONDON
from pathway.store.parts.views import CaseView
from pathway.store.records import cases
from pathway.store.staffing import staff
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import Wrong, day, shown
from workflows import Refused

pages = APIRouter(route_class=PageRoute)


@pages.get("/cases/{reference}/hand-over")
def ask(visit: Came, reference: str) -> Response:
    return _show(visit, reference)


@pages.post("/cases/{reference}/hand-over")
def hand_over(visit: Came, reference: str) -> Response:
    form = visit.form
    to = form.one("to")
    try:
        if not to:
            raise Unacceptable(FieldFault("to", "Choose who should take it on."))
        acts.assign(
            visit.desk,
            visit.viewer,
            case=reference,
            to=to,
            reason=form.one("reason"),
            version=visit.version,
            key=visit.key,
        )
    except (Unacceptable, Refused, Conflict) as wrong:
        return _show(visit, reference, wrong)
    return rendering.go_to(f"/cases/{reference}?done={'taken' if to == visit.viewer.ref else 'handed'}")


@pages.post("/cases/{reference}/cover")
def cover(visit: Came, reference: str) -> Response:
    form = visit.form
    try:
        acts.cover(
            visit.desk,
            visit.viewer,
            case=reference,
            by=form.one("by"),
            until=until(visit),
            version=visit.version,
            key=visit.key,
        )
    except (Unacceptable, Refused, Conflict) as wrong:
        return _show(visit, reference, wrong)
    return rendering.go_to(f"/cases/{reference}?done=covered")


@pages.post("/cases/{reference}/accept")
def accept(visit: Came, reference: str) -> Response:
    acts.accept(visit.desk, visit.viewer, case=reference, version=visit.version, key=visit.key)
    return rendering.go_to(f"/cases/{reference}?done=accepted")


@pages.post("/cases/{reference}/decline")
def decline(visit: Came, reference: str) -> Response:
    reason = visit.form.one("reason")
    acts.decline(visit.desk, visit.viewer, case=reference, reason=reason, version=visit.version, key=visit.key)
    return rendering.go_to("/board?whose=mine")


@pages.get("/cases/{reference}/restrict")
def ask_to_restrict(visit: Came, reference: str) -> Response:
    return _show(visit, reference, template="restrict.html")


@pages.post("/cases/{reference}/restrict")
def restrict(visit: Came, reference: str) -> Response:
    names, reason = tuple(visit.form.every("names")), visit.form.one("reason")
    try:
        acts.restrict(
            visit.desk,
            visit.viewer,
            case=reference,
            names=names,
            reason=reason,
            version=visit.version,
            key=visit.key,
        )
    except (Unacceptable, Refused, Conflict) as wrong:
        return _show(visit, reference, wrong, template="restrict.html")
    return rendering.go_to(f"/cases/{reference}?done=restricted")


def until(visit: Visit) -> datetime:
    """The moment that cover ends, as typed in London time."""
    return moment_typed(visit, "until", "17:00", "Say when cover ends: day, month, year and a time such as 17:00.")


def moment_typed(visit: Visit, field: str, usual: str, ask: str) -> datetime:
    """A day and an hour as typed in London time; `usual` is the hour where none was. Raises `Unacceptable`."""
    try:
        on = date.fromisoformat(day(visit.form, field))
        at = time.fromisoformat((visit.form.one(f"{field}-time").strip() or usual).rjust(5, "0"))
    except ValueError:
        raise Unacceptable(FieldFault(field, ask)) from None
    return datetime.combine(on, at, LONDON)


def _show(
    visit: Visit,
    reference: str,
    wrong: Wrong | None = None,
    template: str = "hand_over.html",
) -> Response:
    """The page, as it was sent, with what went wrong on top."""
    with visit.desk.database.reading() as session:
        view = found(cases.case(session, visit.viewer, reference, visit.now))
        whole = found(view if isinstance(view, CaseView) else None)
        people, teams = staff.posts(session, visit.viewer, visit.now), staff.teams(session, visit.viewer, visit.now)
    visit.looked("hand over", reference)
    return visit.asking(
        template,
        **shown(wrong),
        view=whole,
        people=people,
        teams=teams,
        version=whole.version if isinstance(wrong, Conflict) or visit.version is None else visit.version,
    )
