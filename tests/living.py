"""A partnership lived in at random: acts by whoever may, so that its records have every kind of row."""

import random
from contextlib import suppress
from datetime import timedelta

import agreeing
import helping
import kept
import made
import told

from pathway import acts
from pathway.access import depth
from pathway.acts import Conflict, NotFound, Unacceptable
from pathway.acts.cover import cover
from pathway.acts.ring import due_rungs, ring
from pathway.acts.sweep import anchor
from pathway.acts.ties import PutRight, correct_tie
from pathway.store.adopted.processes import process_of
from pathway.store.parts.situations import asks_waiting, situation_of
from pathway.tables import Tie
from workflows import Refused, choices
from workflows.referral_facts import Decision, Relation, YesNo

COUNCIL = ("ada", "ben", "sol", "may", "eve", "sid", "hal")
REFUSALS = (Refused, NotFound, Unacceptable, Conflict)
ADULT = {"given_name": "Una", "relation": "mother", "lives_with": "yes"}


def lived(house: made.House, seed: int, acts_: int) -> None:
    """So many acts, the same for a seed; whatever is refused isn't done."""
    dice, cases = random.Random(seed), list[str]()
    for turn in range(acts_):
        if len(cases) < 2 or dice.random() < 0.1:
            named = tuple(made.child(given_name=f"Child {n}", age_years=n * 3) for n in range(dice.randint(1, 4)))
            take = made.take(children=named, adults=(ADULT,), safe_tonight=dice.choice(["yes", "no"]))
            cases.append(acts.receive(house.desk, house.viewer("ada"), take=take).case)
        else:
            with suppress(*REFUSALS):
                _one(house, dice, dice.choice(cases[-3:]), cases)
        house.clock.forward(minutes=dice.choice((1, 5, 90)))
        if turn % 8 == 7:
            _worker(house)


def _one(house: made.House, dice: random.Random, case: str, cases: list[str]) -> None:
    viewer, desk = house.viewer(dice.choice(COUNCIL)), house.desk
    other = house.viewer(dice.choice(COUNCIL)).ref
    match dice.randint(0, 10):
        case 0:
            acts.assign(desk, viewer, case=case, to=other)
        case 1:
            acts.accept(desk, viewer, case=case)
        case 2:
            cover(desk, viewer, case=case, by=other, until=house.clock() + timedelta(hours=9))
        case 3:
            acts.break_glass(desk, viewer, case=case, reason="A child may need me tonight")
        case 5:
            lead = dice.choice(("sol", "may", "eve"))
            cases.append(helping.begun(house, case, lead).case)
            agreeing.agreed(house, cases[-1], lead)
        case 4:
            right = PutRight(relation=Relation.carer, lives_with=YesNo.no)
            tie = dice.choice(kept.rows(house, Tie, case=case)).public_id
            correct_tie(desk, viewer, case=case, tie=tie, right=right, reason="Their grandmother says so")
        case _:
            _move(house, dice, case, cases)


def _move(house: made.House, dice: random.Random, case: str, cases: list[str]) -> None:
    viewer = house.viewer(dice.choice(COUNCIL))
    with house.desk.database.reading() as session:
        row = kept.the(session, case)
        seen = depth(session, viewer, row, house.clock())
        lawful = [
            one.move.name
            for one in choices(process_of(row), situation_of(session, row, viewer, house.clock(), seen))
            if one.may
        ]
        waiting = asks_waiting(session, row)
    name = dice.choice([one for one in lawful if one != "protect"] or lawful or ["protect"])
    more = {"open_case": dice.choice(cases), "decision": dice.choice(list(Decision)), "ask": (*waiting, "ASK")[0]}
    facts = told.facts(name, kept.children(house, case), **more)
    acts.move(house.desk, viewer, case=case, name=name, facts=facts)


def _worker(house: made.House) -> None:
    with house.desk.database.reading() as session:
        due = due_rungs(session, house.clock(), limit=1000)
    for _, deadline in due:
        ring(house.desk, house.system, deadline_id=deadline)
    anchor(house.desk, house.system)
