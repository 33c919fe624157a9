"""Who calls at once? Threads of one process, as the service has on SQLite, or processes, as it has on PostgreSQL.

Processes, so that what is measured is the work and not the one interpreter that threads share.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Barrier
from time import perf_counter
from typing import Any

from bench.ground import Ground
from bench.timing import Timed, took
from pathway.acts import Desk

Turn = Callable[[Desk, Ground, str], object]
"""One thing to do, about one thing named."""

Begun = list[Future[tuple[float, float, list[float]]]]

_here: dict[str, Any] = {}
"""What a process opened when it came: its desk, its ground, and where all wait for each other."""


@dataclass(frozen=True)
class Burst:
    """What so many callers did together."""

    a_second: float
    timed: Timed


class Callers:
    """So many at once; what they are given to do is shared out evenly, and all begin together."""

    def __init__(self, executor: Executor, many: int) -> None:
        self.executor = executor
        self.many = many

    def do(self, turn: Turn, about: Sequence[str]) -> Burst:
        return self.end(self.begin(turn, about))

    def begin(self, turn: Turn, about: Sequence[str]) -> Begun:
        shares = [(turn, list(about[first :: self.many])) for first in range(self.many)]
        return [self.executor.submit(_share, share) for share in shares]

    def end(self, begun: Begun) -> Burst:
        done = [one.result() for one in begun]
        lasted = max(end for _, end, _ in done) - min(start for start, _, _ in done)
        seconds = tuple(one for _, _, seconds in done for one in seconds)
        return Burst(len(seconds) / lasted, Timed(seconds))


@contextmanager
def callers(ground: Ground, many: int, *, processes: bool) -> Iterator[Callers]:
    if processes:
        context = get_context("forkserver")
        context.set_forkserver_preload(["bench.figures"])
        given = (ground, context.Barrier(many))
        executor: Executor = ProcessPoolExecutor(many, context, _come, given)
    else:
        executor = ThreadPoolExecutor(many)
        _come(ground, Barrier(many))
    with executor:
        yield Callers(executor, many)
    if not processes:
        _here.pop("desk").database.dispose()


def _come(ground: Ground, together: Any) -> None:
    _here.update(ground=ground, desk=ground.desk(), together=together)


def _share(share: tuple[Turn, list[str]]) -> tuple[float, float, list[float]]:
    turn, about = share
    desk, ground = _here["desk"], _here["ground"]
    _here["together"].wait()
    start = perf_counter()
    seconds = [took(lambda one=one: turn(desk, ground, one)) for one in about]
    return start, perf_counter(), seconds
