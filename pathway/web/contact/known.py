"""Is it a child we know? Asked while a contact is typed, for whoever takes contacts here; nobody else hears of any."""

from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from pathway.clock import LONDON
from pathway.store.adopted.editions import in_force
from pathway.store.lists.being_taken import being_taken, children_typed
from pathway.store.people.matching import Match, known_each
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form
from pathway.web.forms.several import CHILDREN, how_many
from thresholds import Edition

pages = APIRouter(route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside one child on the form. `asked` is False until there is something to look for."""

    asked: bool = False
    matches: tuple[Match, ...] = ()
    half_taken: tuple[str, ...] = ()


@pages.post("/contacts/known")
def look(visit: Came) -> Response:
    """The panels alone, to be put into the page that asked; a draft of what was typed isn't kept by this."""
    with visit.desk.database.reading() as session:
        _, edition = in_force(session, visit.viewer.authority, visit.now)
        panels = known_on(visit, session, edition, visit.form)
    return visit.page("known_each.html", form=visit.form, known=panels, inside=bool(visit.viewer.contact_teams))


def known_on(visit: Visit, session: Session, edition: Edition, form: Form) -> tuple[Panel, ...]:
    """A panel for each child on the form; empty ones for whoever takes no contacts here."""
    blank = (Panel(),) * how_many(form, CHILDREN)
    if not visit.viewer.contact_teams:
        return blank
    told = children_typed(form.fields, visit.now.astimezone(LONDON).date())
    asked = {at: one for at, one in enumerate(told[: len(blank)]) if one.named or one.born_on or one.expected_on}
    found = known_each(session, visit.viewer, edition, asked, visit.now, besides={})
    others = being_taken(session, visit.viewer, asked, visit.now, besides=form.one("_draft")) if asked else {}
    panels = tuple(
        Panel(True, found[at], others[at]) if at in asked else Panel() for at in range(min(len(told), len(blank)))
    )
    shown = {record.ref for panel in panels for match in panel.matches for record in match.open}
    if shown:
        visit.looked("known", *sorted(shown))
    return panels + blank[len(panels) :]
