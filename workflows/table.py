"""What is written down of a process? States and moves, as a table that a manager can read."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from workflows.roles import Role
from workflows.situation import Child, Situation


class Facts(BaseModel):
    """What a move is told: the form on the page and the body in the API are both made from it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)


class NoFacts(Facts):
    """A move that needs to be told nothing."""


class Audience(StrEnum):
    """Who should hear, said by part played; the service finds the people when it sends."""

    referrer = "referrer"
    holder = "holder"
    manager = "manager"
    service_manager = "service_manager"
    front_door = "front_door"
    social_work = "social_work"
    target_holder = "target_holder"
    proposer = "proposer"
    owner = "owner"
    """Whoever has taken on the action whose time it is."""

    invited = "invited"
    """Everybody with an account who is invited to the meeting."""

    missing = "missing"
    """Those of them who neither came nor sent word."""

    @property
    def words(self) -> str:
        return WHO_HEARS.get(self, self.value.replace("_", " "))


WHO_HEARS = {
    Audience.target_holder: "holder of the record it is offered to",
    Audience.invited: "everybody invited",
    Audience.missing: "whoever was missed",
}


@dataclass(frozen=True, slots=True)
class Tell:
    """A kind of message, named as `notifications` names it, and who should hear it."""

    message: str
    to: Audience


@dataclass(frozen=True, slots=True)
class ToDo:
    """A task that a move gives, its kind named as the service names it: to a manager now, or to whoever answers for
    the record, `on` a day.
    """

    kind: str
    words: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class State:
    """`clocks` names the limits of which at least one runs for as long as a case is open in this state.

    They must be ours: a partner's clock tells when they are late, and none of us would have a time to act by.
    `leads` names the move that is the next step here; where a state is `decided`, every child has a decision.
    """

    name: str
    words: str
    next_step: str = ""
    answers: frozenset[Role] = frozenset()
    clocks: frozenset[str] = frozenset()
    leads: str = ""
    decided: bool = False
    end: bool = False


@dataclass(frozen=True, slots=True)
class ChildDecided:
    """What a move decides for one child; None leaves what stands, "" clears it."""

    ref: str
    decision: str | None = None
    level: str | None = None
    destination: str | None = None
    taken_up: bool | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked: `agency` and `email` may be empty, where somebody will ring them."""

    of: str
    agency: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class ToBeDone:
    """What somebody will do by a day; `owner` is their account, "" where they have none."""

    owner: str
    by: date


@dataclass(frozen=True, slots=True)
class Sitting:
    """When people meet, and for how many minutes."""

    starts_at: datetime
    minutes: int


class Attendance(StrEnum):
    """What became of somebody who was invited, once the meeting was held."""

    came = "came"
    apologies = "apologies"
    missing = "missing"

    @property
    def words(self) -> str:
        return {"came": "Came", "apologies": "Sent apologies", "missing": "Was missed"}[self.value]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a move's facts change beyond state and clocks."""

    decisions: tuple[ChildDecided, ...] = ()
    proposals: tuple[ChildDecided, ...] | None = None
    """Decisions that wait for a second person; () clears them, None leaves them."""
    stops: frozenset[str] = frozenset()
    starts: frozenset[str] = frozenset()
    target: str | None = None
    """The open case it is offered to, by reference; "" where it is offered no more."""

    asks: Asking | None = None
    """A question put to another agency, which starts a clock of its own."""

    answers: str = ""
    """The question, by reference, that waits no longer; `given_up` where nobody answered it."""

    given_up: bool = False
    action: ToBeDone | None = None
    """Something that somebody takes on, with a clock of its own."""

    ends_action: str = ""
    """The action, by reference, that is done; `dropped` where it is no longer needed."""

    dropped: bool = False
    urgency: str | None = None
    """The band of urgency it is given from now on; its clock counts from when the record's began."""

    meets: Sitting | None = None
    """When the meeting is, from now on."""

    invites: str | None = None
    """Somebody to invite to it, by their account; "" where they have none."""

    uninvites: str = ""
    """The invitation, by reference, of somebody who is invited no more."""

    attended: Mapping[str, Attendance] = field(default_factory=dict)
    """By invitation, what became of each who was invited."""

    gives: ToDo | None = None
    """A task, of a kind that the move may give."""

    due_on: Mapping[str, date] = field(default_factory=dict)
    """By limit, the day that people agreed themselves, for clocks that this starts."""


Check = Callable[[Situation], None]
FactsCheck = Callable[[Situation, Any], None]
Effect = Callable[[Situation, Any], Outcome]


def settled_always(child: Child) -> bool:
    return True


def no_effect(situation: Situation, facts: Any) -> Outcome:
    return Outcome()


def sets_nothing(facts: Any) -> Outcome:
    return Outcome()


@dataclass(frozen=True, slots=True)
class Move:
    """`paths` leads each state the move starts from to the state it ends in; `who` is never empty.

    `checks` look at the situation alone, so that a button can say why not before anything is typed; `facts_checks`
    look at what was typed as well. Both raise `Refused`. `may_start` names clocks that the effect starts only
    sometimes, and `may_give` tasks that it gives only sometimes; with `actor_answers` whoever makes the move
    becomes answerable for the case; with `offers` the facts name an open case that it is offered to, and with
    `joins` the case's children go on in it. `seconds` names the move whose proposal this one agrees: two people
    make them. Whoever sees a case as its referrer may make only what is `for_referrer`; what `follows` from another
    act is offered to nobody. What `refers` takes a worry about the case's children in at the front door in the same
    act, and has them protected there. What `renews` begins the next record of its kind in the same act, where its
    facts say when.
    """

    name: str
    words: str
    paths: Mapping[str, str]
    who: frozenset[Role]
    facts: type[Facts] = NoFacts
    checks: tuple[Check, ...] = ()
    facts_checks: tuple[FactsCheck, ...] = ()
    starts: frozenset[str] = frozenset()
    may_start: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    tells: tuple[Tell, ...] = ()
    gives: ToDo | None = None
    may_give: tuple[ToDo, ...] = ()
    effect: Effect = no_effect
    protective: bool = False
    actor_answers: bool = False
    offers: bool = False
    joins: bool = False
    seconds: str = ""
    for_referrer: bool = False
    follows: bool = False
    refers: bool = False
    renews: bool = False

    @property
    def has_facts(self) -> bool:
        return bool(self.facts.model_fields)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case begins: what must be told, which clocks start at once, who hears.

    What depends on what is told is declared too: `may_start` and `may_tell` name all that `starts` and `tells` may say.
    A process that `begins_on` records of others, named, begins there for children who are on them, and `checks` look
    at what is told then; `takes_up` names the decisions of which it is the next step. `one_at_a_time` says that no
    child has two of it open, `one_here` names the state in which one on the same record stands in another's way,
    `after_end` that it begins on a record that has ended too. Any other process begins with a worry that is taken in.
    `sets` is what the facts change besides, as a move's effect does.
    """

    state: str
    facts: type[Facts]
    who: frozenset[Role]
    starts: Callable[[Any], frozenset[str]]
    tells: Callable[[Any], tuple[Tell, ...]]
    always_starts: frozenset[str]
    may_start: frozenset[str] = frozenset()
    may_tell: tuple[Tell, ...] = ()
    begins_on: frozenset[str] = frozenset()
    takes_up: frozenset[str] = frozenset()
    checks: tuple[Callable[[Any, datetime], None], ...] = ()
    words: str = ""
    """What beginning one is called, where that isn't "Begin" and the words of the process."""

    one_at_a_time: bool = True
    one_here: str = ""
    after_end: bool = False
    sets: Callable[[Any], Outcome] = sets_nothing


@dataclass(frozen=True, eq=False)
class Table:
    """States and moves, not yet known to be sound."""

    name: str
    words: str
    opening: Opening
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    settled: Callable[[Child], bool] = settled_always
    """Whether nothing about a child is urgent any more; while one isn't, the case stands first on the board."""

    if_published: frozenset[str] = frozenset()
    """Limits whose clocks run where a document has them, and are missed by nobody where it doesn't."""

    superseded: bool = False
    """A table of an earlier release, kept to the letter for the records that run on it."""

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.name: state for state in self.states}

    @cached_property
    def _moves(self) -> dict[str, Move]:
        return {move.name: move for move in self.moves}

    def state(self, name: str) -> State:
        return self._states[name]

    def move(self, name: str) -> Move | None:
        return self._moves.get(name)

    def moves_from(self, state: str) -> Iterator[Move]:
        return (move for move in self.moves if state in move.paths)

    @property
    def open_states(self) -> tuple[State, ...]:
        return tuple(state for state in self.states if not state.end)

    @property
    def tells(self) -> tuple[Tell, ...]:
        """Every message that the opening or a move may send."""
        return (*self.opening.may_tell, *(tell for move in self.moves for tell in move.tells))

    @property
    def plans(self) -> bool:
        """Whether somebody takes things on in it, so that help is agreed, assessed and planned there."""
        return self.move("add_action") is not None

    @property
    def takes_up(self) -> bool:
        """Whether a worry about a child of it may be taken on there: nothing is decided at a meeting alone."""
        return self.move("take_on") is not None

    @property
    def meets(self) -> bool:
        """Whether it is a meeting, to which people are invited."""
        return self.move("invite") is not None

    @property
    def begins(self) -> str:
        """What beginning one is called on a button."""
        return self.opening.words or f"Begin {self.words}"

    @property
    def taken_in(self) -> bool:
        """Whether its cases begin with a worry from outside, so that something is told, judged and decided there."""
        return not self.opening.begins_on

    @property
    def limits(self) -> frozenset[str]:
        """Every limit that the table names, which an edition in force must publish."""
        return self._named - self.if_published

    @cached_property
    def _named(self) -> frozenset[str]:
        named = set(self.opening.always_starts | self.opening.may_start)
        for move in self.moves:
            named |= move.starts | move.may_start | move.stops
        return frozenset(named) | self.rested_on

    @cached_property
    def rested_on(self) -> frozenset[str]:
        """The limits of which a state says that one runs."""
        return frozenset[str]().union(*(state.clocks for state in self.states))

    @property
    def hash(self) -> str:
        """SHA-256 over the table, pinned on each case so that a release can't change the ground under it."""
        return hashlib.sha256(json.dumps(self._table(), sort_keys=True).encode()).hexdigest()

    def _table(self) -> dict[str, object]:
        return {
            "name": self.name,
            **({"if_published": sorted(self.if_published)} if self.if_published else {}),
            "states": [(state.name, state.end, sorted(state.clocks)) for state in self.states],
            "moves": [
                {
                    "name": move.name,
                    "paths": dict(move.paths),
                    "who": sorted(move.who),
                    "checks": [check.__name__ for check in (*move.checks, *move.facts_checks)],
                    "starts": sorted(move.starts | move.may_start),
                    "stops": sorted(move.stops),
                    "tells": [(tell.message, tell.to) for tell in move.tells],
                    "gives": move.gives.kind if move.gives else None,
                    "facts": sorted(move.facts.model_fields),
                    "flags": [move.protective, move.actor_answers, move.joins, move.for_referrer, move.follows],
                    **({"refers": True} if move.refers else {}),
                    **({"may_give": [one.kind for one in move.may_give]} if move.may_give else {}),
                    **({"renews": True} if move.renews else {}),
                }
                for move in self.moves
            ],
        }
