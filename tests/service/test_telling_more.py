"""What if more is told after the first save? The whole is recorded and judged again, and nothing is lost or undone."""

import kept
import made
import pytest

from pathway.acts import Conflict, NotFound, Unacceptable, move, receive, tell_more
from pathway.store.parts.told import told_to
from pathway.store.parts.views import CaseView
from pathway.store.records.cases import case as case_of
from pathway.tables import CaseChild, Deadline, Message, Person, Task, Tie
from pathway.tables.timing import TaskKind
from workflows import Refused
from workflows.referral_facts import ConfirmInWriting, Decision, Observed, Relation, Take, TakenAdult, TakenChild, YesNo

IMMEDIATE, EXTENSIVE = "injury-not-independently-mobile", "substantial-lifelong-disability"
MUM = TakenAdult(given_name="Una", relation=Relation.mother, lives_with=YesNo.yes)


def taken(house: made.House, name: str = "ada", **told: object) -> str:
    return receive(house.desk, house.viewer(name), take=made.take(**told)).case


def told(house: made.House, case: str) -> Take:
    with house.desk.database.reading() as session:
        found = told_to(session, house.viewer("ada"), case, house.clock())
    assert found is not None
    return found[0]


def more(house: made.House, case: str, name: str = "ada", version: int | None = None, **changed: object) -> None:
    take = Take.model_validate(told(house, case).model_dump() | changed)
    tell_more(house.desk, house.viewer(name), case=case, take=take, version=version)


def view(house: made.House, case: str) -> CaseView:
    with house.desk.database.reading() as session:
        found = case_of(session, house.viewer("ada"), case, house.clock())
    assert isinstance(found, CaseView)
    return found


def screened(house: made.House, case: str, decision: Decision = Decision.early_help_assessment) -> None:
    move(house.desk, house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING)
    facts = made.decide(kept.children(house, case), decision)
    move(house.desk, house.viewer("ada"), case=case, name="decide", facts=facts)


def protection_messages(house: made.House) -> int:
    return sum(one.kind == "protection_needed" for one in kept.rows(house, Message))


def test_the_record_says_all_that_is_told_now_and_rebuilds_from_its_entries(house: made.House) -> None:
    case = taken(house, adults=(MUM,))
    (child,) = told(house, case).children
    ava = child.model_copy(update={"family_name": "Changed", "school": "Exampleton Primary"})
    more(house, case, worry="More than that.", children=(ava, TakenChild(given_name="Bo", age_years=2)))
    seen = view(house, case)
    assert seen.take["worry"] == "More than that."
    assert [one.name for one in seen.children] == ["Ava Changed", "Bo"]
    assert len(seen.judgement["children"]) == 2  # type: ignore[arg-type]
    assert seen.timeline[0].words == "Was told more"
    assert kept.faults(house) == []


def test_a_new_child_is_undecided_and_tied_to_the_adults_who_were_there(house: made.House) -> None:
    case = taken(house, adults=(MUM,))
    screened(house, case)
    more(house, case, children=(*told(house, case).children, TakenChild(given_name="Bo")))
    first, second = kept.rows(house, CaseChild, case=case)
    assert (first.decision, second.decision) == (Decision.early_help_assessment, None)
    assert sorted(tie.of_id for tie in kept.rows(house, Tie, case=case)) == [first.person_id, second.person_id]


def test_an_adult_told_of_later_is_tied_to_every_child_and_put_right_once_is_not_two(house: made.House) -> None:
    case = taken(house)
    more(house, case, adults=(MUM.model_copy(update={"relation": Relation.unknown}),))
    (una,) = told(house, case).adults
    more(house, case, adults=(una.model_copy(update={"relation": Relation.mother, "telephone": "01632 960 001"}),))
    (tie,) = kept.rows(house, Tie, case=case)
    assert tie.relation is Relation.mother
    assert [one.telephone for one in kept.rows(house, Person) if one.given_name == "Una"] == ["01632 960 001"]


def test_an_adult_who_turns_out_to_live_there_has_the_childrens_address_sealed_as_theirs_is(house: made.House) -> None:
    apart = MUM.model_copy(update={"lives_with": YesNo.unknown})
    case = taken(house, adults=(apart,), address="4 Hidden Lane", address_sealed=True)
    (una,) = told(house, case).adults
    more(house, case, adults=(una.model_copy(update={"lives_with": YesNo.yes}),))
    assert {(one.address, one.address_sealed) for one in kept.rows(house, Person)} == {("4 Hidden Lane", True)}


def test_whoever_is_left_out_this_time_stays_on_the_record(house: made.House) -> None:
    case = taken(house, adults=(MUM,))
    more(house, case, children=(TakenChild(given_name="Bo"),), adults=())
    assert [one.given_name for one in told(house, case).children] == ["Ava", "Bo"]
    assert [one.given_name for one in told(house, case).adults] == ["Una"]


def test_a_child_newly_in_danger_is_told_of_as_at_the_first_taking(house: made.House) -> None:
    case = taken(house)
    (child,) = told(house, case).children
    hurt = made.child(ref=child.ref, given_name="Ava", observed=(IMMEDIATE,))
    more(house, case, children=(hurt,))
    assert kept.case(house, case).immediate
    assert protection_messages(house) == 2
    more(house, case, children=(hurt,), strengths="A kind grandfather")
    assert protection_messages(house) == 2


def test_danger_once_raised_stays_until_a_person_decides(house: made.House) -> None:
    case = taken(house, children=(made.child(given_name="Ava", observed=(IMMEDIATE,)),))
    (child,) = told(house, case).children
    more(house, case, children=(child.model_copy(update={"observed": (), "age_years": 15}),))
    (row,) = kept.rows(house, CaseChild, case=case)
    assert row.immediate
    assert kept.case(house, case).immediate


def test_danger_now_told_later_protects_in_the_same_act(house: made.House) -> None:
    case = taken(house)
    more(house, case, immediate_danger=True)
    assert kept.case(house, case).state == "protecting"
    assert protection_messages(house) == 2
    assert kept.faults(house) == []


def test_a_decision_stands_and_the_record_says_that_the_advice_now_differs(house: made.House) -> None:
    case = taken(house)
    screened(house, case)
    house.clock.forward(minutes=5)
    (child,) = told(house, case).children
    more(house, case, children=(made.child(ref=child.ref, given_name="Ava", observed=(EXTENSIVE,)),))
    (row,) = kept.rows(house, CaseChild, case=case)
    assert (row.decision, row.level) == (Decision.early_help_assessment, "additional")
    assert view(house, case).timeline[0].said["differs"] == [row.public_id]
    assert view(house, case).told_at > row.decided_at


def test_no_clock_is_moved_by_what_is_told_later(house: made.House) -> None:
    case = taken(house)
    before = [one.model_dump() for one in kept.rows(house, Deadline, case=case)]
    house.clock.forward(hours=1)
    more(house, case, caller="public", how="written", worry="More.")
    assert [one.model_dump() for one in kept.rows(house, Deadline, case=case)] == before


def test_what_somebody_put_right_on_a_person_since_is_not_written_over(house: made.House) -> None:
    case = taken(house)
    with house.desk.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE person SET school = 'Put right' WHERE given_name = 'Ava'")
    more(house, case, worry="More.")
    assert [one.school for one in kept.rows(house, Person)] == ["Put right"]


def test_a_baby_expected_and_then_born_is_one_child(house: made.House) -> None:
    case = taken(house, children=(TakenChild.model_validate({"expected_on": "2026-12-20"}),))
    (child,) = told(house, case).children
    born = child.model_dump() | {"expected_on": None, "born_on": "2026-11-15", "given_name": "Bo"}
    more(house, case, children=(born,))
    (row,) = kept.rows(house, Person)
    assert (row.kind.value, str(row.born_on), row.expected_on, row.given_name) == ("child", "2026-11-15", None, "Bo")


def test_a_birth_loses_no_clock_and_the_baby_is_judged_again(house: made.House) -> None:
    expected = made.child(expected_on="2026-12-20", observed=("unborn-at-risk",))
    case = taken(house, children=(expected,))
    clocks = [one.model_dump() for one in kept.rows(house, Deadline, case=case)]
    house.clock.forward(days=1)
    (child,) = told(house, case).children
    born = child.model_copy(update={"expected_on": None, "born_on": house.clock().date(), "given_name": "Bo"})
    more(house, case, children=(born.model_dump(),))
    assert [one.model_dump() for one in kept.rows(house, Deadline, case=case)] == clocks
    first, again = (one.said for one in reversed(view(house, case).timeline))
    assert again["judgement"]["children"][0]["ref"] == first["judgement"]["children"][0]["ref"]
    assert kept.faults(house) == []


def test_once_the_other_children_are_told_of_the_task_to_ask_is_done(house: made.House) -> None:
    case = taken(house, other_children="")
    more(house, case, siblings=3)
    asked = [one for one in kept.rows(house, Task) if one.kind is TaskKind.children_to_ask_about]
    assert [one.done_at is not None for one in asked] == [True]


def test_two_officers_telling_more_at_once_the_second_hears_who_did_what(house: made.House) -> None:
    case = taken(house)
    version = kept.case(house, case).version
    more(house, case, "ada", version, worry="Ada heard more.")
    with pytest.raises(Conflict) as changed:
        more(house, case, "ben", version, worry="Ben heard more.")
    assert changed.value.since[0].who == "Ada Adviser"
    assert changed.value.since[0].what == "Was told more"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"children": [{"ref": "NOBODYHERE"}]}, "children[0].ref"),
        ({"adults": [{"ref": "NOBODYHERE"}]}, "adults[0].ref"),
        ({"kind": "advice"}, "kind"),
        ({"told_by_email": "nowhere"}, "told_by_email"),
        ({"children": [{"born_on": "2030-01-01"}]}, "children[0].born_on"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_changes_nothing(
    house: made.House, wrong: dict[str, object], field: str
) -> None:
    case = taken(house)
    before = kept.everything(house)
    with pytest.raises(Unacceptable) as refused:
        more(house, case, **wrong)
    assert [one.field for one in refused.value.faults] == [field]
    assert kept.everything(house) == before


def test_a_referrer_adds_in_writing_and_never_here(house: made.House) -> None:
    case = taken(house, "pat")
    with pytest.raises(NotFound):
        more(house, case, "pat", worry="More.")
    with pytest.raises(NotFound):
        more(house, case, "gil", worry="More.")
    with pytest.raises(Refused):
        more(house, case, "aud", worry="More.")


def test_a_record_that_has_ended_takes_no_more(house: made.House) -> None:
    case = taken(house)
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    with pytest.raises(Refused):
        more(house, case, worry="More.")


def test_danger_told_after_the_decision_is_screened_again_and_no_later_step_clears_it(house: made.House) -> None:
    case = taken(house)
    screened(house, case)
    (child,) = told(house, case).children
    hurt = child.model_copy(update={"age_years": 0, "observed": (Observed(indicator=IMMEDIATE, seen="A mark"),)})
    more(house, case, children=(hurt,))
    move(
        house.desk, house.viewer("ada"), case=case, name="confirm_in_writing", facts=ConfirmInWriting(written="As told")
    )
    row = kept.case(house, case)
    assert (row.state, row.immediate) == ("under_screening", True)
    assert [one.decision for one in kept.rows(house, CaseChild, case=case)] == [None]
    running = {one.limit_id for one in kept.rows(house, Deadline, case=case) if one.closed_at is None}
    assert {"decision", "protection_start"} <= running
    assert kept.faults(house) == []


def test_a_contact_that_may_be_immediate_has_an_hour_from_the_start_and_a_decision_ends_it(house: made.House) -> None:
    case = taken(house, children=(made.child(observed=(IMMEDIATE,)),))
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.limit_id == "protection_start"]
    assert (clock.due_at - clock.started_at).total_seconds() == 3600
    move(house.desk, house.viewer("sol"), case=case, name="start_screening", facts=made.NOTHING)
    facts = made.decide(kept.children(house, case), Decision.social_care_assessment)
    move(house.desk, house.viewer("sol"), case=case, name="decide", facts=facts)
    (clock,) = [one for one in kept.rows(house, Deadline, case=case) if one.limit_id == "protection_start"]
    assert clock.closed_how == "met"
    assert kept.faults(house) == []
