"""Who is this child, who is their family, and what has happened? Finding people, a person's page, their history."""

from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from pathway.acts.note import check_may_write
from pathway.store.people import finding, persons
from pathway.store.records import chronology
from pathway.store.records.chronology import Wanted
from pathway.web.door.tabs import FINDING, tabs
from pathway.web.door.visit import Came, Visit, found
from pathway.web.door.who_may import may_open
from pathway.web.door.words import london
from pathway.web.door.wrong import PageRoute
from pathway.web.family.genogram import genogram
from pathway.web.family.history_files import FILES, told_of
from pathway.web.on_record.record import why_not

pages = APIRouter(route_class=PageRoute)

PURPOSES = {
    "strategy": "A strategy discussion",
    "conference": "A child protection conference",
    "review": "A review or a meeting about the plan",
    "court": "Court",
    "transfer": "Handing over to another worker or authority",
    "supervision": "Supervision",
    "family": "The family, who asked to see it: check it first for what isn’t theirs to know",
}
"""What a history may be printed for; it stands on the paper and in the record of looks."""

DONE = {
    "tied": "Said who is who",
    "corrected": "Put right who is who",
    "ended": "Said that it ended",
}


@pages.get("/people")
def find(visit: Came, q: str = "") -> Response:
    with visit.desk.database.reading() as session:
        result = finding.people(session, visit.viewer, q, visit.now)
    visit.looked("find a child", *(ref for one in result.people for ref in one.records))
    opens = may_open(visit.viewer, "/break-glass")
    beside = tabs(visit.viewer, FINDING, "/people")
    return visit.page("people.html", asked=q[:200], result=result, may_break_glass=opens, tabs=beside)


@pages.get("/people/{person}")
def person(visit: Came, person: str, done: str = "") -> Response:
    with visit.desk.database.reading() as session:
        view = persons.person(session, visit.viewer, person, visit.now)
    visit.looked("person", *(view.cases if view else ()))
    view = found(view, "person")
    return visit.page(
        "person.html",
        view=view,
        picture=genogram(view),
        done=DONE.get(done, ""),
        names={one.ref: one for one in view.people},
        may_write=may_write(visit),
    )


@pages.get("/people/{person}/chronology")
def history(
    visit: Came,
    person: str,
    record: str = "",
    since: str = "",
    until: str = "",
    words: str = "",
    order: str = "",
    page: str = "1",
    purpose: str = "",
    shape: Annotated[str, Query(alias="as")] = "",
) -> Response:
    """Filters stand in the address, so that a list can be kept, sent to a colleague and come back to. `as` a file it is
    all of it, for a purpose that is recorded.
    """
    kinds = frozenset(visit.request.query_params.getlist("kind")) & dict(chronology.kind_words()).keys()
    wanted = Wanted(kinds, record[:20], day_of(since), day_of(until), words[:200], oldest_first=order == "oldest")
    printing = purpose if purpose in PURPOSES else ""
    number = int(page) if page.isdecimal() and len(page) < 7 else 1
    with visit.desk.database.reading() as session:
        view = chronology.chronology(
            session, visit.viewer, person, wanted, visit.now, page=None if printing else number
        )
    looked = f"chronology printed: {printing}" if printing else "chronology"
    visit.looked(looked, *(view.records if view else ()))
    view = found(view, "person")
    if printing and shape in FILES:
        return FILES[shape](view, f"For: {PURPOSES[printing]} · {visit.viewer.name}, {london(visit.now)}")
    return visit.page(
        "chronology.html",
        view=view,
        wanted=wanted,
        typed={"since": since[:20], "until": until[:20]},
        wrong=[name for name, typed in (("since", since), ("until", until)) if typed and day_of(typed) is None],
        kinds=chronology.kind_words(),
        kind_words=dict(chronology.kind_words()),
        told={one.entry.ref: told_of(one) for one in view.happened},
        query=_query(visit),
        purposes=PURPOSES,
        printing=PURPOSES.get(printing, ""),
        now=visit.now,
    )


def day_of(typed: str) -> date | None:
    return finding.day_in(typed.strip())


def may_write(visit: Visit) -> bool:
    return not why_not(check_may_write, visit.viewer)


def _query(visit: Visit) -> str:
    """The filters as they stand in the address, for the links to other pages of the same list."""
    kept = [
        (name, value) for name, value in visit.request.query_params.multi_items() if name not in ("page", "purpose")
    ]
    return urlencode(kept)
