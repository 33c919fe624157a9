"""Does the picture of a process show every state once, apart, and each way as a line that touches nothing else?"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some
from small import CLOCK, OPENING, WORKER, small

from pathway.web.on_record.laid import HIGH, WIDE
from pathway.web.on_record.picture import Box, Line, Picture, cells, picture
from pathway.web.on_record.way import Onward, Step, Way
from workflows import PAST, PROCESSES, Move, State, Table

Stretch = tuple[tuple[int, int], tuple[int, int]]
NAMES = "abcdefghijkl"


def way(process: Table, steps: list[str], onward: list[str], protects: bool = False) -> Way:
    words = {state.name: state.words for state in process.states}
    return Way(
        tuple(Step(number, state, words[state]) for number, state in enumerate(steps, 1)),
        tuple(Onward("On", state, words[state], protects and not at, not at) for at, state in enumerate(onward)),
        (),
    )


@some.composite
def tables(draw: some.DrawFn) -> Table:
    """Any states and any moves between them, sound or not."""
    names = NAMES[: draw(some.integers(1, len(NAMES)))]
    states = tuple(State(name, f"State {name}", "On", WORKER, CLOCK, end=draw(some.booleans())) for name in names)
    paths = draw(some.lists(some.dictionaries(some.sampled_from(names), some.sampled_from(names)), max_size=12))
    moves = tuple(Move(f"move{at}", "Move", path, WORKER) for at, path in enumerate(paths))
    return Table("any", "any process", replace(OPENING, state=names[0]), states, moves)


@some.composite
def pictures(draw: some.DrawFn) -> tuple[Table, Way, Picture]:
    table = draw(some.one_of(tables(), some.sampled_from([*PROCESSES, *PAST, small()])))
    names = some.sampled_from([state.name for state in table.states])
    steps = [one for one, before in pairwise([*draw(some.lists(names, min_size=1, max_size=9)), ""]) if one != before]
    onward = [one for one in draw(some.lists(names, max_size=8, unique=True)) if one != steps[-1]]
    shown = way(table, steps, onward, draw(some.booleans()))
    return table, shown, picture(table, shown)


def stretches(line: Line) -> Iterator[Stretch]:
    return pairwise(line.points)


def runs_through(box: Box, stretch: Stretch) -> bool:
    (left, right), (top, bottom) = (sorted(pair) for pair in zip(*stretch, strict=True))
    return left < box.x + WIDE and right > box.x and top < box.y + HIGH and bottom > box.y


def lie_on_each_other(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches of the same direction share more than a point."""
    for along, across in ((0, 1), (1, 0)):
        if len({point[across] for point in (*one, *other)}) == 1:
            ends = [sorted(point[along] for point in stretch) for stretch in (one, other)]
            return max(low for low, _ in ends) < min(high for _, high in ends)
    return False


@given(pictures())
def test_every_state_stands_once_apart_from_the_others_and_within_the_picture(
    made: tuple[Table, Way, Picture],
) -> None:
    table, _, shown = made
    assert [box.state for box in shown.boxes] == [state.name for state in table.states]
    for one, other in combinations(shown.boxes, 2):
        assert abs(one.x - other.x) > WIDE or abs(one.y - other.y) > HIGH
    assert all(0 < box.x < shown.width - WIDE and 0 < box.y < shown.height - HIGH for box in shown.boxes)


@given(pictures())
def test_no_line_runs_through_a_box_or_on_another_line(made: tuple[Table, Way, Picture]) -> None:
    _, _, shown = made
    for line in shown.lines:
        for start, end in stretches(line):
            assert start[0] == end[0] or start[1] == end[1]
            assert all(0 < x < shown.width and 0 < y < shown.height for x, y in (start, end))
            assert not any(runs_through(box, (start, end)) for box in shown.boxes)
    for one, other in combinations(shown.lines, 2):
        assert not any(lie_on_each_other(a, b) for a in stretches(one) for b in stretches(other))


@given(pictures())
def test_each_line_leads_from_its_one_box_to_its_other(made: tuple[Table, Way, Picture]) -> None:
    _, _, shown = made
    boxes = {box.state: box for box in shown.boxes}
    for line in shown.lines:
        for state, (x, y) in ((line.start, line.points[0]), (line.end, line.points[-1])):
            assert boxes[state].x < x < boxes[state].x + WIDE
            assert y in (boxes[state].y, boxes[state].y + HIGH)
        assert line.path.startswith(f"M{line.points[0][0]} {line.points[0][1]}L")
        assert line.tip.startswith(f"M{line.points[-1][0]} {line.points[-1][1]}L")


@given(pictures())
def test_there_is_a_line_for_each_step_and_each_way_on_and_no_other(made: tuple[Table, Way, Picture]) -> None:
    _, told, shown = made
    been = {(one.state, two.state, "been") for one, two in pairwise(told.steps)}
    on = {(told.now.state, one.state, "protect" if one.protective else "open") for one in told.onward}
    assert sorted((line.start, line.end, line.kind) for line in shown.lines) == sorted(been | on)


@pytest.mark.parametrize("process", [*PROCESSES, *PAST], ids=lambda one: one.hash[:8])
def test_whatever_comes_later_stands_lower(process: Table) -> None:
    order = {state.name: place for place, state in enumerate(process.states)}
    where = cells(process)
    for move in process.moves:
        for start, to in move.paths.items():
            if order[to] > order[start] and not move.protective and not move.follows:
                assert where[to][0] > where[start][0]
    assert where[process.opening.state] == (0, 0)


def test_a_box_says_where_it_stands_which_steps_came_there_and_which_comes_next() -> None:
    shown = picture(small(), way(small(), ["open", "waiting", "open", "second", "open"], ["ended", "second"]))
    assert {box.state: (box.looks, box.note) for box in shown.boxes} == {
        "open": ("now", "Now · 1, 3, 5"),
        "waiting": ("been", "2"),
        "second": ("been", "4"),
        "ended": ("next", "The next step"),
    }


def test_of_many_visits_the_first_and_the_last_are_numbered() -> None:
    shown = picture(small(), way(small(), ["open", "second"] * 4, []))
    assert [box.note for box in shown.boxes[:3]] == ["1, 3, …, 7", "", "Now · 2, 4, …, 8"]
