"""How is a worry taken in on a page? Safety first; four facts save it; nothing that was typed is ever lost."""

import secrets

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from pathway import acts
from pathway.acts import KeyReused, Unacceptable
from pathway.store.drafts import draft as draft_of
from pathway.store.editions import in_force
from pathway.web import rendering
from pathway.web.contact_form import groups, how_many_children, take_of, with_another_child, without_child
from pathway.web.form import Form
from pathway.web.known import known_on
from pathway.web.typed import Fault, faults_in
from pathway.web.visit import Came, Visit, found
from pathway.web.wrong import PageRoute
from workflows.referral_facts import Agreement, Caller, How, Involvement, Kind, Missing, Services, YesNo

pages = APIRouter(route_class=PageRoute)
ADDRESS = "/contacts/new"
WORDS = {
    "kind": Kind,
    "caller": Caller,
    "how": How,
    "agreement": Agreement,
    "missing": Missing,
    "involvement": Involvement,
    "services": Services,
    "yes_no": YesNo,
}


@pages.get(ADDRESS)
def ask(visit: Came, draft: str = "") -> Response:
    if not draft:
        return _show(visit, Form())
    with visit.desk.database.reading() as session:
        kept = found(draft_of(session, visit.viewer, draft), "draft")
    return _show(visit, Form({**kept.fields, "_draft": [kept.ref]}), resumed=True)


@pages.post(ADDRESS)
def take(visit: Came) -> Response:
    """What the pressed button asks for; whatever it is, a draft is kept first."""
    form, pressed = visit.form, visit.form.one("_press")
    if pressed == "add":
        form = with_another_child(form)
    elif pressed.startswith("remove-") and pressed[7:].isdecimal() and len(pressed) < 12:
        form = without_child(form, int(pressed[7:]))
    draft = _keep(visit, form)
    form = Form({**form.fields, "_draft": [draft]})
    if pressed == "later":
        return rendering.go_to("/drafts?kept=1")
    if pressed in ("", "save"):
        return _save(visit, form, draft)
    return _show(visit, form)


@pages.post("/contacts/draft")
def keep_while_typing(visit: Came) -> Response:
    return JSONResponse({"draft": _keep(visit, visit.form)}, headers=rendering.ALWAYS)


@pages.get("/contacts/{reference}/taken")
def taken(visit: Came, reference: str) -> Response:
    """A receipt: the reference and what happens next, and nothing of the record."""
    return visit.page("taken.html", reference=reference[:20], ring=visit.desk.settings.ring)


def _save(visit: Visit, form: Form, draft: str) -> Response:
    taking, faults = take_of(form)
    if taking is None:
        return _show(visit, form, 422, faults)
    try:
        done = acts.receive(visit.desk, visit.viewer, take=taking, key=form.one("_key") or None, draft=draft)
    except Unacceptable as wrong:
        return _show(visit, form, 422, faults_in(wrong.faults))
    except KeyReused:
        return _show(visit, Form({**form.fields, "_key": [_new_key()]}), 409, saved_already=True)
    if visit.viewer.contact_teams:
        return rendering.go_to(f"/cases/{done.case}?done=received")
    return rendering.go_to(f"/contacts/{done.case}/taken")


def _keep(visit: Visit, form: Form) -> str:
    body: dict[str, object] = {name: values for name, values in form.kept.items() if name not in ("_draft", "_press")}
    return acts.keep_draft(visit.desk, visit.viewer, form=ADDRESS, body=body, draft=form.one("_draft") or None)


def _new_key() -> str:
    return secrets.token_urlsafe(18)


def _show(
    visit: Visit,
    form: Form,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
    *,
    resumed: bool = False,
    saved_already: bool = False,
) -> Response:
    with visit.desk.database.reading() as session:
        _, edition = in_force(session, visit.viewer.authority, visit.now)
        known = known_on(visit, session, edition, form)
    return visit.page(
        "contact.html",
        status,
        form=form,
        count=how_many_children(form),
        faults=faults,
        fault={one.id: one.sentence for one in faults},
        groups=groups(edition),
        edition=edition,
        words=WORDS,
        resumed=resumed,
        saved_already=saved_already,
        pressed=form.one("_press"),
        key=form.one("_key") or _new_key(),
        inside=bool(visit.viewer.contact_teams),
        known=known,
    )
