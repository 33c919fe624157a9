"""What does a guard look at? A frozen picture of one case and of whoever is acting."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workflows.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is acting: `answers` for this case, or `answers_for_target`, the open case it may join."""

    ref: str
    name: str
    roles: frozenset[Role]
    answers: bool = False
    answers_for_target: bool = False
    is_referrer: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """One child in the case, as far as guards care."""

    ref: str
    name: str
    immediate: bool = False
    advised_level: str | None = None
    decision: str | None = None
    level: str | None = None
    destination: str | None = None
    taken_up: bool = False
    proposed_decision: str | None = None
    proposed_level: str | None = None
    proposed_destination: str | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """`done_by` names who last made each move; `levels` and `destinations` are the edition's, id to name.

    `running` holds the limits whose clocks run; `protects_at` is the destination that takes up immediate
    protection at this hour.
    """

    state: str
    kind: str
    now: datetime
    actor: Actor
    children: tuple[Child, ...]
    done_by: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    destinations: Mapping[str, str] = field(default_factory=dict)
    protects_at: str = ""
    running: frozenset[str] = frozenset()
    urgencies: Mapping[str, str] = field(default_factory=dict)
    """The edition's bands of urgency, id to name, most urgent first; `urgency` is the one chosen."""

    urgency: str | None = None
    asks: Collection[str] = ()
    """Questions to other agencies that wait for an answer, by reference."""

    second_person: frozenset[str] = frozenset()
    """Decisions that the edition lets nobody take alone."""

    closed_ways: Mapping[str, str] = field(default_factory=dict)
    """The ways by which whoever told us must not be told what was decided, each with the reason."""

    actions: Collection[str] = ()
    """What somebody has taken on and hasn't done yet, by reference."""

    assessments: Mapping[str, str] = field(default_factory=dict)
    """The assessments on the record, by reference: `open` while one is being written, `complete`, or from an
    `earlier` time."""

    assesses: bool = False
    """Whether the edition has a form to assess with."""

    reviews: Mapping[str, str] = field(default_factory=dict)
    """How each review so far found things, by entry, the earliest first: better, same or worse."""

    agreed: Collection[str] = ()
    """The agreements to help that stand on the record, by reference."""

    invited: Mapping[str, str] = field(default_factory=dict)
    """Who is invited to the meeting, by invitation, and what each answered: coming, apologies, or nothing yet."""

    begun_here: Mapping[str, str] = field(default_factory=dict)
    """The open records that began on this one, by reference, and the process of each."""

    as_referrer: bool = False

    def child(self, ref: str) -> Child | None:
        return next((child for child in self.children if child.ref == ref), None)
