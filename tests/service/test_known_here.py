"""Is a new contact about somebody on a restricted record? A no shows nowhere else; a yes reaches the front door."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import kept
import made
import pytest

from pathway.access import depth
from pathway.acts import (
    Done,
    NotFound,
    Unacceptable,
    accept,
    assign,
    finish_task,
    move,
    receive,
    restrict,
    say_whether_known,
)
from pathway.acts.compose import composed
from pathway.acts.deliver import resolve
from pathway.acts.desk import work
from pathway.acts.known_here import SAY, UNNAMED
from pathway.store.parts.tasks import my_tasks
from pathway.store.records.cases import case as record
from pathway.tables import Delivery, Entry, Grant, Message, Task
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import Protect

AVA = {"given_name": "Ava", "family_name": "Example", "born_on": date(2019, 4, 12)}
WORDS = "She is at a friend's on Mondays. Ring me before you ring home."


def taken(house: made.House, **told: object) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(children=(AVA,), **told)).case


def asked(house: made.House, holder: str = "lee", **told: object) -> tuple[str, str, str]:
    """A restricted record that Lee holds, a new contact about the same child, and the task of saying so."""
    own = taken(house)
    assign(house.desk, house.viewer("ada"), case=own, to=house.viewer(holder).ref)
    accept(house.desk, house.viewer(holder), case=own)
    restrict(house.desk, house.viewer("may"), case=own, names=(house.viewer(holder).ref,), reason="A colleague's child")
    contact = taken(house, **told)
    return own, contact, open_tasks(house, TaskKind.known_here)[0].public_id


def says(house: made.House, task: str, known: bool, words: str = "", key: str | None = None, by: str = "lee") -> Done:
    return say_whether_known(house.desk, house.viewer(by), task=task, known=known, words=words, key=key)


def open_tasks(house: made.House, kind: TaskKind) -> list[Task]:
    return [one for one in kept.rows(house, Task) if one.kind is kind and one.done_at is None]


def last(house: made.House, case: str) -> tuple[str, int, dict[str, str]]:
    """The last entry of a record: what, by whom, and what was said."""
    entry = kept.rows(house, Entry, case=case)[-1]
    with house.desk.database.reading() as session:
        view = record(session, house.system, case, house.clock())
    (said,) = (dict(one.said) for one in view.timeline if one.ref == entry.public_id)  # type: ignore[union-attr]
    return entry.kind, entry.actor_id, said


def sees(house: made.House, name: str, case: str) -> bool:
    with house.desk.database.reading() as session:
        return depth(session, house.viewer(name), kept.the(session, case), house.clock()) is not None


def shown(house: made.House, name: str, case: str) -> str:
    """All that somebody sees of a record and on their list of tasks."""
    with house.desk.database.reading() as session:
        view = record(session, house.viewer(name), case, house.clock())
        return repr((view, my_tasks(session, house.viewer(name), house.clock())))


def about(house: made.House, case: str) -> list[Message]:
    return list(kept.rows(house, Message, case=case))


@pytest.mark.parametrize("words", ["", "Another Ava: ours is in Leeds."])
def test_a_no_stands_on_the_restricted_record_alone(house: made.House, words: str) -> None:
    own, contact, task = asked(house)
    before = {name: shown(house, name, contact) for name in ("ada", "may", "sid")}
    rows, messages = len(kept.rows(house, Entry, case=contact)), len(kept.rows(house, Message))
    says(house, task, False, words)
    assert last(house, own) == ("not_recognised", house.ids["lee"], {"contact": contact, "text": words})
    assert {name: shown(house, name, contact) for name in before} == before
    assert (len(kept.rows(house, Entry, case=contact)), len(kept.rows(house, Message))) == (rows, messages)
    assert kept.rows(house, Grant, case=contact) == []
    assert kept.faults(house) == []


def test_after_a_no_they_stop_seeing_the_contact_and_the_task_is_done(house: made.House) -> None:
    _, contact, task = asked(house)
    assert sees(house, "lee", contact)
    says(house, task, False)
    assert not sees(house, "lee", contact)
    with pytest.raises(NotFound):
        says(house, task, True, WORDS)


def test_a_yes_stands_on_the_contact_as_theirs_and_names_no_other_record(house: made.House) -> None:
    own, contact, task = asked(house)
    says(house, task, True, f"  {WORDS} ")
    assert last(house, contact) == ("said_by_who_knows", house.ids["lee"], {"text": WORDS})
    assert last(house, own) == ("recognised", house.ids["lee"], {"contact": contact, "text": WORDS})
    seen = shown(house, "ada", contact)
    assert WORDS in seen
    assert "Lee Lead" in seen
    assert own not in seen
    assert not sees(house, "ada", own)
    assert kept.faults(house) == []


@pytest.mark.parametrize(("danger", "kind"), [(False, "another_contact"), (True, "another_contact_now")])
def test_a_yes_is_a_task_and_a_message_for_whoever_answers_for_the_contact(
    house: made.House, danger: bool, kind: str
) -> None:
    own, contact, task = asked(house, immediate_danger=danger)
    before = len(about(house, contact))
    says(house, task, True, WORDS)
    (given,) = open_tasks(house, TaskKind.answer_came)
    assert (given.team_id, given.case_id) == (house.team_ids["front door"], kept.case(house, contact).id)
    assert "Lee Lead has said" in given.words
    assert own not in given.words + given.about
    (message,) = about(house, contact)[before:]
    assert (message.kind, message.audience) == (kind, f"team:{house.team_ids['front door']}")


def test_the_message_of_a_yes_says_neither_whom_nor_which_record_it_is_about(house: made.House) -> None:
    own, _, task = asked(house)
    says(house, task, True, WORDS)
    resolve(house.desk, house.system, channel="console")
    with work(house.desk, house.system) as unit:
        rows = [one for one in kept.rows(house, Delivery) if one.practitioner_id == house.ids["ada"]]
        texts = [json.dumps((one.subject, one.body)) for one in (composed(unit, row) for row in rows) if one]
    assert any("Something new on" in one for one in texts)
    assert not [one for one in texts if own in one or "Ava" in one or WORDS in one]


@pytest.mark.parametrize("danger", [False, True])
def test_who_is_asked_hears_in_urgent_words_where_the_contact_is_immediate(house: made.House, danger: bool) -> None:
    own, _, _ = asked(house, immediate_danger=danger)
    told = [one for one in about(house, own) if one.audience == f"practitioner:{house.ids['lee']}"][-1]
    assert told.kind == ("another_contact_now" if danger else "task_given")


def test_after_a_yes_they_go_on_seeing_the_contact_whoever_holds_it_and_once_it_has_ended(house: made.House) -> None:
    _, contact, task = asked(house)
    says(house, task, True, WORDS)
    assert sees(house, "lee", contact)
    move(house.desk, house.viewer("may"), case=contact, name="withdraw", facts=made.REASON)
    assert sees(house, "lee", contact)
    (grant,) = kept.rows(house, Grant, case=contact)
    assert (grant.practitioner_id, grant.until) == (house.ids["lee"], None)


@pytest.mark.parametrize("named", [False, True])
def test_a_contact_restricted_after_a_yes_stays_with_those_named(house: made.House, named: bool) -> None:
    _, contact, task = asked(house)
    says(house, task, True, WORDS)
    hide(house, contact, *(["lee"] if named else []))
    assert sees(house, "lee", contact) is named
    assert kept.faults(house) == []


def hide(house: made.House, case: str, *names: str) -> None:
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=case)
    named = tuple(house.viewer(name).ref for name in names)
    restrict(house.desk, house.viewer("may"), case=case, names=named, reason="A colleague's child")


def test_a_yes_to_a_contact_that_was_restricted_meanwhile_opens_nothing_and_reaches_its_holder(
    house: made.House,
) -> None:
    _, contact, task = asked(house)
    hide(house, contact)
    says(house, task, True, WORDS)
    assert not sees(house, "lee", contact)
    (given,) = open_tasks(house, TaskKind.answer_came)
    assert given.practitioner_id == house.ids["sol"]


def test_a_yes_to_a_contact_that_has_ended_is_still_somebodys_to_read(house: made.House) -> None:
    _, contact, task = asked(house)
    move(house.desk, house.viewer("may"), case=contact, name="withdraw", facts=made.REASON)
    says(house, task, True, WORDS)
    assert last(house, contact)[0] == "said_by_who_knows"
    assert len(open_tasks(house, TaskKind.answer_came)) == 1


@pytest.mark.parametrize("words", ["", "  \n", "x" * 50_001])
def test_a_yes_needs_words_that_can_be_kept(house: made.House, words: str) -> None:
    _, contact, task = asked(house)
    before = kept.count(house)
    with pytest.raises(Unacceptable, match="longer" if words.strip() else SAY) as wrong:
        says(house, task, True, words)
    assert [one.field for one in wrong.value.faults] == ["words"]
    assert kept.count(house) == before
    assert sees(house, "lee", contact)


def test_a_yes_may_not_give_the_reference_of_the_restricted_record_away(house: made.House) -> None:
    own, contact, task = asked(house)
    with pytest.raises(Unacceptable, match=UNNAMED):
        says(house, task, True, f"See {own.lower()}, which I hold.")
    assert own not in shown(house, "ada", contact)


@pytest.mark.parametrize("name", ["ada", "may", "sid", "hal", "pat", "aud"])
def test_everybody_else_is_refused_as_though_there_were_no_such_task(house: made.House, name: str) -> None:
    """May is named on the restricted record and Sid sees every other: they weren't asked either."""
    _, _, task = asked(house)
    before, said = kept.everything(house), set[str]()
    for ref in (task, "NOSUCHTASK"):
        for known, words in ((True, WORDS), (True, ""), (False, "")):
            with pytest.raises(NotFound) as refused:
                says(house, ref, known, words, by=name)
            said.add(str(refused.value))
        with pytest.raises(NotFound) as refused:
            finish_task(house.desk, house.viewer(name), task=ref)
        said.add(str(refused.value))
    assert len(said) == 1
    assert kept.everything(house) == before


def test_it_is_finished_by_an_answer_and_no_button(house: made.House) -> None:
    _, _, task = asked(house)
    with pytest.raises(Refused, match="about somebody on this record"):
        finish_task(house.desk, house.viewer("lee"), task=task)


def test_no_other_kind_of_task_is_answered_so(house: made.House) -> None:
    taken(house, other_children="", siblings=None)
    task = open_tasks(house, TaskKind.children_to_ask_about)[0].public_id
    with pytest.raises(NotFound):
        says(house, task, True, WORDS, by="ada")


@pytest.mark.parametrize("known", [True, False])
def test_an_answer_sent_twice_is_one(house: made.House, known: bool) -> None:
    _, _, task = asked(house)
    first = says(house, task, known, WORDS, "once")
    stands = kept.everything(house)
    assert says(house, task, known, WORDS, "once") == first
    assert kept.everything(house) == stands


def test_of_two_devices_at_once_one_is_heard_and_the_other_finds_no_task(house: made.House) -> None:
    own, contact, task = asked(house)

    def send(known: bool) -> str:
        try:
            says(house, task, known, WORDS, f"device {known}")
        except NotFound:
            return "no such task"
        return "heard"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, (True, False))) == ["heard", "no such task"]
    yes = last(house, own)[0] == "recognised"
    assert len(open_tasks(house, TaskKind.answer_came)) == len(kept.rows(house, Grant, case=contact)) == int(yes)
    assert kept.faults(house) == []


def test_the_question_goes_along_with_the_record_and_so_does_the_answer(house: made.House) -> None:
    own, contact, task = asked(house, "sol")
    restrict(house.desk, house.viewer("may"), case=own, names=(house.viewer("dot").ref,), reason="She takes it on")
    assign(house.desk, house.viewer("sol"), case=own, to=house.viewer("dot").ref)
    accept(house.desk, house.viewer("dot"), case=own)
    with pytest.raises(NotFound):
        says(house, task, True, WORDS, by="sol")
    says(house, task, True, WORDS, by="dot")
    assert sees(house, "dot", contact)


def test_an_old_page_keeps_no_protection_out_after_a_yes(house: made.House) -> None:
    _, contact, task = asked(house)
    version = kept.case(house, contact).version
    says(house, task, True, WORDS)
    move(house.desk, house.viewer("ben"), case=contact, name="protect", facts=Protect(), version=version)
    assert kept.case(house, contact).state == "protecting"


def test_a_key_that_was_used_keeps_no_yes_out(house: made.House) -> None:
    _, contact, task = asked(house, immediate_danger=True)
    with pytest.raises(Unacceptable):
        says(house, task, True, "", "one")
    receive(house.desk, house.viewer("lee"), take=made.take(children=()), key="one")
    says(house, task, True, WORDS, "one")
    assert last(house, contact)[0] == "said_by_who_knows"
