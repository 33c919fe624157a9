"""Is it somebody we know? Asked while a contact is typed, for whoever takes contacts here; nobody else hears of any."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from pathway.clock import day_of
from pathway.store.adopted.editions import in_force
from pathway.store.lists.being_taken import adults_typed, being_taken, children_typed
from pathway.store.people.matching import Match, known_each
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form
from pathway.web.forms.several import ADULTS, CHILDREN, how_many, shown_blank
from thresholds import Edition

pages = APIRouter(route_class=PageRoute)


KNOWN = (CHILDREN.name, ADULTS.name)


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands beside one person on the form. `asked` is False until there is something to look for."""

    asked: bool = False
    matches: tuple[Match, ...] = ()
    half_taken: tuple[str, ...] = ()


Panels = Mapping[str, tuple[Panel, ...]]
"""A panel for each child and for each adult, as the form numbers them."""


@pages.post("/contacts/known")
def look(visit: Came) -> Response:
    """The panels alone, to be put into the page that asked; a draft of what was typed isn't kept by this."""
    with visit.desk.database.reading() as session:
        _, edition = in_force(session, visit.viewer.authority, visit.now)
        panels = known_on(visit, session, edition, visit.form)
    return visit.page("known_each.html", form=visit.form, known=panels, inside=bool(visit.viewer.contact_teams))


def known_on(visit: Visit, session: Session, edition: Edition, form: Form) -> Panels:
    """A panel for each person on the form; empty ones for whoever takes no contacts here."""
    counts = {CHILDREN.name: how_many(form, CHILDREN), ADULTS.name: shown_blank(form, ADULTS)}
    if not visit.viewer.contact_teams:
        return {name: (Panel(),) * count for name, count in counts.items()}
    today = day_of(visit.now)
    told = {CHILDREN.name: children_typed(form.fields, today), ADULTS.name: adults_typed(form.fields, today)}
    asked = {
        (name, at): one
        for name in KNOWN
        for at, one in enumerate(told[name][: counts[name]])
        if one.named or one.born_on or one.expected_on
    }
    found = known_each(session, visit.viewer, edition, asked, visit.now, besides={})
    children = {place: one for place, one in asked.items() if place[0] == CHILDREN.name}
    others = being_taken(session, visit.viewer, children, visit.now, besides=form.one("_draft")) if children else {}
    shown = {record.ref for matches in found.values() for match in matches for record in match.open}
    if shown:
        visit.looked("known", *sorted(shown))
    return {
        name: tuple(
            Panel(True, found[name, at], others.get((name, at), ())) if (name, at) in asked else Panel()
            for at in range(count)
        )
        for name, count in counts.items()
    }
