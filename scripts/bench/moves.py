"""What does a committed move cost over the same rows written by hand, and how many callers can press at once?"""

from collections.abc import Iterator
from statistics import median

from bench.by_hand import by_hand
from bench.callers import Burst, Callers, callers
from bench.copies import copied
from bench.figure import Figure, Line, Size, at_least, at_most
from bench.ground import NOW, Ground, Grounds, taken
from bench.timing import Timed, said
from pathway.acts import Desk, move
from workflows.referral_facts import Acknowledge, How

TOLD = Acknowledge(how=How.telephone)
LEAST = 0.7
SLOWEST = 10.0
CROWD = 16
"""How many press at once where the slowest are looked at."""


def by_act(desk: Desk, ground: Ground, reference: str) -> None:
    move(desk, ground.viewer, case=reference, name="acknowledge", facts=TOLD, key=f"key-{reference}", version=1)


def in_core(desk: Desk, ground: Ground, reference: str) -> None:
    by_hand(desk, ground.viewer, reference, f"key-{reference}", NOW)


def measure(grounds: Grounds, size: Size) -> Iterator[Line]:
    for database in size.databases:
        for many in size.callers:
            with grounds.new(database) as ground, callers(ground, many, processes=database != "SQLite") as crowd:
                yield from _lines(database, many, *_bursts(ground, crowd, size))


def _bursts(ground: Ground, crowd: Callers, size: Size) -> tuple[list[Burst], list[Burst]]:
    """The same move by the act and by hand, burst by burst; the first two of each warm up."""
    each = max(size.moves, crowd.many)
    with ground.opened() as desk:
        refs = copied(desk, taken(desk, ground.viewer), each * 2 * (size.bursts + 2))
    acts, hands = [], []
    for number in range(size.bursts + 2):
        first, second = (refs[(2 * number + half) * each :][:each] for half in range(2))
        for turn, into in ((by_act, acts), (in_core, hands))[:: -1 if number % 2 else 1]:
            into.append(crowd.do(turn, first if turn is by_act else second))
    return acts[2:], hands[2:]


def _lines(database: str, many: int, acts: list[Burst], hands: list[Burst]) -> Iterator[Line]:
    act, hand = _pooled(acts), _pooled(hands)
    ratio = median(one.a_second / other.a_second for one, other in zip(acts, hands, strict=True))
    rates = f"{_rate(acts)} a second, by hand {_rate(hands)}"
    slow = f"p99 {said(act.p99)}, by hand {said(hand.p99)}"
    what = f"{database}, {many} {'callers' if many > 1 else 'caller'}"
    if many != CROWD:
        yield at_least(what, ratio, LEAST, rates, slow)
        return
    yield Line(what, rates, slow, ratio)
    yield at_most(f"{what}: p99 ÷ median", act.p99 / act.median, SLOWEST, said(act.median), said(act.p99))
    yield Line(f"{what}, by hand: p99 ÷ median", said(hand.median), said(hand.p99), hand.p99 / hand.median)


def _pooled(bursts: list[Burst]) -> Timed:
    return Timed(tuple(one for burst in bursts for one in burst.timed.seconds))


def _rate(bursts: list[Burst]) -> str:
    return f"{median(one.a_second for one in bursts):.0f}"


FIGURE = Figure(
    name="moves",
    title="A committed move",
    promise="At 1, 4 and 8 callers at least 0.7 of the rate at which the same rows are written by hand in SQLAlchemy "
    "Core; at 16 callers the slowest hundredth begins under ten times the median.",
    how="The move is *acknowledge* with `If-Match` and an idempotency key. By hand it is the case read under lock, an "
    "entry with its chain hash and payload, two clocks stopped, one message, the case updated where the version "
    "still is what it was, and the idempotency result: the same rows (a test compares them), in one transaction, with "
    "no question asked. The act besides finds out whether the viewer may see the record and whether the move is "
    "lawful, with every reason at once, and looks the key up. Callers are threads of one process on SQLite, as in the "
    "service, and processes on PostgreSQL; those by hand come in the same way. The ratio is of moves a second.",
    measure=measure,
)
