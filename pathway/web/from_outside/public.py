"""How does a child, parent or carer reach us? Pages open to anybody that say, keep and lose nothing."""

import logging
from datetime import datetime
from math import ceil
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from pathway import acts
from pathway.acts import Done, NotFound, TooOften, Unacceptable
from pathway.settings import Settings
from pathway.web.door import rendering
from pathway.web.door.visit import PUBLIC, Came, Forged, Visit, from_where
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form, TooLarge
from pathway.web.forms.public_form import ASKING, TELLING, asked, in_danger, no_way_back, told
from pathway.web.forms.typed import Fault, as_typed, faults_in

log = logging.getLogger(__name__)
IN_A_WHILE = "A lot was sent from where you are just now. Your words are still here. Send it again in {wait}."
RING_NOW = "Ring 999 now if you can. We have not had this yet."
CANT_WAIT = "If you can’t wait, ring 999. We have not had this yet."
RING_US = "You can ring us too: {ring}."
IDENTIFY = ("voice", "reference")
TROUBLE = "That didn’t work, and it isn’t your fault. Your words are still here. Send it again in a minute."
AGE = "Check the age you wrote."
UNREAD = "We couldn’t read something here. Check your answers, then send it again."


class PublicRoute(PageRoute):
    """A route whose every fault is answered with the same page again, filled as it was, where there is one."""

    def page_for(self, request: Request, wrong: Exception) -> Response:
        form: Form = getattr(request.state, "form", Form())
        which = request.path_params.get("which", "")
        match wrong:
            case NotFound():
                return shown(request, "public_wrong.html", 404)
            case TooLarge():
                return shown(request, "public_wrong.html", 413, too_much=True)
            case Forged():
                return shown(request, "public_wrong.html", 403)
            case TooOften():
                minutes = ceil(wrong.wait.total_seconds() / 60)
                wait = f"{minutes} minute{'' if minutes == 1 else 's'}"
                return _not_sent(request, which, form, 429, IN_A_WHILE.format(wait=wait))
            case Unacceptable():
                return _form(request, which, form, 422, _known(faults_in(wrong.faults)))
        log.error("A page for families failed.", exc_info=wrong)
        return _not_sent(request, which, form, 503, TROUBLE)


pages = APIRouter(route_class=PublicRoute)


@pages.get(PUBLIC)
def front(visit: Came) -> Response:
    return shown(visit.request, "public_front.html")


@pages.get(f"{PUBLIC}/{{which}}")
def ask(visit: Came, which: str) -> Response:
    return _form(visit.request, _known_page(which), Form())


@pages.post(f"{PUBLIC}/{{which}}")
def send(visit: Came, which: str) -> Response:
    """Taken, and answered on this very page: the reference stands in no address, and so in no list of pages."""
    done, faults = _sent(visit, _known_page(which))
    if done is None:
        return _form(visit.request, which, visit.form, 422, faults)
    times = {name: datetime.fromisoformat(at) for name, at in done.named.items() if name not in IDENTIFY and at}
    return shown(
        visit.request,
        "public_sent.html",
        reference=done.named.get("voice") or done.named.get("reference"),
        asking=which in ASKING,
        times=times,
        danger=in_danger(visit.form),
        not_safe=visit.form.one("safe") == "no",
        no_way_back=no_way_back(visit.form),
    )


def _sent(visit: Visit, which: str) -> tuple[Done | None, tuple[Fault, ...]]:
    address, key = from_where(visit), visit.form.one("_key")[:100]
    if which in ASKING:
        take, faults = asked(visit.form, ASKING[which])
        return (acts.ask_for_help(visit.desk, take=take, address=address, key=key) if take else None), faults
    spoken, faults = told(visit.form, TELLING[which])
    return (acts.tell_us(visit.desk, spoken=spoken, address=address, key=key) if spoken else None), faults


def _known_page(which: str) -> str:
    if which not in ASKING and which not in TELLING:
        raise NotFound("page")
    return which


def _known(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """What an act can't take, in words for whoever reads this page; only an age is judged there."""
    return tuple(Fault("age", AGE) if "age" in one.id else Fault("said", UNREAD) for one in faults)


def _not_sent(request: Request, which: str, form: Form, status: int, why: str) -> Response:
    """The same page, filled as it was. Whoever isn't safe is first sent to where somebody answers now."""
    said, ring = [why], _ring(request)
    if in_danger(form) or form.one("safe") == "no":
        said = [RING_NOW if in_danger(form) else CANT_WAIT, *([RING_US.format(ring=ring)] if ring else []), why]
    return _form(request, which, form, status, notice=" ".join(said))


def _form(
    request: Request, which: str, form: Form, status: int = 200, faults: tuple[Fault, ...] = (), notice: str = ""
) -> Response:
    return shown(
        request,
        "public_ask.html" if which in ASKING else "public_tell.html",
        status,
        which=which,
        notice=notice,
        **as_typed(form, faults),
    )


def shown(request: Request, template: str, status: int = 200, **about: Any) -> Response:
    """A page for families: nobody is signed in on it, whoever else uses this browser."""
    return rendering.page(
        request,
        template,
        viewer=None,
        token="",
        status=status,
        ring=_ring(request),
        exit_address=request.app.state.desk.settings.exit_address,
        **about,
    )


def _ring(request: Request) -> str:
    """The number to ring; "" where none was set up."""
    ring: str = request.app.state.desk.settings.ring
    return "" if ring == Settings.model_fields["ring"].default else ring
