"""How is the invented partnership made? Its stories are lived through in order, by acts, while the worker works."""

import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files

from notifications import ConsoleChannel
from pathway.access import viewer_of
from pathway.acts import Desk, agree_edition, propose_edition, staff
from pathway.acts.desk import system_viewer
from pathway.acts.directory import Source, read_file, take_services
from pathway.acts.ring import next_rung_at
from pathway.clock import SetClock
from pathway.jobs.worker import Worker
from pathway.sample.doing import do, take_in
from pathway.sample.life import Life
from pathway.sample.staff import PASSWORD, WORKERS, add_staff, email
from pathway.sample.stories import Step, Story, stories
from pathway.tables import SourceKind
from thresholds import Calendar, Catalogue, read_editions, shift

SERVICES = files("pathway.sample") / "services.json"
"""Twenty and one invented services of the invented Exampleton, as an Open Referral UK feed would give them."""


@dataclass(frozen=True)
class Doing:
    """One thing to do at one time; without a step the story's worry is taken in."""

    at: datetime
    order: int
    story: Story
    step: Step | None


def make_sample(desk: Desk, *, seed: int) -> None:
    """Make the sample in an empty, migrated database, ending at the desk's own present.

    Told from the present backwards in office hours, so that what should be in time is, whatever the hour is now.
    """
    until, catalogue = desk.clock(), read_editions()
    calendar = catalogue.resolve(desk.settings.authority, until.date()).calendar().without_closures()
    plan = sorted(_plan(until, calendar, random.Random(seed)), key=lambda one: (one.at, one.order))
    clock = SetClock(plan[0].at - timedelta(days=1))
    past = replace(desk, clock=clock)
    life = Life(past, clock, _found(past, catalogue), {})
    worker = Worker(past, ConsoleChannel(io.StringIO()), name="sample")
    for doing in plan:
        _work_until(worker, clock, doing.at)
        if doing.step is None:
            take_in(life, doing.story)
        else:
            do(life, doing.story, doing.step)
    _work_until(worker, clock, until)
    import_directory(desk)


def sign_ins(address: str) -> Iterator[str]:
    """Where to look and how to sign in."""
    yield ""
    yield f"Pathway is at {address}   (an invented partnership: no real person is in it)"
    yield f"Sign in with any of these, password '{PASSWORD}':"
    for worker in WORKERS:
        if worker.shown:
            yield f"  {email(worker.key):<32} {worker.title}: {worker.shown}"
    yield ""


def _found(desk: Desk, catalogue: Catalogue) -> dict[str, int]:
    authority = desk.settings.authority
    staff.found_authority(desk, authority=authority, name="Exampleton Children's Partnership (invented)")
    with desk.database.reading() as session:
        system = system_viewer(session, authority, desk.clock())
    ids = add_staff(desk, system, desk.clock().date() - timedelta(days=400))
    adopt_document(desk, ids, catalogue)
    return ids


def import_directory(desk: Desk) -> None:
    """The invented services, taken in as any partnership takes its own."""
    content = SERVICES.read_bytes()
    listing = read_file(content, largest=len(content))
    with desk.database.reading() as session:
        system = system_viewer(session, desk.settings.authority, desk.clock())
    take_services(desk, system, source=Source(SourceKind.file, SERVICES.name), listing=listing)


def adopt_document(desk: Desk, ids: Mapping[str, int], catalogue: Catalogue) -> None:
    """By the two acts that a real partnership needs, of two invented people."""
    with desk.database.reading() as session:
        head, administrator = (viewer_of(session, ids[name], desk.clock()) for name in ("idris", "admin"))
    if head is None or administrator is None:
        raise LookupError("Somebody who adopts the document isn't there.")
    reason = "The invented partnership's board decided it."
    named = propose_edition(desk, head, catalogue=catalogue, on=date(2026, 4, 1), reason=reason).named
    agree_edition(desk, administrator, adoption=named["adoption"], edition=named["edition"])


def _plan(until: datetime, calendar: Calendar, dice: random.Random) -> Iterator[Doing]:
    for order, story in enumerate(stories()):
        plain = bool(story.minutes_ago)
        at = until - timedelta(minutes=story.minutes_ago)
        at = at if plain else shift(until, -story.office_hours_ago, "office_hours", calendar)
        yield Doing(at, order, story, None)
        for step in story.then:
            minutes = step.after + dice.randint(0, 3)
            at = at + timedelta(minutes=minutes) if plain else _office_minutes_after(at, minutes, calendar)
            yield Doing(at, order, story, step)


def _office_minutes_after(at: datetime, minutes: int, calendar: Calendar) -> datetime:
    """Whole hours in office time and the rest after them; what would fall into the evening is done next morning."""
    hours, rest = divmod(minutes, 60)
    at = shift(at, hours, "office_hours", calendar)
    later = at + timedelta(minutes=rest)
    return later if calendar.is_open(later) else shift(at, 1, "office_hours", calendar)


def _work_until(worker: Worker, clock: SetClock, moment: datetime) -> None:
    """Let the worker ring each time when it comes, and do what is due at the moment itself."""
    while clock() < moment:
        with worker.desk.database.reading() as session:
            clock.moment = max(clock(), min(moment, next_rung_at(session) or moment))
        while worker.once():
            pass
