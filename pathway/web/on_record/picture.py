"""Where does a record stand in its process? Every state at a place of its own, the way so far, and ways from here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from textwrap import wrap

from pathway.clock import LONDON
from pathway.web.on_record.laid import HIGH, WIDE, Cell, Edge, Laid, Point, run_of
from pathway.web.on_record.way import Step, Way
from workflows import State, Table

LETTERS, MOST_LINES, MOST_NUMBERS = 22, 2, 3


@dataclass(frozen=True, slots=True)
class Box:
    """One state at its upper left corner; `looks` is `now`, `been`, `next` or `other`."""

    state: str
    looks: str
    end: bool
    x: int
    y: int
    lines: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Line:
    """From one state to another; `kind` is the way it has `been`, a way `open` from here, or one to `protect`."""

    start: str
    end: str
    kind: str
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{x} {y}" for x, y in self.points)

    @property
    def tip(self) -> str:
        """An arrowhead on the last point, to which a line comes from above or from below."""
        (x, y), back = self.points[-1], -9 if self.points[-2][1] < self.points[-1][1] else 9
        return f"M{x} {y}L{x - 5} {y + back}L{x + 5} {y + back}Z"


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def picture(process: Table, way: Way) -> Picture:
    """The whole process, with the way so far in whole lines and what is open from here in broken ones."""
    where = cells(process)
    edges = sorted(set(_edges(way)), key=lambda edge: (where[edge[0]], where[edge[1]], edge[2]))
    laid = Laid(where, tuple(run_of(edge, where) for edge in edges))
    return Picture(
        width=laid.width,
        height=laid.height,
        box_width=WIDE,
        box_height=HIGH,
        boxes=tuple(_box(state, way, laid) for state in process.states),
        lines=tuple(Line(*run.edge, laid.points(run)) for run in laid.runs),
    )


def _edges(way: Way) -> Iterator[Edge]:
    for one, two in pairwise(way.steps):
        yield one.state, two.state, "been"
    for onward in way.onward:
        yield way.now.state, onward.state, "protect" if onward.protective else "open"


@lru_cache(maxsize=16)
def cells(process: Table) -> Mapping[str, Cell]:
    """The row and column of each state: as far down as the longest way to it that never turns back."""
    order = {state.name: place for place, state in enumerate(process.states)}
    row = {state: 0 if state == process.opening.state else 1 for state in order}
    for state in order:
        for move in process.moves_from(state):
            to = move.paths[state]
            if order[to] > order[state] and not move.protective and not move.follows:
                row[to] = max(row[to], row[state] + 1)
    columns: dict[int, int] = defaultdict(int)
    found: dict[str, Cell] = {}
    for state in order:
        found[state] = (row[state], columns[row[state]])
        columns[row[state]] += 1
    return found


def _box(state: State, way: Way, laid: Laid) -> Box:
    row, column = laid.cells[state.name]
    steps = [step for step in way.steps if step.state == state.name]
    onward = [one for one in way.onward if one.state == state.name]
    looks = "now" if way.now.state == state.name else "been" if steps else "next" if onward else "other"
    lines = wrap(state.words, LETTERS, max_lines=MOST_LINES, placeholder="…")
    leads = not steps and any(one.leads for one in onward)
    note = "The next step" if leads else _note(steps, looks)
    return Box(state.name, looks, state.end, laid.left(column), laid.top(row), tuple(lines), note)


def _note(steps: list[Step], looks: str) -> str:
    """The numbers of the steps that came here, as the table has them, and when the last did."""
    numbers = [str(step.number) for step in steps]
    shown = ", ".join(numbers if len(numbers) <= MOST_NUMBERS else [*numbers[: MOST_NUMBERS - 1], "…", numbers[-1]])
    when = f"{steps[-1].at.astimezone(LONDON):%-d %b %H:%M}" if steps and steps[-1].at else ""
    return " · ".join(one for one in ("Now" if looks == "now" else "", shown, when) if one)
