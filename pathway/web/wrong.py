"""What if something goes wrong? Every page's faults become pages in plain words, with what was typed kept."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from pathway.acts import Conflict, KeyReused, NotFound, Unacceptable, keep_draft
from pathway.store.editions import NothingAdopted
from pathway.web import rendering
from pathway.web.forgery import FIELD
from pathway.web.form import Form, TooLarge, Unreadable
from pathway.web.visit import Forged, NotYours, SignedOut
from pathway.web.who_may import may_open
from workflows import Refused

log = logging.getLogger(__name__)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose every fault is answered with a page; nothing inside is ever shown."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            request.state.address = self.path
            try:
                return await handle(request)
            except Exception as wrong:
                return await run_in_threadpool(page_for, request, wrong)

        return answer


def page_for(request: Request, wrong: Exception) -> Response:
    match wrong:
        case SignedOut():
            return signed_out(request, wrong.form)
        case Forged():
            return not_checked(request, wrong.form)
        case NotYours():
            return _error(request, 403, "not_yours.html")
        case NotFound():
            return not_found(request, str(wrong))
        case TooLarge():
            return _error(request, 413, "too_large.html", limit=wrong.limit)
        case Unreadable():
            return _error(request, 400, "unreadable.html")
        case Refused():
            return _error(request, 409, "refused.html", refusals=wrong.refusals)
        case Conflict():
            return _error(request, 409, "changed.html", since=wrong.since)
        case KeyReused():
            return _error(request, 409, "saved_already.html")
        case Unacceptable():
            return _error(request, 422, "unacceptable.html", faults=wrong.faults)
        case NothingAdopted():
            return _error(request, 503, "nothing_adopted.html")
    log.error("A page failed.", exc_info=wrong)
    return _error(request, 500, "failed.html")


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
        body: dict[str, object] = dict(form.kept)
        address, before = request.url.path[:80], form.one("_draft") or None
        draft = keep_draft(request.app.state.desk, viewer, form=address, body=body, draft=before)
        return rendering.go_to(f"/drafts/{draft}")
    return _error(request, 403, "not_checked.html")


def not_found(request: Request, sentence: str) -> Response:
    """The same for what doesn't exist and for what isn't the viewer's to know."""
    reference = request.path_params.get("reference", "")
    viewer = getattr(request.state, "viewer", None)
    offer = reference if may_open(viewer, "/break-glass") else ""
    return _error(request, 404, "not_found.html", sentence=sentence, break_glass=offer)


def _error(request: Request, status: int, template: str, **about: Any) -> Response:
    viewer, token = getattr(request.state, "viewer", None), getattr(request.state, "token", "")
    return rendering.page(request, template, viewer=viewer, token=token, status=status, **about)


def _with_query(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _readable(address: str) -> str:
    """The page a posted form stands on."""
    parts = address.split("/")
    return "/".join(parts[:3]) if parts[1] == "cases" and "moves" not in parts else address
