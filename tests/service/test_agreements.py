"""Is each person asked for themselves, is declining never held against them, and what does withdrawing end?"""

from datetime import date, timedelta
from typing import Any

import agreeing
import kept
import made
import pytest

from pathway.acts import (
    NotFound,
    Unacceptable,
    ask_to_agree,
    decide_sharing,
    finish_task,
    receive,
    weigh_refusal,
    withdraw_agreement,
)
from pathway.acts.record import Done
from pathway.tables import Agreement, CaseChild, Entry, Level, Message, Task, TaskKind
from workflows import Refused
from workflows.agreement_facts import RefusalWeighed, SharingDecided, Withdrawn

WEIGHED = RefusalWeighed.model_validate({"grows": "no", "manager": "May", "reason": "School keeps an eye on her"})
BY_PHONE = Withdrawn(how="By telephone to me")


@pytest.fixture
def case(house: made.House) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take()).case


def faults(house: made.House, case: str, **more: Any) -> dict[str, str]:
    told = agreeing.told(house, case, **more)
    with pytest.raises(Unacceptable) as wrong:
        ask_to_agree(house.desk, house.viewer("ada"), case=case, told=told)
    return {one.field: one.sentence for one in wrong.value.faults}


def tasks(house: made.House, kind: TaskKind) -> list[Task]:
    return [one for one in kept.rows(house, Task) if one.kind is kind and one.done_at is None]


def weigh(house: made.House, case: str, done: Done, name: str = "ada") -> Done:
    ref = done.named["agreement"]
    return weigh_refusal(house.desk, house.viewer(name), case=case, agreement=ref, told=WEIGHED)


def withdraw(house: made.House, case: str, done: Done, name: str = "ada") -> Done:
    ref = done.named["agreement"]
    return withdraw_agreement(house.desk, house.viewer(name), case=case, agreement=ref, told=BY_PHONE)


def share(house: made.House, case: str, name: str = "ada", **told: Any) -> Done:
    plain = {"what": "What the nurse saw", "whom": "The surgery", "shares": "with_agreement", "basis": "public_task"}
    return decide_sharing(house.desk, house.viewer(name), case=case, told=SharingDecided.model_validate(plain | told))


def test_what_somebody_agreed_to_stands_and_their_words_stay_outside_the_patch(house: made.House, case: str) -> None:
    row = agreeing.row(house, agreeing.agreed(house, case))
    assert (row.reply, row.asked_on, row.ended_at) == ("given", house.clock().date(), None)
    entry = kept.rows(house, Entry, case=case)[-1]
    assert entry.kind == "asked_to_agree"
    assert "parenting" not in entry.effects
    assert kept.faults(house) == []


def test_declining_raises_no_level_and_waits_to_be_weighed_by_whoever_answers(house: made.House, case: str) -> None:
    before = [(one.level, one.decision, one.immediate) for one in kept.rows(house, CaseChild, case=case)]
    state = kept.case(house, case).state
    done = agreeing.agreed(house, case, **agreeing.DECLINED)
    assert [(one.level, one.decision, one.immediate) for one in kept.rows(house, CaseChild, case=case)] == before
    assert kept.rows(house, Level) == []
    assert kept.case(house, case).state == state
    (task,) = tasks(house, TaskKind.help_declined)
    assert task.team_id == house.team_ids["front door"]
    with pytest.raises(Refused, match="judged with a manager"):
        finish_task(house.desk, house.viewer("ada"), task=task.public_id)
    weigh(house, case, done)
    assert tasks(house, TaskKind.help_declined) == []
    assert agreeing.row(house, done).weighed_at == house.clock()
    with pytest.raises(Refused, match="weighed already"):
        weigh(house, case, done)
    assert kept.faults(house) == []


def test_declining_to_share_is_nothing_to_weigh(house: made.House, case: str) -> None:
    agreeing.agreed(house, case, to="sharing", whom="The school", reply="refused", reason="They know enough")
    assert tasks(house, TaskKind.help_declined) == []


@pytest.mark.parametrize("lacking", ["offered", "barrier", "reason"])
def test_of_a_no_it_is_kept_what_was_offered_what_stood_in_the_way_and_why(
    house: made.House, case: str, lacking: str
) -> None:
    assert set(faults(house, case, **agreeing.DECLINED | {lacking: " "})) == {lacking}


def test_asked_again_the_earlier_answer_ends_and_what_was_to_be_weighed_with_it(house: made.House, case: str) -> None:
    first = agreeing.agreed(house, case, **agreeing.DECLINED)
    second = agreeing.agreed(house, case)
    assert agreeing.row(house, first).ended_how == "asked_again"
    assert agreeing.row(house, second).ended_at is None
    assert tasks(house, TaskKind.help_declined) == []
    with pytest.raises(Refused, match="doesn't stand any more"):
        weigh(house, case, first)
    assert kept.faults(house) == []


def test_sharing_with_one_agency_answers_for_no_other(house: made.House, case: str) -> None:
    school = agreeing.agreed(house, case, to="sharing", whom="The school")
    surgery = agreeing.agreed(house, case, to="sharing", whom="The surgery", reply="refused", reason="None given")
    assert agreeing.row(house, school).ended_at is None
    assert agreeing.row(house, surgery).ended_at is None


def test_withdrawing_tells_who_answers_and_their_manager_and_ends_nothing_else(house: made.House, case: str) -> None:
    help_, sharing = agreeing.agreed(house, case), agreeing.agreed(house, case, to="sharing", whom="The school")
    withdraw(house, case, help_)
    assert agreeing.row(house, help_).ended_how == "withdrawn"
    assert agreeing.row(house, sharing).ended_at is None
    (task,) = tasks(house, TaskKind.agreement_withdrawn)
    assert task.team_id == house.team_ids["front door"]
    heard = [one.audience for one in kept.rows(house, Message, case=case) if one.kind == "agreement_withdrawn"]
    assert heard == ["manager"]
    assert kept.case(house, case).closed_at is None
    with pytest.raises(Refused, match="doesn't stand any more"):
        withdraw(house, case, help_)
    assert kept.faults(house) == []


def test_only_what_was_given_is_withdrawn_and_only_a_no_is_weighed(house: made.House, case: str) -> None:
    with pytest.raises(Refused, match="hadn't agreed"):
        withdraw(house, case, agreeing.agreed(house, case, **agreeing.DECLINED))
    with pytest.raises(Refused, match="didn't decline"):
        weigh(house, case, agreeing.agreed(house, case))


def test_nobody_is_asked_before_they_are_born(house: made.House) -> None:
    baby = made.child(given_name="Bea", born_on=house.clock().date() - timedelta(days=9))
    case = receive(house.desk, house.viewer("ada"), take=made.take(children=(baby,))).case
    early = house.clock().date() - timedelta(days=10)
    assert "Bea was born on" in faults(house, case, asked_on=early)["asked_on"]
    expected = made.child(expected_on=house.clock().date() + timedelta(days=60))
    unborn = receive(house.desk, house.viewer("ada"), take=made.take(children=(expected,))).case
    assert "isn't born yet" in faults(house, unborn)["who"]


def test_nobody_is_asked_tomorrow_nor_somebody_who_is_not_on_the_record(house: made.House, case: str) -> None:
    assert "hasn't come yet" in faults(house, case, asked_on=date(2027, 1, 1))["asked_on"]
    other = receive(house.desk, house.viewer("ada"), take=made.take()).case
    stranger = agreeing.somebody(house, other)
    assert set(faults(house, case, who=stranger)) == {"who"}
    assert set(faults(house, case, to="sharing")) == {"whom"}
    assert "could happen" in faults(house, case, reply="not_safe_to_ask")["reason"]


def test_the_same_press_twice_asks_once(house: made.House, case: str) -> None:
    told = agreeing.told(house, case)
    for _ in range(2):
        ask_to_agree(house.desk, house.viewer("ada"), case=case, told=told, key="once")
    assert len(kept.rows(house, Agreement)) == 1


@pytest.mark.parametrize("name", ["pat", "aud"])
def test_who_may_not_write_on_a_record_records_no_agreement_on_it(house: made.House, case: str, name: str) -> None:
    done = agreeing.agreed(house, case)
    for act in (
        lambda: agreeing.agreed(house, case, name),
        lambda: withdraw(house, case, done, name),
        lambda: share(house, case, name, shares="not_shared", reason="No need"),
    ):
        with pytest.raises((Refused, NotFound)):
            act()


def test_an_agreement_of_another_record_is_not_found(house: made.House, case: str) -> None:
    other = receive(house.desk, house.viewer("ada"), take=made.take()).case
    done = agreeing.agreed(house, other)
    with pytest.raises(NotFound):
        withdraw(house, case, done)


SHARING = {
    "without agreement and no reason": ({"shares": "without_agreement"}, "reason"),
    "not shared and no reason": ({"shares": "not_shared", "basis": None}, "reason"),
    "shared on no basis": ({"shares": "without_agreement", "basis": None, "reason": "She may be hurt"}, "basis"),
    "without agreement by consent": (
        {"shares": "without_agreement", "basis": "consent", "reason": "She may be hurt"},
        "basis",
    ),
    "with agreement that nobody gave": ({"shares": "with_agreement"}, "shares"),
}


@pytest.mark.parametrize(("told", "field"), SHARING.values(), ids=SHARING)
def test_sharing_needs_its_reason_and_its_basis(house: made.House, case: str, told: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as wrong:
        share(house, case, **told)
    assert {one.field for one in wrong.value.faults} == {field}


def test_what_is_shared_without_agreement_and_what_is_not_are_both_written_down(house: made.House, case: str) -> None:
    share(house, case, shares="without_agreement", basis="vital_interests", reason="She may be hurt tonight")
    share(house, case, shares="not_shared", basis=None, reason="The club has no need to know")
    assert [one.kind for one in kept.rows(house, Entry, case=case)][-2:] == ["sharing_decided", "sharing_decided"]


def test_what_is_shared_with_agreement_rests_on_one_that_stands(house: made.House, case: str) -> None:
    done = agreeing.agreed(house, case, to="sharing", whom="The surgery")
    share(house, case)
    withdraw(house, case, done)
    with pytest.raises(Unacceptable):
        share(house, case)
