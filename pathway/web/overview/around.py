"""What stands around the records? A referrer's own referrals, breaking the glass, who works here."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import NotFound, Unacceptable
from pathway.store.lists.referrals import my_referrals
from pathway.store.staffing import staff
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import Fault, faults_in

pages = APIRouter(route_class=PageRoute)


@pages.get("/referrals")
def referrals(visit: Came) -> Response:
    with visit.desk.database.reading() as session:
        mine = my_referrals(session, visit.viewer, visit.now)
    visit.looked("referrals", *(one.ref for one in mine))
    return visit.page("referrals.html", referrals=mine, ring=visit.desk.settings.ring)


@pages.get("/break-glass")
def ask_to_break(visit: Came, reference: str = "") -> Response:
    return _glass(visit, reference)


@pages.post("/break-glass")
def break_glass(visit: Came) -> Response:
    reference = visit.form.one("reference").strip().upper()
    try:
        acts.break_glass(visit.desk, visit.viewer, case=reference, reason=visit.form.one("reason"), key=visit.key)
    except Unacceptable as wrong:
        return _glass(visit, reference, 422, faults_in(wrong.faults))
    except NotFound:
        sentence = "There is no record with this reference. Check it with whoever gave it to you."
        return _glass(visit, reference, 404, (Fault("reference", sentence),))
    return rendering.go_to(f"/cases/{reference}?done=glass_broken")


@pages.get("/staff")
def staff_list(visit: Came) -> Response:
    with visit.desk.database.reading() as session:
        people, teams = staff.posts(session, visit.viewer, visit.now), staff.teams(session, visit.viewer, visit.now)
    return visit.page("staff.html", people=people, teams=teams)


def _glass(visit: Visit, reference: str, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    return visit.asking(
        "break_glass.html",
        status,
        reference=reference[:20],
        faults=faults,
        hours=visit.desk.settings.break_glass_hours,
    )
