"""Is everything handed on when a shift ends, with its tasks and its notes, and is whatever is left behind found?"""

from datetime import timedelta

import kept
import made
import pytest

from notifications import kinds
from pathway.acts import Passing, Unacceptable, accept, assign, hand_over_shift, move, receive, restrict, staff
from pathway.acts.desk import work
from pathway.acts.sweep import sweep
from pathway.acts.tasks import raise_task
from pathway.store.lists.shift import Shift, shift
from pathway.tables import Entry, IdempotentResult, Message, Task
from pathway.tables.timing import TaskKind


def held(house: made.House, name: str = "ada") -> str:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    assign(house.desk, house.viewer(name), case=case, to=house.viewer(name).ref)
    return case


def page(house: made.House, name: str) -> Shift:
    with house.desk.database.reading() as session:
        return shift(session, house.viewer(name), house.clock())


def over(house: made.House, *cases: str, to: str = "", note: str = "Ring Mum at six", name: str = "ada") -> None:
    to = to or kept.team(house, "emergency")
    passing = tuple(Passing(case, to, f"About {case}") for case in cases)
    hand_over_shift(house.desk, house.viewer(name), records=passing, note=note, key="shift")


def holder(house: made.House, case: str) -> tuple[int | None, int | None]:
    (row,) = [one for one in kept.assignments(house, case) if one.status == "accepted"]
    return row.practitioner_id, row.team_id


def task_about(house: made.House, case: str, **owner: int) -> None:
    with work(house.desk, house.system) as unit:
        row = kept.the(unit.session, case)
        raise_task(unit, TaskKind.ring_back, case, "Ring.", case_id=row.id, **owner)


def the_task(house: made.House) -> Task:
    (task,) = (one for one in kept.rows(house, Task) if one.kind is TaskKind.ring_back)
    return task


def test_a_team_that_is_there_has_it_at_once_with_its_tasks_and_hears(house: made.House) -> None:
    case = held(house)
    task_about(house, case, practitioner_id=house.ids["ada"])
    over(house, case)
    assert holder(house, case) == (None, house.team_ids["emergency"])
    assert (the_task(house).practitioner_id, the_task(house).team_id) == (None, house.team_ids["emergency"])
    told = [(one.kind, one.audience) for one in kept.rows(house, Message, case=case)]
    assert ("handed_over", f"team:{house.team_ids['emergency']}") in told
    assert kept.faults(house) == []


@pytest.mark.parametrize(("to", "kind"), [("team", "handed_over_now"), ("eve", "handover_proposed_now")])
def test_a_record_on_which_a_child_may_be_in_danger_is_handed_over_in_urgent_words(
    house: made.House, to: str, kind: str
) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take(immediate_danger=True)).case
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("ada").ref)
    over(house, case, to="" if to == "team" else house.viewer(to).ref)
    assert kind in [one.kind for one in kept.rows(house, Message, case=case)]
    assert kinds()[kind].urgent


def test_who_comes_on_finds_what_was_handed_over_with_both_notes(house: made.House) -> None:
    case = held(house)
    over(house, case)
    (found,) = page(house, "eve").handed
    assert (found.row.ref, found.by, found.note, found.for_all) == (
        case,
        "Ada Adviser",
        f"About {case}",
        "Ring Mum at six",
    )
    assert page(house, "ada").handed == ()
    house.clock.forward(hours=25)
    assert page(house, "eve").handed == ()


def test_a_person_is_asked_and_i_answer_until_they_accept_and_my_tasks_go_with_it(house: made.House) -> None:
    case = held(house)
    task_about(house, case, practitioner_id=house.ids["ada"])
    over(house, case, to=house.viewer("sol").ref)
    assert holder(house, case) == (house.ids["ada"], None)
    assert the_task(house).practitioner_id == house.ids["ada"]
    assert [one.row.ref for one in page(house, "sol").handed] == [case]
    accept(house.desk, house.viewer("sol"), case=case)
    assert holder(house, case) == (house.ids["sol"], None)
    assert the_task(house).practitioner_id == house.ids["sol"]
    assert kept.faults(house) == []


def test_a_restricted_record_goes_to_a_named_person_alone(house: made.House) -> None:
    case = held(house, "sol")
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")
    with pytest.raises(Unacceptable, match="one named person must hold it"):
        over(house, case, name="sol")
    assert holder(house, case) == (house.ids["sol"], None)
    over(house, case, to=house.viewer("may").ref, name="sol")
    assert holder(house, case) == (house.ids["sol"], None)
    assert [one.row.ref for one in page(house, "may").handed] == [case]


def test_what_cant_be_handed_over_is_said_and_the_rest_is_done(house: made.House) -> None:
    mine, gone = held(house), held(house, "ben")
    with pytest.raises(Unacceptable) as wrong:
        over(house, gone, mine)
    assert [fault.field for fault in wrong.value.faults] == [f"to-{gone}"]
    assert "any more" in wrong.value.faults[0].sentence
    assert holder(house, mine) == (None, house.team_ids["emergency"])
    assert holder(house, gone) == (house.ids["ben"], None)


@pytest.mark.parametrize("to", ["ada", "pat", "NOBODY", "surgery"])
def test_nobody_is_handed_a_record_who_cannot_hold_it(house: made.House, to: str) -> None:
    case = held(house)
    refs = {"ada": house.viewer("ada").ref, "pat": house.viewer("pat").ref, "surgery": kept.team(house, "surgery")}
    with pytest.raises(Unacceptable):
        over(house, case, to=refs.get(to, to))
    assert holder(house, case) == (house.ids["ada"], None)


def test_the_same_sent_again_does_what_is_left_and_nothing_twice(house: made.House) -> None:
    first, second = held(house), held(house)
    over(house, first)
    entries = len(kept.rows(house, Entry, case=first))
    over(house, first, second)
    assert len(kept.rows(house, Entry, case=first)) == entries
    assert holder(house, second) == (None, house.team_ids["emergency"])
    keys = [one.key for one in kept.rows(house, IdempotentResult)]
    assert sorted(keys) == sorted([f"shift:{first}", f"shift:{second}"])


def test_one_that_was_handed_on_before_with_another_note_keeps_the_rest_from_nobody(house: made.House) -> None:
    first, second = held(house), held(house)
    over(house, first)
    with pytest.raises(Unacceptable) as wrong:
        over(house, first, second, note="Ring Mum at seven")
    assert [one.field for one in wrong.value.faults] == [f"to-{first}"]
    assert holder(house, second) == (None, house.team_ids["emergency"])


def test_a_task_of_its_own_goes_to_whom_it_is_given(house: made.House) -> None:
    with work(house.desk, house.system) as unit:
        raise_task(unit, TaskKind.ring_back, "A", "Ring.", practitioner_id=house.ids["ada"])
    task, to = the_task(house), kept.team(house, "emergency")
    assert [one.ref for one in page(house, "ada").tasks] == [task.public_id]
    hand_over_shift(house.desk, house.viewer("ada"), tasks=(Passing(task.public_id, to),))
    assert the_task(house).team_id == house.team_ids["emergency"]
    assert the_task(house).due_at == task.due_at
    assert page(house, "ada").tasks == ()


def test_nothing_chosen_is_nothing_done(house: made.House) -> None:
    with pytest.raises(Unacceptable, match="at least one"):
        hand_over_shift(house.desk, house.viewer("ada"))


def test_the_page_shows_all_i_hold_and_of_my_teams_what_cannot_wait(house: made.House) -> None:
    mine = held(house)
    teams = receive(house.desk, house.viewer("ada"), take=made.take()).case
    assert [[row.ref for row in rows] for rows in (page(house, "ada").mine, page(house, "ada").team)] == [[mine], []]
    urgent = receive(house.desk, house.viewer("ada"), take=made.take(safe_tonight="no")).case
    assert [row.ref for row in page(house, "ada").team] == [urgent]
    house.clock.forward(hours=23)
    assert {row.ref for row in page(house, "ada").team} == {urgent, teams}


def test_whatever_is_left_behind_is_found(house: made.House) -> None:
    """Holder on leave, left, or off duty: not answerable without live cover in post."""
    left, asked, given = held(house), held(house), held(house)
    over(house, given)
    over(house, asked, to=house.viewer("sol").ref)
    now, ada = house.clock(), house.viewer("ada")
    staff.set_absence(house.desk, ada, practitioner=ada.ref, starts_at=now, ends_at=now + timedelta(days=3))
    assert sweep(house.desk, house.system) == 2
    alarms = {one.about for one in kept.rows(house, Task) if one.kind is TaskKind.nobody_answerable}
    assert alarms == {left, asked}
    accept(house.desk, house.viewer("sol"), case=asked)
    assert sweep(house.desk, house.system) == 1


def test_a_shift_handed_over_can_be_worked_on_at_once(house: made.House) -> None:
    case = held(house)
    over(house, case)
    move(house.desk, house.viewer("eve"), case=case, name="start_screening", facts=made.NOTHING)
    assert kept.case(house, case).state == "under_screening"
