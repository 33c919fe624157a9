"""How is more told after the first save? The same form as the first, filled with what was told so far."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import Conflict, KeyReused, Unacceptable
from pathway.acts.note import check_may_write
from pathway.store.adopted.editions import edition_of
from pathway.store.lists.drafts import draft as draft_of
from pathway.store.parts.told import told_to
from pathway.web.contact.contact_shown import around_form, has_changed, pressed_on
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.contact_form import form_of, take_of
from pathway.web.forms.form import Form, new_key
from pathway.web.forms.keeping import keep
from pathway.web.forms.several import ADULTS, without_blanks
from pathway.web.forms.typed import Fault, faults_in
from workflows import Refusal, Refused

pages = APIRouter(route_class=PageRoute)


@pages.get("/cases/{reference}/contact")
def ask(visit: Came, reference: str, draft: str = "") -> Response:
    form, version = _told(visit, reference)
    visit.looked("contact", reference)
    check_may_write(visit.viewer)
    if draft:
        with visit.desk.database.reading() as session:
            kept = found(draft_of(session, visit.viewer, draft), "draft")
        form = Form({**kept.fields, "_draft": [kept.ref]})
    return _show(visit, reference, form, form.number("_version") or version)


@pages.post("/cases/{reference}/contact")
def tell(visit: Came, reference: str) -> Response:
    """A draft is kept first, whatever is pressed; then what was told is saved, or the form shown again, changed."""
    before, _ = _told(visit, reference)
    pressed = pressed_on(visit.form) or "save"
    form, onto = has_changed(without_blanks(visit.form, ADULTS), None, pressed)
    kept = keep(visit.desk, visit.viewer, f"/cases/{reference}/contact", form)
    form = Form({**form.fields, "_draft": [kept.ref]})
    if pressed == "later":
        return rendering.go_to("/drafts?kept=1")
    if pressed == "save":
        return _save(visit, reference, form, protected=bool(before.one("immediate_danger")))
    place = f"#{onto}" if isinstance(onto, str) and onto else ""
    return rendering.go_to(f"/cases/{reference}/contact?{urlencode({'draft': kept.ref})}{place}")


def _save(visit: Visit, reference: str, form: Form, *, protected: bool) -> Response:
    version = form.number("_version")
    taking, faults = take_of(form, protected=protected)
    if taking is None:
        return _show(visit, reference, form, version, 422, faults)
    try:
        done = acts.tell_more(
            visit.desk,
            visit.viewer,
            case=reference,
            take=taking,
            version=version,
            key=visit.key,
            draft=form.one("_draft"),
        )
    except Unacceptable as wrong:
        return _show(visit, reference, form, version, 422, faults_in(wrong.faults))
    except Refused as refused:
        return _show(visit, reference, form, version, 409, refusals=refused.refusals)
    except Conflict as changed:
        return _show(visit, reference, form, changed.version, 409, changed=changed)
    except KeyReused:
        anew = Form({**form.fields, "_key": [new_key()]})
        return _show(visit, reference, anew, version, 409, again=True)
    return rendering.go_to(f"/cases/{done.case}?done={'told_more' if done.case == reference else 'received'}")


def _told(visit: Visit, reference: str) -> tuple[Form, int]:
    """What was told so far, for one who may see the whole record. Raises `NotFound`."""
    with visit.desk.database.reading() as session:
        take, case = found(told_to(session, visit.viewer, reference, visit.now))
    return form_of(take), case.version


def _show(
    visit: Visit,
    reference: str,
    form: Form,
    version: int | None,
    status: int = 200,
    faults: tuple[Fault, ...] = (),
    *,
    refusals: tuple[Refusal, ...] = (),
    changed: Conflict | None = None,
    again: bool = False,
) -> Response:
    with visit.desk.database.reading() as session:
        _, case = found(told_to(session, visit.viewer, reference, visit.now))
        edition = edition_of(session, visit.viewer.authority, case.edition_hash)
    return visit.page(
        "contact.html",
        status,
        **around_form(visit, form, edition, faults),
        case=reference,
        action=f"/cases/{reference}/contact",
        version=version,
        refusals=refusals,
        changed=changed,
        saved_already=again,
        beside=None,
    )
