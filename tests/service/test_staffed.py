"""Does it become somebody's task that nobody is there to hear, to answer or to agree, and is it over by itself?"""

from datetime import UTC, datetime, timedelta

import kept
import made
import pytest
from sqlmodel import Session, col, select

from pathway.access import answers_for
from pathway.acts import NotFound, accept, assign, cover, move, receive, staff
from pathway.acts.sweep import sweep
from pathway.tables import Message, Task
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import OfferToWorker

NIGHT = datetime(2026, 11, 16, 22, 0, tzinfo=UTC)
HEARS = "Sid Service is away: nobody is there as service manager to hear when a time passes."


def away(house: made.House, *names: str, hours: int = 24) -> None:
    for name in names:
        one, now = house.viewer(name), house.clock()
        staff.set_absence(house.desk, one, practitioner=one.ref, starts_at=now, ends_at=now + timedelta(hours=hours))


def leaves(house: made.House, *names: str) -> None:
    for name in names:
        staff.end_practitioner(house.desk, house.viewer("ann"), practitioner=house.viewer(name).ref)


def swept(house: made.House) -> list[Task]:
    """What is open of it after two sweeps, which make no more of it than one."""
    for _ in range(2):
        sweep(house.desk, house.system)
    return still_open(house)


def still_open(house: made.House) -> list[Task]:
    def tasks(session: Session) -> list[Task]:
        empty = select(Task).where(col(Task.kind) == TaskKind.team_unstaffed, col(Task.done_at).is_(None))
        return list(session.exec(empty.order_by(col(Task.id))).all())

    with house.desk.database.reading() as session:
        return tasks(session)


def test_while_everybody_is_there_nothing_is_raised(house: made.House) -> None:
    assert swept(house) == []


def test_a_role_that_nobody_is_there_to_play_is_one_task_for_somebody_above_who_is_told(house: made.House) -> None:
    away(house, "sid")
    (task,) = swept(house)
    assert task.words.startswith(HEARS)
    assert task.practitioner_id == house.ids["may"]
    assert [one.audience for one in kept.rows(house, Message)] == [f"practitioner:{house.ids['may']}"]


def test_a_role_with_nobody_in_post_is_said_so(house: made.House) -> None:
    leaves(house, "sid")
    (task,) = swept(house)
    assert task.words.startswith("Nobody is in post: nobody is there as service manager")


def test_it_is_over_by_the_systems_own_word_once_somebody_is_there_again(house: made.House) -> None:
    away(house, "sid", hours=2)
    (task,) = swept(house)
    house.clock.forward(hours=3)
    assert swept(house) == []
    (done,) = (one for one in kept.rows(house, Task) if one.id == task.id)
    assert (done.done_at, done.done_by_id) == (house.clock(), house.system.id)


def test_it_is_raised_anew_when_it_comes_again(house: made.House) -> None:
    for _ in range(2):
        away(house, "sid", hours=2)
        assert len(swept(house)) == 1
        house.clock.forward(hours=3)
        assert swept(house) == []


def test_a_state_that_nobody_may_answer_in_is_named(house: made.House) -> None:
    away(house, "sol", "eve", "dot", "may", "sid", "hal")
    words = " ".join(task.words for task in swept(house))
    assert "while it is 'Waiting for a second person': head of service, service manager, social worker or" in words
    assert "'Taken'" not in words


@pytest.mark.parametrize(("there", "missing"), [(("sol",), True), (("sol", "may"), False), (("sol", "ada"), False)])
def test_one_person_alone_is_nobodys_second(house: made.House, there: tuple[str, ...], missing: bool) -> None:
    away(house, *({"ada", "ben", "sol", "may", "eve", "dot", "sid", "hal"} - set(there)))
    assert any("to be the second person" in task.words for task in swept(house)) is missing


def test_an_empty_front_door_is_found_before_anybody_comes_to_it(house: made.House) -> None:
    away(house, "ada", "ben", "sol", "may", hours=1)
    assert "No staffed team is on now for: front door." in " ".join(task.words for task in swept(house))
    house.clock.forward(hours=2)
    assert swept(house) == []


def test_what_was_empty_last_night_stays_a_task_by_day_until_somebody_is_there(house: made.House) -> None:
    house.clock.moment = NIGHT
    away(house, "eve", hours=24)
    (task,) = swept(house)
    house.clock.forward(hours=12)
    assert [one.id for one in swept(house)] == [task.id]
    house.clock.forward(hours=13)
    assert swept(house) == []


def test_by_day_nobody_misses_the_night(house: made.House) -> None:
    away(house, "eve", hours=4)
    assert swept(house) == []


def test_a_worry_that_met_an_empty_door_leaves_a_task_that_ends_as_the_others_do(house: made.House) -> None:
    away(house, "ada", "ben", "sol", "may", hours=1)
    receive(house.desk, house.viewer("pat"), take=made.take())
    (task,) = (one for one in still_open(house) if "front door" in one.words)
    assert task.id in [one.id for one in swept(house)]
    house.clock.forward(hours=2)
    assert swept(house) == []


def test_two_authorities_each_have_a_task_of_their_own(house: made.House) -> None:
    away(house, "sid")
    (task,) = swept(house)
    assert task.about == "service_manager exampleton"


@pytest.fixture
def held(house: made.House) -> str:
    """A record that Dot holds, for whom Lee stands in for an hour."""
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("dot").ref)
    accept(house.desk, house.viewer("dot"), case=case)
    until = house.clock() + timedelta(hours=1)
    cover(house.desk, house.viewer("dot"), case=case, by=house.viewer("lee").ref, until=until)
    away(house, "dot")
    return case


def test_a_holder_whose_cover_has_ended_is_found_and_is_over_once_somebody_has_it(house: made.House, held: str) -> None:
    assert sweep(house.desk, house.system) == 0
    house.clock.forward(hours=2)
    assert sweep(house.desk, house.system) == 1
    (task,) = (one for one in kept.rows(house, Task) if one.kind is TaskKind.nobody_answerable)
    assert task.practitioner_id == house.ids["may"]
    assign(house.desk, house.viewer("may"), case=held, to=house.viewer("may").ref)
    assert sweep(house.desk, house.system) == 0
    assert all(one.done_at for one in kept.rows(house, Task) if one.kind is TaskKind.nobody_answerable)


def offered_to(house: made.House, held: str) -> str:
    """Another worry, offered to whoever works on the held record."""
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    facts = OfferToWorker(open_case=held, reason="Their worker knows them")
    move(house.desk, house.viewer("ada"), case=case, name="offer_to_worker", facts=facts)
    return case


def test_cover_takes_on_for_its_holder_while_it_lasts(house: made.House, held: str) -> None:
    offered = offered_to(house, held)
    move(house.desk, house.viewer("lee"), case=offered, name="accept_join", facts=made.NOTHING)
    assert kept.case(house, offered).state == "joined"


def test_cover_that_has_ended_takes_nothing_on_and_hands_nothing_over(house: made.House, held: str) -> None:
    offered, lee = offered_to(house, held), house.viewer("lee")
    house.clock.forward(hours=2)
    with pytest.raises((Refused, NotFound)):
        move(house.desk, lee, case=offered, name="accept_join", facts=made.NOTHING)
    with pytest.raises((Refused, NotFound)):
        assign(house.desk, lee, case=held, to=lee.ref)
    with house.desk.database.reading() as session:
        assert answers_for(session, [kept.the(session, held).id or 0], house.clock()) == {}
