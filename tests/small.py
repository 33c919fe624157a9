"""The smallest process in which everything happens: it is offered, joined, proposed, agreed, protected and ended."""

from dataclasses import replace
from typing import Any

from workflows import Audience, Facts, Move, NoFacts, Opening, Process, Role, Situation, State, Table, Tell

WORKER, MANAGER, SYSTEM = (frozenset({role}) for role in (Role.social_worker, Role.team_manager, Role.system))
CLOCK, CHASE, LOOK, GONE = (frozenset({limit}) for limit in ("clock", "chase", "look", "gone"))
OFFERED, AGREED = Tell("offered", Audience.target_holder), Tell("agreed", Audience.proposer)


class Told(Facts):
    reason: str


def never(situation: Situation) -> None:
    raise AssertionError


OPENING = Opening("open", NoFacts, WORKER, lambda told: CLOCK, lambda told: (), CLOCK)
STATES = (
    State("open", "Open", "Do it", WORKER, CLOCK, leads="finish"),
    State("waiting", "Waiting", "Chase", WORKER, CHASE, leads="join"),
    State("second", "Seen by a second person", "Agree", WORKER, LOOK, leads="agree"),
    State("ended", "Ended", end=True),
)
MOVES = (
    Move(
        "protect",
        "Protect",
        dict.fromkeys(("open", "waiting", "second", "ended"), "open"),
        WORKER,
        starts=CLOCK,
        protective=True,
    ),
    Move("finish", "Finish", {"open": "ended"}, WORKER),
    Move("offer", "Offer", {"open": "waiting"}, WORKER, starts=CHASE, offers=True, tells=(OFFERED,)),
    Move("join", "Join", {"waiting": "ended"}, WORKER, checks=(never,), joins=True),
    Move("propose", "Propose", {"open": "second"}, WORKER, starts=LOOK),
    Move(
        "agree",
        "Agree",
        {"second": "ended"},
        WORKER | MANAGER,
        checks=(never,),
        seconds="propose",
        tells=(AGREED,),
    ),
    Move("back", "Take it back", {"waiting": "open", "second": "open"}, WORKER),
)


def small(*more: Move | State, opening: dict[str, Any] | None = None, **otherwise: dict[str, Any]) -> Table:
    """The small process, with more in it, and with a state or a move that is otherwise, each by its name."""
    states = (*STATES, *(one for one in more if isinstance(one, State)))
    moves = (*MOVES, *(one for one in more if isinstance(one, Move)))
    return Table(
        "small",
        "a small process",
        replace(OPENING, **(opening or {})),
        tuple(replace(one, **otherwise.get(one.name, {})) for one in states),
        tuple(replace(one, **otherwise.get(one.name, {})) for one in moves),
    )


def built(table: Table, **how: Any) -> Process:
    return Process(table.name, table.words, table.opening, table.states, table.moves, **how)
