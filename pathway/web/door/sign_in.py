"""How does somebody come in and go out? And where do they go first?"""

from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.access import Viewer
from pathway.acts import SignInRefused
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, cookie_name, from_where
from pathway.web.door.who_may import BOARD, TAKERS
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form
from pathway.web.forms.keeping import keep
from workflows import Role

pages = APIRouter(route_class=PageRoute)
FIRST = (
    (BOARD - {Role.lead_practitioner}, "/board"),
    (frozenset({Role.lead_practitioner}), "/board?whose=mine"),
    (TAKERS, "/referrals"),
)


@pages.get("/")
def first(visit: Came) -> Response:
    return rendering.go_to(first_page(visit.viewer))


@pages.get("/sign-in")
def sign_in(visit: Came, next: str = "") -> Response:  # noqa: A002
    if visit.someone is not None:
        return rendering.go_to(own_address(next))
    return visit.page("sign_in.html", next=own_address(next), carried={}, shown_to="", email="")


@pages.post("/sign-in")
def sign_in_now(visit: Came) -> Response:
    form = visit.form
    try:
        opened = acts.sign_in(
            visit.desk, email=form.one("_email"), password=form.one("_password"), address=from_where(visit)
        )
    except SignInRefused as refused:
        return visit.page(
            "sign_in.html",
            429 if refused.wait else 403,
            next=own_address(form.one("_next")),
            carried=_carried(form),
            shown_to=form.one("_shown_to"),
            email=form.one("_email"),
            refused=str(refused),
        )
    answer = rendering.go_to(_after(visit, opened.viewer))
    secure = visit.desk.settings.secure_cookies
    answer.set_cookie(cookie_name(visit.desk), opened.token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


@pages.post("/sign-out")
def sign_out(visit: Came) -> Response:
    if visit.token:
        acts.sign_out(visit.desk, visit.token)
    answer = rendering.go_to("/sign-in")
    answer.delete_cookie(cookie_name(visit.desk), path="/", secure=visit.desk.settings.secure_cookies, httponly=True)
    return answer


def first_page(viewer: Viewer) -> str:
    return next((address for roles, address in FIRST if viewer.roles & roles), "/documents")


def own_address(given: str) -> str:
    """An address of our own to go on to; anything else leads to the first page."""
    parts = urlsplit(given)
    own = given.startswith("/") and not given.startswith(("//", "/\\")) and not parts.netloc and "\\" not in given
    return given if own and given.isprintable() else "/"


def _after(visit: Visit, viewer: Viewer) -> str:
    """Where sign-in leads: to what was typed before the session ended, if this is who typed it."""
    carried, address = _carried(visit.form), own_address(visit.form.one("_next"))
    if not carried or visit.form.one("_shown_to") not in ("", viewer.ref):
        return address if not carried else "/"
    return f"/drafts/{keep(visit.desk, viewer, address, Form(carried)).ref}"


def _carried(form: Form) -> dict[str, list[str]]:
    start = "_carried_"
    return {name.removeprefix(start): values for name, values in form.fields.items() if name.startswith(start)}
