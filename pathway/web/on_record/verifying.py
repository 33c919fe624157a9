"""Is whoever told us who they say they are? How a professional was verified, before they see more than a receipt."""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Unacceptable
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.typed import Wrong, shown
from pathway.web.on_record.record import whole
from workflows import Refused

pages = APIRouter(route_class=PageRoute)


@pages.get("/cases/{reference}/referrers/{outsider}")
def ask(visit: Came, reference: str, outsider: str) -> Response:
    return _show(visit, reference, outsider)


@pages.post("/cases/{reference}/referrers/{outsider}")
def verify(visit: Came, reference: str, outsider: str) -> Response:
    how = visit.form.one("how")
    try:
        acts.verify_referrer(visit.desk, visit.viewer, case=reference, referrer=outsider, how=how, key=visit.key)
    except (Unacceptable, Refused) as wrong:
        return _show(visit, reference, outsider, wrong)
    return rendering.go_to(f"/cases/{reference}?done=referrer_verified")


def _show(visit: Visit, reference: str, outsider: str, wrong: Wrong | None = None) -> Response:
    view = whole(visit, reference, "referrer")
    return visit.asking(
        "verify.html",
        **shown(wrong),
        view=view,
        referrer=found(next((one for one in view.referrers_outside if one.ref == outsider), None), "referrer"),
    )
