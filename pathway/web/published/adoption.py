"""Which document is in force, which waits for another person, and shall this one be? The page of adoptions.

The documents are read afresh at each look, ours and the authority's own, so that a mended folder needs no restart and
a broken one shows its faults here and stops nothing else.
"""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter
from starlette.responses import Response

from pathway import acts
from pathway.acts import FieldFault, Unacceptable
from pathway.acts.going_live import choosable, documents_here
from pathway.clock import day_of
from pathway.store.adopted.adoptions import adoptions
from pathway.web.door import rendering
from pathway.web.door.visit import Came, Visit
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import new_key
from pathway.web.forms.typed import Fault, day, faults_in
from thresholds import BrokenDocument
from workflows import Refusal, Refused

pages = APIRouter(route_class=PageRoute)
HERE = "/documents/adoption"
DONE = {
    "proposed": "It is proposed. It is in force once another person agrees.",
    "agreed": "It is agreed, and in force from its date.",
    "withdrawn": "The proposal is taken back.",
}


@pages.get(HERE)
def look(visit: Came, done: str = "") -> Response:
    return _show(visit, done=DONE.get(done, ""))


@pages.post(HERE)
def propose(visit: Came) -> Response:
    def act() -> object:
        on, edition = _date(visit, "in_force_from"), _edition(visit)
        return acts.propose_edition(
            visit.desk,
            visit.viewer,
            catalogue=documents_here(visit.desk.settings),
            on=on,
            edition=edition,
            reason=visit.form.one("reason"),
            key=visit.key,
        )

    return _done(visit, act, "proposed")


@pages.post(f"{HERE}/{{proposal}}/agree")
def agree(visit: Came, proposal: str) -> Response:
    edition = visit.form.one("edition")
    return _done(
        visit,
        lambda: acts.agree_edition(visit.desk, visit.viewer, adoption=proposal, edition=edition, key=visit.key),
        "agreed",
    )


@pages.post(f"{HERE}/{{proposal}}/withdraw")
def withdraw(visit: Came, proposal: str) -> Response:
    """The reason has a field of its own for each proposal on the page."""
    why = f"why-{proposal}"

    def act() -> object:
        reason = visit.form.one(why)
        return acts.withdraw_edition(visit.desk, visit.viewer, adoption=proposal, reason=reason, key=visit.key)

    return _done(visit, act, "withdrawn", {"reason": why})


def _done(visit: Visit, act: Callable[[], object], said: str, fields: dict[str, str] | None = None) -> Response:
    """Do it, or show the page again with everything typed and every reason why not."""
    try:
        act()
    except Unacceptable as wrong:
        named = [FieldFault((fields or {}).get(one.field, one.field), one.sentence) for one in wrong.faults]
        return _show(visit, 422, faults=faults_in(named))
    except Refused as wrong:
        return _show(visit, 409, refusals=wrong.refusals)
    except BrokenDocument:
        return _show(visit, 409)  # the page lists what is broken
    return rendering.go_to(f"{HERE}?done={said}")


def _show(
    visit: Visit,
    status: int = 200,
    *,
    done: str = "",
    faults: tuple[Fault, ...] = (),
    refusals: tuple[Refusal, ...] = (),
) -> Response:
    with visit.desk.database.reading() as session:
        found = adoptions(session, visit.viewer, visit.now)
    return visit.asking(
        "adoption.html",
        status,
        found=found,
        done=done,
        faults=faults,
        refusals=refusals,
        key=new_key(),
        can=choosable(visit.desk.settings, visit.viewer.authority, day_of(visit.now)),
    )


def _edition(visit: Visit) -> date:
    try:
        return date.fromisoformat(visit.form.one("edition"))
    except ValueError:
        raise Unacceptable(FieldFault("edition", "Choose which document is to be in force.")) from None


def _date(visit: Visit, field: str) -> date:
    try:
        return date.fromisoformat(day(visit.form, field))
    except ValueError:
        sentence = "Say from which day it is to be in force: day, month and year, such as 1 12 2026."
        raise Unacceptable(FieldFault(field, sentence)) from None
