"""Is nobody asked twice, is what is known offered to the right person alone, and is it never taken over by itself?"""

import random
from typing import Any

import assessing
import kept
import made
import pytest
from assessing import EVERYBODY, FEW, answers, asked, begun, confirm, given, look, person
from listening import counted

from pathway.acts import Unacceptable, agree_link, assign, complete_assessment, erase, propose_link, restrict
from pathway.store.records.assessment_views import AskedView
from pathway.tables import Answer, Entry, Person
from pathway.tables.people import PersonKind

WORRY = "Often hungry and tired."


def offers(house: made.House, case: str, ref: str, name: str = "ada") -> dict[str, AskedView]:
    view = look(house, case, ref, name)
    return {one.field: one for section in view.sections for one in section.asked if one.offer}


def said(one: AskedView) -> str:
    assert one.offer is not None
    return one.offer.said


def children(house: made.House, name: str) -> list[str]:
    return [one.public_id for one in kept.rows(house, Person) if one.given_name == name]


def linked(house: made.House, name: str = "Ava") -> None:
    """The two rows of one child are one, two people agreed."""
    link_of(house, *children(house, name))


def link_of(house: made.House, first: str, second: str) -> None:
    done = propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason="Same birthday")
    agree_link(house.desk, house.viewer("ben"), link=done.named["link"], reason="Same birthday")


def earlier(house: made.House, *told: dict[str, Any], names: tuple[str, ...] = ("Ava",)) -> str:
    """A record with a full assessment in which this was answered; `AVA` stands for her reference."""
    case = assessing.record(house, *names)
    ref = begun(house, case)
    answers(house, case, ref, *(one | {"about": one["about"] and person(house, one["about"])} for one in told))
    return case


def test_what_was_told_first_is_offered_with_where_it_comes_from_and_nothing_is_taken_over(house: made.House) -> None:
    case = assessing.record(house, "Ava")
    ref = begun(house, case)
    one = asked(house, case, ref, "why-now")
    assert one.answer is None
    assert one.offer is not None
    assert (one.offer.said, one.offer.by) == (WORRY, "")
    assert one.offer.where == f"What was told us, record {case}, 16 November 2026"
    assert kept.rows(house, Answer) == []
    assert "why-now.FAMILY" in look(house, case, ref).sections[0].left


def test_what_is_confirmed_says_by_whom_and_where_it_was_said_first(house: made.House) -> None:
    case = assessing.record(house, "Ava")
    ref = begun(house, case)
    answers(house, case, ref, confirmed=[confirm(asked(house, case, ref, "why-now"))], name="ben")
    stands = asked(house, case, ref, "why-now").answer
    assert stands is not None
    assert (stands.said, stands.by, stands.brought_from) == (WORRY, "Ben Adviser", f"record {case}, 16 November 2026")
    (row,) = kept.rows(house, Answer)
    received, *_, confirmed = kept.rows(house, Entry, case=case)
    assert (row.brought_from_id, confirmed.kind) == (received.id, "assessment_confirmed")
    assert kept.faults(house) == []


def test_an_earlier_answer_is_offered_once_two_people_agreed_that_it_is_the_same_child(house: made.House) -> None:
    first = earlier(house, given("health-good", "Runs everywhere", "Ava"))
    case = assessing.record(house, "Ava")
    ref, field = begun(house, case), f"health-good.{person(house, 'Ava')}"
    assert field not in offers(house, case, ref)
    linked(house)
    one = offers(house, case, ref)[field]
    assert said(one) == "Runs everywhere"
    assert one.offer.where == f"Early help assessment, record {first}, 16 November 2026"  # type: ignore[union-attr]


def test_of_the_family_only_what_was_said_of_the_same_family_is_offered(house: made.House) -> None:
    earlier(house, given("care-good", "They eat together", ""), names=("Ava",))
    same, other = assessing.record(house, "Ava"), assessing.record(house, "Cal")
    linked(house)
    assert said(asked(house, same, begun(house, same), "care-good")) == "They eat together"
    assert asked(house, other, begun(house, other), "care-good").offer is None


@pytest.mark.parametrize("told", [{"agreement": "not_asked"}, {"caller": "public"}, {"caller": "child"}])
def test_what_was_said_in_confidence_is_never_read_out_to_the_family(house: made.House, told: dict[str, str]) -> None:
    case = assessing.record(house, "Ava", **told)
    assert asked(house, case, begun(house, case), "why-now").offer is None


def test_of_one_child_alone_nothing_is_offered_that_was_said_of_two(house: made.House) -> None:
    earlier(house, given("care-good", "They eat together", ""), names=("Ava", "Una"))
    case = assessing.record(house, "Ava")
    linked(house)
    assert asked(house, case, begun(house, case), "care-good").offer is None


def test_a_half_brothers_other_family_is_not_this_one(house: made.House) -> None:
    earlier(house, given("care-good", "They eat together", ""), names=("Ava", "Una"))
    case = assessing.record(house, "Ava", "Bo")
    linked(house)
    assert asked(house, case, begun(house, case), "care-good").offer is None


@pytest.mark.parametrize("seed", range(4))
def test_nothing_crosses_from_one_person_to_another(house: made.House, seed: int) -> None:
    """Each answer names whom it is about; whatever is offered names whoever it is offered to."""
    dice, names = random.Random(seed), ("Ava", "Bo", "Cal")
    first = assessing.record(house, *names)
    ref = begun(house, first)
    told = [
        given(one.question, f"{one.who}'s own {one.question}", one.about, readers=EVERYBODY if one.own_words else None)
        for section in look(house, first, ref).sections
        for one in section.asked
        if one.about and not one.options and dice.random() < 0.7
    ]
    answers(house, first, ref, *told)
    second = assessing.record(house, *dice.sample(names, 2))
    again = begun(house, second)
    here = [one.given_name for one in kept.rows(house, Person) if one.kind is PersonKind.child][3:]
    for name in here:
        linked(house, name)
    found = [one for one in offers(house, second, again).values() if one.about]
    assert found
    assert all(said(one) == f"{one.who}'s own {one.question}" for one in found)


def test_the_newest_is_offered_and_what_was_answered_here_needs_no_offer(house: made.House) -> None:
    earlier(house, given("home-worry", "Damp", ""))
    house.clock.forward(days=1)
    case = assessing.record(house, "Ava")
    linked(house)
    ref = begun(house, case)
    assert said(asked(house, case, ref, "home-worry")) == "Damp"
    answers(house, case, ref, given("home-worry", "Debts"))
    assert asked(house, case, ref, "home-worry").offer is None
    complete_early(house, case, ref)
    assert said(asked(house, case, begun(house, case), "home-worry")) == "Debts"


def complete_early(house: made.House, case: str, ref: str) -> None:
    assessing.filled(house, case, ref)
    view = look(house, case, ref)
    why = [
        given(one.question, one.answer.value, one.about, reason="As we judged", based_on=one.answer.ref)
        for section in view.sections
        for one in section.asked
        if one.kind == "rating" and one.answer
    ]
    answers(house, case, ref, *why)
    complete_assessment(house.desk, house.viewer("ada"), case=case, assessment=ref)


def test_what_stands_on_a_record_that_one_may_not_see_is_not_offered(house: made.House) -> None:
    hidden = earlier(house, given("home-worry", "Damp", ""))
    case = assessing.record(house, "Ava")
    linked(house)
    ref, may = begun(house, case), house.viewer("may")
    assign(house.desk, may, case=hidden, to=may.ref)
    restrict(house.desk, may, case=hidden, names=(), reason="A colleague's child")
    assert said(asked(house, case, ref, "home-worry", name="may")) == "Damp"
    assert asked(house, case, ref, "home-worry", name="ben").offer is None
    one = asked(house, case, ref, "home-worry", name="may")
    answers(house, case, ref, confirmed=[confirm(one)], name="may")
    stands = asked(house, case, ref, "home-worry", name="ben").answer
    assert stands is not None
    assert stands.brought_from == "another record, 16 November 2026"


def test_own_words_keep_their_readers_and_are_offered_to_nobody_else(house: made.House) -> None:
    earlier(house, given("family-wants", "To be left alone", "", readers=FEW))
    case = assessing.record(house, "Ava")
    linked(house)
    ref = begun(house, case)
    assert asked(house, case, ref, "family-wants", name="ben").offer is None
    answers(house, case, ref, confirmed=[confirm(asked(house, case, ref, "family-wants"))])
    stands = asked(house, case, ref, "family-wants").answer
    assert stands is not None
    assert stands.readers == FEW


def test_what_is_not_offered_any_more_is_not_confirmed_and_nothing_is_saved(house: made.House) -> None:
    case = assessing.record(house, "Ava")
    ref = begun(house, case)
    one = confirm(asked(house, case, ref, "why-now"))
    answers(house, case, ref, given("why-now", "In Ben's words"), name="ben")
    with pytest.raises(Unacceptable) as wrong:
        answers(house, case, ref, given("tried", "A club"), confirmed=[one])
    assert [fault.field for fault in wrong.value.faults] == ["why-now.FAMILY"]
    assert [row.question for row in kept.rows(house, Answer)] == ["why-now"]


def test_whoever_types_an_answer_of_their_own_takes_over_nothing(house: made.House) -> None:
    case = assessing.record(house, "Ava")
    ref = begun(house, case)
    one = confirm(asked(house, case, ref, "why-now"))
    answers(house, case, ref, given("why-now", "My own words"), confirmed=[one])
    stands = asked(house, case, ref, "why-now").answer
    assert stands is not None
    assert (stands.said, stands.brought_from) == ("My own words", "")


def test_what_was_erased_is_offered_no_more(house: made.House) -> None:
    first = earlier(house, given("home-worry", "Damp", ""))
    entry = kept.rows(house, Entry, case=first)[-1].public_id
    case = assessing.record(house, "Ava")
    linked(house)
    erase(house.desk, house.viewer("ann"), entry=entry, reason="About another family")
    assert asked(house, case, begun(house, case), "home-worry").offer is None


def test_a_sealed_address_stands_in_no_answer_and_no_offer(house: made.House) -> None:
    sealed = {"address": "14 Invented Row, EX1 1AA", "address_sealed": True}
    case = assessing.record(house, "Ava", worry="They are at 14 Invented Row now", **sealed)
    ref = begun(house, case)
    assert said(asked(house, case, ref, "why-now")) == "They are at [sealed address] now"
    answers(house, case, ref, given("tried", "We rang 14 Invented Row"))
    assert asked(house, case, ref, "tried").answer.said == "We rang [sealed address]"  # type: ignore[union-attr]
    answers(house, case, ref, confirmed=[confirm(asked(house, case, ref, "why-now"))])
    other = assessing.record(house, "Ava")
    linked(house)
    assert "Invented Row" not in str(look(house, other, begun(house, other)))


def test_however_much_is_known_a_look_asks_the_database_as_often(house: made.House) -> None:
    case = assessing.record(house, "Ava")
    ref = begun(house, case)
    with counted(house) as few:
        look(house, case, ref)
    for _ in range(3):
        assessing.completed(house, assessing.record(house, "Ava", "Bo", "Cal"))
    crowded = assessing.record(house, "Ava", "Bo", "Cal")
    again = begun(house, crowded)
    filled_in = [assessing.any_answer(one) for one in look(house, crowded, again).sections[3].asked]
    answers(house, crowded, again, *filled_in)
    for first, second in zip(children(house, "Ava"), children(house, "Ava")[1:], strict=False):
        link_of(house, first, second)
    with counted(house) as many:
        look(house, crowded, again)
    assert len(many) <= len(few)
