"""What does it cost to say of each of fifty records what may be done with it, over the list itself?"""

from collections.abc import Iterator

from sqlalchemy import event
from sqlmodel import Session

from bench.copies import copied
from bench.figure import Figure, Line, Size, at_most
from bench.ground import NOW, Ground, Grounds, taken
from bench.timing import Way, in_turn, said
from pathway.acts import Desk
from pathway.store.lists.listing import open_cases
from pathway.store.lists.wanted import Wanted, open_to, worst_first
from pathway.store.parts.choosing import choices_of

MOST = 1.3
ROWS = 50


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    for database in size.databases:
        with grounds.new(database) as ground, ground.opened() as desk:
            copied(desk, taken(desk, ground.viewer), ROWS)
            chosen, listed = in_turn(size.rounds, _choose(desk, ground), _list(desk, ground), warm=size.warm)
            median, slow = f"{said(chosen.median)} ÷ {said(listed.median)}", f"p95 {said(chosen.p95)}"
            what = f"choices of {ROWS} records, {_queries(desk, ground)} queries, on {database} ÷ the list"
            yield at_most(what, chosen.median / listed.median, MOST, median, slow)


def _chosen(session: Session, ground: Ground) -> None:
    query = open_to(ground.viewer, NOW, Wanted(), None).order_by(*worst_first())
    choices_of(session, ground.viewer, session.exec(query.limit(ROWS)).all(), NOW)


def _choose(desk: Desk, ground: Ground) -> Way:
    def once(_: int) -> None:
        with desk.database.reading() as session:
            _chosen(session, ground)

    return once


def _list(desk: Desk, ground: Ground) -> Way:
    def once(_: int) -> None:
        with desk.database.reading() as session:
            open_cases(session, ground.viewer, NOW, limit=ROWS)

    return once


def _queries(desk: Desk, ground: Ground) -> int:
    sent: list[str] = []

    def listen(connection: object, cursor: object, statement: str, *rest: object) -> None:
        sent.append(statement)

    with desk.database.reading() as session:
        event.listen(desk.database.engine, "before_cursor_execute", listen)
        _chosen(session, ground)
        event.remove(desk.database.engine, "before_cursor_execute", listen)
    return sum(one.startswith("SELECT") for one in sent)


FIGURE = Figure(
    name="choices",
    title="What may be done with each of a list",
    promise="The choices of fifty records, fetching included, take a fixed number of queries and at most 1.3 times "
    "the list's own.",
    how="Fifty referrals that were just taken in, fetched for an adviser who sees them whole, and of each every move "
    "that starts from there with every reason why not. The list is the page of the same fifty with their children, "
    "what is due and who answers. That the number of queries stays the same, a test holds.",
    measure=measure,
)
