"""What did I leave half typed, and how do I go on with it?"""

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.store.drafts import DraftView, my_drafts
from pathway.store.drafts import draft as draft_of
from pathway.web import rendering
from pathway.web.contacts import ADDRESS
from pathway.web.visit import IMPORT, Came, found
from pathway.web.wrong import PageRoute

pages = APIRouter(route_class=PageRoute)


@pages.get("/drafts")
def drafts(visit: Came, kept: str = "") -> Response:
    with visit.desk.database.reading() as session:
        mine = my_drafts(session, visit.viewer)
    return visit.page("drafts.html", drafts=[(one, called(one), about(one)) for one in mine], kept=bool(kept))


@pages.get("/drafts/{draft}")
def resume(visit: Came, draft: str) -> Response:
    """On to the form it belongs to; one without a page of its own can be sent from here."""
    with visit.desk.database.reading() as session:
        mine = found(draft_of(session, visit.viewer, draft), "draft")
    if mine.form == IMPORT:
        return rendering.go_to(f"{IMPORT}/{mine.ref}")
    if mine.form == ADDRESS or "/moves/" in mine.form:
        return rendering.go_to(f"{mine.form}?draft={mine.ref}")
    return visit.page("send_again.html", draft=mine, called=called(mine))


@pages.post("/drafts/{draft}/set-aside")
def set_aside(visit: Came, draft: str) -> Response:
    acts.set_aside(visit.desk, visit.viewer, draft=draft)
    return rendering.go_to("/drafts")


def called(draft: DraftView) -> str:
    """What kind of form it is."""
    if draft.form == ADDRESS:
        return "A contact"
    if draft.form == IMPORT:
        return "Contacts from a spreadsheet"
    parts = draft.form.split("/")
    return f"{parts[-1].replace('_', ' ').replace('-', ' ').capitalize()}, {parts[2]}" if len(parts) > 3 else "A form"


def about(draft: DraftView) -> str:
    """A few words, so that one is told from another."""
    given = [draft.fields.get(name, [""])[0] for name in ("file", "told_by", "worry", "reason", "text")]
    said = " · ".join(word.strip() for word in given if word.strip())
    return said[:80] + ("…" if len(said) > 80 else "")
