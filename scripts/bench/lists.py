"""Do the lists stay as quick among a million cases as among ten thousand?"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from bench.by_hand import board_by_hand
from bench.figure import Figure, Line, Size, at_most
from bench.ground import NOW, Ground, Grounds, taken
from bench.many_cases import FIRST, OPEN_IN, fill
from bench.naming import name_of
from bench.timing import Way, in_turn, said
from pathway.access import Viewer
from pathway.acts import Desk
from pathway.store.lists.board import board
from pathway.store.lists.wanted import Wanted
from pathway.store.parts.tasks import my_tasks
from pathway.store.people.finding import people
from pathway.tables import Assignment, Case
from pathway.tables.columns import table_of

MOST = 1.5
MINE = 20
"""How many of the open records the adviser holds."""

List = Callable[[Session, Viewer, datetime, int], object]


def _board(session: Session, viewer: Viewer, now: datetime, _: int) -> object:
    return board(session, viewer, now)


def _my_work(session: Session, viewer: Viewer, now: datetime, _: int) -> object:
    return board(session, viewer, now, Wanted(whose="mine")), my_tasks(session, viewer, now)


def _search(session: Session, viewer: Viewer, now: datetime, number: int) -> object:
    return people(session, viewer, " ".join(name_of(number * 41)), now)


def _bare(session: Session, viewer: Viewer, now: datetime, _: int) -> object:
    return board_by_hand(session, viewer, now)


LISTS: dict[str, List] = {"the board": _board, "my work": _my_work, "search": _search}


@dataclass(frozen=True)
class Among:
    """An installation with so many cases, of which so many are open."""

    cases: int
    opened: int
    desk: Desk
    viewer: Viewer

    def asked(self, ask: List) -> Way:
        def once(number: int) -> None:
            with self.desk.database.reading() as session:
                ask(session, self.viewer, NOW, number)

        return once


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    few, many = size.cases
    wanted = ((few, few // OPEN_IN), (few, many // OPEN_IN), (many, many // OPEN_IN))
    for database in size.databases:
        with ExitStack() as stack:
            small, level, great = (_among(stack, grounds, database, *one) for one in wanted)
            for name, ask in LISTS.items():
                yield from _compared(f"{name} on {database}", ask, small, level, great, size)
            timed, _ = in_turn(size.rounds, great.asked(_bare), great.asked(_board), warm=size.warm)
            yield Line(f"the board's bare query on {database}", said(timed.median), f"p95 {said(timed.p95)}")


def _compared(name: str, ask: List, small: Among, level: Among, great: Among, size: Size) -> Iterator[Line]:
    few, same, many = in_turn(size.rounds, *(one.asked(ask) for one in (small, level, great)), warm=size.warm)
    for which, among, timed in (("as many open", level, same), ("one in a hundred open", small, few)):
        what = f"{name}, {which}: {great.cases:,} cases, {great.opened:,} open ÷ {among.cases:,}, {among.opened:,} open"
        median, slow = f"{said(many.median)} ÷ {said(timed.median)}", f"p95 {said(many.p95)} ÷ {said(timed.p95)}"
        yield at_most(what, many.p95 / timed.p95, MOST, median, slow)


def _among(stack: ExitStack, grounds: Grounds, database: str, cases: int, opened: int) -> Among:
    ground = stack.enter_context(grounds.new(database))
    desk = stack.enter_context(ground.opened())
    taken(desk, ground.viewer)
    fill(desk, cases, NOW, opened=opened, named=True)
    _give(desk, ground)
    return Among(cases, opened, desk, ground.viewer)


def _give(desk: Desk, ground: Ground) -> None:
    """Some of what is open is the adviser's own."""
    held, case = table_of(Assignment), table_of(Case)
    some = select(case.c.id).where(case.c.id >= FIRST, case.c.closed_at.is_(None)).order_by(case.c.public_id)
    with desk.database.writing() as session:
        mine = update(held).where(held.c.case_id.in_(some.limit(MINE)))
        session.execute(mine.values(practitioner_id=ground.viewer.id, team_id=None))


FIGURE = Figure(
    name="lists",
    title="Lists among very many",
    promise="The board, my work and search take at most 1.5 times as long (p95) among a million cases as among ten "
    "thousand, on either database.",
    how="The board is its first page of fifty, worst first, with the count behind every filter, as a triage adviser "
    "sees it; my work is the same of twenty records of one's own, and the tasks; search is for a child by both names. "
    "Each is measured twice: with as many open in both, so that only what has ended has grown, and with one in a "
    "hundred open in both, so that what is open has grown a hundredfold too. The board's bare query is the open cases "
    "of the front door with a count by state and lateness, their children, what is due and who holds them, by hand "
    "and for anybody.",
    measure=measure,
    why="Where what is open grows a hundredfold, so does what is counted: every filter of the board and of my work "
    "says how many it would show, of all that is open and may be seen. What has ended costs nothing. "
    "A search reads the keys of everybody who has either name or one that sounds like it, and keeps those with both: "
    "among a million that is some thousands of keys for each name, among ten thousand some tens.",
)
