"""May it happen, and what follows? One shared machine per process says whether a move is lawful, nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from transitions import Machine

from workflows.process import Process
from workflows.refusals import Refusal, Refused
from workflows.roles import ask_one_of
from workflows.situation import Child, Situation
from workflows.table import Facts, Move, Outcome, Tell


class _Light:
    """The state that the shared machine moves; it is never registered with it."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


@dataclass(frozen=True, slots=True)
class Fired:
    """What a lawful move brings about."""

    move: Move
    state: str
    ends: bool
    starts: frozenset[str]
    stops: frozenset[str]
    tells: tuple[Tell, ...]
    outcome: Outcome
    urgent: bool
    """True while anything about a child on the case is still urgent after the move."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that starts from here, with every reason why not; no reasons means that it may be made."""

    move: Move
    refusals: tuple[Refusal, ...]
    leads: bool = False
    """True for the move that is the next step in this state."""

    @property
    def may(self) -> bool:
        return not self.refusals


@cache
def machine_of(process: Process) -> Machine:
    return Machine(
        model=None,
        states=[state.name for state in process.states],
        initial=process.opening.state,
        auto_transitions=False,
        transitions=[
            {"trigger": move.name, "source": start, "dest": to}
            for move in process.moves
            for start, to in move.paths.items()
        ],
    )


def choices(process: Process, situation: Situation) -> tuple[Choice, ...]:
    """Every move that starts from here: buttons, explanations and the API all come from this one place."""
    leads = process.state(situation.state).leads
    return tuple(Choice(move, _refusals(move, situation), move.name == leads) for move in _offered(process, situation))


def next_step(process: Process, situation: Situation) -> Choice | None:
    """The one of the choices that is the next step here; None where a state, or who looks, has none."""
    leads = process.state(situation.state).leads
    found = (move for move in _offered(process, situation) if move.name == leads)
    return next((Choice(move, _refusals(move, situation), leads=True) for move in found), None)


def _offered(process: Process, situation: Situation) -> Iterator[Move]:
    return (
        move
        for move in process.moves_from(situation.state)
        if not move.follows and (move.for_referrer or not situation.as_referrer)
    )


def fire(process: Process, situation: Situation, name: str, facts: Facts) -> Fired:
    """Make the move, or raise `Refused` with every reason at once."""
    move = process.move(name)
    if move is not None and (not move.who & situation.actor.roles or (situation.as_referrer and not move.for_referrer)):
        raise Refused(_role_refusal(move))
    if move is None or situation.state not in move.paths:
        raise Refused(_not_from_here(process, situation, move))
    refusals = (*_refusals(move, situation), *_facts_refusals(move, situation, facts))
    if refusals:
        raise Refused(*refusals)
    light = _Light(situation.state)
    machine_of(process).events[name].trigger(light)
    outcome = move.effect(situation, facts)
    _check_declared(process, move, outcome)
    return Fired(
        move=move,
        state=light.state,
        ends=process.state(light.state).end,
        starts=move.starts | outcome.starts,
        stops=move.stops | outcome.stops,
        tells=move.tells,
        outcome=outcome,
        urgent=not all(process.settled(child) for child in _after(situation, outcome)),
    )


def _check_declared(process: Process, move: Move, outcome: Outcome) -> None:
    """What is proven of a table holds only where effects do no more than it says."""
    if not outcome.starts <= move.may_start:
        raise ValueError(f"{move.name} starts clocks that its table doesn't declare: {outcome.starts - move.may_start}")
    if stopped := (outcome.stops - move.stops) & process.rested_on:
        raise ValueError(f"{move.name} stops clocks that states rest on, and its table doesn't declare it: {stopped}")
    if outcome.gives is not None and outcome.gives.kind not in {one.kind for one in move.may_give}:
        raise ValueError(f"{move.name} gives a task that its table doesn't declare: {outcome.gives.kind}")
    if outcome.target and not move.offers:
        raise ValueError(f"{move.name} offers the record, and its table doesn't declare it")


def _after(situation: Situation, outcome: Outcome) -> Iterator[Child]:
    """The children as the outcome leaves them."""
    decided = {one.ref: one for one in outcome.decisions}
    for child in situation.children:
        one = decided.get(child.ref)
        if one is None:
            yield child
            continue
        decision = child.decision if one.decision is None else one.decision or None
        taken_up = child.taken_up if one.taken_up is None else one.taken_up
        yield replace(child, decision=decision, taken_up=taken_up)


def _not_from_here(process: Process, situation: Situation, move: Move | None) -> Refusal:
    here = process.state(situation.state)
    if move is None:
        return Refusal(f"There is no such step in {process.words}.", "Choose one of the steps listed on the record.")
    if here.end:
        anew = "Ask the front door to reopen it." if process.taken_in else "What is needed now begins on a new record."
        return Refusal(f"This record has ended, so '{move.words}' can't be done.", anew)
    ways = [choice.move.words for choice in choices(process, situation) if choice.may]
    on = f"From here you can: {'; '.join(ways)}." if ways else "Look at the record again to see what can be done."
    return Refusal(f"'{move.words}' can't be done while the record is '{here.words.lower()}'.", on)


def _refusals(move: Move, situation: Situation) -> tuple[Refusal, ...]:
    found: list[Refusal] = []
    if not move.who & situation.actor.roles:
        found.append(_role_refusal(move))
    for check in move.checks:
        found.extend(_asked(check, situation))
    return tuple(found)


def _facts_refusals(move: Move, situation: Situation, facts: Facts) -> tuple[Refusal, ...]:
    if not isinstance(facts, move.facts):
        raise TypeError(f"{move.name} takes {move.facts.__name__}, not {type(facts).__name__}")
    return tuple(refusal for check in move.facts_checks for refusal in _asked(check, situation, facts))


def _asked(check: Any, *about: object) -> tuple[Refusal, ...]:
    try:
        check(*about)
    except Refused as refused:
        return refused.refusals
    return ()


def _role_refusal(move: Move) -> Refusal:
    return Refusal(f"'{move.words}' isn't part of your role.", ask_one_of(move.who))
