"""Where do boxes in rows and columns stand, so that lines between them never touch another box or run on each other?

Lines run level in the channels under rows and upright in the gaps before columns, each in a lane of its own; and where
they leave or come to a box, each has a place of its own on its edge.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

WIDE, HIGH, LANE, MARGIN = 176, 72, 9, 14

Cell = tuple[int, int]
Edge = tuple[str, str, str]
"""From one box to another, and what kind of line: two kinds between the same boxes run apart."""

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """How one line runs: by which channels, each named by the row above it, and by which gap, that before a column."""

    edge: Edge
    channels: tuple[int, ...]
    gap: int | None = None


@dataclass
class Laid:
    """Boxes by their cells, row and column, and a run for each edge."""

    cells: Mapping[str, Cell]
    runs: tuple[Run, ...]
    lanes: dict[int, list[Run]] = field(default_factory=lambda: defaultdict(list))
    gaps: dict[int, list[Run]] = field(default_factory=lambda: defaultdict(list))
    places: dict[tuple[int, int], list[tuple[float, Edge, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for run in self.runs:
            for channel in run.channels:
                self.lanes[channel].append(run)
            if run.gap is not None:
                self.gaps[run.gap].append(run)
            self._take_places(run)
        for taken in self.places.values():
            taken.sort()

    def _take_places(self, run: Run) -> None:
        """On the edge of each box that it touches, nearest to where it heads."""
        (row, column), (to_row, to_column) = (self.cells[one] for one in run.edge[:2])
        if not run.channels:
            self.places[min(row, to_row), column].append((column, run.edge, run.edge[0]))
            return
        between = None if run.gap is None else run.gap - 0.5
        leaves, comes = run.channels[0], run.channels[-1]
        self.places[leaves, column].append((to_column if between is None else between, run.edge, run.edge[0]))
        self.places[comes, to_column].append((column if between is None else between, run.edge, run.edge[1]))

    @property
    def width(self) -> int:
        columns = 1 + max(column for _, column in self.cells.values())
        return self.left(columns - 1) + WIDE + self._gap(columns) + MARGIN

    @property
    def height(self) -> int:
        last = max(row for row, _ in self.cells.values())
        return self.top(last) + HIGH + MARGIN + LANE * len(self.lanes[last])

    def left(self, column: int) -> int:
        return MARGIN + column * WIDE + sum(self._gap(gap) for gap in range(column + 1))

    def top(self, row: int) -> int:
        return MARGIN + row * HIGH + sum(24 + LANE * len(self.lanes[channel]) for channel in range(row))

    def points(self, run: Run) -> tuple[Point, ...]:
        """From edge to edge, level and upright by turns."""
        start, end, _ = run.edge
        if not run.channels:
            (row, _), (to_row, _) = self.cells[start], self.cells[end]
            x = self._place(run, min(row, to_row), start)
            return (x, self._edge(start, min(row, to_row))), (x, self._edge(end, min(row, to_row)))
        leaves, comes = run.channels[0], run.channels[-1]
        x, to_x = self._place(run, leaves, start), self._place(run, comes, end)
        y, to_y = self._lane(run, leaves), self._lane(run, comes)
        turns = [x, to_x] if run.gap is None else [x, self._upright(run), to_x]
        levels = [y] if run.gap is None else [y, to_y]
        middle = [point for at, level in enumerate(levels) for point in ((turns[at], level), (turns[at + 1], level))]
        return (x, self._edge(start, leaves)), *middle, (to_x, self._edge(end, comes))

    def _edge(self, state: str, channel: int) -> int:
        """The lower edge of a box above the channel, the upper one of a box below it."""
        row, _ = self.cells[state]
        return self.top(row) + (HIGH if row == channel else 0)

    def _place(self, run: Run, channel: int, state: str) -> int:
        taken = self.places[channel, self.cells[state][1]]
        at = next(place for place, (_, edge, one) in enumerate(taken, 1) if (edge, one) == (run.edge, state))
        return self.left(self.cells[state][1]) + WIDE * at // (len(taken) + 1)

    def _lane(self, run: Run, channel: int) -> int:
        return self.top(channel) + HIGH + 12 + LANE * self.lanes[channel].index(run)

    def _upright(self, run: Run) -> int:
        gap = run.gap or 0
        return self.left(gap) - self._gap(gap) + 8 + LANE * self.gaps[gap].index(run)

    def _gap(self, gap: int) -> int:
        return 16 + LANE * len(self.gaps[gap]) if gap or self.gaps[gap] else 0


def run_of(edge: Edge, cells: Mapping[str, Cell]) -> Run:
    """Straight to the next row of its column; else through one channel, or through two and a gap between them."""
    (row, column), (to_row, to_column) = cells[edge[0]], cells[edge[1]]
    if abs(to_row - row) == 1 and to_column == column:
        return Run(edge, ())
    leaves, comes = (row, to_row - 1) if to_row > row else (row - 1, to_row) if to_row < row else (row, row)
    if leaves == comes:
        return Run(edge, (leaves,))
    return Run(edge, (leaves, comes), to_column + (1 if column > to_column else 0))
