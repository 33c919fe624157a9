"""Does anything stand in the way of danger? Not a slip in a form, an old page, a used key, nor a record that ended."""

from datetime import timedelta

import kept
import made
import pytest

from pathway.acts import accept, ask_for_help, assign, move, receive, restrict, tell_more
from pathway.acts.danger import UNREAD
from pathway.store.parts.told import told_to
from pathway.tables import Case, CaseChild, Message, Task
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import Caller, Decision, Protect, Take, TakenChild, TakenUp, YesNo

AVA = {"given_name": "Ava", "family_name": "Example", "born_on": "2019-04-12"}
HURT, HARMED = "injury-not-independently-mobile", "suffering-significant-harm"


def taken(house: made.House, **told: object) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(**told)).case


def told(house: made.House, case: str) -> Take:
    with house.desk.database.reading() as session:
        found = told_to(session, house.viewer("ada"), case, house.clock())
    assert found is not None
    return found[0]


def more(house: made.House, case: str, version: int | None = None, **changed: object) -> None:
    take = Take.model_validate(told(house, case).model_dump() | changed)
    tell_more(house.desk, house.viewer("ada"), case=case, take=take, version=version)


def hidden(house: made.House) -> str:
    case = taken(house, children=(AVA,))
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")
    return case


def asked_whether_known(house: made.House) -> list[Task]:
    return [one for one in kept.rows(house, Task) if one.kind is TaskKind.known_here and one.done_at is None]


def alarms(house: made.House) -> int:
    return sum(one.kind == "protection_needed" for one in kept.rows(house, Message))


def decided(house: made.House, observed: str) -> str:
    """A record whose child was in danger, was decided for, and has been taken up."""
    case, sol = taken(house, children=(made.child(given_name="Ava", age_years=1, observed=(observed,)),)), "sol"
    (child,) = kept.children(house, case)
    move(house.desk, house.viewer(sol), case=case, name="start_screening", facts=made.NOTHING)
    assessed = made.decide([child], Decision.social_care_assessment)
    move(house.desk, house.viewer(sol), case=case, name="decide", facts=assessed)
    move(house.desk, house.viewer(sol), case=case, name="confirm_taken_up", facts=TakenUp(child=child, by="Sol"))
    assert not kept.case(house, case).immediate
    return case


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"children": ({"given_name": "Ava", "same_as": "NOBODY0000"},)}, "NOBODY0000"),
        ({"children": ({"given_name": "Ava", "age_years": 300},)}, "300"),
        ({"children": ({"given_name": "Ava", "born_on": "2031-01-01"},)}, "2031-01-01"),
        ({"children": ({"given_name": "Ava", "observed": ({"indicator": "nothing-of-ours"},)},)}, "nothing-of-ours"),
        ({"adults": ({"given_name": "Una", "same_as": "NOBODY0000"},)}, "NOBODY0000"),
    ],
)
def test_a_slip_in_the_form_keeps_no_danger_out_and_is_put_right_afterwards(
    house: made.House, slip: dict[str, object], said: str
) -> None:
    case = taken(house, immediate_danger=True, **slip)
    assert kept.case(house, case).state == "protecting"
    take = told(house, case)
    assert UNREAD in take.worry
    assert said in take.worry
    assert take.children[0].given_name == "Ava"
    assert TaskKind.data_to_put_right in {one.kind for one in kept.rows(house, Task)}
    assert kept.faults(house) == []


@pytest.mark.parametrize("slip", [{"occurred_at": made.MONDAY + timedelta(days=300)}, {"told_by_email": "no address"}])
def test_a_time_or_an_address_that_is_none_keeps_no_danger_out(house: made.House, slip: dict[str, object]) -> None:
    assert kept.case(house, taken(house, immediate_danger=True, **slip)).state == "protecting"


def test_a_key_that_was_used_keeps_no_danger_out_and_still_acts_once(house: made.House) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take(), key="one")
    danger = made.take(immediate_danger=True)
    first, second = (receive(house.desk, house.viewer("ada"), take=danger, key="one") for _ in range(2))
    assert first == second
    assert kept.case(house, first.case).state == "protecting"
    assert len(kept.rows(house, Case)) == 2


def test_an_old_page_keeps_no_protection_out(house: made.House) -> None:
    case = taken(house)
    move(house.desk, house.viewer("ben"), case=case, name="start_screening", facts=made.NOTHING, key="a")
    move(house.desk, house.viewer("ben"), case=case, name="protect", facts=Protect(), version=1, key="a")
    assert kept.case(house, case).state == "protecting"


def test_an_old_page_keeps_no_danger_told_later_out(house: made.House) -> None:
    case = taken(house)
    move(house.desk, house.viewer("ben"), case=case, name="start_screening", facts=made.NOTHING)
    more(house, case, version=1, immediate_danger=True, kind="advice", children=(AVA | {"age_years": 300},))
    assert kept.case(house, case).state == "protecting"
    assert kept.faults(house) == []


def test_danger_told_on_a_record_that_has_ended_is_a_new_contact(house: made.House) -> None:
    case = taken(house)
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    more(house, case, immediate_danger=True)
    before, new = kept.rows(house, Case)
    assert (before.state, new.state) == ("withdrawn", "protecting")
    with pytest.raises(Refused):
        more(house, case, worry="Nothing new")
    assert kept.faults(house) == []


def test_something_worse_told_of_a_child_who_was_in_danger_before_is_told_at_once(house: made.House) -> None:
    case = decided(house, HURT)
    (ref,), before = kept.children(house, case), alarms(house)
    worse = made.child(ref=ref, given_name="Ava", age_years=1, observed=(HURT, HARMED))
    more(house, case, children=(worse,))
    assert alarms(house) == before + 2
    assert kept.case(house, case).immediate
    more(house, case, safe_tonight=YesNo.no)
    assert alarms(house) == before + 4


def test_danger_that_was_seen_to_doesnt_come_back_because_a_number_was_added(house: made.House) -> None:
    case, before = decided(house, HURT), alarms(house)
    more(house, case, ring_back="01632 960 002")
    assert not kept.case(house, case).immediate
    assert alarms(house) == before


@pytest.mark.parametrize("danger", [False, True])
def test_whoever_holds_a_restricted_record_is_asked_when_a_child_asks_for_help_themselves(
    house: made.House, danger: bool
) -> None:
    hidden(house)
    take = Take(
        told_by="Ava", worry="I am scared", safe_tonight=YesNo.no, ring_back="school", caller=Caller.child,
        source_code="1C", immediate_danger=danger, children=(TakenChild.model_validate(AVA),),
    )  # fmt: skip
    ask_for_help(house.desk, take=take, address="192.0.2.1", key="k")
    (task,) = asked_whether_known(house)
    assert task.practitioner_id == house.ids["sol"]


def test_whoever_holds_a_restricted_record_is_asked_once_the_name_is_told(house: made.House) -> None:
    hidden(house)
    case = taken(house, children=())
    assert asked_whether_known(house) == []
    (ref,) = kept.children(house, case)
    more(house, case, children=(AVA | {"ref": ref},))
    assert len(asked_whether_known(house)) == 1
    more(house, case, children=(AVA | {"ref": ref}, {"given_name": "Bo"}))
    assert len(asked_whether_known(house)) == 1


def test_nobody_is_asked_for_a_child_who_stands_on_the_record_alone(house: made.House) -> None:
    case = taken(house, children=(AVA,))
    more(house, case, worry="More of the same")
    assert asked_whether_known(house) == []
    assert len(kept.rows(house, CaseChild, case=case)) == 1
