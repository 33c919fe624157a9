"""Is one service asked with the family, chased while it is silent, and does somebody hear what came of it?"""

from datetime import UTC, datetime, timedelta
from typing import Any

import helping
import kept
import made
import outsiders
import pytest

from pathway.acts import answer_outside, receive
from pathway.acts.ring import due_rungs, ring
from pathway.tables import Ask, CaseChild, Deadline, Entry, Message, Task
from workflows import Refused
from workflows.referral_facts import Decision

CLINIC = "clinic@sleep.invalid"


@pytest.fixture
def on(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def asked(house: made.House, on: str, **more: Any) -> str:
    return helping.begun(house, on, process="service_request", **more).case


def running(house: made.House, case: str) -> dict[str, datetime]:
    return {one.limit_id: one.due_at for one in kept.rows(house, Deadline, case=case) if one.closed_at is None}


def test_it_is_asked_with_the_family_or_not_at_all(house: made.House, on: str) -> None:
    for said in ("no", "unknown"):
        with pytest.raises(Refused, match="Nobody has agreed"):
            asked(house, on, agreed=said)


def test_whoever_asks_answers_for_it_and_has_a_day_by_which_to_hear(house: made.House, on: str) -> None:
    case = asked(house, on)
    assert running(house, case) == {"service_answer": datetime(2026, 11, 23, 17, tzinfo=UTC)}
    assert kept.faults(house) == []


def test_silence_climbs_to_the_manager_who_takes_it_over(house: made.House, on: str) -> None:
    case = asked(house, on)
    house.clock.moment = running(house, case)["service_answer"] + timedelta(days=2)
    with house.desk.database.reading() as session:
        due = [deadline for _, deadline in due_rungs(session, house.clock(), limit=100)]
    (clock,) = [one.id for one in kept.rows(house, Deadline, case=case)]
    assert clock in due
    ring(house.desk, house.system, deadline_id=clock)
    heard = {(one.kind, one.audience) for one in kept.rows(house, Message)}
    assert {("overdue", "holder"), ("overdue", "manager"), ("overdue", "service_manager")} <= heard


def test_a_service_with_an_address_is_asked_at_once_and_answers_by_its_own_link(house: made.House, on: str) -> None:
    case = asked(house, on, email=CLINIC)
    clinic = outsiders.last(house)
    assert clinic.email == CLINIC
    answer_outside(house.desk, outsiders.visitor(house, clinic), learned="We can see Ava in March", key="k")
    assert kept.rows(house, Ask, case=case)[0].ended_at is not None
    assert "answer_came" in [one.kind for one in kept.rows(house, Task)]
    assert set(running(house, case)) == {"service_answer"}  # a person says what the answer comes to


def test_an_agency_that_is_here_is_asked_here(house: made.House, on: str) -> None:
    case = asked(house, on, agency=outsiders.agency(house, "Primary"))
    assert len(kept.rows(house, Ask, case=case)) == 1
    assert any(one.audience.startswith("agency:") for one in kept.rows(house, Message))


def test_where_they_can_be_asked_by_nobody_but_us_no_question_waits(house: made.House, on: str) -> None:
    assert kept.rows(house, Ask, case=asked(house, on)) == []


def test_a_waiting_list_is_asked_about_again_and_again(house: made.House, on: str) -> None:
    case = asked(house, on)
    helping.moved(house, case, "service_waits")
    first = running(house, case)["service_wait"]
    house.clock.moment = first - timedelta(hours=2)
    helping.moved(house, case, "service_waits")
    assert running(house, case)["service_wait"] > first
    helping.moved(house, case, "service_accepts")
    assert set(running(house, case)) == {"service_outcome"}
    helping.moved(house, case, "end_service")
    assert running(house, case) == {}


def test_several_services_can_be_asked_for_a_child_at_once(house: made.House, on: str) -> None:
    assert asked(house, on) != asked(house, on)
    assert kept.faults(house) == []


def test_who_was_sent_to_one_service_is_taken_up_when_it_is_asked(house: made.House, on: str) -> None:
    sent_on = made.decide(kept.children(house, on), Decision.direct_to_one_service)
    for name, facts in (("start_screening", made.NOTHING), ("decide", sent_on)):
        helping.move(house.desk, house.viewer("ada"), case=on, name=name, facts=facts)
    asked(house, on)
    assert all(row.taken_up_at for row in kept.rows(house, CaseChild, case=on))


def test_a_triage_adviser_may_ask_and_the_record_it_began_on_says_so(house: made.House, on: str) -> None:
    case = helping.begun(house, on, "ada", process="service_request").case
    assert "begun_here" in [one.kind for one in kept.rows(house, Entry, case=on)]
    assert kept.case(house, case).parent_id == kept.case(house, on).id
