"""How many deliveries does a worker make in a second, and how long after the act has somebody heard?"""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Timer

from sqlalchemy import func, select

from bench.callers import callers
from bench.copies import copied
from bench.figure import Figure, Line, Size
from bench.ground import Ground, Grounds, taken
from bench.timing import Timed, said
from notifications import Outcome, Outgoing
from pathway.acts import Desk
from pathway.jobs.worker import Worker
from pathway.tables import Delivery, Message
from pathway.tables.columns import table_of

WORKERS = (1, 4)
A_SECOND = 4
DELIVERY, MESSAGE = table_of(Delivery), table_of(Message)

_workers: dict[int, Worker] = {}


class Nowhere:
    """A channel that takes everything at once, so that what is measured is ours."""

    name = "console"
    carries = frozenset({"email", "text"})

    def send(self, outgoing: Outgoing) -> Outcome:
        return Outcome.sent()

    def look_up(self, reference: str) -> Outcome | None:
        return None


def drain(desk: Desk, ground: Ground, _: str) -> None:
    """Work until nothing waits."""
    worker = _workers.setdefault(id(desk), Worker(desk, Nowhere()))
    while worker.once():
        pass


def serve(desk: Desk, ground: Ground, seconds: str) -> None:
    """Work as in the service: whatever is there, and a rest where nothing is."""
    stop = Event()
    Timer(float(seconds), stop.set).start()
    Worker(desk, Nowhere()).run(stop)


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    for database in size.databases:
        for many in WORKERS[:1] if database == "SQLite" else WORKERS:
            what = f"{many} {'workers' if many > 1 else 'worker'} on {database}"
            with grounds.new(database) as ground:
                yield _rate(f"deliveries, {what}", ground, many, size)
            with grounds.new(database) as ground:
                yield _delay(f"from the act until it is sent, {what}", ground, many, size)


def _rate(what: str, ground: Ground, many: int, size: Size) -> Line:
    turns = [str(number) for number in range(many)]
    with callers(ground, many, processes="sqlite" not in ground.url) as crowd, ground.opened() as desk:
        reference = taken(desk, ground.viewer)
        crowd.do(drain, turns)
        before = _sent(desk)
        copied(desk, reference, size.messages)
        _wait_again(desk)
        lasted = max(crowd.do(drain, turns).timed.seconds)
        return Line(what, f"{(_sent(desk) - before) / lasted:.0f} a second")


def _wait_again(desk: Desk) -> None:
    """The messages of the copies, like the first, wait for whoever should hear."""
    with desk.database.writing() as session:
        sent = select(DELIVERY.c.message_id)
        session.execute(MESSAGE.update().where(MESSAGE.c.id.not_in(sent)).values(resolved_at=None))


def _sent(desk: Desk) -> int:
    with desk.database.reading() as session:
        return session.execute(select(func.count()).where(DELIVERY.c.sent_at.is_not(None))).scalar_one()


def _delay(what: str, ground: Ground, many: int, size: Size) -> Line:
    """Contacts are taken in steadily while the workers work and rest as in the service."""
    ground = replace(ground, began=time.perf_counter())
    with callers(ground, many, processes="sqlite" not in ground.url) as crowd, ground.opened() as desk:
        serving = crowd.begin(serve, [str(size.seconds)] * many)
        for _ in range(int(size.seconds * A_SECOND * 0.8)):
            taken(desk, ground.viewer)
            time.sleep(1 / A_SECOND)
        crowd.end(serving)
        with desk.database.reading() as session:
            pairs = session.execute(
                select(MESSAGE.c.written_at, DELIVERY.c.sent_at)
                .join(MESSAGE, MESSAGE.c.id == DELIVERY.c.message_id)
                .where(DELIVERY.c.sent_at.is_not(None))
            ).all()
    delays = Timed(tuple((sent - written).total_seconds() for written, sent in pairs))
    return Line(what, said(delays.median), f"p95 {said(delays.p95)}")


FIGURE = Figure(
    name="deliveries",
    title="Deliveries",
    promise="Measured, and nothing promised of it.",
    how="For the rate, messages wait that three people each should hear; workers find those people, lease each "
    "delivery, put it into words, send it into a channel that takes everything at once, and settle it: two "
    "transactions for each. For the delay, four contacts a second are taken in while the workers work as in the "
    "service, which rest two seconds where nothing waits. On SQLite the one worker is a thread inside the service; on "
    "PostgreSQL each is a process.",
    measure=measure,
)
