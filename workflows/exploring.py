"""Where can a record get to, and by which moves soonest? Every state with the clocks that certainly run in it."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from workflows.properties import Path
from workflows.table import Move, Table


@dataclass(frozen=True, slots=True)
class Place:
    """A state, and which of the clocks that states rest on run in it, however little was told on the way."""

    state: str
    running: frozenset[str]


@lru_cache(maxsize=32)
def places(process: Table) -> dict[Place, Path]:
    """Every place a record can get to, the nearest first, with the shortest way there from the opening."""
    opening = process.opening
    start = Place(opening.state, opening.always_starts & process.rested_on)
    ways: dict[Place, Path] = {start: (opening.state,)}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for move, to in _next(process, at):
            if to not in ways:
                ways[to] = (*ways[at], move.name, to.state)
                waiting.append(to)
    return ways


def _next(process: Table, at: Place) -> Iterator[tuple[Move, Place]]:
    """Where each move leads; a record that ends has no clock running any more."""
    for move in process.moves_from(at.state):
        to = move.paths[at.state]
        running = frozenset() if process.state(to).end else (at.running - move.stops) | move.starts
        yield move, Place(to, running & process.rested_on)


def ways(process: Table, without: Callable[[Move], bool] | None = None) -> dict[str, Path]:
    """Every state a record can get to with its shortest way, by no move that is left out."""
    if without is None:
        return {place.state: path for place, path in reversed(places(process).items())}
    found: dict[str, Path] = {process.opening.state: (process.opening.state,)}
    waiting = deque(found)
    while waiting:
        at = waiting.popleft()
        for move in process.moves_from(at):
            to = move.paths[at]
            if to not in found and not without(move):
                found[to] = (*found[at], move.name, to)
                waiting.append(to)
    return found


def ending(process: Table) -> frozenset[str]:
    """The states from which an end can be reached by moves that somebody chooses, and not by way of danger."""
    found = {state.name for state in process.states if state.end}
    chosen = [move for move in process.moves if not move.follows and not move.protective]
    while further := {
        start for move in chosen for start, to in move.paths.items() if to in found and start not in found
    }:
        found |= further
    return frozenset(found)
