"""Is it noticed whatever is taken out of the referral: a clock's start, a way to protect, whoever may, an end?"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from workflows import REFERRAL, Move, Opening, State, Table
from workflows.exploring import ways
from workflows.properties import Path
from workflows.soundness import faults

CLOCKS = "a clock runs in every open state, whichever way a record came there"
STARTED = "every clock that is stopped is one that something starts"
STARTS = [(move, limit) for move in REFERRAL.moves for limit in sorted(move.starts)]
PROTECTS = [(move, start) for move in REFERRAL.moves if move.protective for start in move.paths]
ENDS = frozenset(state.name for state in REFERRAL.states if state.end)


def table(
    moves: tuple[Move, ...] = REFERRAL.moves,
    states: tuple[State, ...] = REFERRAL.states,
    opening: Opening = REFERRAL.opening,
) -> Table:
    return Table(REFERRAL.name, REFERRAL.words, opening, states, moves)


def robbed(move: Move, **of: object) -> Table:
    """The referral with one move that is otherwise."""
    return table(tuple(replace(one, **of) if one is move else one for one in REFERRAL.moves))  # type: ignore[arg-type]


def without(*gone: tuple[str, str]) -> Table:
    """The referral without some of its ways, each named by its move and where it starts."""

    def left(move: Move) -> dict[str, str]:
        return {at: to for at, to in move.paths.items() if (move.name, at) not in gone}

    return table(tuple(replace(move, paths=left(move)) for move in REFERRAL.moves))


def leading(to: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Every way into these states from outside them."""
    for move in REFERRAL.moves:
        yield from ((move.name, at) for at, end in move.paths.items() if end in to and at not in to)


def broken(found: Table) -> dict[str, Path]:
    """The path that each broken property shows first."""
    return {one.name: flaw.path for one, flaw in reversed(list(faults(found)))}


@pytest.mark.parametrize(("move", "limit"), STARTS, ids=lambda one: getattr(one, "name", one))
def test_the_start_of_any_clock(move: Move, limit: str) -> None:
    assert broken(robbed(move, starts=move.starts - {limit})).keys() & {CLOCKS, STARTED}


def test_the_clock_that_it_opens_with() -> None:
    assert broken(table(opening=replace(REFERRAL.opening, always_starts=frozenset())))[CLOCKS] == ("taken",)


def test_a_clock_that_may_start_at_the_opening() -> None:
    assert STARTED in broken(table(opening=replace(REFERRAL.opening, may_start=frozenset())))


@pytest.mark.parametrize(("move", "start"), PROTECTS, ids=lambda one: getattr(one, "name", one))
def test_any_way_to_protect(move: Move, start: str) -> None:
    found = broken(without((move.name, start)))
    assert found["protection is one act away from everywhere"] == ways(REFERRAL)[start]


@pytest.mark.parametrize("move", REFERRAL.moves, ids=lambda one: one.name)
def test_everybody_who_may_make_a_move(move: Move) -> None:
    assert "every move is open to somebody" in broken(robbed(move, who=frozenset()))


@pytest.mark.parametrize("state", REFERRAL.open_states, ids=lambda one: one.name)
def test_everybody_who_answers_in_a_state(state: State) -> None:
    states = tuple(replace(one, answers=frozenset()) if one is state else one for one in REFERRAL.states)
    found = broken(table(states=states))
    assert found["somebody answers in every open state, and may take the next step"] == ways(REFERRAL)[state.name]


@pytest.mark.parametrize("end", sorted(ENDS))
def test_every_way_to_an_end(end: str) -> None:
    assert "every state can be reached" in broken(without(*leading(frozenset({end}))))


@pytest.mark.parametrize("state", REFERRAL.open_states, ids=lambda one: one.name)
def test_every_way_on_from_a_state(state: State) -> None:
    gone = [(move.name, state.name) for move in REFERRAL.moves if not move.protective and state.name in move.paths]
    paths = [flaw.path for one, flaw in faults(without(*gone)) if one.name == "an end can be reached from every state"]
    assert ways(REFERRAL)[state.name] in paths


def test_every_end() -> None:
    found = [flaw.path[-1] for one, flaw in faults(without(*leading(ENDS))) if "an end can be" in one.name]
    assert sorted(found) == sorted(state.name for state in REFERRAL.open_states)
