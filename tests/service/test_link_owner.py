"""Who says whether two are one, once one of them is on a restricted record? Whoever may know; not the front door."""

import json
from datetime import timedelta

import kept
import made
import pytest
from sqlmodel import select

from pathway.acts import (
    NotFound,
    Unacceptable,
    accept,
    agree_link,
    assign,
    finish_task,
    propose_link,
    receive,
    restrict,
    say_apart,
    staff,
)
from pathway.acts.compose import composed
from pathway.acts.deliver import resolve
from pathway.acts.desk import work
from pathway.acts.link_owner import CANT_AGREE, UPWARD, WAITS
from pathway.acts.sweep import sweep
from pathway.store.parts.tasks import my_tasks, tasks_of_case
from pathway.tables import Delivery, Message, Person, PersonLink, Task
from pathway.tables.timing import TaskKind
from workflows.roles import LINKERS

REASON = "Same birthday and address"


def taken(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def proposed(house: made.House, by: str = "ada") -> tuple[str, str]:
    """Two records of one child each, which somebody believes to be one."""
    cases = taken(house), taken(house)
    first, second = (one.public_id for one in kept.rows(house, Person))
    propose_link(house.desk, house.viewer(by), person=first, same_as=second, reason=REASON)
    return cases


def hide(house: made.House, case: str, holder: str, *names: str, by: str = "may") -> None:
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer(holder).ref)
    accept(house.desk, house.viewer(holder), case=case)
    names_more(house, case, holder, *names, by=by)


def names_more(house: made.House, case: str, *names: str, by: str = "may") -> None:
    named = tuple(house.viewer(name).ref for name in names)
    restrict(house.desk, house.viewer(by), case=case, names=named, reason="A colleague's child")


def the_task(house: made.House) -> Task:
    (task,) = (one for one in kept.rows(house, Task) if one.kind is TaskKind.link_to_agree and one.done_at is None)
    return task


def owner(house: made.House) -> str:
    task = the_task(house)
    assert task.team_id is None
    return next(name for name, number in house.ids.items() if number == task.practitioner_id)


def away(house: made.House, *names: str) -> None:
    now, ann = house.clock(), house.viewer("ann")
    for name in names:
        ref, until = house.viewer(name).ref, now + timedelta(days=9)
        staff.set_absence(house.desk, ann, practitioner=ref, starts_at=now, ends_at=until)


def overdue(house: made.House) -> None:
    house.clock.forward(hours=25)
    sweep(house.desk, house.system)


def back_at_the_front_door(house: made.House) -> None:
    """As where a link was proposed at the very moment in which the record was being restricted."""
    with house.desk.database.writing() as session:
        task = session.exec(select(Task).where(Task.kind == TaskKind.link_to_agree)).one()
        task.practitioner_id, task.team_id, task.case_id = None, house.team_ids["front door"], None
        task.words = WAITS
        session.add(task)


def on_the_lists_of(house: made.House, name: str, *cases: str) -> list[str]:
    """The links to agree that somebody sees among their tasks and on these records."""
    viewer, now = house.viewer(name), house.clock()
    with house.desk.database.reading() as session:
        found = list(my_tasks(session, viewer, now))
        for case in cases:
            found += tasks_of_case(session, kept.the(session, case), viewer, now)
    return [one.ref for one in found if one.kind == TaskKind.link_to_agree]


def test_every_role_that_may_link_has_its_turn() -> None:
    assert set(UPWARD) == LINKERS


@pytest.mark.parametrize("which", [0, 1])
def test_a_link_leaves_the_front_door_once_either_record_is_restricted(house: made.House, which: int) -> None:
    cases = proposed(house)
    assert on_the_lists_of(house, "ben") != []
    hide(house, cases[which], "sol")
    assert (owner(house), the_task(house).words) == ("sol", WAITS)
    assert the_task(house).case_id == kept.case(house, cases[which]).id
    for name in ("ada", "ben", "eve", "sid"):
        assert on_the_lists_of(house, name, cases[1 - which]) == []
        with pytest.raises(NotFound):
            finish_task(house.desk, house.viewer(name), task=the_task(house).public_id)


def test_whoever_it_passed_to_is_told_and_agrees(house: made.House) -> None:
    first, _ = proposed(house)
    hide(house, first, "sol")
    told = [one for one in kept.rows(house, Message, case=first) if one.about == "task"][-1]
    assert (told.kind, told.audience) == ("task_given", f"practitioner:{house.ids['sol']}")
    (link,) = kept.rows(house, PersonLink)
    agree_link(house.desk, house.viewer("sol"), link=link.public_id, reason=REASON)
    assert kept.rows(house, Task)[-1].done_by_id == house.ids["sol"]
    assert kept.faults(house) == []


def test_no_message_of_it_names_the_restricted_record_to_anybody_but_who_may_know(house: made.House) -> None:
    first, _ = proposed(house)
    hide(house, first, "sol")
    overdue(house)
    before = {one.id for one in kept.rows(house, Message) if one.kind in ("task_given", "overdue")}
    resolve(house.desk, house.system, channel="console", limit=1_000)
    may_know = {house.ids["sol"], house.ids["may"]}
    with work(house.desk, house.system) as unit:
        rows = [one for one in kept.rows(house, Delivery) if one.message_id in before]
        texts = [json.dumps((one.subject, one.body)) for row in rows if (one := composed(unit, row)) is not None
                 and row.practitioner_id not in may_know]  # fmt: skip
    assert texts
    assert not [one for one in texts if first in one]


def test_it_never_falls_to_whoever_proposed_it_while_another_may_agree(house: made.House) -> None:
    first, _ = proposed(house, "sol")
    hide(house, first, "sol")
    assert owner(house) == "may"


def test_a_link_proposed_with_somebody_on_a_restricted_record_never_reaches_the_front_door(house: made.House) -> None:
    first = taken(house)
    hide(house, first, "sol")
    taken(house)
    one, other = (row.public_id for row in kept.rows(house, Person))
    propose_link(house.desk, house.viewer("sol"), person=one, same_as=other, reason=REASON)
    assert owner(house) == "may"
    assert on_the_lists_of(house, "ben") == []


@pytest.mark.parametrize(("by", "to"), [("may", "may"), ("hal", "sol")])
def test_whoever_proposed_it_has_it_only_where_nobody_else_can_agree_or_is_there(
    house: made.House, by: str, to: str
) -> None:
    """May is away and may agree once she is back; Hal is away and never may."""
    first = taken(house)
    hide(house, first, "sol", by=by)
    taken(house)
    away(house, by)
    one, other = (row.public_id for row in kept.rows(house, Person))
    propose_link(house.desk, house.viewer("sol"), person=one, same_as=other, reason=REASON)
    assert owner(house) == to


def nobody_may_agree(house: made.House) -> str:
    """Lee alone is there of those who may know, and mayn't link; May proposed it herself."""
    first, _ = proposed(house, "may")
    hide(house, first, "lee")
    return first


def test_where_nobody_may_agree_it_falls_to_somebody_named_who_may_say_that_they_are_not_one(
    house: made.House,
) -> None:
    nobody_may_agree(house)
    task = the_task(house)
    assert (owner(house), task.words) == ("lee", CANT_AGREE)
    for _ in range(2):
        say_apart(house.desk, house.viewer("lee"), task=task.public_id, reason="Two Avas", key="once")
    (link,) = kept.rows(house, PersonLink)
    assert (link.undone_by_id, kept.rows(house, Task)[-1].done_by_id) == (house.ids["lee"], house.ids["lee"])


@pytest.mark.parametrize("name", ["ada", "may", "sid", "pat"])
def test_nobody_but_its_owner_says_so_on_the_task(house: made.House, name: str) -> None:
    nobody_may_agree(house)
    for ref in (the_task(house).public_id, "NOSUCHTASK"):
        with pytest.raises(NotFound, match="no task here"):
            say_apart(house.desk, house.viewer(name), task=ref, reason="Two Avas")


def test_a_link_at_the_front_door_is_undone_on_the_page_of_links_alone(house: made.House) -> None:
    proposed(house)
    with pytest.raises(NotFound):
        say_apart(house.desk, house.viewer("ben"), task=the_task(house).public_id, reason="Two Avas")


def test_saying_so_needs_a_reason(house: made.House) -> None:
    nobody_may_agree(house)
    with pytest.raises(Unacceptable, match="Say why"):
        say_apart(house.desk, house.viewer("lee"), task=the_task(house).public_id, reason=" ")
    assert the_task(house).done_at is None


def test_it_passes_on_once_a_manager_names_somebody_who_may_agree(house: made.House) -> None:
    first = nobody_may_agree(house)
    names_more(house, first, "lee", "sol")
    assert (owner(house), the_task(house).words) == ("sol", WAITS)


def test_where_nobody_may_see_both_it_stays_with_whoever_knows_of_it_already(house: made.House) -> None:
    first, second = proposed(house)
    hide(house, first, "sol")
    hide(house, second, "dot", by="sid")
    assert (owner(house), the_task(house).words) == ("sol", CANT_AGREE)
    assert on_the_lists_of(house, "dot", second) == []


def test_a_link_overdue_at_the_front_door_climbs_to_somebody_who_may_know(house: made.House) -> None:
    first, _ = proposed(house)
    hide(house, first, "sol")
    back_at_the_front_door(house)
    overdue(house)
    assert (owner(house), the_task(house).case_id) == ("sol", kept.case(house, first).id)


def test_an_overdue_link_whose_owner_is_away_climbs_to_another_of_those_who_may_know(house: made.House) -> None:
    first, _ = proposed(house)
    hide(house, first, "sol")
    away(house, "sol")
    overdue(house)
    assert owner(house) == "may"
    assert on_the_lists_of(house, "ben") == []


def test_an_overdue_link_that_anybody_may_see_climbs_to_somebody_who_may_agree_it(house: made.House) -> None:
    """Sid proposed it, and Hal, who stands above, may not link."""
    proposed(house, "sid")
    away(house, "ada", "ben", "sol", "may")
    overdue(house)
    assert owner(house) == "eve"
