"""How long does it take? Ways of doing a thing, timed in turn, so that whatever else goes on weighs on all alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from time import perf_counter

Way = Callable[[int], object]
"""One way of doing it, told which round this is."""


@dataclass(frozen=True)
class Timed:
    """Seconds of each round, without those that warmed up."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        return self._above(20)

    @property
    def p99(self) -> float:
        return self._above(100)

    def _above(self, parts: int) -> float:
        """Where the slowest of so many parts begins."""
        if len(self.seconds) == 1:
            return self.seconds[0]
        return quantiles(self.seconds, n=parts, method="inclusive")[-1]


def took(do: Callable[[], object]) -> float:
    start = perf_counter()
    do()
    return perf_counter() - start


def in_turn(rounds: int, *ways: Way, warm: int = 5) -> tuple[Timed, ...]:
    """Each way once a round, in the other order every other round."""
    seconds: list[list[float]] = [[] for _ in ways]
    for number in range(warm + rounds):
        for at in _order(len(ways), number):
            one = took(partial(ways[at], number))
            if number >= warm:
                seconds[at].append(one)
    return tuple(Timed(tuple(each)) for each in seconds)


def _order(many: int, number: int) -> Iterable[int]:
    return reversed(range(many)) if number % 2 else range(many)


def said(seconds: float) -> str:
    """A time in the unit that one would say it in."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} µs"
    return f"{seconds * 1e3:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
