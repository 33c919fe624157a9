"""Is an assessment taken as it comes, nothing lost, nothing overwritten, and nothing decided by itself?"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import assessing
import kept
import made
import pytest
from assessing import EVERYBODY, answers, asked, begun, given, look, person

from pathway.acts import (
    AnsweredSince,
    NotFound,
    Unacceptable,
    complete_assessment,
    erase,
    put_right,
    widen_assessment,
)
from pathway.acts.record import Done
from pathway.tables import Answer, Assessment, CaseChild, Entry, Level
from workflows import Refused
from workflows.referral_facts import Relation


@pytest.fixture
def case(house: made.House) -> str:
    return assessing.record(house, "Ava", "Bo")


@pytest.fixture
def ref(house: made.House, case: str) -> str:
    return begun(house, case)


def faults(act: Callable[[], Any]) -> dict[str, str]:
    with pytest.raises(Unacceptable) as wrong:
        act()
    return {one.field: one.sentence for one in wrong.value.faults}


def complete(house: made.House, case: str, ref: str, name: str = "ada") -> Done:
    return complete_assessment(house.desk, house.viewer(name), case=case, assessment=ref)


def widen(house: made.House, case: str, ref: str, name: str = "ada") -> Done:
    return widen_assessment(house.desk, house.viewer(name), case=case, assessment=ref)


def test_what_was_answered_stands_with_who_and_when_and_its_words_stay_outside_the_patch(
    house: made.House, case: str, ref: str
) -> None:
    answers(house, case, ref, given("why-now", "Tired every morning"))
    stands = asked(house, case, ref, "why-now").answer
    assert stands is not None
    assert (stands.said, stands.by, stands.at) == ("Tired every morning", "Ada Adviser", house.clock())
    entry = kept.rows(house, Entry, case=case)[-1]
    assert entry.kind == "assessment_answered"
    assert "Tired" not in entry.effects
    assert kept.faults(house) == []


def test_of_several_people_each_has_an_entry_of_their_own(house: made.House, case: str, ref: str) -> None:
    ava, bo = person(house, "Ava"), person(house, "Bo")
    before = len(kept.rows(house, Entry, case=case))
    done = answers(house, case, ref, given("health-good", "Runs", ava), given("health-good", "Sleeps", bo))
    assert len(kept.rows(house, Entry, case=case)) == before + 2
    assert len({one.entry_id for one in kept.rows(house, Answer, case=case)}) == 2
    assert done.version == kept.case(house, case).version
    assert asked(house, case, ref, "health-good", ava).answer.said == "Runs"  # type: ignore[union-attr]
    assert asked(house, case, ref, "health-good", bo).answer.said == "Sleeps"  # type: ignore[union-attr]


def test_a_newer_answer_replaces_an_older_one_and_both_stay(house: made.House, case: str, ref: str) -> None:
    answers(house, case, ref, given("why-now", "First"))
    first = asked(house, case, ref, "why-now").answer
    answers(house, case, ref, given("why-now", "Second", based_on=first.ref))  # type: ignore[union-attr]
    assert asked(house, case, ref, "why-now").answer.said == "Second"  # type: ignore[union-attr]
    assert len(kept.rows(house, Answer, case=case)) == 2
    assert kept.faults(house) == []


def test_saving_what_stands_already_writes_nothing(house: made.House, case: str, ref: str) -> None:
    answers(house, case, ref, given("why-now", "Tired"))
    before = kept.everything(house)
    answers(house, case, ref, given("why-now", "Tired"), given("tried", ""), given("not-known", ""))
    assert kept.everything(house) == before


def test_an_answer_opens_the_questions_that_wait_for_it(house: made.House, case: str, ref: str) -> None:
    ava = person(house, "Ava")
    done = answers(house, case, ref, given("talking-worry", "yes", ava))
    assert done.named["opened"].split(",") == [
        f"{one}.{ava}" for one in ("talking-what", "talking-helps", "talking-assessed")
    ]
    section = look(house, case, ref).section("talking")
    assert section is not None
    assert {f"talking-what.{ava}", f"talking-assessed.{ava}"} <= set(section.opened)


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no such question": (given("shoe-size", "38"), "shoe-size.FAMILY", "no such question"),
    "no such person": (given("health-good", "Runs", "STRANGER"), "health-good.STRANGER", "one of the people"),
    "about the family": (given("health-good", "Runs"), "health-good.FAMILY", "one of the people"),
    "an option there isn't": (given("talking-worry", "perhaps", "AVA"), "talking-worry.AVA", "answers that are there"),
    "several of one": (given("talking-worry", ("yes", "no"), "AVA"), "talking-worry.AVA", "answers that are there"),
    "not open": (given("talking-what", "Mumbles", "AVA"), "talking-what.AVA", "isn't asked now"),
    "far too long": (given("why-now", "x" * 200_000), "why-now.FAMILY", "200,000 letters long, and 50,000"),
    "own words and no readers": (given("family-wants", "Sleep"), "family-wants.FAMILY.readers", "who may read"),
    "a long reason": (given("how-much-help", "more", "AVA", reason="x" * 60_000), "how-much-help.AVA.reason", "60,000"),
}


@pytest.mark.parametrize(("told", "field", "says"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_an_answer_is_said_of_its_field_and_nothing_is_saved(
    house: made.House, case: str, ref: str, told: dict[str, Any], field: str, says: str
) -> None:
    ava = person(house, "Ava")
    told = told | {"about": ava if told["about"] == "AVA" else told["about"]}
    found = faults(lambda: answers(house, case, ref, given("tried", "A club"), told))
    assert list(found) == [field.replace("AVA", ava)]
    assert says in found[field.replace("AVA", ava)]
    assert kept.rows(house, Answer, case=case) == []


def test_light_touch_asks_less_and_widening_keeps_all_of_it(house: made.House, case: str) -> None:
    ref = begun(house, case, extent="light")
    ava = person(house, "Ava")
    assert look(house, case, ref).asked(f"health-good.{ava}") is None
    found = faults(lambda: answers(house, case, ref, given("health-good", "Runs", ava)))
    assert "Widen this one first" in found[f"health-good.{ava}"]
    assessing.filled(house, case, ref)
    before = {one.field: one.answer for section in look(house, case, ref).sections for one in section.asked}
    widen(house, case, ref)
    after = {one.field: one.answer for section in look(house, case, ref).sections for one in section.asked}
    assert before.items() <= after.items()
    assert len(after) > len(before)
    with pytest.raises(Refused, match="full one already"):
        widen(house, case, ref)
    assert kept.faults(house) == []


def test_what_is_left_is_named_with_its_section_until_it_is_complete(house: made.House, case: str) -> None:
    ref = begun(house, case, extent="light")
    left = faults(lambda: complete(house, case, ref))
    view = look(house, case, ref)
    assert set(left) == {field for section in view.sections for field in section.left}
    assert left["why-now.FAMILY"].startswith("What this is about: “What makes help worth offering now?”")
    assert "about Ava" in left[f"comes-to.{person(house, 'Ava')}"]
    assessing.filled(house, case, ref)
    complete(house, case, ref)
    (row,) = kept.rows(house, Assessment, case=case)
    assert (row.completed_at, row.completed_by_id) == (house.clock(), house.ids["ada"])
    for act in (lambda: complete(house, case, ref), lambda: answers(house, case, ref, given("tried", "More"))):
        with pytest.raises(Refused, match="is complete"):
            act()
    assert kept.faults(house) == []


def test_a_rating_other_than_suggested_needs_its_reason_and_decides_nothing(house: made.House) -> None:
    case = assessing.record(house, "Ava")
    ref, ava = begun(house, case), person(house, "Ava")
    children = [(one.level, one.decision, one.immediate) for one in kept.rows(house, CaseChild, case=case)]
    answers(house, case, ref, given("criminal-exploitation", "yes", ava))
    suggested = asked(house, case, ref, "how-much-help", ava)
    assert suggested.suggested is not None
    assert suggested.suggested.because == ("Somebody may be exploiting them for crime.",)
    assert suggested.answer is None
    assessing.filled(house, case, ref)
    left = faults(lambda: complete(house, case, ref))
    assert list(left) == [f"how-much-help.{ava}.reason"]
    stands = asked(house, case, ref, "how-much-help", ava).answer
    why = given("how-much-help", "one-service", ava, reason="The police are sure", based_on=stands.ref)  # type: ignore[union-attr]
    answers(house, case, ref, why)
    complete(house, case, ref)
    assert [(one.level, one.decision, one.immediate) for one in kept.rows(house, CaseChild, case=case)] == children
    assert kept.rows(house, Level) == []


def test_two_people_in_different_sections_do_not_disturb_each_other(house: made.House, case: str, ref: str) -> None:
    ava = person(house, "Ava")
    answers(house, case, ref, given("why-now", "Tired"))
    answers(house, case, ref, given("health-good", "Runs", ava), name="ben")
    answers(house, case, ref, given("tried", "A club"), given("why-now", ""))
    said = {one.question: one.answer.by for one in _answered(house, case, ref)}
    assert said == {"why-now": "Ada Adviser", "health-good": "Ben Adviser", "tried": "Ada Adviser"}


def _answered(house: made.House, case: str, ref: str) -> list[Any]:
    return [one for section in look(house, case, ref).sections for one in section.asked if one.answer]


def test_of_two_answers_at_once_whoever_saves_second_sees_both_and_chooses(
    house: made.House, case: str, ref: str
) -> None:
    answers(house, case, ref, given("why-now", "Ben's words"), name="ben")
    with pytest.raises(AnsweredSince) as wrong:
        answers(house, case, ref, given("why-now", "Ada's words"), given("tried", "A club"))
    (both,) = wrong.value.both
    assert (both.field, both.theirs, both.yours, both.by) == (
        "why-now.FAMILY", "Ben's words", "Ada's words", "Ben Adviser",
    )  # fmt: skip
    assert [one.question for one in kept.rows(house, Answer, case=case)] == ["why-now"]
    answers(house, case, ref, given("why-now", "Ada's words", based_on=both.ref))
    assert asked(house, case, ref, "why-now").answer.said == "Ada's words"  # type: ignore[union-attr]


def test_a_page_opened_before_and_left_as_it_was_takes_nothing_back(house: made.House, case: str, ref: str) -> None:
    answers(house, case, ref, given("why-now", "First"))
    first = asked(house, case, ref, "why-now").answer
    answers(house, case, ref, given("why-now", "Second", based_on=first.ref), name="ben")  # type: ignore[union-attr]
    answers(house, case, ref, given("why-now", "First", based_on=first.ref), given("tried", "A club"))  # type: ignore[union-attr]
    assert asked(house, case, ref, "why-now").answer.said == "Second"  # type: ignore[union-attr]


def test_an_erased_answer_is_gone_and_can_be_given_again(house: made.House, case: str, ref: str) -> None:
    done = answers(house, case, ref, given("why-now", "What nobody should have written"))
    erase(house.desk, house.viewer("ann"), entry=done.entry, reason="About another family")
    assert "nobody should have written" not in str(kept.everything(house))
    stands = asked(house, case, ref, "why-now").answer
    assert stands is not None
    assert (stands.said, stands.erased) == ("", True)
    assert "why-now.FAMILY" in faults(lambda: complete(house, case, ref))
    answers(house, case, ref, given("why-now", "Tired", based_on=stands.ref))
    assert asked(house, case, ref, "why-now").answer.said == "Tired"  # type: ignore[union-attr]
    assert kept.faults(house) == kept.audited(house) == []


def test_rows_that_were_tampered_with_are_laid_again_from_the_entries(house: made.House, case: str, ref: str) -> None:
    ava = person(house, "Ava")
    answers(house, case, ref, given("why-now", "Tired"), given("health-good", "Runs", ava))
    before = look(house, case, ref)
    with house.desk.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE answer SET question = 'tried', person_id = NULL")
        connection.exec_driver_sql("UPDATE assessment SET light = true")
    done = put_right(house.desk, house.viewer("ann"), case=case)
    assert done is not None
    assert look(house, case, ref).sections == before.sections
    assert kept.faults(house) == []


def test_words_for_the_writer_and_their_manager_are_shown_to_nobody_else(
    house: made.House, case: str, ref: str
) -> None:
    answers(house, case, ref, given("family-wants", "He frightens us", readers=assessing.FEW))
    ada, may, ben = (asked(house, case, ref, "family-wants", name=one).answer for one in ("ada", "may", "ben"))
    assert (ada.said, may.said, ben.said) == ("He frightens us", "He frightens us", "")  # type: ignore[union-attr]
    assert ben.withheld  # type: ignore[union-attr]
    theirs = given("family-wants", "Something else", readers=EVERYBODY, based_on=ben.ref)  # type: ignore[union-attr]
    found = faults(lambda: answers(house, case, ref, theirs, name="ben"))
    assert "only they can change it" in found["family-wants.FAMILY"]


def test_one_assessment_of_a_form_is_open_on_a_record_and_another_may_follow(house: made.House, case: str) -> None:
    assessing.completed(house, case)
    begun(house, case)
    with pytest.raises(Refused, match="is open on this record already"):
        begun(house, case)
    assert len(kept.rows(house, Assessment, case=case)) == 2


@pytest.mark.parametrize("form", ["how-i-see-things", "how-we-see-things", "nothing-of-the-kind"])
def test_a_familys_own_form_is_not_begun_for_them(house: made.House, case: str, form: str) -> None:
    assert set(faults(lambda: begun(house, case, form=form))) == {"form"}


def test_nothing_is_written_on_a_record_that_has_ended(house: made.House, case: str, ref: str) -> None:
    with house.desk.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE \"case\" SET closed_at = received_at, state = 'closed'")
    for act in (
        lambda: begun(house, case),
        lambda: answers(house, case, ref, given("tried", "A club")),
        lambda: widen(house, case, ref),
        lambda: complete(house, case, ref),
    ):
        with pytest.raises(Refused, match="has ended"):
            act()
    assert not look(house, case, ref).may_write


@pytest.mark.parametrize("name", ["pat", "gil", "ann", "aud"])
def test_who_may_not_write_on_a_record_writes_in_no_assessment(
    house: made.House, case: str, ref: str, name: str
) -> None:
    before = kept.everything(house)
    for act in (
        lambda: begun(house, case, name),
        lambda: answers(house, case, ref, given("tried", "A club"), name=name),
        lambda: widen(house, case, ref, name),
        lambda: complete(house, case, ref, name),
    ):
        with pytest.raises((Refused, NotFound)):
            act()
    assert kept.everything(house) == before


def test_an_assessment_of_another_record_is_not_found(house: made.House, case: str, ref: str) -> None:
    other = assessing.record(house, "Cal")
    for act in (lambda: answers(house, other, ref, given("tried", "x")), lambda: complete(house, other, ref)):
        with pytest.raises(NotFound):
            act()


def test_the_same_press_twice_begins_and_answers_once(house: made.House, case: str) -> None:
    ref = begun(house, case, key="begin")
    assert begun(house, case, key="begin") == ref
    first, second = (answers(house, case, ref, given("tried", "A club"), key="answer") for _ in range(2))
    assert first == second
    assert len(kept.rows(house, Answer, case=case)) == 1


def test_two_children_of_one_name_are_told_apart_on_every_line(house: made.House) -> None:
    twins = tuple(made.child(given_name="Ava", age_years=age) for age in (7, 9))
    case = assessing.record(house, children=twins)
    section = look(house, case, begun(house, case)).section("health")
    assert section is not None
    first, second = dict.fromkeys(one.who for one in section.asked)
    assert first.startswith("Ava, 7, as told")
    assert second.startswith("Ava, 9, as told")


def test_where_nobody_brings_the_child_up_as_far_as_is_known_it_says_so(house: made.House) -> None:
    grandad = assessing.MUM.model_copy(update={"given_name": "Otis", "relation": Relation.other_relative})
    case = assessing.record(house, "Ava", adults=(grandad,))
    view = look(house, case, begun(house, case, extent="light"))
    assert [(one.id, one.stand) for one in view.sections if one.nobody] == [("parents-say", "not needed")]
    assert {one.who for section in view.sections for one in section.asked} == {"", "Ava"}


def test_of_two_who_press_at_the_same_moment_one_is_saved_and_the_other_sees_both(
    house: made.House, case: str, ref: str
) -> None:
    gate = threading.Barrier(2)

    def press(name: str) -> Done | AnsweredSince:
        gate.wait()
        try:
            return answers(house, case, ref, given("why-now", f"{name}'s words"), name=name)
        except AnsweredSince as since:
            return since

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(press, ("ada", "ben")))
    (lost,) = [one for one in ends if isinstance(one, AnsweredSince)]
    assert {lost.both[0].theirs, lost.both[0].yours} == {"ada's words", "ben's words"}
    (row,) = kept.rows(house, Answer, case=case)
    assert asked(house, case, ref, "why-now").answer.said == lost.both[0].theirs  # type: ignore[union-attr]
    assert row.question == "why-now"
