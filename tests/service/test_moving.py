"""Does a move change everything it should, or nothing? And who wins when two act at once?"""

import threading
from concurrent.futures import ThreadPoolExecutor

import kept
import made
import pytest
import told
from sqlalchemy import update

from pathway.acts import (
    Conflict,
    KeyReused,
    NotFound,
    Unacceptable,
    accept,
    assign,
    correct,
    move,
    note,
    receive,
    staff,
)
from pathway.tables import Case, CaseChild, Deadline, Entry, Level, Message, Payload, Task
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import Decision, Protect

OF_CASE = update(Entry).where(Entry.case_id.is_not(None))


def taken(house: made.House, **more) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(**more)).case


def go(house: made.House, name: str, case: str, what: str, **more):
    deciding = what in ("decide", "propose_no_further_action")
    children = kept.undecided(house, case) if deciding else kept.children(house, case)
    facts = told.facts(what, children, open_case=more.pop("open_case", ""), decision=more.pop("decision", ""))
    return move(house.desk, house.viewer(name), case=case, name=what, facts=facts, **more)


def running(house: made.House, case: str) -> set[str]:
    return {one.limit_id for one in kept.rows(house, Deadline, case=case) if one.closed_at is None}


def test_a_decision_is_state_level_clocks_entry_and_message_at_once(house: made.House) -> None:
    case = taken(house)
    go(house, "ada", case, "start_screening")
    done = go(house, "ada", case, "decide", decision=Decision.early_help_assessment)
    (child,) = kept.rows(house, CaseChild, case=case)
    (level,) = kept.rows(house, Level, case=case)
    assert (kept.case(house, case).state, done.version, done.sequence) == ("decided", 3, 3)
    assert (child.decision, child.decided_by_id, level.level) == (
        "early_help_assessment",
        house.ids["ada"],
        "additional",
    )
    assert {"feedback", "take_up"} <= running(house, case)
    assert "decision" not in running(house, case)
    assert kept.rows(house, Message, case=case)[-1].kind == "decision_recorded"
    assert kept.faults(house) == []


def test_the_whole_way_from_taken_to_closed_keeps_the_promise(house: made.House) -> None:
    case = taken(house)
    for what in ("acknowledge", "start_screening", "decide", "tell_referrer", "confirm_taken_up"):
        go(house, "ada", case, what)
        assert kept.faults(house) == []
    go(house, "ada", case, "close")
    assert running(house, case) == set()
    assert kept.case(house, case).closed_at is not None


def test_whoever_takes_protection_answers_for_it(house: made.House) -> None:
    case = taken(house)
    go(house, "ada", case, "protect")
    go(house, "sol", case, "take_protection")
    (held,) = [one for one in kept.assignments(house, case) if one.status == "accepted"]
    assert held.practitioner_id == house.ids["sol"]
    assert kept.faults(house) == []


def test_protection_marked_as_taken_by_somebody_away_leaves_the_team_answerable(house: made.House) -> None:
    case = taken(house)
    go(house, "ada", case, "protect")
    sol = house.viewer("sol")
    staff.set_absence(house.desk, sol, practitioner=sol.ref, starts_at=made.MONDAY, ends_at=made.MONDAY.replace(day=20))
    go(house, "sol", case, "take_protection")
    assert kept.faults(house) == []
    assert TaskKind.data_to_put_right in {one.kind for one in kept.rows(house, Task)}


def test_a_refused_move_writes_nothing(house: made.House) -> None:
    case = taken(house)
    before = kept.count(house)
    with pytest.raises(Refused):
        go(house, "ada", case, "close")
    assert kept.count(house) == before


def test_a_move_that_fails_half_way_writes_nothing(house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    case = taken(house)
    before = kept.count(house)
    monkeypatch.setattr("pathway.acts.record._tell", lambda *told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        go(house, "ada", case, "protect", key="once")
    monkeypatch.undo()
    assert kept.count(house) == before
    assert kept.faults(house) == []


def test_who_comes_second_hears_who_was_first_and_what_they_did(house: made.House) -> None:
    case = taken(house)
    go(house, "ada", case, "acknowledge", version=1)
    with pytest.raises(Conflict, match="Ada Adviser: Acknowledged it to the referrer, 10:00 on 16 November"):
        go(house, "ben", case, "start_screening", version=1)


def test_of_two_at_the_same_moment_one_acts_and_one_is_told(house: made.House) -> None:
    case = taken(house)
    viewers, gate = [house.viewer("ada"), house.viewer("ben")], threading.Barrier(2)

    def act(viewer) -> object:
        gate.wait()
        try:
            return move(house.desk, viewer, case=case, name="start_screening", facts=made.NOTHING, version=1)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(act, viewers))
    (lost,) = [one for one in ends if isinstance(one, Conflict)]
    assert lost.version == 2
    assert lost.since[0].who in {"Ada Adviser", "Ben Adviser"}
    assert len(kept.rows(house, Entry, case=case)) == 2
    assert kept.faults(house) == []


def test_the_same_key_from_four_at_once_is_one_case(house: made.House) -> None:
    viewer = house.viewer("ada")
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: receive(house.desk, viewer, take=made.take(), key="once"), range(4)))
    assert len({one.case for one in done}) == len(kept.rows(house, Case)) == 1


def test_a_key_used_for_one_move_is_not_taken_for_another(house: made.House) -> None:
    case = taken(house)
    first = go(house, "ada", case, "start_screening", key="once")
    assert go(house, "ada", case, "start_screening", key="once") == first
    with pytest.raises(KeyReused):
        go(house, "ada", case, "acknowledge", key="once")


def test_a_referrer_who_asks_again_becomes_a_managers_task(house: made.House) -> None:
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    for _ in range(2):
        go(house, "pat", case, "chase")
    (task,) = kept.rows(house, Task, case=case)
    assert (task.kind, task.practitioner_id) == (TaskKind.referrer_chased, house.ids["may"])


def two(house: made.House) -> tuple[str, str]:
    """A case offered to the worker of another."""
    target, case = taken(house), taken(house)
    go(house, "sol", target, "protect")
    go(house, "sol", target, "take_protection")
    go(house, "ada", case, "offer_to_worker", open_case=target)
    return case, target


def test_only_the_worker_of_the_open_record_joins_it(house: made.House) -> None:
    case, _ = two(house)
    with pytest.raises(Refused, match="Only the worker"):
        go(house, "ada", case, "accept_join")
    go(house, "sol", case, "accept_join")
    assert kept.case(house, case).state == "joined"


def test_a_child_who_joins_goes_on_in_the_open_record_and_is_decided_there(house: made.House) -> None:
    case, target = two(house)
    go(house, "sol", case, "accept_join")
    joined, stayed = kept.rows(house, CaseChild, case=case), kept.rows(house, CaseChild, case=target)
    assert {one.person_id for one in joined} < {one.person_id for one in stayed}
    (task,) = [one for one in kept.rows(house, Task, case=target) if one.practitioner_id == house.ids["sol"]]
    assert "Decide for any child who is new" in task.words
    undecided = [one.public_id for one in stayed if one.decision is None]
    assert len(undecided) == 1
    facts = made.decide(undecided)
    move(house.desk, house.viewer("sol"), case=target, name="decide", facts=facts)
    assert kept.faults(house) == []


def held_by(house: made.House, name: str, case: str) -> None:
    assign(house.desk, house.viewer("may"), case=case, to=house.viewer(name).ref)
    if name != "may":
        accept(house.desk, house.viewer(name), case=case)


def test_a_worker_who_sees_nothing_else_of_the_front_door_is_shown_what_is_offered_to_their_record(
    house: made.House,
) -> None:
    target, case = taken(house), taken(house)
    held_by(house, "lee", target)
    with pytest.raises(NotFound):
        go(house, "lee", case, "decline_join")
    go(house, "ada", case, "offer_to_worker", open_case=target)
    go(house, "lee", case, "decline_join")
    with pytest.raises(NotFound):
        go(house, "lee", case, "protect")
    go(house, "ada", case, "offer_to_worker", open_case=target)
    go(house, "lee", case, "accept_join")
    assert kept.case(house, case).state == "joined"
    assert kept.faults(house) == []


def test_danger_that_joins_a_decided_record_is_screened_and_told_anew(house: made.House) -> None:
    target, case = taken(house), taken(house, safe_tonight="no")
    go(house, "ada", target, "start_screening")
    go(house, "ada", target, "decide")
    held_by(house, "may", target)
    go(house, "sol", case, "offer_to_worker", open_case=target)
    before = len(kept.rows(house, Message, case=target))
    go(house, "may", case, "accept_join")
    after = kept.case(house, target)
    assert (after.state, after.immediate) == ("under_screening", True)
    assert "decision" in running(house, target)
    assert {one.kind for one in kept.rows(house, Message, case=target)[before:]} >= {"protection_needed"}
    assert kept.faults(house) == []


def test_nobody_can_ask_for_a_step_that_only_follows_from_another(house: made.House) -> None:
    with pytest.raises(NotFound):
        go(house, "ada", taken(house), "take_on")


def test_offers_never_run_in_a_circle(house: made.House) -> None:
    first, second = taken(house), taken(house)
    go(house, "ada", first, "offer_to_worker", open_case=second)
    with pytest.raises(Unacceptable, match="isn't on offer itself"):
        go(house, "ada", second, "offer_to_worker", open_case=first)
    go(house, "ada", first, "take_back")
    go(house, "ada", second, "offer_to_worker", open_case=first)


@pytest.mark.parametrize("what", ["start_screening", "withdraw", "acknowledge"])
def test_whoever_sees_a_record_only_as_its_referrer_does_not_work_it(house: made.House, what: str) -> None:
    case = receive(house.desk, house.viewer("dot"), take=made.take()).case
    with pytest.raises(Refused) as refused:
        go(house, "dot", case, what)
    assert "taken" not in str(refused.value).lower()
    go(house, "dot", case, "protect")


def test_a_referrer_with_an_old_page_hears_that_it_changed_and_not_by_whom(house: made.House) -> None:
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    go(house, "ada", case, "acknowledge")
    with pytest.raises(Conflict) as conflict:
        go(house, "pat", case, "confirm_in_writing", version=1)
    assert "Ada" not in str(conflict.value)
    assert "front door" in str(conflict.value)


def test_nothing_joins_a_record_that_has_ended(house: made.House) -> None:
    case, target = two(house)
    go(house, "sol", target, "decide")
    for what in ("tell_referrer", "confirm_taken_up", "close"):
        go(house, "sol", target, what)
    with pytest.raises(Refused, match="Only the worker"):
        go(house, "sol", case, "accept_join")
    go(house, "ada", case, "take_back")
    assert kept.faults(house) == []


def test_a_record_is_never_offered_to_itself_nor_to_one_that_has_ended(house: made.House) -> None:
    case = taken(house)
    for wrong in (case, "NOSUCHCASE"):
        with pytest.raises(Unacceptable, match="no other open record"):
            go(house, "ada", case, "offer_to_worker", open_case=wrong)


def test_reopened_after_its_holder_left_it_has_somebody_answerable(house: made.House) -> None:
    case = taken(house, children=())
    go(house, "sol", case, "protect")
    go(house, "sol", case, "take_protection")
    for what in ("decide", "tell_referrer", "confirm_taken_up", "close"):
        go(house, "sol", case, what)
    staff.end_practitioner(house.desk, house.viewer("ann"), practitioner=house.viewer("sol").ref)
    go(house, "may", case, "reopen")
    assert kept.faults(house) == []
    assert [one.practitioner_id for one in kept.assignments(house, case) if one.status == "accepted"] == [
        house.ids["may"]
    ]


def test_deciding_anew_keeps_protection_that_is_under_way(house: made.House) -> None:
    case = taken(house, children=(made.child(given_name="Ava"), made.child(given_name="Ben")))
    for what in ("protect", "take_protection", "decide", "review_again"):
        go(house, "sol", case, what)
    assert {one.decision for one in kept.rows(house, CaseChild, case=case)} == {"immediate_protection"}


def test_a_correction_leaves_what_it_corrects(house: made.House) -> None:
    case = taken(house)
    wrong = note(house.desk, house.viewer("ada"), case=case, text="Rang at 9")
    correct(house.desk, house.viewer("ben"), case=case, entry=wrong.entry, text="Rang at 10")
    first, second = kept.rows(house, Entry, case=case)[1:]
    assert (second.corrects_id, first.kind, second.kind) == (first.id, "noted", "corrected")
    assert "Rang at 9" in next(one.body for one in kept.rows(house, Payload) if one.entry_id == first.id)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (OF_CASE.values(kind="noted"), "isn't as it was written"),
        (OF_CASE.where(Entry.sequence == 1).values(effects="{}"), "isn't as it was written"),
        (OF_CASE.where(Entry.sequence == 2).values(sequence=7), "Numbers 2 to 6 are missing"),
        (OF_CASE.where(Entry.sequence == 2).values(previous="0" * 64), "doesn't rest on"),
        (update(Payload).values(body="{}"), "isn't the text that was written"),
        (update(Case).values(head=""), "isn't its last entry"),
        (update(Case).values(state="decided"), "state is 'decided' in the rows"),
        (update(Deadline).values(next_rung=None), "next_rung is None in the rows"),
    ],
)  # fmt: skip
def test_history_that_was_tampered_with_is_found_out(sqlite_house: made.House, change, fault: str) -> None:
    case = taken(sqlite_house)
    go(sqlite_house, "ada", case, "start_screening")
    assert kept.faults(sqlite_house) == []
    with sqlite_house.desk.database.writing() as session:
        session.execute(change)
    assert any(fault in one for one in kept.faults(sqlite_house))


@pytest.mark.parametrize(("name", "way"), [("pat", "withdraw"), ("ada", "withdraw"), ("eve", "withdraw")])
def test_a_record_that_has_ended_is_protected_in_one_act(house: made.House, name: str, way: str) -> None:
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    go(house, "may", case, way)
    move(house.desk, house.viewer(name), case=case, name="protect", facts=Protect())
    row = kept.case(house, case)
    assert (row.state, row.closed_at, row.immediate) == ("protecting", None, True)
    assert "protection_start" in running(house, case)
    assert kept.faults(house) == []


@pytest.mark.parametrize("name", ["pat", "ada", "eve"])
def test_no_further_action_keeps_no_protection_out(house: made.House, name: str) -> None:
    """No rule of a statutory return refuses a protective act: two people said nothing was needed, and it was closed."""
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    nothing = made.decide(kept.children(house, case), Decision.no_further_action, "universal")
    go(house, "ada", case, "start_screening")
    move(house.desk, house.viewer("ada"), case=case, name="propose_no_further_action", facts=nothing)
    for step in ("agree_no_further_action", "tell_referrer", "close"):
        go(house, "sol", case, step)
    assert kept.case(house, case).closed_at is not None
    move(house.desk, house.viewer(name), case=case, name="protect", facts=Protect())
    row = kept.case(house, case)
    assert (row.state, row.closed_at, row.immediate) == ("protecting", None, True)
    assert kept.faults(house) == []


def test_a_record_that_ended_with_its_holder_gone_falls_to_the_front_door_when_it_is_protected(
    house: made.House,
) -> None:
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    assign(house.desk, house.viewer("may"), case=case, to=house.viewer("may").ref)
    go(house, "may", case, "withdraw")
    staff.end_practitioner(house.desk, house.system, practitioner=house.viewer("may").ref)
    move(house.desk, house.viewer("pat"), case=case, name="protect", facts=Protect())
    held = [one for one in kept.assignments(house, case) if one.ended_at is None]
    assert [one.team_id for one in held] == [house.team_ids["front door"]]
    assert kept.faults(house) == []
