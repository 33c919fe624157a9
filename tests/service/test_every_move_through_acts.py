"""Does the real path keep to the table? Every state, every move, everybody: what happens, or who is refused."""

import itertools
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import kept
import made
import pytest
import told

from pathway.access import Viewer
from pathway.acts import Desk, NotFound, Unacceptable, accept, assign, move, receive, staff
from pathway.clock import SetClock
from pathway.database import Database
from pathway.settings import Settings
from workflows import REFERRAL, Move, Refused, Role

WAYS: dict[str, str] = {
    "taken": "",
    "acknowledged": "ada acknowledge",
    "under_screening": "ada start_screening",
    "awaiting_second_person": "ada start_screening, sol propose_no_further_action",
    "awaiting_worker": "ada offer_to_worker",
    "awaiting_other_authority": "ada offer_to_authority",
    "protecting": "pat protect",
    "protection_taken": "pat protect, sol take_protection",
    "decided": "ada start_screening, ada decide",
    "referrer_told": "ada start_screening, ada decide, ada tell_referrer, ada confirm_taken_up",
    "closed": "ada start_screening, ada decide, ada tell_referrer, ada confirm_taken_up, ada close",
    "joined": "ada offer_to_worker, kit accept_join",
    "withdrawn": "may withdraw",
    "passed_on": "ada offer_to_authority, ada pass_on",
}
"""How a worry that Pat, a teacher, raised is brought to each state."""

ALWAYS = {
    "ada": "whole", "sol": "whole", "may": "whole", "sid": "whole", "aud": "whole",
    "pat": "referrer", "zoe": "referrer",
}  # fmt: skip
SOMETIMES = {
    "dot": {"protecting", "protection_taken"},  # where a child is sent to her team
    "kit": {"awaiting_worker", "joined"},  # where it is offered to the record that he holds
}
EVERYBODY = (*ALWAYS, *SOMETIMES, "lee", "gil", "ann")
FOR_REFERRERS = {"protect", "confirm_in_writing", "chase"}

HELD_BACK = {
    "give_advice": set(EVERYBODY),  # this is a worry about a child
    "answer": set(EVERYBODY),  # nobody was asked
    "stop_asking": set(EVERYBODY),
    "accept_join": set(EVERYBODY) - {"kit"},
    "decline_join": set(EVERYBODY) - {"kit"},
    "agree_no_further_action": {"sol"},  # who proposed it
}
"""Whom a guard refuses though the role is right."""

HELD_BACK_THERE = {
    ("protection_taken", "decide"): set(EVERYBODY),  # early help alone, for a child who was protected
    ("protection_taken", "propose_no_further_action"): {"ada"},  # a social worker decides on less
}
WORDS = tuple(f"'{state.words.lower()}'" for state in REFERRAL.states)


@dataclass
class Place:
    """One real case in a database that can be put back as it was."""

    house: made.House
    viewers: dict[str, Viewer]
    target: str
    watch: sqlite3.Connection
    case: str = ""
    children: Sequence[str] = ()

    def try_to(self, name: str, what: str) -> None:
        facts = told.facts(what, self.children, open_case=self.target)
        move(self.house.desk, self.viewers[name], case=self.case, name=what, facts=facts)

    def bring(self, way: str) -> None:
        self.case = receive(self.house.desk, self.viewers["pat"], take=made.take()).case
        self.children = kept.children(self.house, self.case)
        for who, what in (one.split() for one in way.split(", ") if one):
            self.try_to(who, what)

    def kept_as_it_is(self) -> sqlite3.Connection:
        kept_here = sqlite3.connect(":memory:")
        self.watch.backup(kept_here)
        return kept_here

    def put_back(self, as_it_was: sqlite3.Connection) -> None:
        as_it_was.backup(self.watch)

    @property
    def changes(self) -> int:
        """A number that changes whenever anybody has written to the database."""
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    @property
    def state(self) -> str:
        return kept.case(self.house, self.case).state


@pytest.fixture(scope="module")
def begun(sqlite_template: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The made partnership, and Kit, a lead practitioner who holds an open record."""
    folder = tmp_path_factory.mktemp("begun")
    path = folder / "begun.db"
    shutil.copy(sqlite_template.url.removeprefix("sqlite:///"), path)
    clock = SetClock(made.MONDAY)
    desk = Desk(Database(f"sqlite:///{path}"), Settings(files=folder), clock)
    house = made.House(desk, clock, dict(sqlite_template.ids), sqlite_template.team_ids)
    house.ids["kit"] = _kit(house)
    viewers = {name: house.viewer(name) for name in house.ids}
    target = receive(desk, viewers["ada"], take=made.take()).case
    assign(desk, viewers["ada"], case=target, to=viewers["kit"].ref)
    accept(desk, viewers["kit"], case=target)
    watch = sqlite3.connect(path)
    yield Place(house, viewers, target, watch)
    watch.close()
    desk.database.dispose()


def _kit(house: made.House) -> int:
    kit = staff.add_practitioner(house.desk, house.system, name="Kit Lead", email=made.email("kit"))
    post = {"role": Role.lead_practitioner, "title": "Lead practitioner", "starts_on": date(2026, 1, 1)}
    staff.add_post(house.desk, house.system, practitioner_id=kit, team_id=house.team_ids["office"], **post)
    return kit


def depth(name: str, state: str) -> str | None:
    return ALWAYS.get(name) or ("whole" if state in SOMETIMES.get(name, ()) else None)


def expected(viewer: Viewer, name: str, state: str, one: Move) -> str:
    """What should come of it: a state, or that it is refused, or that there is nothing here for this viewer."""
    seen = depth(name, state)
    if seen is None or one.follows:
        return "nothing here"
    if seen == "referrer" and one.name not in FOR_REFERRERS:
        return "not a referrer's"
    held_back = HELD_BACK.get(one.name, set()) | HELD_BACK_THERE.get((state, one.name), set())
    lawful = viewer.roles & one.who and state in one.paths and name not in held_back
    return one.paths[state] if lawful else "refused"


def came_of_it(place: Place, name: str, one: Move) -> tuple[str, str]:
    try:
        place.try_to(name, one.name)
    except NotFound as why:
        return "nothing here", str(why)
    except (Refused, Unacceptable) as why:
        return "refused", str(why)
    return place.state, ""


def test_every_state_of_the_table_is_visited() -> None:
    assert set(WAYS) == {state.name for state in REFERRAL.states}


@pytest.fixture
def place(begun: Place) -> Iterator[Place]:
    before = begun.kept_as_it_is()
    yield begun
    begun.put_back(before)


@pytest.mark.parametrize("state", WAYS)
def test_everybody_can_do_what_the_table_and_their_access_say_and_nothing_else(place: Place, state: str) -> None:
    place.bring(WAYS[state])
    assert place.state == state
    as_it_was, wrong = place.kept_as_it_is(), []
    for name, one in itertools.product(EVERYBODY, REFERRAL.moves):
        before, wanted = place.changes, expected(place.viewers[name], name, state, one)
        came, said = came_of_it(place, name, one)
        if not fits(came, said, wanted):
            wrong.append(f"{name} {one.name}: {came} ({said}), not {wanted}")
        if said and place.changes != before:
            wrong.append(f"{name} {one.name}: refused, and something changed")
        if not said:
            place.put_back(as_it_was)
    assert wrong == []


def fits(came: str, said: str, wanted: str) -> bool:
    if wanted == "not a referrer's":
        tells = any(words in said for words in WORDS) or "From here you can" in said
        return came in ("nothing here", "refused") and not tells
    if wanted == "refused":
        return came == wanted and said.rstrip().endswith(".")
    return came == wanted
