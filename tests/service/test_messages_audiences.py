"""Who hears? Every audience is somebody who is there, or a task for somebody who is."""

from datetime import timedelta

import made
import pytest
from sqlmodel import col, select

from pathway.access import every_case
from pathway.acts import assign, move, receive, restrict, staff
from pathway.acts.audience import WHO_MEETS
from pathway.acts.compose import composed
from pathway.acts.deliver import lease, resolve
from pathway.acts.desk import work
from pathway.tables import Case, CaseChild, Delivery, Message, Task
from pathway.tables.timing import TaskKind
from workflows import Audience
from workflows.referral_facts import Decision, OfferToWorker


def rows(house: made.House, query):
    with house.desk.database.reading() as session:
        return session.exec(query).all()


def tell(house: made.House, case: str, audience: str, kind: str = "overdue") -> None:
    """Put one message, and nothing else, into the outbox."""
    with house.desk.database.writing() as session:
        for waiting in session.exec(select(Message).where(col(Message.resolved_at).is_(None))):
            waiting.resolved_at = house.clock()
        found = session.exec(every_case().where(col(Case.public_id) == case)).one()
        session.add(
            Message(authority=made.AUTHORITY, case_id=found.id, kind=kind, audience=audience, written_at=house.clock())
        )
    resolve(house.desk, house.system, channel="post")


def hearers(house: made.House, case: str, audience: str) -> set[str]:
    tell(house, case, audience)
    names = {number: name for name, number in house.ids.items()}
    last = max(rows(house, select(Message.id)))
    return {names[one] for one in rows(house, select(Delivery.practitioner_id).where(col(Delivery.message_id) == last))}


def away(house: made.House, *names: str) -> None:
    for name in names:
        now = house.clock()
        staff.set_absence(
            house.desk,
            house.viewer("ann"),
            practitioner=house.viewer(name).ref,
            starts_at=now,
            ends_at=now + timedelta(days=1),
        )


def unheard(house: made.House) -> list[int | None]:
    return list(rows(house, select(Task.practitioner_id).where(col(Task.kind) == TaskKind.message_unheard)))


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("pat"), take=made.take(how="online")).case


def hand(house: made.House, case: str, to: str) -> None:
    assign(house.desk, house.viewer(to), case=case, to=house.viewer(to).ref)


def test_a_team_that_holds_hears_as_its_members_who_are_there(house, case):
    away(house, "ben")
    assert hearers(house, case, Audience.holder) == {"ada", "sol", "may"}
    assert hearers(house, case, Audience.front_door) == {"ada", "sol", "may"}


def test_one_holder_hears_alone_and_the_service_manager_when_they_are_away(house, case):
    hand(house, case, "ada")
    assert hearers(house, case, Audience.holder) == {"ada"}
    away(house, "ada")
    assert hearers(house, case, Audience.holder) == {"sid"}


def test_the_holders_manager_hears_or_the_service_manager_where_none_is_there(house, case):
    hand(house, case, "ada")
    assert hearers(house, case, Audience.manager) == {"may"}
    away(house, "may")
    assert hearers(house, case, Audience.manager) == {"sid"}


def test_the_service_manager_hears_or_the_head_of_service(house, case):
    assert hearers(house, case, Audience.service_manager) == {"sid"}
    away(house, "sid")
    assert hearers(house, case, Audience.service_manager) == {"hal"}


def test_social_work_hears_by_day_and_by_night(house, case):
    assert hearers(house, case, Audience.social_work) == {"sol", "may", "eve", "dot"}
    away(house, "sol", "may", "eve", "dot")
    assert hearers(house, case, Audience.social_work) == {"sid"}


def test_a_referrer_hears_who_has_an_account_and_for_others_the_telephone_does(house, case):
    assert hearers(house, case, Audience.referrer) == {"pat"}
    rung = receive(house.desk, house.viewer("ada"), take=made.take()).case
    assert (hearers(house, rung, Audience.referrer), unheard(house)) == (set(), [])


def test_the_holder_of_the_record_it_is_offered_to_hears(house, case):
    target = receive(house.desk, house.viewer("ada"), take=made.take()).case
    hand(house, target, "sol")
    offer = OfferToWorker(open_case=target, reason="The same child")
    move(house.desk, house.viewer("ada"), case=case, name="offer_to_worker", facts=offer)
    assert hearers(house, case, Audience.target_holder) == {"sol"}


def test_whoever_proposed_hears(house, case):
    move(house.desk, house.viewer("ben"), case=case, name="start_screening", facts=made.NOTHING)
    with house.desk.database.reading() as session:
        refs = list(session.exec(select(CaseChild.public_id)))
    nothing = made.decide(refs, Decision.no_further_action, "universal")
    move(house.desk, house.viewer("ben"), case=case, name="propose_no_further_action", facts=nothing)
    assert hearers(house, case, Audience.proposer) == {"ben"}


@pytest.mark.parametrize("audience", [one for one in Audience if one not in (Audience.referrer, *WHO_MEETS)])
def test_what_nobody_can_hear_is_a_task_that_somebody_owns(sqlite_house, audience):
    house = sqlite_house
    case = receive(house.desk, house.viewer("pat"), take=made.take(how="online")).case
    everybody = [name for name in house.ids if name != "ann"]
    away(house, *everybody, "ann")
    assert hearers(house, case, audience) == set()
    assert len(unheard(house)) == 1
    assert unheard(house)[0] in house.ids.values()


@pytest.mark.parametrize("audience", WHO_MEETS)
def test_where_nobody_is_invited_who_has_an_account_nobody_need_be_found(sqlite_house, audience):
    """Whoever arranged the meeting tells them, and knows of it: no task says that a message found nobody."""
    case = receive(sqlite_house.desk, sqlite_house.viewer("pat"), take=made.take(how="online")).case
    assert hearers(sqlite_house, case, audience) == set()
    assert unheard(sqlite_house) == []


@pytest.fixture
def restricted(house: made.House, case: str) -> str:
    hand(house, case, "may")
    restrict(house.desk, house.viewer("may"), case=case, names=(), reason="Known to a member of staff")
    return case


def words(house: made.House, case: str, to: str, kind: str = "overdue"):
    tell(house, case, f"practitioner:{house.ids[to]}", kind)
    with work(house.desk, house.system) as unit:
        row = unit.session.exec(select(Delivery).order_by(col(Delivery.id).desc())).first()
        return row, composed(unit, row)


def test_one_who_may_not_see_a_restricted_record_hears_only_that_something_waits(house, restricted):
    row, outgoing = words(house, restricted, "sol")
    assert outgoing.subject == f"Something waits for you: {row.public_id}"
    assert restricted not in outgoing.subject + outgoing.body


def test_one_who_may_see_it_hears_of_the_record(house, restricted):
    _, outgoing = words(house, restricted, "may")
    assert outgoing.subject == f"Overdue: {restricted}"
    assert f"/cases/{restricted}" in outgoing.body


def test_an_urgent_message_stays_urgent_however_little_it_may_say(house, restricted):
    _, outgoing = words(house, restricted, "sol", "protection_needed")
    assert outgoing.urgent


def test_two_workers_resolve_one_message_once(house, case):
    tell(house, case, Audience.holder)
    assert resolve(house.desk, house.system, channel="post") == 0
    first, second = (lease(house.desk, house.system, worker=name) for name in ("a", "b"))
    assert (len(first), len(second)) == (4, 0)
