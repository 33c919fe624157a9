"""What do guards and effects cost over the bare transition of the library?"""

from collections.abc import Iterator

from bench.figure import Figure, Line, Size, at_most
from bench.ground import NOW, Grounds
from bench.timing import in_turn, said
from workflows import REFERRAL, Actor, Child, NoFacts, Role, Situation, fire
from workflows.machine import machine_of

MOST = 2.0
TIMES = 20
"""How often within one round, so that the clock itself doesn't count."""


class Light:
    state = "taken"


def measure(_: Grounds, size: Size) -> Iterator[Line]:
    actor = Actor("a", "A", frozenset({Role.triage_adviser}))
    before = Situation("taken", "contact", NOW, actor, (Child("c", "C"),))
    event = machine_of(REFERRAL).events["start_screening"]

    def ours(_: int) -> None:
        for _ in range(TIMES):
            fire(REFERRAL, before, "start_screening", NoFacts())

    def bare(_: int) -> None:
        for _ in range(TIMES):
            event.trigger(Light())

    fired, triggered = in_turn(size.rounds, ours, bare, warm=size.warm)
    median = f"{said(fired.median / TIMES)} ÷ {said(triggered.median / TIMES)}"
    slow = f"p95 {said(fired.p95 / TIMES)} ÷ {said(triggered.p95 / TIMES)}"
    yield at_most("`fire` ÷ bare event", fired.median / triggered.median, MOST, median, slow)


FIGURE = Figure(
    name="fire",
    title="A transition",
    promise="`fire` takes at most twice the bare event of `transitions`.",
    how="`fire` asks the role, every guard and the facts, triggers the event, works out the effect and checks that it "
    "does no more than the table declares. The bare event changes the state and nothing else.",
    measure=measure,
)
