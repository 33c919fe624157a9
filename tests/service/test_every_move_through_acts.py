"""Does the real path keep to the table? Every state, every move, everybody: what happens, or who is refused."""

import itertools
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import agreeing
import assessing
import helping
import kept
import made
import pytest
import told

from pathway.access import Viewer
from pathway.acts import Desk, NotFound, Unacceptable, accept, assign, move, receive, staff
from pathway.clock import SetClock
from pathway.database import Database
from pathway.settings import Settings
from workflows import EARLY_HELP, MEETINGS, PROCESSES, REFERRAL, SERVICE_REQUEST, Move, Process, Refused, Role


@dataclass(frozen=True, eq=False)
class Plan:
    """How a record of one process is brought to each state, and what access and guards make of it there."""

    process: Process
    ways: Mapping[str, str]
    always: Mapping[str, str]
    sometimes: Mapping[str, set[str]]
    held_back: Mapping[str, set[str]]
    """Whom a guard refuses though the role is right."""

    held_back_there: Mapping[tuple[str, str], set[str]]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(f"'{state.words.lower()}'" for state in self.process.states)

    def depth(self, name: str, state: str) -> str | None:
        return self.always.get(name) or ("whole" if state in self.sometimes.get(name, ()) else None)


EVERYBODY = ("ada", "sol", "may", "sid", "aud", "pat", "zoe", "dot", "kit", "lee", "gil", "ann")
FOR_REFERRERS = {"protect", "confirm_in_writing", "chase"}
A_REFERRAL = Plan(
    REFERRAL,
    {
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
    },
    {"ada": "whole", "sol": "whole", "may": "whole", "sid": "whole", "aud": "whole",
     "pat": "referrer", "zoe": "referrer"},
    {
        "dot": {"protecting", "protection_taken"},  # where a child is sent to her team
        "kit": {"awaiting_worker", "joined"},  # where it is offered to the record that he holds
    },
    {
        "give_advice": set(EVERYBODY),  # this is a worry about a child
        "answer": set(EVERYBODY),  # nobody was asked
        "stop_asking": set(EVERYBODY),
        "accept_join": set(EVERYBODY) - {"kit"},
        "decline_join": set(EVERYBODY) - {"kit"},
        "agree_no_further_action": {"sol"},  # who proposed it
    },
    {
        ("protection_taken", "decide"): set(EVERYBODY),  # early help alone, for a child who was protected
        ("protection_taken", "propose_no_further_action"): {"ada"},  # a social worker decides on less
    },
)  # fmt: skip
"""A worry that Pat, a teacher, raised."""

AGREED = "sol agree"
EARLY = Plan(
    EARLY_HELP,
    {
        "beginning": "",
        "assessing": f"{AGREED}, sol start_assessing",
        "planning": f"{AGREED}, sol start_assessing, sol assess, sol finish_assessment",
        "supporting": f"{AGREED}, sol start_assessing, sol assess, sol finish_assessment, sol agree_plan",
        "ended": "sol end_early_help",
    },
    {"sol": "whole", "may": "whole", "sid": "whole", "aud": "whole"},
    {},
    {"end_action": set(EVERYBODY)},  # nobody has taken anything on
    {
        ("beginning", "start_assessing"): set(EVERYBODY),  # nobody has agreed yet
        ("assessing", "finish_assessment"): set(EVERYBODY),  # nothing is assessed yet
    },
)
"""Help that Sol, a social worker, began on that worry: Sol holds it, and May is Sol's manager."""

MEET = Plan(
    MEETINGS,
    {
        "arranged": "sol invite",
        "held": "sol invite, sol hold",
        "minuted": "sol invite, sol hold, sol send_minutes",
        "called_off": "sol call_off",
    },
    {"sol": "whole", "may": "whole", "sid": "whole", "aud": "whole"},
    {},
    {"uninvite": set(EVERYBODY)},  # nobody of that reference is invited
    {},
)
"""A meeting that Sol arranged about that worry."""

SERVICE = Plan(
    SERVICE_REQUEST,
    {
        "asked_of_service": "",
        "on_waiting_list": "sol service_waits",
        "taking_part": "sol service_accepts",
        "service_over": "sol service_accepts, sol end_service",
        "service_declined": "sol service_declines",
        "taken_back": "sol take_request_back",
    },
    {"sol": "whole", "may": "whole", "sid": "whole", "aud": "whole"},
    {},
    {"answer": set(EVERYBODY), "stop_asking": set(EVERYBODY)},  # nobody was asked here
    {},
)
"""What Sol asked of one service for the child."""

PLANS = (A_REFERRAL, EARLY, MEET, SERVICE)
PLACES = [(plan, state) for plan in PLANS for state in plan.ways]


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

    def bring(self, plan: Plan, way: str) -> None:
        self.case = receive(self.house.desk, self.viewers["pat"], take=made.take()).case
        if plan is not A_REFERRAL:
            self.case = helping.begun(self.house, self.case, "sol", process=plan.process.name).case
        self.children = kept.children(self.house, self.case)
        for who, what in (one.split() for one in way.split(", ") if one):
            if what == "agree":
                agreeing.agreed(self.house, self.case, who)
            elif what == "assess":
                assessing.completed(self.house, self.case, who)
            else:
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


def expected(plan: Plan, viewer: Viewer, name: str, state: str, one: Move) -> str:
    """What should come of it: a state, or that it is refused, or that there is nothing here for this viewer."""
    seen = plan.depth(name, state)
    if seen is None or one.follows:
        return "nothing here"
    if seen == "referrer" and one.name not in FOR_REFERRERS:
        return "not a referrer's"
    held_back = plan.held_back.get(one.name, set()) | plan.held_back_there.get((state, one.name), set())
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


def test_every_state_of_every_table_is_visited() -> None:
    assert {plan.process for plan in PLANS} == set(PROCESSES)
    for plan in PLANS:
        assert set(plan.ways) == {state.name for state in plan.process.states}


@pytest.fixture
def place(begun: Place) -> Iterator[Place]:
    before = begun.kept_as_it_is()
    yield begun
    begun.put_back(before)


@pytest.mark.parametrize(("plan", "state"), PLACES, ids=lambda one: one if isinstance(one, str) else one.process.name)
def test_everybody_can_do_what_the_table_and_their_access_say_and_nothing_else(
    place: Place, plan: Plan, state: str
) -> None:
    place.bring(plan, plan.ways[state])
    assert place.state == state
    as_it_was, wrong = place.kept_as_it_is(), []
    for name, one in itertools.product(EVERYBODY, plan.process.moves):
        before, wanted = place.changes, expected(plan, place.viewers[name], name, state, one)
        came, said = came_of_it(place, name, one)
        if not fits(plan, came, said, wanted):
            wrong.append(f"{name} {one.name}: {came} ({said}), not {wanted}")
        if said and place.changes != before:
            wrong.append(f"{name} {one.name}: refused, and something changed")
        if not said:
            place.put_back(as_it_was)
    assert wrong == []


def fits(plan: Plan, came: str, said: str, wanted: str) -> bool:
    if wanted == "not a referrer's":
        tells = any(words in said for words in plan.words) or "From here you can" in said
        return came in ("nothing here", "refused") and not tells
    if wanted == "refused":
        return came == wanted and said.rstrip().endswith(".")
    return came == wanted
