"""Does a child or parent who tells us something get an owner, a clock and an answer, and is nothing given away?"""

from datetime import timedelta
from typing import Any

import kept
import made
import pytest

from pathway import acts
from pathway.acts import Done, NotFound, TooOften
from pathway.acts.knocks import DANGER_COUNTS
from pathway.acts.sweep import sweep
from pathway.acts.voice_heard import Spoken
from pathway.store.parts.tasks import my_tasks
from pathway.store.records.voices import VoiceView, voices, voices_of
from pathway.tables import AnswerWay, Case, Entry, Knock, Message, Task, Voice, VoiceKind
from pathway.tables.timing import TaskKind
from thresholds import Unpublished
from workflows import Refused

HERE = "198.51.100.7"


def told(kind: str = "not_working", **more: Any) -> Spoken:
    return Spoken.model_validate({"kind": kind, "said": "It isn't helping us.", "reach": "Text after six"} | more)


def tells(house: made.House, kind: str = "not_working", **more: Any) -> Done:
    return acts.tell_us(house.desk, spoken=told(kind, **more), address=HERE, key=more.pop("key", ""))


def held_by(house: made.House, name: str) -> str:
    """An open record that `name` answers for."""
    case = acts.receive(house.desk, house.viewer("ada"), take=made.take()).case
    acts.assign(house.desk, house.viewer(name), case=case, to=house.viewer(name).ref)
    return case


def task(house: made.House, voice: str) -> Task:
    return next(one for one in kept.rows(house, Task) if one.about == voice)


def reads(house: made.House, name: str) -> list[VoiceView]:
    with house.desk.database.reading() as session:
        return list(voices(session, house.viewer(name), house.clock()))


def answers(house: made.House, name: str, voice: str, way: AnswerWay = AnswerWay.voice) -> Done:
    return acts.answer_voice(house.desk, house.viewer(name), voice=voice, said="We will change it.", way=way)


def test_it_has_an_owner_and_the_time_the_document_publishes(house: made.House) -> None:
    done = tells(house)
    (row,) = kept.rows(house, Voice)
    assert row.due_at - made.MONDAY > timedelta(days=2)
    assert done.named["by"] == row.due_at.isoformat()
    assert task(house, row.public_id).due_at == row.due_at
    assert task(house, row.public_id).team_id == house.team_ids["front door"]


def test_the_answer_never_says_whether_a_record_exists(house: made.House) -> None:
    case = held_by(house, "sol")
    real, none = tells(house, about=case), tells(house, about="ABCDEFGH12")
    same = {"voice": "", "by": real.named["by"]}
    assert (real.case, real.version, dict(real.named) | same) == (none.case, none.version, dict(none.named) | same)
    assert kept.case(house, case).sequence == 2


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}".lower()])
def test_a_reference_takes_it_to_whoever_holds_the_record(house: made.House, typed: str) -> None:
    case = held_by(house, "sol")
    voice = tells(house, about=typed.format(case)).named["voice"]
    assert task(house, voice).practitioner_id == house.ids["sol"]
    assert [one.claimed for one in reads(house, "sol")] == [case]
    assert not voices_on(house, "may", case)


def voices_on(house: made.House, name: str, case: str) -> list[str]:
    with house.desk.database.reading() as session:
        return [one.said for one in voices_of(session, house.viewer(name), case, house.clock())]


def test_a_complaint_goes_to_a_manager_and_not_to_whom_it_is_about(house: made.House) -> None:
    case = held_by(house, "sol")
    voice = tells(house, "complaint", about=case).named["voice"]
    assert task(house, voice).practitioner_id == house.ids["may"]
    assert reads(house, "sol") == []
    with pytest.raises(NotFound):
        answers(house, "sol", voice)
    with pytest.raises(Refused, match="answered by a manager"):
        answers(house, "ada", voice)
    answers(house, "may", voice)
    assert task(house, voice).done_at is not None


def test_a_complaint_about_a_manager_goes_to_another(house: made.House) -> None:
    case = held_by(house, "may")
    voice = tells(house, "complaint", about=case).named["voice"]
    assert task(house, voice).practitioner_id == house.ids["sid"]
    with pytest.raises(NotFound):
        answers(house, "may", voice)


def test_who_held_the_record_before_does_not_answer_a_complaint_either(house: made.House) -> None:
    case = held_by(house, "may")
    acts.assign(house.desk, house.viewer("sol"), case=case, to=house.viewer("sol").ref)
    voice = tells(house, "complaint", about=case).named["voice"]
    assert task(house, voice).practitioner_id != house.ids["may"]
    assert reads(house, "may") == []


def test_a_restricted_records_voice_goes_only_to_whoever_may_see_it(house: made.House) -> None:
    case = held_by(house, "sol")
    names = (house.viewer("sol").ref, house.viewer("sid").ref)
    acts.restrict(house.desk, house.viewer("sid"), case=case, names=names, reason="Known to staff")
    said, complaint = tells(house, about=case), tells(house, "complaint", about=case)
    assert task(house, said.named["voice"]).practitioner_id == house.ids["sol"]
    assert task(house, complaint.named["voice"]).practitioner_id == house.ids["sid"]
    assert reads(house, "ada") == reads(house, "ben") == []
    for name in ("ada", "ben"):
        with pytest.raises(NotFound):
            answers(house, name, said.named["voice"])


def test_finding_its_record_moves_it_to_the_holder_and_tells_it_on_the_record(house: made.House) -> None:
    case, voice = held_by(house, "sol"), tells(house, name="Mum").named["voice"]
    acts.find_record(house.desk, house.viewer("ada"), voice=voice, case=case.lower())
    assert task(house, voice).practitioner_id == house.ids["sol"]
    assert voices_on(house, "sol", case) == ["It isn't helping us."]
    answers(house, "sol", voice)
    assert [one.kind for one in kept.rows(house, Entry, case=case)][-2:] == ["family_said", "family_answered"]
    assert kept.faults(house) == []


def test_a_record_that_is_not_mine_to_see_cannot_be_found(house: made.House) -> None:
    case, voice = held_by(house, "sol"), tells(house).named["voice"]
    acts.restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="Known to staff")
    for reference in (case, "ABCDEFGH12"):
        with pytest.raises(acts.Unacceptable, match="no record with this reference that you can see"):
            acts.find_record(house.desk, house.viewer("ada"), voice=voice, case=reference)


def test_a_record_found_by_mistake_is_put_right_and_their_words_move_along(house: made.House) -> None:
    wrong, right, voice = held_by(house, "sol"), held_by(house, "ben"), tells(house).named["voice"]
    for case in (wrong, right):
        acts.find_record(house.desk, house.viewer("ada"), voice=voice, case=case)
    assert voices_on(house, "may", wrong) == []
    assert voices_on(house, "may", right) == ["It isn't helping us."]
    assert kept.rows(house, Entry, case=wrong)[-1].kind == "family_said_elsewhere"
    assert task(house, voice).practitioner_id == house.ids["ben"]


def test_a_task_of_it_is_done_by_answering_and_no_other_way(house: made.House) -> None:
    voice = tells(house).named["voice"]
    with pytest.raises(Refused, match="until they have had an answer"):
        acts.finish_task(house.desk, house.viewer("ada"), task=task(house, voice).public_id)
    answers(house, "ada", voice)
    with pytest.raises(Refused, match="answered already"):
        answers(house, "ben", voice)


def test_not_having_reached_them_is_no_answer_unless_a_manager_says_so(house: made.House) -> None:
    voice = tells(house).named["voice"]
    with pytest.raises(Refused, match="haven't heard from us yet"):
        answers(house, "ada", voice, AnswerWay.could_not)
    answers(house, "may", voice, AnswerWay.could_not)


def test_what_is_overdue_climbs_and_never_to_whom_it_is_about(house: made.House) -> None:
    case = held_by(house, "may")
    voice = tells(house, "complaint", about=case).named["voice"]
    house.clock.forward(days=30)
    sweep(house.desk, house.system)
    assert task(house, voice).climbed_at is not None
    assert task(house, voice).practitioner_id != house.ids["may"]
    assert any(one.kind == "overdue" for one in kept.rows(house, Message))


def test_an_advocate_is_asked_and_when_is_kept(house: made.House) -> None:
    case, voice = held_by(house, "sol"), tells(house, "advocate").named["voice"]
    acts.find_record(house.desk, house.viewer("ada"), voice=voice, case=case)
    acts.ask_advocate(house.desk, house.viewer("sol"), voice=voice, asked_of="Kim, Exampleton Advocacy")
    (row,) = kept.rows(house, Voice)
    assert (row.asked_of, row.asked_at, row.asked_by_id) == (
        "Kim, Exampleton Advocacy",
        made.MONDAY,
        house.ids["sol"],
    )
    assert kept.rows(house, Entry, case=case)[-1].kind == "advocate_asked"


def test_a_worker_writes_down_what_a_parent_said_on_the_telephone(house: made.House) -> None:
    case = held_by(house, "sol")
    done = acts.take_voice(house.desk, house.viewer("ben"), case=case, spoken=told(name="Dad"), key="k")
    assert acts.take_voice(house.desk, house.viewer("ben"), case=case, spoken=told(name="Dad"), key="k") == done
    assert task(house, done.named["voice"]).practitioner_id == house.ids["sol"]
    assert [one.heard_by for one in reads(house, "sol")] == ["Ben Adviser"]


@pytest.mark.parametrize("name", ["pat", "zoe", "gil"])
def test_a_partner_reads_nothing_families_told_us(house: made.House, name: str) -> None:
    case = acts.receive(house.desk, house.viewer("pat"), take=made.take()).case
    tells(house, about=case)
    tells(house)
    assert reads(house, name) == []


def test_an_auditor_reads_and_does_not_answer(house: made.House) -> None:
    voice = tells(house).named["voice"]
    assert len(reads(house, "aud")) == 1
    with pytest.raises(Refused):
        answers(house, "aud", voice)


def test_who_is_not_safe_now_is_protected_in_the_same_act(house: made.House) -> None:
    tells(house, unsafe=True)
    (case,) = kept.rows(house, Case)
    assert (case.state, case.immediate, case.kind) == ("protecting", True, "self_referral")
    assert {one.kind for one in kept.rows(house, Message)} >= {"protection_needed", "task_given"}


def test_where_the_document_publishes_no_time_none_is_promised(
    house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: object) -> None:
        raise Unpublished("No such limit.")

    monkeypatch.setattr("thresholds.Edition.due", silent)
    assert tells(house).named["by"] == ""
    (row,) = kept.rows(house, Voice)
    assert row.due_at == made.MONDAY + timedelta(days=5)


def knocked(house: made.House, times: int, *, danger: bool, network: str = HERE) -> None:
    """So many sendings within the hour, as they are counted."""
    with house.desk.database.writing() as session:
        session.add_all(Knock(network=network, at=house.clock(), danger=danger) for _ in range(times))


def test_one_network_cannot_flood_the_door(sqlite_house: made.House) -> None:
    house = sqlite_house
    for _ in range(house.desk.settings.public_an_hour):
        tells(house)
    with pytest.raises(TooOften) as slow:
        tells(house)
    assert slow.value.wait <= timedelta(hours=1)
    acts.tell_us(house.desk, spoken=told(), address="2001:db8::1", key="")
    house.clock.forward(hours=1, minutes=1)
    tells(house)
    assert len(kept.rows(house, Knock)) == 1


def test_whatever_else_a_network_sends_it_never_shuts_danger_out(house: made.House) -> None:
    knocked(house, 5_000, danger=False)
    with pytest.raises(TooOften):
        tells(house)
    for _ in range(3):
        tells(house, unsafe=True)
    assert [one.state for one in kept.rows(house, Case)] == ["protecting"] * 3


def test_danger_has_an_allowance_of_its_own_and_uses_up_no_other(house: made.House) -> None:
    most = house.desk.settings.public_an_hour * DANGER_COUNTS
    knocked(house, most - 1, danger=True)
    tells(house, unsafe=True)
    tells(house)
    with pytest.raises(TooOften):
        tells(house, unsafe=True)
    house.clock.forward(hours=1, minutes=1)
    tells(house, unsafe=True)


def test_every_address_behind_one_router_is_one_network(sqlite_house: made.House) -> None:
    knocked(sqlite_house, sqlite_house.desk.settings.public_an_hour, danger=False, network="2001:db8:0:7::/64")
    with pytest.raises(TooOften):
        acts.tell_us(sqlite_house.desk, spoken=told(), address="2001:db8:0:7:a:b:c:d", key="")
    acts.tell_us(sqlite_house.desk, spoken=told(), address="2001:db8:0:8:a:b:c:d", key="")


def test_the_same_words_twice_are_heard_once_and_other_words_are_heard_too(house: made.House) -> None:
    once = [acts.tell_us(house.desk, spoken=told(), address=HERE, key="k") for _ in range(2)]
    assert once[0] == once[1]
    acts.tell_us(house.desk, spoken=told(said="And another thing."), address=HERE, key="k")
    assert len(kept.rows(house, Voice)) == 2


@pytest.mark.parametrize("kind", list(VoiceKind))
def test_messages_to_staff_name_nobody(house: made.House, kind: VoiceKind) -> None:
    from pathway.acts.deliver import lease, resolve

    tells(house, kind.value, name="Marigold", said="Sorrel hit her.")
    resolve(house.desk, house.system, channel="post")
    sent = [one.outgoing for one in lease(house.desk, house.system, worker="one")]
    assert sent
    assert not [one for one in sent if "Marigold" in one.subject + one.body or "Sorrel" in one.subject + one.body]


def test_my_task_names_nobody_and_no_record_that_is_not_confirmed(house: made.House) -> None:
    tells(house, about=held_by(house, "sol"), name="Marigold")
    with house.desk.database.reading() as session:
        mine = my_tasks(session, house.viewer("sol"), house.clock())
    assert [(one.kind, one.case) for one in mine if one.kind == TaskKind.family_says] == [("family_says", None)]
    assert not any("Marigold" in one.words for one in mine)
