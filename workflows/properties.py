"""What is asked of a process, and where does it fall short? Small named properties, and a flaw for each way to fail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, ParamSpec

Path = tuple[str, ...]
"""States and moves by turns, from the opening on."""

About = ParamSpec("About")


@dataclass(frozen=True, slots=True)
class Flaw:
    """One way in which a property doesn't hold, with the shortest path that leads there, where one does.

    `decide` says by whom it is to be decided, where nothing is wrong and something is left silent: a gap.
    """

    sentence: str
    path: Path = ()
    decide: str = ""

    def __str__(self) -> str:
        return f"{' → '.join(self.path)}: {self.sentence}" if self.path else self.sentence


@dataclass(frozen=True, slots=True)
class Property(Generic[About]):
    """`name` says what holds, `flaws` finds where it doesn't, `counts` says of how much it was asked."""

    name: str
    flaws: Callable[About, Iterator[Flaw]]
    counts: Callable[About, str]


def counted(many: int, one: str, several: str = "") -> str:
    """A number with its noun, such as "1 move" or "14 states"."""
    return f"{many} {one if many == 1 else several or f'{one}s'}"
