"""What is a process? A table of states and moves that has been found sound."""

from dataclasses import dataclass

from workflows.properties import Flaw
from workflows.soundness import faults
from workflows.table import Table


class BrokenProcess(Exception):
    """A table that can't keep the promise; `faults` are sentences, each with the path that leads there."""

    def __init__(self, process: Table, found: tuple[Flaw, ...]) -> None:
        self.faults = found
        super().__init__("\n".join(f"{process.name}: {flaw}" for flaw in found))


@dataclass(frozen=True, eq=False)
class Process(Table):
    """A checked table. Raises `BrokenProcess`, with every fault at once, when it is built wrong."""

    def __post_init__(self) -> None:
        found = tuple(flaw for _, flaw in faults(self))
        if found:
            raise BrokenProcess(self, found)
