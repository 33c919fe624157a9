"""Is a table that can't keep the promise refused, for each way in which it can fail?"""

from dataclasses import replace

import pytest

from workflows import REFERRAL, BrokenProcess, Move, NoFacts, Opening, Process, Role, Situation, State

WORKER = frozenset({Role.social_worker})
CLOCK = frozenset({"clock"})
OPEN = State("open", "Open", "Do it", WORKER, CLOCK, leads="finish")
ENDED = State("ended", "Ended", end=True)
PROTECT = Move("protect", "Protect", {"open": "open"}, WORKER, protective=True)
FINISH = Move("finish", "Finish", {"open": "ended"}, WORKER)


def never(situation: Situation) -> None:
    raise AssertionError


def build(states=(OPEN, ENDED), moves=(PROTECT, FINISH), starts=CLOCK, opens="open") -> Process:
    opening = Opening(opens, NoFacts, WORKER, lambda told: starts, lambda told: (), starts)
    return Process("small", "a small process", opening, states, moves)


def test_a_sound_table_stands() -> None:
    assert build().limits == CLOCK


LOST = State("lost", "Lost", "Find it", WORKER, CLOCK, leads="find")
BACK = Move("find", "Find", {"lost": "ended"}, WORKER)
FAULTS = {
    "a way in from an undeclared state": ({"moves": (PROTECT, FINISH, BACK)}, "not declared"),
    "a way on to an undeclared state": ({"moves": (PROTECT, replace(FINISH, paths={"open": "gone"}))}, "not declared"),
    "an undeclared opening": ({"opens": "nowhere"}, "not declared"),
    "an unreachable state": ({"states": (OPEN, ENDED, State("far", "Far", end=True))}, "no path leads"),
    "a state named twice": ({"states": (OPEN, ENDED, ENDED)}, "stands 2 times"),
    "a move named twice": ({"moves": (PROTECT, FINISH, FINISH)}, "stands 2 times"),
    "an open state without a clock": ({"states": (replace(OPEN, clocks=frozenset()), ENDED)}, "no clock runs"),
    "an opening that starts no clock": ({"starts": frozenset()}, "would have no clock"),
    "a move that stops the only clock": ({"moves": (replace(PROTECT, stops=CLOCK), FINISH)}, "without a running clock"),
    "nobody answerable": ({"states": (replace(OPEN, answers=frozenset()), ENDED)}, "nobody is answerable"),
    "no next step": ({"states": (replace(OPEN, next_step=""), ENDED)}, "doesn't say what the next step is"),
    "a next step that isn't there": ({"states": (replace(OPEN, leads="vanish"), ENDED)}, "doesn't name which of its"),
    "only guarded ways on": ({"moves": (PROTECT, replace(FINISH, checks=(never,)))}, "waits for a guard"),
    "no protection": ({"moves": (FINISH,)}, "protection is not one act away"),
    "guarded protection": ({"moves": (replace(PROTECT, checks=(never,)), FINISH)}, "protection is not one act away"),
    "a move open to nobody": ({"moves": (PROTECT, replace(FINISH, who=frozenset()))}, "nobody could make it"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_table_cannot_be_built(fault: str) -> None:
    wrong, sentence = FAULTS[fault]
    with pytest.raises(BrokenProcess, match=sentence):
        build(**wrong)


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BrokenProcess) as broken:
        build(states=(replace(OPEN, answers=frozenset(), next_step=""), ENDED))
    assert len(broken.value.faults) == 2


def test_a_clock_that_only_one_way_in_starts_does_not_count() -> None:
    """Reached by a move that starts its clock and by one that doesn't, a state has no clock for certain."""
    waiting = State("waiting", "Waiting", "Chase", WORKER, frozenset({"chase"}), leads="end")
    started = Move("ask", "Ask", {"open": "waiting"}, WORKER, starts=frozenset({"chase"}))
    unstarted = Move("wait", "Wait", {"open": "waiting"}, WORKER)
    on = Move("end", "End", {"waiting": "ended"}, WORKER)
    protect = replace(PROTECT, paths={"open": "open", "waiting": "open"})
    assert build((OPEN, waiting, ENDED), (protect, FINISH, started, on))
    with pytest.raises(BrokenProcess, match="'wait' from 'open' leaves 'waiting'"):
        build((OPEN, waiting, ENDED), (protect, FINISH, started, unstarted, on))


def rested_on(move: Move) -> bool:
    return any(move.starts & REFERRAL.state(to).clocks for to in move.paths.values())


@pytest.mark.parametrize("move", [move for move in REFERRAL.moves if rested_on(move)], ids=lambda move: move.name)
def test_taking_out_any_clock_that_a_state_of_the_referral_rests_on_is_noticed(move: Move) -> None:
    robbed = tuple(replace(one, starts=frozenset()) if one is move else one for one in REFERRAL.moves)
    with pytest.raises(BrokenProcess):
        Process(REFERRAL.name, REFERRAL.words, REFERRAL.opening, REFERRAL.states, robbed)
