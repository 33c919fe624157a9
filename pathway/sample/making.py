"""How is the invented partnership made? Its stories are lived through in order, by acts, while the worker works."""

import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from notifications import ConsoleChannel
from pathway.access import Viewer, viewer_of
from pathway.acts import Desk, adopt, assign, move, receive, staff
from pathway.acts.desk import system_viewer
from pathway.clock import LONDON, SetClock
from pathway.jobs.worker import Worker
from pathway.sample.staff import PASSWORD, WORKERS, add_staff, email
from pathway.sample.stories import STORIES, Step, Story
from pathway.store.board import board
from pathway.store.cases import case as case_of
from pathway.store.views import CaseView
from pathway.tables import Practitioner
from thresholds import read_editions
from workflows import Facts
from workflows.referral_facts import OfferToWorker, Take

WEEKS_BEFORE = 6


@dataclass
class Life:
    """The partnership while it is lived through: the desk at simulated time and everybody's ids."""

    desk: Desk
    clock: SetClock
    ids: dict[str, int]
    dice: random.Random

    def viewer(self, key: str) -> Viewer:
        with self.desk.database.reading() as session:
            found = viewer_of(session, self.ids[key], self.clock())
        if found is None:
            raise LookupError(key)
        return found

    def case(self, key: str, ref: str) -> CaseView:
        with self.desk.database.reading() as session:
            found = case_of(session, self.viewer(key), ref, self.clock())
        if not isinstance(found, CaseView):
            raise LookupError(ref)
        return found


@dataclass
class Doing:
    """One thing to do at one time; the first of a story takes the worry in and the rest follow it."""

    at: datetime
    order: int
    story: Story
    step: Step | None
    refs: dict[int, str]


def make_sample(desk: Desk, *, seed: int) -> None:
    """Make the sample in an empty, migrated database, ending at the desk's own present."""
    until = desk.clock()
    clock = SetClock(until - timedelta(weeks=WEEKS_BEFORE))
    past = replace(desk, clock=clock)
    life = Life(past, clock, _found(past), random.Random(seed))
    worker = Worker(past, ConsoleChannel(io.StringIO()), name="sample")
    for doing in sorted(_plan(life, until), key=lambda one: (one.at, one.order)):
        if doing.at >= until:
            continue
        _work_until(worker, clock, doing.at)
        _do(life, doing)
    _work_until(worker, clock, until)


def sign_ins(address: str) -> Iterator[str]:
    """Where to look and how to sign in."""
    yield ""
    yield f"Pathway is at {address}   (an invented partnership: no real person is in it)"
    yield f"Sign in with any of these, password '{PASSWORD}':"
    for worker in WORKERS:
        if worker.shown:
            yield f"  {email(worker.key):<32} {worker.title}: {worker.shown}"
    yield ""


def _found(desk: Desk) -> dict[str, int]:
    authority = desk.settings.authority
    staff.found_authority(desk, authority=authority, name="Exampleton Children's Partnership (invented)")
    with desk.database.reading() as session:
        system = system_viewer(session, authority, desk.clock())
    adopt(desk, system, catalogue=read_editions(), on=date(2026, 4, 1))
    return add_staff(desk, system, desk.clock().date() - timedelta(days=400))


def _plan(life: Life, until: datetime) -> Iterator[Doing]:
    refs: dict[int, str] = {}
    for number, story in enumerate(STORIES):
        at = _start(story, until)
        yield Doing(at, number, story, None, refs)
        for step in story.steps:
            at += timedelta(minutes=step.after_minutes + life.dice.randint(0, 4))
            yield Doing(at, number, story, step, refs)


def _start(story: Story, until: datetime) -> datetime:
    """So many working days before now, skipping weekends."""
    day, left = until.astimezone(LONDON).date(), story.days_ago
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < 5
    return datetime.combine(day, time(*story.at), LONDON)


def _do(life: Life, doing: Doing) -> None:
    number = STORIES.index(doing.story)
    if doing.step is None:
        done = receive(life.desk, life.viewer(doing.story.taken_by), take=_take(life, doing.story))
        doing.refs[number] = done.case
        return
    ref, who = doing.refs[number], doing.step.who
    if doing.step.act in ("take_it", "hand_to"):
        assign(life.desk, life.viewer(who), case=ref, to=_ref_of(life, doing.step.to or who), reason="Best placed.")
        return
    facts = _facts(life, doing, life.case(who, ref))
    move(life.desk, life.viewer(who), case=ref, name=doing.step.act, facts=facts)


def _facts(life: Life, doing: Doing, case: CaseView) -> Facts:
    if doing.step is not None and doing.step.act == "offer_to_worker":
        return OfferToWorker(open_case=_other_open(life, doing, case), reason="The same child, already known there.")
    return doing.step.facts(case) if doing.step else Take.model_validate({})


def _other_open(life: Life, doing: Doing, case: CaseView) -> str:
    """Another open record about a child of the same name."""
    names = {child.name for child in case.children}
    with life.desk.database.reading() as session:
        rows = board(session, life.viewer(doing.step.who if doing.step else ""), life.clock()).rows
    return next(row.ref for row in rows if row.ref != case.ref and names & set(row.children))


def _take(life: Life, story: Story) -> Take:
    told: dict[str, Any] = dict(story.take)
    children = [dict(child) for child in told.get("children", [])]
    for child in children:
        if child.get("expected_on"):
            child["expected_on"] = life.clock().date() + timedelta(weeks=12)
    return Take.model_validate(told | {"children": children})


def _ref_of(life: Life, key: str) -> str:
    with life.desk.database.reading() as session:
        return session.exec(select(Practitioner.public_id).where(col(Practitioner.id) == life.ids[key])).one()


def _work_until(worker: Worker, clock: SetClock, moment: datetime) -> None:
    """Let the worker do what falls due on the way, stopping at each hour in between."""
    while clock() < moment:
        clock.moment = min(moment, clock() + timedelta(hours=6))
        while worker.once():
            pass
