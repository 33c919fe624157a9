"""Does a role reach further than its agency? A council's roles are carried in the council, and nowhere else."""

from datetime import timedelta

import kept
import made
import pytest

from pathway.access import depth
from pathway.acts import NotFound, Unacceptable, accept, assign, break_glass, cover, finish_task, receive, staff
from pathway.acts.desk import work
from pathway.acts.tasks import raise_task, someone_above
from pathway.store.staffing.staff import posts, teams
from pathway.tables import Task
from pathway.tables.timing import TaskKind
from workflows import Refused, Role

REASON = "The school rang about her tonight"


def joins(house: made.House, name: str, role: Role, team: str) -> None:
    """Add somebody new, in one post."""
    made_id = made.person(house.desk, house.system, name, f"{name.title()} New", role, house.team_ids[team])
    house.ids[name] = made_id


def sees(house: made.House, name: str, case: str) -> str:
    with house.desk.database.reading() as session:
        found = depth(session, house.viewer(name), kept.the(session, case), house.clock())
    return found.value if found else "-"


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


COUNCILS = [
    Role.triage_adviser,
    Role.social_worker,
    Role.team_manager,
    Role.service_manager,
    Role.head_of_service,
    Role.auditor,
    Role.administrator,
]


@pytest.mark.parametrize("role", COUNCILS)
def test_a_councils_role_in_a_surgery_is_a_partners(sqlite_house: made.House, role: Role) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    joins(house, "gus", role, "surgery")
    assert house.viewer("gus").roles == {Role.partner_referrer}
    assert sees(house, "gus", case) == "-"
    with pytest.raises(Refused, match="Ring the front door"):
        break_glass(house.desk, house.viewer("gus"), case=case, reason=REASON)


@pytest.mark.parametrize("role", COUNCILS)
def test_the_same_role_is_carried_in_the_council(sqlite_house: made.House, role: Role) -> None:
    joins(sqlite_house, "gus", role, "duty")
    assert sqlite_house.viewer("gus").roles == {role}


def away(house: made.House, who: str, by: str) -> None:
    now = house.clock()
    ref = house.viewer(who).ref
    staff.set_absence(house.desk, house.viewer(by), practitioner=ref, starts_at=now, ends_at=now + timedelta(days=1))


def test_a_surgerys_manager_says_who_is_away_there_and_nowhere_else(house: made.House) -> None:
    joins(house, "gus", Role.team_manager, "surgery")
    away(house, "gil", by="gus")
    for who in ("ada", "lee"):
        with pytest.raises(Refused, match="isn't yours to set"):
            away(house, who, by="gus")
    away(house, "lee", by="may")


def test_no_partner_gets_a_task_of_the_councils(house: made.House) -> None:
    joins(house, "gus", Role.team_manager, "surgery")
    for name in ("may", "sid", "hal", "ann"):
        away(house, name, by=name)
    with work(house.desk, house.system) as unit:
        assert someone_above(unit) in {house.ids[name] for name in ("may", "sid", "hal")}


def a_task(house: made.House, case: str | None, owner: str) -> str:
    with work(house.desk, house.system) as unit:
        case_id = kept.the(unit.session, case).id if case else None
        raise_task(unit, TaskKind.ring_back, "A", "Ring.", case_id=case_id, practitioner_id=house.ids[owner])
    return next(one.public_id for one in kept.rows(house, Task) if one.about == "A")


def test_a_task_is_finished_by_its_owner_or_a_manager_who_may_see_the_record(house: made.House, case: str) -> None:
    joins(house, "gus", Role.team_manager, "surgery")
    joins(house, "dan", Role.team_manager, "duty")
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("lee").ref)
    accept(house.desk, house.viewer("lee"), case=case)
    restricted = kept.case(house, case).public_id
    with house.desk.database.writing() as session:
        kept.the(session, restricted).restricted = True
    task = a_task(house, case, "lee")
    for name in ("gus", "dan", "ada", "may"):
        with pytest.raises(NotFound):
            finish_task(house.desk, house.viewer(name), task=task)
    finish_task(house.desk, house.viewer("lee"), task=task)


def test_whoever_only_sees_the_record_is_told_whose_task_it_is(house: made.House, case: str) -> None:
    with pytest.raises(Refused, match="someone else's"):
        finish_task(house.desk, house.viewer("ada"), task=a_task(house, case, "lee"))


def test_a_manager_who_sees_the_record_finishes_its_task(house: made.House, case: str) -> None:
    finish_task(house.desk, house.viewer("may"), task=a_task(house, case, "ada"))


@pytest.mark.parametrize("name", ["aud", "ann", "pat", "gil"])
def test_nobody_whose_role_does_not_hold_records_is_given_one(house: made.House, case: str, name: str) -> None:
    ref, until = house.viewer(name).ref, house.clock() + timedelta(hours=4)
    with pytest.raises(Unacceptable, match="doesn't hold records"):
        assign(house.desk, house.viewer("ada"), case=case, to=ref)
    with pytest.raises(Unacceptable, match="doesn't hold records"):
        cover(house.desk, house.viewer("ada"), case=case, by=ref, until=until)


@pytest.mark.parametrize("team", ["surgery", "office"])
def test_a_team_without_a_member_who_may_hold_it_is_given_nothing(house: made.House, case: str, team: str) -> None:
    with pytest.raises(Unacceptable, match="Nobody is in"):
        assign(house.desk, house.viewer("ada"), case=case, to=kept.team(house, team))


def test_whoever_may_answer_in_a_team_sees_what_it_is_given(house: made.House, case: str) -> None:
    assign(house.desk, house.viewer("ada"), case=case, to=kept.team(house, "school"))
    assert kept.faults(house) == []
    assert {name: sees(house, name, case) for name in ("lee", "zoe", "pat", "gil")} == {
        "lee": "whole",
        "zoe": "whole",
        "pat": "-",
        "gil": "-",
    }


def test_the_lists_offered_are_those_who_may_be_given_it(house: made.House, case: str) -> None:
    with house.desk.database.reading() as session:
        people, staffed = (find(session, house.viewer("ada"), house.clock()) for find in (posts, teams))
    for one in people:
        if not one.takes:
            with pytest.raises(Unacceptable):
                assign(house.desk, house.viewer("ada"), case=case, to=one.ref)
    for one in people:
        if one.takes:
            assign(house.desk, house.viewer("ada"), case=case, to=one.ref)
    assert {one.name for one in people if not one.takes} == {"Pat Teacher", "Gil Surgery", "Ann Admin", "Aud Auditor"}
    assert {one.name for one in staffed if not one.here} == {"Surgery", "Office"}
