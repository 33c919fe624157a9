"""Is a table that can't keep the promise refused, for each way in which it can fail, with the path that leads there?"""

import itertools

import pytest
from made import MONDAY
from small import AGREED, CHASE, CLOCK, GONE, LOOK, MANAGER, OFFERED, STATES, SYSTEM, WORKER, Told, built, never, small

from workflows import (
    PROCESSES,
    Actor,
    BrokenProcess,
    Move,
    NoFacts,
    Outcome,
    Process,
    Situation,
    State,
    Table,
    fire,
)
from workflows.exploring import places, ways
from workflows.properties import Path
from workflows.referral import REFERRAL
from workflows.referral_facts import Caller, How, Kind, Take
from workflows.soundness import PROPERTIES, faults

NOBODY = frozenset[str]()
OPEN, OFFER, PROPOSE = ("open",), ("open", "offer", "waiting"), ("open", "propose", "second")
THIRD = State("third", "Third", "Agree", WORKER, LOOK, leads="round")
ROUND = Move("round", "Go round", {"second": "third", "third": "second"}, WORKER)
FURTHER = dict.fromkeys(("open", "waiting", "second", "third", "ended"), "open")
UNGUARDED = Move("wait", "Wait", {"open": "waiting"}, WORKER, offers=True)
WALK = Move("walk", "Walk", {"open": "waiting"}, WORKER, starts=CHASE)
GUARDED = {"checks": (never,)}

EXAMPLES: dict[str, tuple[tuple[Table, Path], ...]] = {
    "every name stands once": (
        (small(STATES[-1]), ()),
        (small(Move("finish", "Finish", {"open": "ended"}, WORKER)), ()),
    ),
    "every state that is named is declared": (
        (small(Move("far", "Far", {"gone": "ended"}, WORKER)), ()),
        (small(finish={"paths": {"open": "gone"}}), ()),
        (small(opening={"state": "nowhere"}), ()),
    ),
    "every state can be reached": ((small(offer={"paths": {"open": "open"}}), ()),),
    "an end can be reached from every state": (
        (
            small(
                THIRD,
                ROUND,
                protect={"paths": FURTHER},
                agree={"paths": {"second": "third"}},
                back={"paths": {"waiting": "open"}},
            ),
            PROPOSE,
        ),
    ),
    "somebody answers in every open state, and may take the next step": (
        (small(waiting={"answers": NOBODY}), OFFER),
        (small(open={"answers": SYSTEM}), OPEN),
        (small(join={"who": MANAGER}), OFFER),
    ),
    "every open state says what the next step is": (
        (small(second={"next_step": ""}), PROPOSE),
        (small(waiting={"leads": "vanish"}), OFFER),
        (small(waiting={"leads": "agree"}), OFFER),
    ),
    "every open state has a way on that waits for no guard": (
        (small(back=GUARDED), OFFER),
        (small(back={"follows": True}), OFFER),
        (small(back={"who": MANAGER}), OFFER),
        (small(finish=GUARDED, offer=GUARDED, propose=GUARDED), OPEN),
    ),
    "a clock runs in every open state, whichever way a record came there": (
        (small(opening={"always_starts": NOBODY}), OPEN),
        (small(open={"clocks": NOBODY}), OPEN),
        (small(UNGUARDED), ("open", "wait", "waiting")),
        (small(back={"stops": CLOCK}), (*OFFER, "back", "open")),
        (small(protect={"starts": NOBODY}), ("open", "finish", "ended", "protect", "open")),
    ),
    "every clock that is stopped is one that something starts": (
        (small(offer={"stops": GONE}), ()),
        (small(waiting={"clocks": CHASE | GONE}), OFFER),
    ),
    "protection is one act away from everywhere": (
        (small(protect={"paths": dict.fromkeys(("open", "second", "ended"), "open")}), OFFER),
        (small(protect={"paths": dict.fromkeys(("open", "waiting", "second"), "open")}), ("open", "finish", "ended")),
        (small(protect=GUARDED), OPEN),
        (small(protect={"facts": Told}), OPEN),
        (small(protect={"who": MANAGER}), OPEN),
        (small(protect={"follows": True}), OPEN),
    ),
    "every move is open to somebody": (
        (small(finish={"who": NOBODY}), ()),
        (small(Move("sweep", "Sweep", {"open": "open"}, SYSTEM)), ()),
        (small(Move("never", "Never", {}, WORKER)), ()),
        (small(opening={"who": NOBODY}), ()),
    ),
    "whoever is to hear is known by then": (
        (small(opening={"may_tell": (OFFERED,)}), OPEN),
        (small(finish={"tells": (OFFERED,)}), ("open", "finish")),
        (small(finish={"tells": (AGREED,)}), ("open", "finish")),
        (small(WALK), ("open", "walk", "waiting", "join")),
    ),
    "what needs two people can't be done by one": (
        (small(agree={"seconds": "nothing", "tells": ()}), (*PROPOSE, "agree")),
        (small(agree={"seconds": "finish", "tells": ()}), (*PROPOSE, "agree")),
        (small(agree={"checks": ()}), (*PROPOSE, "agree")),
        (small(agree={"who": WORKER}), (*PROPOSE, "agree")),
    ),
}
BROKEN = [(name, table, path) for name, examples in EXAMPLES.items() for table, path in examples]


def test_a_sound_table_stands() -> None:
    assert built(small()).limits == CLOCK | CHASE | LOOK


@pytest.mark.parametrize(("name", "table", "path"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_a_broken_table_is_caught_by_the_property_it_breaks_and_cannot_be_built(
    name: str, table: Table, path: Path
) -> None:
    found = list(faults(table))
    assert {one.name for one, _ in found} == {name}
    assert found[0][1].path == path
    with pytest.raises(BrokenProcess) as broken:
        built(table)
    assert str(found[0][1]) in str(broken.value)


def test_every_property_has_a_broken_example() -> None:
    assert {one.name for one in PROPERTIES} == set(EXAMPLES)


def test_every_fault_is_told_at_once_with_the_moves_that_lead_there() -> None:
    with pytest.raises(BrokenProcess) as broken:
        built(small(waiting={"answers": NOBODY, "next_step": ""}))
    assert str(broken.value).splitlines() == [
        "small: open → offer → waiting: nobody is answerable in 'waiting'.",
        "small: open → offer → waiting: 'waiting' doesn't say what the next step is.",
    ]


def test_a_superseded_table_is_left_as_it_was_where_a_record_has_ended() -> None:
    table = small(protect={"paths": dict.fromkeys(("open", "waiting", "second"), "open")})
    assert built(table, superseded=True).superseded


@pytest.mark.parametrize("process", PROCESSES, ids=lambda one: one.name)
def test_each_way_that_is_shown_leads_there_and_none_is_shorter(process: Process) -> None:
    for state, path in ways(process).items():
        at = process.opening.state
        for move, to in zip(path[1::2], path[2::2], strict=True):
            assert (at := process.move(move).paths[at]) == to
        assert at == path[-1] == state
        assert len(path) == min(len(way) for place, way in places(process).items() if place.state == state)


@pytest.mark.parametrize(("kind", "caller", "how"), list(itertools.product(Kind, Caller, How)))
def test_a_referral_opens_with_no_other_clocks_and_messages_than_are_declared(kind: Kind, caller: Caller, how: How):
    taken, opening = Take.model_construct(kind=kind, caller=caller, how=how), REFERRAL.opening
    assert opening.always_starts <= opening.starts(taken) <= opening.always_starts | opening.may_start
    assert set(opening.tells(taken)) <= set(opening.may_tell)


@pytest.mark.parametrize(
    ("did", "said"),
    [
        (Outcome(starts=CHASE), "starts clocks"),
        (Outcome(stops=CLOCK), "stops clocks that states rest on"),
        (Outcome(target="OTHER"), "offers the record"),
    ],
)
def test_what_is_proven_is_kept_by_refusing_an_effect_that_does_more_than_its_table_declares(
    did: Outcome, said: str
) -> None:
    process = built(small(propose={"effect": lambda situation, facts: did}))
    actor = Actor("ACTOR", "An Actor", WORKER)
    situation = Situation(state="open", kind="contact", now=MONDAY, actor=actor, children=())
    with pytest.raises(ValueError, match=said):
        fire(process, situation, "propose", NoFacts())
