"""What was left half typed, by me or in my team, and how do I go on with it?"""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.store.lists.drafts import CONTACT, DraftView, my_drafts, team_drafts
from pathway.store.lists.drafts import draft as draft_of
from pathway.store.parts.tasks import open_tasks
from pathway.web.door import rendering
from pathway.web.door.visit import IMPORT, Came, found
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.contact_steps import step
from pathway.web.forms.form import Form
from pathway.web.overview.board import beside_board

pages = APIRouter(route_class=PageRoute)

ABOUT = ("file", "children-0-given_name", "children-0-family_name", "told_by", "worry", "reason", "text", "words")
"""The fields that tell one draft from another."""


@pages.get("/drafts")
def drafts(visit: Came, kept: str = "") -> Response:
    with visit.desk.database.reading() as session:
        mine = my_drafts(session, visit.viewer)
        others = [one for one in team_drafts(session, visit.viewer) if not one.mine]
        beside = beside_board(session, visit.viewer, visit.now, "/drafts", open_tasks(session, visit.viewer))
    lists = [[(one, called(one), about(one)) for one in listed] for listed in (mine, others)]
    return visit.page("drafts.html", drafts=lists[0], others=lists[1], tabs=beside, kept=bool(kept))


@pages.get("/drafts/{draft}")
def resume(visit: Came, draft: str) -> Response:
    """On to the form it belongs to; one without a page of its own can be sent from here."""
    with visit.desk.database.reading() as session:
        mine = found(draft_of(session, visit.viewer, draft), "draft")
    if mine.form == IMPORT:
        return rendering.go_to(f"{IMPORT}/{mine.ref}")
    if mine.form == CONTACT or "/moves/" in mine.form or mine.form.endswith("/contact"):
        return rendering.go_to(f"{_page_of(mine)}?draft={mine.ref}")
    return visit.page("send_again.html", draft=mine, called=called(mine))


@pages.post("/drafts/{draft}/set-aside")
def set_aside(visit: Came, draft: str) -> Response:
    acts.set_aside(visit.desk, visit.viewer, draft=draft)
    return rendering.go_to("/drafts")


def _page_of(draft: DraftView) -> str:
    """The page it was left on: one of several, where the contact was taken so."""
    form = Form(draft.fields)
    here = step(form, form.one("_step")) if draft.form == CONTACT else None
    return f"{draft.form}/{here.id}" if here else draft.form


def called(draft: DraftView) -> str:
    """What kind of form it is."""
    if draft.form == CONTACT:
        return "A contact"
    if draft.form == IMPORT:
        return "Contacts from a spreadsheet"
    parts = draft.form.split("/")
    if parts[-1] == "contact":
        return f"What was told, {parts[2]}"
    return f"{parts[-1].replace('_', ' ').replace('-', ' ').capitalize()}, {parts[2]}" if len(parts) > 3 else "A form"


def about(draft: DraftView) -> str:
    """A few words, so that one is told from another."""
    given = [draft.fields.get(name, [""])[0] for name in ABOUT]
    said = " · ".join(word.strip() for word in given if word.strip())
    return said[:80] + ("…" if len(said) > 80 else "")
