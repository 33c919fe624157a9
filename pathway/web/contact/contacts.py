"""How is a worry taken in on a page? Safety first; four facts save it; nothing that was typed is ever lost.

The same contact has two shapes over the same fields: one long page, and one thing a page.
"""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from starlette.responses import Response

from pathway import acts
from pathway.acts import KeyReused, Unacceptable
from pathway.acts.drafts import Kept
from pathway.store.adopted.editions import in_force
from pathway.store.lists.drafts import any_draft, became
from pathway.web.contact.contact_shown import around_form, changed_by, has_changed, pressed_on
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.contact_answers import answers
from pathway.web.forms.contact_form import is_ready, take_of
from pathway.web.forms.contact_steps import ADDRESS, CHECK, DANGER, WORRY, Step, after, before, step, whose
from pathway.web.forms.examples import found_by
from pathway.web.forms.form import Form, new_key
from pathway.web.forms.keeping import blank, keep, keep_contact, whole
from pathway.web.forms.typed import Fault, faults_in

pages = APIRouter(route_class=PageRoute)


@pages.get(ADDRESS)
def ask(visit: Came, draft: str = "", shape: str = "", beside: str = "") -> Response:
    """The long page; who comes only now and then is asked one thing at a time, unless they want it all at once."""
    if not draft and not visit.viewer.contact_teams and shape != "whole":
        return rendering.go_to(f"{ADDRESS}/{DANGER.id}")
    return _resumed(visit, draft, beside, None)


@pages.get(f"{ADDRESS}/{{step}}")
def ask_one_thing(visit: Came, step: str, draft: str = "", beside: str = "") -> Response:
    return _resumed(visit, draft, beside, step)


@pages.post(ADDRESS)
def take(visit: Came) -> Response:
    """What the pressed button asks for; whatever it is, a draft is kept first."""
    return _taken(visit, visit.form, None)


@pages.post(f"{ADDRESS}/{{step}}")
def take_one_thing(visit: Came, step: str) -> Response:
    """One page's answers, laid over the rest; then on to the next, or wherever the pressed button leads."""
    return _taken(visit, Form({**visit.form.fields, "_step": [step]}), step)


@pages.post("/contacts/draft")
def keep_while_typing(visit: Came) -> Response:
    case = visit.form.one("_case")
    address = f"/cases/{case}/contact" if case.isalnum() else ADDRESS
    kept = keep(visit.desk, visit.viewer, address, visit.form)
    changed = changed_by(visit, kept.beside)
    answer = {"draft": kept.ref, "saved": kept.version, "beside": changed.words if changed else ""}
    return JSONResponse(answer, headers=rendering.ALWAYS)


@pages.post("/contacts/examples")
def find_while_typing(visit: Came) -> Response:
    """Which of the document's examples are found by these words."""
    with visit.desk.database.reading() as session:
        _, edition = in_force(session, visit.viewer.authority, visit.now)
    return JSONResponse({"found": found_by(edition, visit.form.one("_find")[:200])}, headers=rendering.ALWAYS)


@pages.get("/contacts/{reference}/taken")
def taken(visit: Came, reference: str) -> Response:
    """A receipt: the reference and what happens next, and nothing of the record."""
    return visit.page("taken.html", reference=reference[:20], ring=visit.desk.settings.ring)


def _resumed(visit: Visit, draft: str, beside: str, name: str | None) -> Response:
    form = blank(visit.viewer)
    if draft:
        with visit.desk.database.reading() as session:
            kept = found(any_draft(session, visit.viewer, draft), "draft")
            record = became(session, visit.viewer, draft, visit.now)
        if record:
            return rendering.go_to(_saved_at(visit, record))
        if kept.used:
            found(None, "draft")
        form = Form({**kept.fields, "_draft": [kept.ref], "_saved": [str(kept.version)]})
    here = found(step(form, name), "page") if name is not None else None
    return _show(visit, form, here, beside=beside)


def _taken(visit: Visit, sent: Form, name: str | None) -> Response:
    form = whole(visit.desk, visit.viewer, sent)
    here = found(step(form, name), "page") if name is not None else None
    pressed = pressed_on(sent)
    form, onto = has_changed(form, here, pressed)
    kept = keep_contact(visit.desk, visit.viewer, sent, form)
    form = _with(form, kept)
    danger = bool(form.one("immediate_danger")) and (pressed == "save" or here == DANGER)
    if kept.beside and not danger:
        return rendering.go_to(_address(here, kept, onto))
    if pressed == "later":
        return rendering.go_to("/drafts?kept=1")
    if pressed in ("swap", CHECK):
        return rendering.go_to(_address(step(form, CHECK if pressed == CHECK else _swapped(here)), kept, ""))
    if pressed == "save" or danger:
        return _save(visit, form, here)
    if not pressed and here is None and not onto:
        return _save(visit, form, here)
    if onto or here is None:
        return rendering.go_to(_address(onto if isinstance(onto, Step) else here, kept, onto))
    faults = _faults_here(form, here)
    if faults:
        return _show(visit, form, here, 422, faults)
    return rendering.go_to(_address(after(form, here), kept, ""))


def _swapped(here: Step | None) -> str:
    """The other shape: from the long page to the first of several, from any of several to the long page."""
    return DANGER.id if here is None else ""


def _faults_here(form: Form, here: Step) -> tuple[Fault, ...]:
    """What was typed on this page and can't be read; what is still missing is asked for at the end."""
    _, faults = take_of(form)
    return tuple(one for one in faults if here.owns(one.id) and any(map(str.strip, _typed(form, one.id))))


def _typed(form: Form, at: str) -> list[str]:
    return [one for name, values in form.fields.items() if name == at or name.startswith(f"{at}-") for one in values]


def _save(visit: Visit, form: Form, here: Step | None) -> Response:
    taking, faults = take_of(form)
    if taking is None:
        return _show(visit, form, here, 422, faults)
    draft = form.one("_draft")
    try:
        done = acts.receive(visit.desk, visit.viewer, take=taking, key=form.one("_key")[:100] or None, draft=draft)
    except Unacceptable as wrong:
        return _show(visit, form, here, 422, faults_in(wrong.faults))
    except KeyReused:
        anew = Form({**form.fields, "_key": [new_key()]})
        return _show(visit, _with(anew, keep_contact(visit.desk, visit.viewer, form, anew)), here, 409, again=True)
    return rendering.go_to(_saved_at(visit, done.case))


def _saved_at(visit: Visit, case: str) -> str:
    return f"/cases/{case}?done=received" if visit.viewer.contact_teams else f"/contacts/{case}/taken"


def _with(form: Form, kept: Kept) -> Form:
    return Form({**form.fields, "_draft": [kept.ref], "_saved": [str(kept.version)]})


def _address(here: Step | None, kept: Kept, onto: Step | str) -> str:
    query = {"draft": kept.ref} | ({"beside": kept.beside} if kept.beside else {})
    place = f"{ADDRESS}/{here.id}" if here else ADDRESS
    return f"{place}?{urlencode(query)}" + (f"#{onto}" if isinstance(onto, str) and onto else "")


def _show(
    visit: Visit,
    form: Form,
    here: Step | None,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
    *,
    again: bool = False,
    beside: str = "",
) -> Response:
    """The page, with faults beside their fields; those of other pages lead there."""
    with visit.desk.database.reading() as session:
        _, edition = in_force(session, visit.viewer.authority, visit.now)
    shown: dict[str, Any] = around_form(visit, form, edition, faults) | {
        "saved_already": again,
        "beside": changed_by(visit, beside),
        "action": f"{ADDRESS}/{here.id}" if here else ADDRESS,
        "case": None,
    }
    if here is None:
        return visit.page("contact.html", status, **shown)
    if any(not here.owns(one.id) for one in faults):
        shown["faults"] = [_led(form, here, one) for one in faults]
    shown |= {"here": here, "back": before(form, here), "ready": is_ready(form) or here.id == WORRY}
    answered = answers(form, edition) if here.id == CHECK else ()
    return visit.page("contact_step.html", status, answered=answered, **shown)


def _led(form: Form, here: Step, fault: Fault) -> dict[str, str]:
    at = whose(form, fault.id)
    place = "" if at == here else f"{ADDRESS}/{at.id}?{urlencode({'draft': form.one('_draft')})}"
    return {"sentence": fault.sentence, "href": f"{place}#{fault.id}"}
