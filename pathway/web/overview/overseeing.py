"""Is it seen by a second pair of eyes? What waits for another person, broken glass, and the look log."""

from datetime import date, datetime, time, timedelta

from fastapi import APIRouter
from starlette.responses import Response

from pathway.clock import LONDON, day_of
from pathway.store.lists.four_eyes import four_eyes as waiting
from pathway.store.lists.glass import openings
from pathway.store.lists.looks import Looks, Searched
from pathway.store.lists.looks import looks as looks_of
from pathway.store.people.links import records_on
from pathway.store.staffing import staff
from pathway.web.door.tabs import OVERSEEING, tabs
from pathway.web.door.visit import Came
from pathway.web.door.wrong import PageRoute
from pathway.web.forms.form import Form, new_key
from pathway.web.forms.typed import Fault, day

pages = APIRouter(route_class=PageRoute)

USUAL, LONGEST = timedelta(days=30), timedelta(days=366)


@pages.get("/four-eyes")
def four_eyes(visit: Came) -> Response:
    with visit.desk.database.reading() as session:
        found = waiting(session, visit.viewer, visit.now)
    visit.looked("second person", *(one.row.ref for one in found.opinions), *sorted(records_on(found.links)))
    return visit.page("four_eyes.html", waiting=found, tabs=tabs(visit.viewer, OVERSEEING, "/four-eyes"))


@pages.get("/glass")
def glass(visit: Came) -> Response:
    with visit.desk.database.reading() as session:
        found = openings(session, visit.viewer, visit.now)
    visit.looked("broken glass", *(one.record for one in (*found.waiting, *found.reviewed) if one.record))
    return visit.page("glass.html", openings=found, tabs=tabs(visit.viewer, OVERSEEING, "/glass"), key=new_key())


@pages.get("/looks")
def looks(visit: Came) -> Response:
    query = visit.request.query_params
    form = Form({name: [value.strip() for value in query.getlist(name)] for name in query})
    with visit.desk.database.reading() as session:
        people = staff.posts(session, visit.viewer, visit.now)
        searched, faults = _searched(form, visit.now)
        asked = bool(searched.about or searched.by)
        found = looks_of(session, visit.viewer, visit.now, searched) if asked and not faults else None
    if asked and found is None and not faults:
        sentence = "There is no record, child or member of your staff with that reference that you can see. Check it."
        faults = (Fault("about" if searched.about else "by", sentence),)
    visit.looked("look log", *_named(found))
    return visit.asking(
        "looks.html",
        422 if faults else 200,
        found=found,
        searched=searched,
        people=_once(people),
        tabs=tabs(visit.viewer, OVERSEEING, "/looks"),
        form=form,
        faults=faults,
        address="/looks?" + "&".join(f"{one}" for one in str(query).split("&") if one and not one.startswith("page=")),
    )


def _named(found: Looks | None) -> set[str]:
    return {record.ref for look in found.looks for record in look.records} if found else set()


def _once(people: tuple[staff.PostView, ...]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.ref, one.name) for one in people))


def _searched(form: Form, now: datetime) -> tuple[Searched, tuple[Fault, ...]]:
    """The window is the last thirty days unless dates are typed; both days count whole."""
    today = day_of(now)
    faults = []
    days = {"since": today - USUAL, "until": today}
    for name in days:
        typed = day(form, name)
        try:
            days[name] = date.fromisoformat(typed) if typed else days[name]
        except ValueError:
            faults.append(Fault(name, "This isn’t a date. Write a day, a month and a year, such as 4 12 2026."))
    if not faults and not timedelta(0) <= days["until"] - days["since"] <= LONGEST:
        faults.append(Fault("until", "The last day must be after the first, and no more than a year after it."))
    since, until = (datetime.combine(one, time(0), LONDON) for one in (days["since"], days["until"]))
    until += timedelta(days=1)
    page = max(1, min(form.number("page") or 1, 10_000))
    searched = Searched(since, until, form.one("about").upper()[:20], form.one("by")[:20], page)
    return searched, tuple(faults)
