"""What is a figure? What is promised, how it is measured, the lines that a run prints, and why one falls short."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench.ground import Grounds


@dataclass(frozen=True)
class Size:
    """How much is measured: a whole run's, or a test's few moments."""

    rounds: int = 200
    warm: int = 5
    moves: int = 64
    """In one burst of one way."""

    bursts: int = 8
    callers: tuple[int, ...] = (1, 4, 8, 16)
    cases: tuple[int, int] = (10_000, 1_000_000)
    clocks: int = 1_000_000
    messages: int = 600
    seconds: float = 12.0
    """How long workers are watched."""

    contacts: int = 240
    starts: int = 9
    databases: tuple[str, ...] = ("SQLite", "PostgreSQL")


@dataclass(frozen=True)
class Line:
    """One thing measured: its median, what it is like at the slow end, and the ratio that the promise is about."""

    what: str
    median: str = ""
    slow: str = ""
    ratio: float | None = None
    met: bool | None = None
    """None where nothing is promised."""


@dataclass(frozen=True)
class Figure:
    """`how` says what is compared with what; `why` is printed where the promise isn't met."""

    name: str
    title: str
    promise: str
    how: str
    measure: Callable[[Grounds, Size], Iterator[Line]]
    why: str = ""


def at_most(what: str, ratio: float, most: float, median: str = "", slow: str = "") -> Line:
    return Line(what, median, slow, ratio, ratio <= most)


def at_least(what: str, ratio: float, least: float, median: str = "", slow: str = "") -> Line:
    return Line(what, median, slow, ratio, ratio >= least)
