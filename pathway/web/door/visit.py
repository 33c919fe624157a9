"""Who has come, and with what? Asked once for each request, before any page does anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from pathway.access import Viewer
from pathway.acts import Desk, NotFound, look, signed_in
from pathway.settings import Settings
from pathway.web.door import rendering
from pathway.web.door.forgery import FIELD, from_own_site, shown_to
from pathway.web.door.who_may import ANYONE, may_come, who_may
from pathway.web.forms.form import Form, read_form
from pathway.web.forms.typed import Fault, as_typed

T = TypeVar("T")
COOKIE = "pathway"
FILES_AND_FIELDS = 200_000
LIVE = "x-pathway-live"
"""The header of what a page asks by itself, to stay as things are."""
PUBLIC = "/help"
IMPORT = "/contacts/import"


class SignedOut(Exception):
    """Nobody has signed in, or the session has ended."""

    def __init__(self, form: Form) -> None:
        self.form = form


class NotYours(Exception):
    """Signed in, and the page isn't part of their role."""


class Forged(Exception):
    """The post didn't come from a page of ours shown to this person in this session."""

    def __init__(self, form: Form) -> None:
        self.form = form


@dataclass(frozen=True)
class Visit:
    """One request: the desk, whoever came, their session token, and the form they sent."""

    request: Request
    desk: Desk
    someone: Viewer | None
    token: str
    form: Form
    now: datetime

    @property
    def viewer(self) -> Viewer:
        """Whoever has signed in; only pages open to anyone have nobody here."""
        if self.someone is None:
            raise SignedOut(self.form)
        return self.someone

    @property
    def asked(self) -> Form:
        """What the address says, read as a form is."""
        query = self.request.query_params
        return Form({name: query.getlist(name) for name in query})

    @property
    def version(self) -> int | None:
        return self.form.number("_version")

    @property
    def key(self) -> str | None:
        return self.form.one("_key")[:100] or None

    def page(self, template: str, status: int = 200, **about: Any) -> Response:
        return rendering.page(
            self.request, template, viewer=self.someone, token=self.token, status=status, visit=self, **about
        )

    def asking(
        self, template: str, status: int = 200, *, form: Form | None = None, faults: Sequence[Fault] = (), **about: Any
    ) -> Response:
        """A page that asks for something: nothing that was typed is lost, and what is wrong stands beside it."""
        return self.page(template, status, **{**as_typed(form or self.form, faults), **about})

    def looked(self, page: str, *cases: str) -> None:
        """Record the look before the page is shown."""
        look(self.desk, self.viewer, page=page, cases=cases)


async def sent(request: Request) -> Form:
    """The form of a post, within the limit of its page."""
    if request.method != "POST":
        return Form()
    settings = request.app.state.desk.settings
    form = await read_form(request, _largest(request.state.address, settings))
    request.state.form = form
    return form


def _largest(address: str, settings: Settings) -> int:
    """How much each page takes: a document, a spreadsheet, what anybody may send, or the form of a page."""
    if address.endswith("/documents"):
        return settings.largest_document_bytes + FILES_AND_FIELDS
    if address == IMPORT:
        return settings.largest_import_bytes + FILES_AND_FIELDS
    return settings.largest_public_bytes if address.startswith(PUBLIC) else settings.largest_page_bytes


def come_in(request: Request, form: Annotated[Form, Depends(sent)]) -> Visit:
    """The visit. Raises `SignedOut`, `NotYours`, `Forged` before the page itself begins."""
    desk: Desk = request.app.state.desk
    token = request.cookies.get(cookie_name(desk), "")
    viewer = signed_in(desk, token, by_itself=LIVE in request.headers) if token else None
    request.state.viewer, request.state.token = viewer, token
    who = who_may("POST" if request.method == "POST" else "GET", request.state.address)
    posting = request.method == "POST"
    if posting and not from_own_site(request):
        raise Forged(form)
    if viewer is None and who is not ANYONE:
        raise SignedOut(form)
    if not may_come(viewer, who):
        raise NotYours
    if posting and who is not ANYONE and (viewer is None or shown_to(token, form.one(FIELD)) != viewer.ref):
        raise Forged(form)
    return Visit(request, desk, viewer, token, form, desk.clock())


def cookie_name(desk: Desk) -> str:
    """Under HTTPS the browser itself holds the name to this host."""
    return f"__Host-{COOKIE}" if desk.settings.secure_cookies else COOKIE


def from_where(visit: Visit) -> str:
    """The network address that a request comes from."""
    return visit.request.client.host[:60] if visit.request.client else ""


def found(one: T | None, what: str = "record") -> T:
    """What was looked for, or `NotFound`."""
    if one is None:
        raise NotFound(what)
    return one


Came = Annotated[Visit, Depends(come_in)]
