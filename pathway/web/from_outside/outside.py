"""How does somebody without an account come in? By a link that survives opening, then a code, for half an hour."""

from collections.abc import Callable

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import KeyReused, SignInRefused, Unacceptable, Visitor
from pathway.store.records.outside import Seen, seen_by
from pathway.web.door import rendering
from pathway.web.door.forgery import FIELD, mark, shown_to
from pathway.web.door.visit import Came, Forged, Visit, cookie_name, from_where
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form
from pathway.web.forms.typed import Fault, as_typed, faults_in
from workflows import Refusal, Refused
from workflows.referral_facts import Told

pages = APIRouter(route_class=PageRoute)
LONGEST_REF = 20
NOTHING_KNOWN = "We know nothing about this."
WRONG_CODE = "This isn't the code we sent last, or it has run out or been used. Check it, or ask for another."
ANSWERED_ALREADY = Refusal(
    "Your answer had been saved already, and what you changed since was not.",
    "If the change matters, ring us and give the reference.",
)


@pages.get("/outside/{outsider}")
def come(visit: Came, outsider: str, done: str = "") -> Response:
    """Opening the link shows nothing and writes nothing, as mail scanners open links too."""
    visitor = _visitor(visit, outsider)
    return _start(visit, outsider) if visitor is None else _inside(visit, visitor, done=bool(done))


@pages.post("/outside/{outsider}")
def answer(visit: Came, outsider: str) -> Response:
    """An answer; what was typed in a visit that ended meanwhile comes along through the next code."""
    visitor = _visitor(visit, outsider)
    if visitor is None:
        return _start(visit, outsider, typed=visit.form.one("learned"))
    if shown_to(_token(visit), visit.form.one(FIELD)) != visitor.ref:
        raise Forged(visit.form)
    try:
        acts.answer_outside(visit.desk, visitor, learned=learned(visit.form), key=visit.form.one("_key"))
    except Unacceptable as wrong:
        return _inside(visit, visitor, 422, faults=faults_in(wrong.faults))
    except KeyReused:
        return _inside(visit, visitor, 409, refusals=(ANSWERED_ALREADY,))
    except Refused as refused:
        return _inside(visit, visitor, 409, refusals=refused.refusals)
    return rendering.go_to(f"/outside/{visitor.ref}?done=1")


@pages.post("/outside/{outsider}/code")
def send(visit: Came, outsider: str) -> Response:
    """A code goes out, if anybody has this reference; the answer is the same if nobody has."""
    return _slowly(visit, outsider, lambda: _sent(visit, outsider))


def learned(form: Form) -> str:
    """What somebody who was asked wrote; one press says that they know nothing."""
    return NOTHING_KNOWN if form.one("_press") == "nothing" else form.one("learned")


@pages.get("/outside/{outsider}/code")
def ask_for_code(visit: Came, outsider: str) -> Response:
    return _code(visit, outsider)


@pages.post("/outside/{outsider}/visit")
def open_visit(visit: Came, outsider: str) -> Response:
    return _slowly(visit, outsider, lambda: _opened(visit, outsider))


def _slowly(visit: Visit, outsider: str, do: Callable[[], Response]) -> Response:
    try:
        return do()
    except SignInRefused as refused:
        return _code(visit, outsider, 429, (Fault("code", str(refused)),))


def _sent(visit: Visit, outsider: str) -> Response:
    acts.send_code(visit.desk, outsider=outsider[:LONGEST_REF], address=from_where(visit))
    if visit.form.one("_learned"):
        return _code(visit, outsider)
    return rendering.go_to(f"/outside/{outsider}/code")


def _opened(visit: Visit, outsider: str) -> Response:
    token = acts.open_visit(
        visit.desk, outsider=outsider[:LONGEST_REF], code=visit.form.one("code")[:40], address=from_where(visit)
    )
    visitor = acts.visiting(visit.desk, token) if token else None
    if token is None or visitor is None:
        return _code(visit, outsider, 403, (Fault("code", WRONG_CODE),))
    typed = visit.form.one("_learned")
    if typed:
        answer = _inside(visit, visitor, token=token, form=Form({"learned": [typed]}))
    else:
        answer = rendering.go_to(f"/outside/{visitor.ref}")
    secure = visit.desk.settings.secure_cookies
    answer.set_cookie(_cookie(visit), token, httponly=True, samesite="lax", secure=secure, path="/")
    return answer


def _start(visit: Visit, outsider: str, typed: str = "") -> Response:
    return _page(visit, "start", outsider=outsider, typed=typed, ended=bool(typed))


def _code(visit: Visit, outsider: str, status: int = 200, faults: tuple[Fault, ...] = ()) -> Response:
    typed = visit.form.one("_learned")
    return _page(visit, "code", status, outsider=outsider, typed=typed, **as_typed(Form(), faults))


def _inside(
    visit: Visit,
    visitor: Visitor,
    status: int = 200,
    *,
    done: bool = False,
    token: str = "",
    form: Form | None = None,
    faults: tuple[Fault, ...] = (),
    refusals: tuple[Refusal, ...] = (),
) -> Response:
    """As much as this visitor may see, once the look is written down."""
    with visit.desk.database.reading() as session:
        seen = seen_by(session, visitor.outsider, visit.now)
    acts.look(visit.desk, visitor.system, page=f"outside {visitor.ref}", cases=[seen.case])
    return _page(
        visit,
        _which(visitor, seen),
        status,
        **as_typed(form or visit.form, faults),
        outsider=visitor.ref,
        seen=seen,
        done=done,
        refusals=refusals,
        told_here=bool(seen.heard and seen.heard.told_how == Told.behind_sign_in),
        csrf=mark(token or _token(visit), visitor.ref),
    )


def _which(visitor: Visitor, seen: Seen) -> str:
    if visitor.outsider.about:
        return "question" if seen.question else "answered"
    return "status" if seen.heard else "receipt"


def _page(visit: Visit, which: str, status: int = 200, **about: object) -> Response:
    """Nobody's own navigation stands on it, whoever else has signed in at this machine."""
    settings = visit.desk.settings
    given = {"ring": settings.ring, "exit_address": settings.exit_address, "form": Form(), **about}
    return rendering.page(visit.request, f"outside/{which}.html", viewer=None, token="", status=status, **given)


def _visitor(visit: Visit, outsider: str) -> Visitor | None:
    """Whoever has shown that this link is theirs, while their visit lasts."""
    token = _token(visit)
    visitor = acts.visiting(visit.desk, token) if token else None
    return visitor if visitor is not None and visitor.ref == outsider else None


def _token(visit: Visit) -> str:
    return visit.request.cookies.get(_cookie(visit), "")


def _cookie(visit: Visit) -> str:
    return f"{cookie_name(visit.desk)}-outside"
