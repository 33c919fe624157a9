"""Does the worker find what has come as quickly as a bare claim would, among a million clocks that run?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import String, cast, literal, select
from sqlmodel import Session

from bench.copies import Own, copy_row
from bench.figure import Figure, Line, Size, at_most
from bench.ground import NOW, Ground, Grounds, taken
from bench.many_cases import FIRST, fill, quickly, settle
from bench.timing import Way, in_turn, said
from pathway.access import Viewer
from pathway.acts import Desk
from pathway.acts.desk import system_viewer
from pathway.acts.ring import due_rungs, ring
from pathway.clock import SetClock
from pathway.tables import Deadline
from pathway.tables.columns import table_of

MOST = 1.5
COME, CASES = 1_000, 1_000
DEADLINE = table_of(Deadline)


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    for database in size.databases:
        with grounds.new(database) as ground, ground.opened() as desk:
            taken(desk, ground.viewer)
            fill(desk, CASES, NOW, opened=CASES)
            then = _run_clocks(desk, size.clocks)
            swept, bare = in_turn(size.rounds, _sweep(desk, then), _claim(desk, then), warm=size.warm)
            median, slow = f"{said(swept.median)} ÷ {said(bare.median)}", f"p95 {said(swept.p95)} ÷ {said(bare.p95)}"
            what = f"what has come, among {size.clocks:,} running on {database} ÷ bare claim"
            yield at_most(what, swept.median / bare.median, MOST, median, slow)
            yield _ringing(replace(desk, clock=SetClock(then)), ground, database, size)


def _run_clocks(desk: Desk, many: int) -> datetime:
    """Clocks like the one by which a decision is due, and the moment at which a thousand of them have come."""
    with quickly(desk) as session:
        like = select(DEADLINE.c.id, DEADLINE.c.next_rung_at).where(DEADLINE.c.next_rung_at.is_not(None))
        row, rings_at = session.execute(like.order_by(DEADLINE.c.id)).first() or (0, NOW)
        for first, count, later in ((0, COME, timedelta()), (COME, many - COME, timedelta(hours=1))):
            copy_row(session, DEADLINE, row, count, _own(first, rings_at + later))
    settle(desk)
    return rings_at


def _own(first: int, rings_at: datetime) -> Own:
    moment = literal(rings_at, DEADLINE.c.next_rung_at.type)
    return lambda at: {"case_id": at % CASES + FIRST, "about": cast(at + first, String), "next_rung_at": moment}


def _sweep(desk: Desk, then: datetime) -> Way:
    def once(_: int) -> None:
        with desk.database.reading() as session:
            due_rungs(session, then)

    return once


def _claim(desk: Desk, then: datetime) -> Way:
    """A hundred claimed by hand: nobody else would take them until this ends."""

    def once(_: int) -> None:
        with Session(desk.database.engine) as session:
            session.execute(
                select(DEADLINE.c.authority, DEADLINE.c.id)
                .where(DEADLINE.c.closed_at.is_(None), DEADLINE.c.next_rung_at <= then)
                .order_by(DEADLINE.c.next_rung_at)
                .limit(100)
                .with_for_update(skip_locked=True)
            ).all()

    return once


def _ringing(desk: Desk, ground: Ground, database: str, size: Size) -> Line:
    """What each one costs that has come: an entry, a message, the next rung, in a transaction of its own."""
    with desk.database.reading() as session:
        system = system_viewer(session, ground.viewer.authority, desk.clock())
        numbers = iter([deadline for _, deadline in due_rungs(session, desk.clock())])
    (rung,) = in_turn(min(size.rounds, 90), lambda _: _rung(desk, system, next(numbers)), warm=size.warm)
    return Line(f"one rung and all it brings about on {database}", said(rung.median), f"p95 {said(rung.p95)}")


def _rung(desk: Desk, system: Viewer, deadline: int) -> None:
    assert ring(desk, system, deadline_id=deadline) is not None


FIGURE = Figure(
    name="due",
    title="What has come",
    promise="Among a million clocks that run, finding what has come takes at most 1.5 times a bare claim.",
    how="A thousand rungs have come, and the worker asks for the first hundred, as it does every two seconds. The "
    "bare claim is the same hundred by hand in SQLAlchemy Core, locked for whoever asks. What a rung then brings "
    "about is measured beside it: it is rung in a transaction of its own, with an entry, its messages and the next "
    "rung.",
    measure=measure,
)
