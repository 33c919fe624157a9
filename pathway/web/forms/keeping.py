"""How is a form kept that isn't saved yet? A contact for the team, page laid over page; any other for its writer."""

import secrets
from collections.abc import Mapping

from pathway import acts
from pathway.access import Viewer
from pathway.acts import Desk
from pathway.acts.drafts import Kept
from pathway.store.lists.drafts import CONTACT, any_draft
from pathway.web.forms.contact_steps import laid_over, step
from pathway.web.forms.form import Form
from pathway.web.forms.several import ADULTS, without_blanks

AGAIN = "_again"
"""The draft that a form was sent again from."""

OWN = ("_csrf", "_draft", "_press", "_saved", "_found", AGAIN)
"""What belongs to one press of one page, and to no draft."""


def keep(desk: Desk, viewer: Viewer, address: str, form: Form) -> Kept:
    """Keep what was typed on the page at `address`."""
    if is_contact(address):
        return keep_contact(desk, viewer, form)
    before = form.one(AGAIN) or form.one("_draft") or None
    return Kept(acts.keep_draft(desk, viewer, form=address[:80], body=_body(form), draft=before), 1)


def keep_contact(desk: Desk, viewer: Viewer, form: Form, now: Form | None = None) -> Kept:
    """Keep a contact, from either of its shapes; `_saved` says which version of the draft `form` was typed over.

    `now` is the whole contact where the page has changed it already.
    """
    body = _body(now if now is not None else whole(desk, viewer, form))
    return acts.keep_contact(desk, viewer, body=body, draft=form.one("_draft") or None, version=form.number("_saved"))


def whole(desk: Desk, viewer: Viewer, form: Form) -> Form:
    """The whole contact: one page of several is laid over what was kept from the others."""
    kept = blank(viewer)
    if form.one("_step") and form.one("_draft"):
        with desk.database.reading() as session:
            found = any_draft(session, viewer, form.one("_draft"))
        kept = Form(found.fields) if found else kept
    here = step(kept, form.one("_step"))
    laid = laid_over(kept, form, here) if here else form
    key = {} if laid.one("_key") else {"_key": [secrets.token_urlsafe(18)]}
    return without_blanks(Form({**laid.fields, **key}), ADULTS)


def blank(viewer: Viewer) -> Form:
    """A new contact. Of somebody signed in from elsewhere it is known who tells us, and how."""
    if viewer.contact_teams:
        return Form()
    known = {"told_by": viewer.name, "told_by_email": viewer.email, "caller": "professional", "how": "online"}
    return Form({name: [value] for name, value in known.items()})


def is_contact(address: str) -> bool:
    return address == CONTACT or address.startswith(f"{CONTACT}/")


def _body(form: Form) -> Mapping[str, list[str]]:
    return {name: values for name, values in form.fields.items() if name not in OWN}
