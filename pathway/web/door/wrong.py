"""What if something goes wrong? Every page's faults become pages in plain words, with what was typed kept."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import quote

import structlog
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from pathway.access import Viewer
from pathway.acts import Conflict, KeyReused, NotFound, Unacceptable, set_aside
from pathway.store.adopted.editions import NothingAdopted
from pathway.trouble import Trouble, trouble_in
from pathway.web.door import rendering
from pathway.web.door.forgery import FIELD
from pathway.web.door.visit import Forged, NotYours, SignedOut
from pathway.web.door.who_may import may_open
from pathway.web.forms.form import Form, TooLarge, Unreadable
from pathway.web.forms.keeping import AGAIN, keep
from workflows import Refused

log = structlog.get_logger()
PASSWORD = "_password"
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose every fault is answered with a page; nothing inside is ever shown."""

    def page_for(self, request: Request, wrong: Exception) -> Response:
        return page_for(request, wrong)

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            request.state.address = self.path
            try:
                answered = await handle(request)
            except Exception as wrong:
                return await run_in_threadpool(self.page_for, request, wrong)
            if answered.status_code == 303:
                await run_in_threadpool(sent_again, request)
            return answered

        return answer


def page_for(request: Request, wrong: Exception) -> Response:
    match wrong:
        case SignedOut():
            return signed_out(request, wrong.form)
        case Forged():
            return not_checked(request, wrong.form)
        case NotYours():
            return _error(request, 403, "not_yours.html", **kept(request))
        case NotFound():
            return not_found(request, str(wrong))
        case TooLarge():
            return _error(request, 413, "too_large.html", limit=wrong.limit)
        case Unreadable():
            return _error(request, 400, "unreadable.html")
        case Refused():
            return _error(request, 409, "refused.html", refusals=wrong.refusals, **kept(request))
        case Conflict():
            return _error(request, 409, "changed.html", since=wrong.since, **kept(request))
        case KeyReused():
            return _error(request, 409, "saved_already.html", **kept(request, besides="_key"))
        case Unacceptable():
            return _error(request, 422, "unacceptable.html", faults=wrong.faults, **kept(request))
        case NothingAdopted():
            viewer = getattr(request.state, "viewer", None)
            may = may_open(viewer, "/documents/adoption")
            return _error(request, 503, "nothing_adopted.html", may_adopt=may, **kept(request))
    if trouble := trouble_in(wrong):
        log.error("not_now", trouble=trouble.value, exc_info=wrong)
        return not_now(request, trouble)
    log.error("page_failed", exc_info=wrong)
    return _error(request, 500, "failed.html", **kept(request))


def kept(request: Request, besides: str = "") -> dict[str, object]:
    """What was typed into a form that came to nothing: a draft to send again, or the words themselves."""
    form: Form = getattr(request.state, "form", Form())
    viewer = getattr(request.state, "viewer", None)
    if viewer is None or not form.typed:
        return {}
    fields = {name: values for name, values in form.kept.items() if name != besides}
    try:
        return {"kept_draft": _drafted(request, viewer, fields)}
    except Exception as wrong:  # the first fault may be the database's, and then this one is too
        log.error("typed_not_kept", exc_info=wrong)
        return {"lost": form.typed}


def not_now(request: Request, trouble: Trouble) -> Response:
    """Nothing can be kept, not even a draft: what was typed stays in the page, to be sent again from there."""
    form: Form = getattr(request.state, "form", Form())
    again = {name: values for name, values in form.fields.items() if name != PASSWORD}
    about = {"again": again, "lost": form.typed, "files": form.files, "once": bool(form.one("_key"))}
    status = 507 if trouble is Trouble.full else 503
    posted = request.method == "POST"
    return _error(
        request, status, "not_now.html", trouble=trouble.value, address=_with_query(request), posted=posted, **about
    )


def sent_again(request: Request) -> None:
    """A draft that was sent from the drafts, and taken, is no draft any more."""
    form: Form = getattr(request.state, "form", Form())
    viewer = getattr(request.state, "viewer", None)
    if viewer is not None and form.one(AGAIN):
        set_aside(request.app.state.desk, viewer, draft=form.one(AGAIN))


def _drafted(request: Request, viewer: Viewer, fields: Mapping[str, list[str]]) -> str:
    return keep(request.app.state.desk, viewer, request.url.path, Form(fields)).ref


def signed_out(request: Request, form: Form) -> Response:
    """Off to sign in and back; what was typed comes along in the page and is there again afterwards."""
    address = request.url.path
    if request.method != "POST":
        return rendering.go_to(f"/sign-in?next={quote(_with_query(request))}")
    if not form.typed:
        return rendering.go_to(f"/sign-in?next={quote(_readable(address))}")
    return _error(
        request, 401, "sign_in.html", next=address, carried=form.kept, shown_to=form.one(FIELD).partition(".")[0]
    )


def not_checked(request: Request, form: Form) -> Response:
    """Nothing was saved. What this same person typed on our own page, in a session since replaced, is kept for them."""
    viewer = getattr(request.state, "viewer", None)
    own = request.headers.get("sec-fetch-site") == "same-origin"
    if own and viewer is not None and form.typed and form.one(FIELD).partition(".")[0] == viewer.ref:
        return rendering.go_to(f"/drafts/{_drafted(request, viewer, form.kept)}")
    return _error(request, 403, "not_checked.html")


def not_found(request: Request, sentence: str) -> Response:
    """The same for what doesn't exist and for what isn't the viewer's to know."""
    reference = request.path_params.get("reference", "")
    viewer = getattr(request.state, "viewer", None)
    offer = reference if may_open(viewer, "/break-glass") else ""
    return _error(request, 404, "not_found.html", sentence=sentence, break_glass=offer, **kept(request))


def _error(request: Request, status: int, template: str, **about: Any) -> Response:
    viewer, token = getattr(request.state, "viewer", None), getattr(request.state, "token", "")
    return rendering.page(request, template, viewer=viewer, token=token, status=status, **about)


def _with_query(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _readable(address: str) -> str:
    """The page a posted form stands on."""
    parts = address.split("/")
    if parts[1] == "tasks":
        return "/tasks"
    return "/".join(parts[:3]) if parts[1] == "cases" and "moves" not in parts else address
