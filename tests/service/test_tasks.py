"""Is whoever must do something told of it, and does it climb when they don't?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import kept
import made
import pytest
from sqlmodel import col, select

from notifications import Outcome
from pathway.acts import NotFound, accept, assign, finish_task, move, receive, restrict, staff
from pathway.acts.audience import recipients
from pathway.acts.deliver import lease, resolve, settle
from pathway.acts.desk import work
from pathway.acts.sweep import sweep
from pathway.acts.tasks import raise_task
from pathway.store.parts.words import MADE, task_words
from pathway.tables import Message, Task
from pathway.tables.timing import TaskKind
from workflows import PROCESSES


@pytest.fixture
def case(house: made.House) -> str:
    """A case that Ada alone holds."""
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("ada").ref)
    return case


def away(house: made.House, *names: str, days: int = 5) -> None:
    for name in names:
        now, ref = house.clock(), house.viewer(name).ref
        until = now + timedelta(days=days)
        staff.set_absence(house.desk, house.viewer("ann"), practitioner=ref, starts_at=now, ends_at=until)


def give(house: made.House, **owner: int) -> None:
    with work(house.desk, house.system) as unit:
        raise_task(unit, TaskKind.ring_back, "A", "Ring.", **owner)


def told(house: made.House, kind: str) -> list[set[str]]:
    """Who hears each message of a kind about a task, as it would be resolved now."""
    names = {number: name for name, number in house.ids.items()}
    with work(house.desk, house.system) as unit:
        rows = unit.session.exec(
            select(Message).where(col(Message.kind) == kind, col(Message.about) == "task").order_by(col(Message.id))
        )
        return [{names[one.practitioner_id or 0] for one in recipients(unit, row)} for row in rows.all()]


def the_task(house: made.House, kind: TaskKind = TaskKind.ring_back) -> Task:
    (task,) = (one for one in kept.rows(house, Task) if one.kind is kind)
    return task


def twice(house: made.House) -> None:
    """Two workers at one moment, and one of them once more."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: sweep(house.desk, house.system), range(2)))
    sweep(house.desk, house.system)


def test_the_owner_of_a_task_is_told_once(house: made.House) -> None:
    give(house, practitioner_id=house.ids["ben"])
    give(house, practitioner_id=house.ids["ben"])
    assert told(house, "task_given") == [{"ben"}]


def test_a_teams_members_who_are_there_are_told_or_the_service_manager(house: made.House) -> None:
    away(house, "ben")
    give(house, team_id=house.team_ids["front door"])
    assert told(house, "task_given") == [{"ada", "sol", "may"}]
    away(house, "ada", "sol", "may")
    assert told(house, "task_given") == [{"sid"}]


def test_an_overdue_task_climbs_to_the_service_manager_once(house: made.House) -> None:
    give(house, practitioner_id=house.ids["ben"])
    sweep(house.desk, house.system)
    assert told(house, "overdue") == []
    house.clock.forward(hours=25)
    twice(house)
    assert (told(house, "overdue"), the_task(house).practitioner_id) == ([{"sid"}], house.ids["ben"])


@pytest.mark.parametrize("how", [away, lambda house, name: staff.end_practitioner(
    house.desk, house.viewer("ann"), practitioner=house.viewer(name).ref)], ids=["away", "gone"])  # fmt: skip
def test_an_overdue_task_whose_owner_is_not_there_goes_to_somebody_who_is(
    house: made.House, how: Callable[[made.House, str], None]
) -> None:
    give(house, practitioner_id=house.ids["ben"])
    house.clock.forward(hours=25)
    how(house, "ben")
    twice(house)
    assert the_task(house).practitioner_id == house.ids["may"]
    assert told(house, "task_given") == [{"ben"}, {"may"}]


def test_an_overdue_task_of_an_empty_team_goes_to_a_person(house: made.House) -> None:
    give(house, team_id=house.team_ids["emergency"])
    house.clock.forward(hours=25)
    away(house, "eve")
    twice(house)
    assert (the_task(house).practitioner_id, the_task(house).team_id) == (house.ids["may"], None)


def test_a_task_about_a_record_out_of_sight_looks_like_none(house: made.House, case: str) -> None:
    give(house, practitioner_id=house.ids["ada"], case_id=kept.case(house, case).id or 0)
    restrict(house.desk, house.viewer("may"), case=case, names=(), reason="A colleague's child")
    for task in (the_task(house).public_id, "NOSUCHTASK"):
        with pytest.raises(NotFound, match="no task here"):
            finish_task(house.desk, house.viewer("sid"), task=task)
    finish_task(house.desk, house.viewer("may"), task=the_task(house).public_id)


def test_nobody_answerable_is_told_urgently_and_is_over_once_somebody_answers(house: made.House, case: str) -> None:
    away(house, "ada")
    twice(house)
    assert told(house, "nobody_answers") == [{"may"}]
    assign(house.desk, house.viewer("may"), case=case, to=house.viewer("may").ref)
    twice(house)
    assert the_task(house, TaskKind.nobody_answerable).done_by_id == house.system.id


def test_nobody_answerable_is_over_once_the_record_ends(house: made.House, case: str) -> None:
    away(house, "ada")
    sweep(house.desk, house.system)
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    sweep(house.desk, house.system)
    assert the_task(house, TaskKind.nobody_answerable).done_at == house.clock()


def test_nobody_answerable_stays_while_nobody_has_accepted(house: made.House, case: str) -> None:
    away(house, "ada")
    sweep(house.desk, house.system)
    assign(house.desk, house.viewer("may"), case=case, to=house.viewer("ben").ref)
    sweep(house.desk, house.system)
    assert the_task(house, TaskKind.nobody_answerable).done_at is None
    accept(house.desk, house.viewer("ben"), case=case)
    sweep(house.desk, house.system)
    assert the_task(house, TaskKind.nobody_answerable).done_at == house.clock()


def test_a_message_about_a_task_that_cannot_be_delivered_raises_no_task_about_itself(house: made.House) -> None:
    give(house, practitioner_id=house.ids["ben"])
    resolve(house.desk, house.system, channel="post")
    (leased,) = lease(house.desk, house.system, worker="a")
    settle(house.desk, house.system, leased=leased, outcome=Outcome.failed("No such address."), worker="a")
    assert [one.kind for one in kept.rows(house, Task)] == [TaskKind.ring_back]


def test_every_kind_of_task_and_every_move_made_has_words() -> None:
    assert all(task_words(kind) for kind in TaskKind)
    assert set(MADE) == {one.name for process in PROCESSES for one in process.moves}
