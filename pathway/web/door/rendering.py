"""How does a page reach the browser? One set of templates, escaped always, under headers that allow nothing inline."""

import secrets
from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import Response

from pathway.access import Viewer
from pathway.web.door import words
from pathway.web.door.forgery import mark
from pathway.web.door.places import TEMPLATES
from pathway.web.door.task_pages import asked_on, has_button, seen_to_at
from pathway.web.door.who_may import may_open
from thresholds.editions import saying
from thresholds.editions.terms import said_today, spoken

NAVIGATION = (
    ("/board", "Board"),
    ("/referrals", "My referrals"),
    ("/asks", "Questions to us"),
    ("/actions", "What I took on"),
    ("/meetings", "My meetings"),
    ("/contacts/new", "Take a contact"),
    ("/people", "Find a child"),
    ("/services", "Find a service"),
    ("/tasks", "Tasks"),
    ("/voices", "From families"),
    ("/drafts", "Drafts"),
    ("/shift", "End of shift"),
    ("/team", "Team"),
    ("/four-eyes", "Second person"),
    ("/looks", "Look log"),
    ("/documents", "Thresholds"),
    ("/staff", "Staff"),
    ("/break-glass", "Break the glass"),
)
BESIDE = {
    "/four-eyes": "/team",
    "/looks": "/team",
    "/tasks": "/board",
    "/drafts": "/board",
    "/actions": "/board",
    "/meetings": "/board",
    "/break-glass": "/people",
    "/services": "/people",
}
"""Pages that another leads to, for whoever may open that one: they need no place of their own in the menu."""

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# No address goes to another site. `no-referrer` would do that too, but then browsers hide the origin of our own forms.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@cache
def templates() -> Environment:
    """Compiled once, at start, so that the first person to look doesn't wait."""
    made = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(str(TEMPLATES)),
                PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            ]
        ),
        autoescape=select_autoescape(default=True, default_for_string=True),
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(london=words.london, stamp=words.stamp, left=words.left, size=words.size, options=words.options)
    made.filters.update(plainly=words.plainly)
    made.filters.update(on_day=words.on_day, ago=words.ago, capitalize_first=words.capitalised)
    made.globals.update(spoken=spoken, said_today=said_today, saying=saying)
    made.globals.update(seen_to_at=seen_to_at, asked_on=asked_on, has_button=has_button)
    for name in made.list_templates(filter_func=lambda one: not one.startswith("govuk_frontend_jinja/")):
        made.get_template(name)
    return made


def page(
    request: Request, template: str, *, viewer: Viewer | None, token: str, status: int = 200, **about: Any
) -> Response:
    """A page with its headers."""
    nonce = secrets.token_urlsafe(16)
    about = {"csrf": mark(token, viewer.ref) if viewer else "", **about}
    text = (
        templates()
        .get_template(template)
        .render(
            viewer=viewer,
            cspNonce=nonce,
            navigation=navigation(request, viewer),
            **about,
        )
    )
    headers = {**ALWAYS, "Content-Security-Policy": POLICY.format(nonce=nonce)}
    return HTMLResponse(text, status, headers)


def to_save(name: str) -> dict[str, str]:
    """The headers of a file: always something to save, never shown by our own page."""
    named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return ALWAYS | named | {"Content-Security-Policy": "default-src 'none'; sandbox"}


def go_to(address: str) -> Response:
    """Look at another page; a reload there posts nothing again."""
    return RedirectResponse(address, 303, {**ALWAYS, "Content-Security-Policy": "default-src 'none'"})


def navigation(request: Request, viewer: Viewer | None) -> list[dict[str, object]]:
    here = f"{request.url.path}/"
    return [
        {"text": _called(path, text, viewer), "href": _begins_at(path, viewer), "current": _within(here, path, viewer)}
        for path, text in NAVIGATION
        if viewer and may_open(viewer, path) and not may_open(viewer, BESIDE.get(path, ""))
    ]


def _within(here: str, path: str, viewer: Viewer) -> bool:
    """Whether what is shown is that page, under it, or a page that it leads to."""
    led_to = (beside for beside, leads in BESIDE.items() if leads == path and may_open(viewer, beside))
    return any(here.startswith(f"{one}/") for one in (path, *led_to))


def _called(path: str, text: str, viewer: Viewer) -> str:
    """Taking contacts is the front door's word; everybody else tells it of a worry."""
    return "Tell us about a worry" if path == "/contacts/new" and not viewer.contact_teams else text


def _begins_at(path: str, viewer: Viewer) -> str:
    """Who takes contacts only now and then is asked one thing at a time."""
    return f"{path}/danger" if path == "/contacts/new" and not viewer.contact_teams else path
