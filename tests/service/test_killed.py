"""Does anything half done outlive a kill −9? The process is killed before every single statement of an act."""

import os
import signal
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import kept
import made
import outsiders
import pytest
import told
from sqlalchemy import event
from tampering import tamper

from notifications import Outcome
from pathway.acts import (
    Desk,
    Passing,
    accept,
    agree_edition,
    answer_outside,
    answer_voice,
    assign,
    attach,
    cover_for,
    erase,
    give,
    hand_over_shift,
    move,
    note,
    open_visit,
    propose_edition,
    propose_link,
    put_right,
    receive,
    restrict,
    say_apart,
    say_whether_known,
    send_code,
    take_voice,
    tell_more,
    tell_us,
    withdraw_edition,
)
from pathway.acts.attach import path_of
from pathway.acts.deliver import lease, resolve, settle
from pathway.acts.ring import due_rungs, ring
from pathway.acts.voice_heard import Spoken
from pathway.database import Database
from pathway.settings import Settings
from pathway.tables import AnswerWay, Document, Entry, OneTimeCode, Person, Task
from pathway.tables.timing import TaskKind
from thresholds import read_editions

MOST = 120

Act = Callable[[Desk], Any]


def killed_before(house: made.House, statement: int, act: Act) -> bool:
    """Run `act` in a child that kills itself before its nth statement (or the commit); False once it gets through."""
    child = os.fork()
    if child == 0:
        try:
            database = Database(house.desk.database.url)
            count = iter(range(statement))

            def next_one(*_: object) -> None:
                if next(count, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(database.engine, "before_cursor_execute", next_one)
            event.listen(database.engine, "commit", next_one)
            act(Desk(database, Settings(files=house.desk.settings.files), house.clock))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def every_kill(house: made.House, act: Act, check: Callable[[], None]) -> int:
    house.desk.database.dispose()
    for statement in range(MOST):
        if not killed_before(house, statement, act):
            return statement
        check()
        house.desk.database.dispose()
    pytest.fail(f"More than {MOST} statements in one act")


def go(house: made.House, name: str, case: str, what: str, **more: str) -> object:
    facts = told.facts(what, kept.children(house, case), **more)
    return move(house.desk, house.viewer(name), case=case, name=what, facts=facts)


def taken(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def a_taking(house: made.House) -> Act:
    viewer = house.viewer("ada")
    return lambda desk: receive(desk, viewer, take=made.take(), key="once")


def a_move(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("sol")
    go(house, "ada", case, "protect")
    return lambda desk: move(desk, viewer, case=case, name="take_protection", facts=made.NOTHING, key="once")


def more_told(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("ada")
    (child,) = kept.children(house, case)
    hurt = made.child(ref=child, given_name="Ava", observed=("injury-not-independently-mobile",))
    take = made.take(children=(hurt, made.child(given_name="Bo")), adults=({"given_name": "Una"},))
    return lambda desk: tell_more(desk, viewer, case=case, take=take, key="once")


def a_proposal_of_who_answers(house: made.House) -> Act:
    case, viewer, to = taken(house), house.viewer("ada"), house.viewer("ben").ref
    return lambda desk: assign(desk, viewer, case=case, to=to, key="once")


def its_acceptance(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("ben")
    assign(house.desk, house.viewer("ada"), case=case, to=viewer.ref)
    return lambda desk: accept(desk, viewer, case=case, key="once")


def a_joining_of_two_records(house: made.House) -> Act:
    target, case, viewer = taken(house), taken(house), house.viewer("ada")
    assign(house.desk, viewer, case=target, to=viewer.ref)
    go(house, "ada", case, "offer_to_worker", open_case=target)
    return lambda desk: move(desk, viewer, case=case, name="accept_join", facts=made.NOTHING, key="once")


def a_shift_handed_over(house: made.House) -> Act:
    """One record, in its one transaction; several are several of these."""
    case, viewer, to = taken(house), house.viewer("ada"), kept.team(house, "emergency")
    assign(house.desk, viewer, case=case, to=viewer.ref)
    passing = (Passing(case, to, "Ring at six"),)
    return lambda desk: hand_over_shift(desk, viewer, records=passing, note="For all", key="once")


def several_given_at_one_press(house: made.House) -> Act:
    cases, viewer, to = (taken(house), taken(house)), house.viewer("may"), house.viewer("sol").ref
    return lambda desk: give(desk, viewer, cases=cases, to=to, key="once")


def cover_for_a_colleague(house: made.House) -> Act:
    for _ in range(2):
        assign(house.desk, house.viewer("ben"), case=taken(house), to=house.viewer("ben").ref)
    viewer, ben, sol = house.viewer("may"), house.viewer("ben").ref, house.viewer("sol").ref
    until = house.clock() + timedelta(days=2)
    return lambda desk: cover_for(desk, viewer, colleague=ben, by=sol, until=until, key="once")


def a_document(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("ada")
    return lambda desk: attach(desk, viewer, case=case, name="notes.txt", content=b"As told", key="once")


def a_ring(house: made.House) -> Act:
    taken(house)
    house.clock.forward(hours=24)
    with house.desk.database.reading() as session:
        (_, deadline), *_ = due_rungs(session, house.clock())
    system = house.system
    return lambda desk: ring(desk, system, deadline_id=deadline)


def a_message_finding_its_people(house: made.House) -> Act:
    taken(house)
    system = house.system
    return lambda desk: resolve(desk, system, channel="post")


def a_delivery_that_failed(house: made.House) -> Act:
    taken(house)
    system = house.system
    resolve(house.desk, system, channel="post")
    leased, *_ = lease(house.desk, system, worker="one")
    outcome = Outcome.failed("There is no such address.")
    return lambda desk: settle(desk, system, leased=leased, outcome=outcome, worker="one")


def a_code_sent(house: made.House) -> Act:
    ref = outsiders.asked_nurse(house, taken(house)).public_id

    def act(desk: Desk) -> None:
        if not kept.rows(house, OneTimeCode):
            send_code(desk, outsider=ref, address="10.0.0.1")

    return act


def a_code_typed(house: made.House) -> Act:
    nurse = outsiders.asked_nurse(house, taken(house))
    code = outsiders.code(house, nurse)

    def act(desk: Desk) -> None:
        if kept.rows(house, OneTimeCode)[-1].code:
            open_visit(desk, outsider=nurse.public_id, code=code, address="10.0.0.1")

    return act


def an_answer_from_outside(house: made.House) -> Act:
    come = outsiders.visitor(house, outsiders.asked_nurse(house, taken(house)))
    return lambda desk: answer_outside(desk, come, learned="Seen on Monday", key="once")


def a_document_proposed(house: made.House) -> Act:
    catalogue, head = read_editions(), house.viewer("hal")
    how = {"catalogue": catalogue, "on": date(2027, 1, 4), "reason": made.MINUTE, "key": "once"}
    return lambda desk: propose_edition(desk, head, **how)


def a_parent_telling_us(house: made.House) -> Act:
    said = Spoken(kind="not_working", said="It isn't helping.", about=taken(house), unsafe=True)
    return lambda desk: tell_us(desk, spoken=said, address="198.51.100.7", key="once")


def an_answer_to_a_parent(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("ada")
    said = Spoken(kind="not_working", said="It isn't helping.")
    voice = take_voice(house.desk, viewer, case=case, spoken=said).named["voice"]
    way = AnswerWay.voice
    return lambda desk: answer_voice(desk, viewer, voice=voice, said="We will change it.", way=way, key="once")


def somebody_recognised(house: made.House) -> Act:
    ava = {"given_name": "Ava", "family_name": "Example", "born_on": date(2019, 4, 12)}
    for hides in (True, False):
        case = receive(house.desk, house.viewer("ada"), take=made.take(children=(ava,))).case
        if hides:
            hide(house, case)
    (task,) = (one.public_id for one in kept.rows(house, Task) if one.kind is TaskKind.known_here)
    sol = house.viewer("sol")
    return lambda desk: say_whether_known(desk, sol, task=task, known=True, words="Ring me first", key="once")


def a_restriction_that_takes_a_link_along(house: made.House) -> Act:
    case, may = linked(house), house.viewer("may")
    assign(house.desk, may, case=case, to=may.ref)
    return lambda desk: restrict(desk, may, case=case, names=(), reason="A colleague's child", key="once")


def two_said_to_be_apart(house: made.House) -> Act:
    hide(house, linked(house))
    (task,) = (one.public_id for one in kept.rows(house, Task) if one.kind is TaskKind.link_to_agree)
    sol = house.viewer("sol")
    return lambda desk: say_apart(desk, sol, task=task, reason="Two Avas", key="once")


def linked(house: made.House) -> str:
    case, _ = taken(house), taken(house)
    first, second = (one.public_id for one in kept.rows(house, Person))
    propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason="Same school")
    return case


def hide(house: made.House, case: str) -> None:
    """Held by Sol, and restricted to Sol and May."""
    sol = house.viewer("sol")
    assign(house.desk, house.viewer("ada"), case=case, to=sol.ref)
    accept(house.desk, sol, case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(sol.ref,), reason="A colleague's child")


def waiting(house: made.House) -> dict[str, str]:
    named = a_document_proposed(house)(house.desk).named
    return {"adoption": named["adoption"], "edition": named["edition"]}


def a_document_agreed(house: made.House) -> Act:
    named, other = waiting(house), house.viewer("ann")
    return lambda desk: agree_edition(desk, other, **named, key="agreed")


def a_document_taken_back(house: made.House) -> Act:
    named, head = waiting(house), house.viewer("hal")
    return lambda desk: withdraw_edition(desk, head, adoption=named["adoption"], reason="A misprint", key="back")


def an_erasure(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("ann")
    entry = note(house.desk, house.viewer("ada"), case=case, text="About another family").entry
    return lambda desk: erase(desk, viewer, entry=entry, reason="A mistake", key="once")


def rows_put_right(house: made.House) -> Act:
    case, viewer = taken(house), house.viewer("ann")
    tamper(
        house, "DELETE FROM assignment", "UPDATE deadline SET closed_at = due_at", "UPDATE case_child SET level = 'x'"
    )
    return lambda desk: put_right(desk, viewer, case=case)


@pytest.mark.parametrize(
    "prepared",
    [
        a_taking,
        a_move,
        more_told,
        a_proposal_of_who_answers,
        its_acceptance,
        a_joining_of_two_records,
        a_shift_handed_over,
        several_given_at_one_press,
        cover_for_a_colleague,
        a_document,
        a_ring,
        a_message_finding_its_people,
        a_delivery_that_failed,
        a_code_sent,
        a_code_typed,
        an_answer_from_outside,
        a_document_proposed,
        a_document_agreed,
        a_document_taken_back,
        a_parent_telling_us,
        an_answer_to_a_parent,
        somebody_recognised,
        a_restriction_that_takes_a_link_along,
        two_said_to_be_apart,
        an_erasure,
        rows_put_right,
    ],
)
def test_an_act_killed_anywhere_leaves_nothing_and_its_retry_happens_once(
    house: made.House, prepared: Callable[[made.House], Act]
) -> None:
    act = prepared(house)
    before = kept.everything(house)

    def nothing_yet() -> None:
        assert kept.everything(house) == before

    assert every_kill(house, act, nothing_yet) > 2
    after = kept.everything(house)
    assert after != before
    assert kept.faults(house) == []
    act(house.desk)
    assert kept.everything(house) == after
    for one in kept.rows(house, Document):
        assert path_of(house.desk.settings.files, one.sha256).stat().st_size == one.bytes


def test_a_shift_killed_between_two_records_loses_none_and_repeats_none(house: made.House) -> None:
    viewer, to = house.viewer("ada"), kept.team(house, "emergency")
    cases = sorted(taken(house) for _ in range(2))
    for case in cases:
        assign(house.desk, viewer, case=case, to=viewer.ref)
    passing = tuple(Passing(case, to) for case in cases)

    def act(desk: Desk) -> object:
        return hand_over_shift(desk, viewer, records=passing, key="once")

    def each_answered_for() -> None:
        assert kept.faults(house) == []

    assert every_kill(house, act, each_answered_for) > 20
    act(house.desk)
    for case in cases:
        handed = [one for one in kept.rows(house, Entry, case=case) if one.kind == "handed_over"]
        assert len(handed) == 1
