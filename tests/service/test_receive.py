"""Is a worry taken in whole, or not at all, and never turned away?"""

import json
from datetime import UTC, datetime, timedelta

import kept
import made
import pytest

from pathway.acts import KeyReused, Unacceptable, receive, staff
from pathway.tables import Assignment, Case, CaseChild, Deadline, Entry, Message, Payload, Person, Task
from pathway.tables.cases import AssignmentStatus
from pathway.tables.timing import TaskKind
from workflows import Refused

NIGHT = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)


def away(house: made.House, *names: str) -> None:
    for name in names:
        until = house.clock() + timedelta(days=1)
        viewer = house.viewer(name)
        staff.set_absence(house.desk, viewer, practitioner=viewer.ref, starts_at=house.clock(), ends_at=until)


def test_a_worry_taken_in_has_children_a_holder_clocks_an_entry_and_messages(house: made.House) -> None:
    two = (made.child(given_name="Ava"), made.child(given_name="Ben"))
    done = receive(house.desk, house.viewer("ada"), take=made.take(children=two))
    (held,) = kept.rows(house, Assignment, case=done.case)
    (entry,) = kept.rows(house, Entry, case=done.case)
    assert len(kept.rows(house, CaseChild, case=done.case)) == 2
    assert (held.team_id, held.status) == (house.team_ids["front door"], AssignmentStatus.accepted)
    assert (entry.kind, entry.sequence, entry.previous, done.version) == ("received", 1, "", 1)
    assert {one.limit_id for one in kept.rows(house, Deadline, case=done.case)} == {
        "acknowledgement", "decision", "referrer_chase", "written_confirmation",
    }  # fmt: skip
    assert [(one.kind, one.audience) for one in kept.rows(house, Message, case=done.case)] == [
        ("new_referral", "front_door"),
        ("confirm_in_writing", "referrer"),
    ]
    assert kept.faults(house) == []


def test_what_is_due_next_is_the_first_that_we_owe(house: made.House) -> None:
    done = receive(house.desk, house.viewer("ada"), take=made.take())
    ours = [one.due_at for one in kept.rows(house, Deadline, case=done.case) if one.obliged == "us"]
    assert kept.case(house, done.case).next_due_at == min(ours)


def test_what_was_said_stands_in_the_payload_and_never_in_the_effects(house: made.House) -> None:
    done = receive(house.desk, house.viewer("ada"), take=made.take(worry="Bruises on both arms"))
    (entry,) = kept.rows(house, Entry, case=done.case)
    (payload,) = [one for one in kept.rows(house, Payload) if one.entry_id == entry.id]
    assert json.loads(payload.body)["take"]["worry"] == "Bruises on both arms"
    assert not any(word in entry.effects for word in ("Bruises", "Ava", "Example"))


def test_four_facts_are_enough_and_a_child_nobody_named_is_still_a_child(house: made.House) -> None:
    done = receive(house.desk, house.viewer("pat"), take=made.take(children=(), safe_tonight="unknown"))
    assert len(kept.children(house, done.case)) == 1


def test_danger_now_is_told_to_social_work_and_a_manager(house: made.House) -> None:
    done = receive(house.desk, house.viewer("pat"), take=made.take(immediate_danger=True))
    told = {(one.kind, one.audience) for one in kept.rows(house, Message, case=done.case)}
    assert {("protection_needed", "social_work"), ("protection_needed", "manager")} <= told
    after = kept.case(house, done.case)
    assert (after.immediate, after.state) == (True, "protecting")
    assert "protection_start" in {one.limit_id for one in kept.rows(house, Deadline, case=done.case)}


def test_out_of_hours_the_emergency_team_answers(house: made.House) -> None:
    house.clock.moment = NIGHT
    done = receive(house.desk, house.viewer("pat"), take=made.take())
    (held,) = kept.rows(house, Assignment, case=done.case)
    assert held.team_id == house.team_ids["emergency"]


def test_an_empty_front_door_turns_nobody_away(house: made.House) -> None:
    """Another team that takes contacts answers; where none is there, a manager who is; staffing it is a task."""
    away(house, "ada", "ben", "sol", "may")
    done = receive(house.desk, house.viewer("pat"), take=made.take())
    away(house, "eve")
    later = receive(house.desk, house.viewer("pat"), take=made.take())
    assert kept.rows(house, Assignment, case=done.case)[0].team_id == house.team_ids["emergency"]
    assert kept.rows(house, Assignment, case=later.case)[0].practitioner_id == house.ids["sid"]
    assert [one.practitioner_id for one in kept.rows(house, Task) if one.kind is TaskKind.team_unstaffed] == [
        house.ids["sid"]
    ]
    assert [one for one in kept.faults(house) if later.case in one] == []


def test_a_worry_is_kept_even_when_nobody_at_all_is_there(house: made.House) -> None:
    away(house, *(name for name in house.ids if name != "pat"))
    house.clock.forward(minutes=1)
    away(house, "pat")
    done = receive(house.desk, house.viewer("pat"), take=made.take())
    assert kept.faults(house) == [f"{done.case}: nobody answers for it."]


@pytest.mark.parametrize("name", ["ann", "aud"])
def test_who_does_not_work_with_children_is_told_who_does(house: made.House, name: str) -> None:
    with pytest.raises(Refused, match="Ring the front door"):
        receive(house.desk, house.viewer(name), take=made.take())
    assert kept.rows(house, Case) == []


def test_a_time_that_has_not_come_or_has_no_zone_is_asked_about(house: made.House) -> None:
    for wrong in ("2026-11-16T10:06:00Z", "2026-11-16T09:00:00"):
        with pytest.raises(Unacceptable, match="time"):
            receive(house.desk, house.viewer("ada"), take=made.take(occurred_at=wrong))
    assert kept.rows(house, Case) == kept.rows(house, Person) == []


def test_not_knowing_about_other_children_stands_as_a_task(house: made.House) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take(other_children=""))
    receive(house.desk, house.viewer("ada"), take=made.take(siblings=0, other_children=""))
    assert [one.kind for one in kept.rows(house, Task)] == [TaskKind.children_to_ask_about]


def test_the_same_request_twice_is_one_case(house: made.House) -> None:
    first, again = (receive(house.desk, house.viewer("ada"), take=made.take(), key="once") for _ in range(2))
    assert first == again
    assert len(kept.rows(house, Case)) == 1


def test_a_key_that_was_used_for_something_else_is_refused(house: made.House) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take(), key="once")
    before = kept.count(house)
    with pytest.raises(KeyReused):
        receive(house.desk, house.viewer("ada"), take=made.take(worry="Another"), key="once")
    assert kept.count(house) == before


def test_two_people_may_use_the_same_key(house: made.House) -> None:
    taken = {receive(house.desk, house.viewer(name), take=made.take(), key="once").case for name in ("ada", "ben")}
    assert len(taken) == 2


def test_nothing_is_written_when_anything_fails(house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.count(house)
    monkeypatch.setattr("pathway.acts.record._tell", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive(house.desk, house.viewer("ada"), take=made.take(), key="once")
    assert kept.count(house) == before
