"""Does a review start from what was said, and show what has changed in words, and only that?"""

import assessing
import made
import pytest
from assessing import EVERYBODY, FEW, answers, asked, begun, confirm, given, look, person

from pathway.store.records.changes import WITHHELD, ChangesView, changes

MIA = "Mia"


@pytest.fixture
def case(house: made.House) -> str:
    return assessing.record(house, "Ava")


@pytest.fixture
def ref(house: made.House, case: str) -> str:
    """A review of a light-touch assessment, a week later."""
    assessing.completed(house, case)
    house.clock.forward(days=7)
    return begun(house, case)


def changed(house: made.House, case: str, ref: str, name: str = "ada") -> ChangesView:
    with house.desk.database.reading() as session:
        found = changes(session, house.viewer(name), case, ref, house.clock())
    assert found is not None
    return found


def test_a_review_is_offered_what_was_said_even_where_a_question_is_asked_nowhere_else(
    house: made.House, case: str, ref: str
) -> None:
    next_, why = asked(house, case, ref, "next"), asked(house, case, ref, "why-now")
    assert (next_.offer is not None, next_.answer) == (True, None)
    assert why.offer is not None
    assert (why.offer.said, why.offer.by) == ("Some words", "Ada Adviser")
    assert look(house, case, ref).follows


def test_what_is_confirmed_is_unchanged_and_says_by_whom(house: made.House, case: str, ref: str) -> None:
    answers(house, case, ref, confirmed=[confirm(asked(house, case, ref, "next"))], name="ben")
    view = changed(house, case, ref)
    assert [(one.field, one.by) for one in view.unchanged] == [("next.FAMILY", "Ben Adviser")]
    assert view.changed == ()


def test_only_what_was_written_otherwise_is_shown_side_by_side(house: made.House, case: str, ref: str) -> None:
    ava = person(house, "Ava")
    answers(house, case, ref, given("why-now", "She sleeps now"), given("health-good", "Runs", ava))
    view = changed(house, case, ref)
    told = {one.field: (one.how, one.before, one.after) for one in view.changed}
    assert told == {
        "why-now.FAMILY": ("changed", "Some words", "She sleeps now"),
        f"health-good.{ava}": ("new", "", "Runs"),
    }
    assert view.left == 5


def test_what_was_looked_at_and_taken_out_is_said_and_what_was_not_looked_at_is_not(
    house: made.House, case: str, ref: str
) -> None:
    answers(house, case, ref, given("next", "A visit"))
    stands = asked(house, case, ref, "next").answer
    assert stands is not None
    answers(house, case, ref, given("next", "", based_on=stands.ref))
    assert [(one.field, one.how) for one in changed(house, case, ref).changed] == [("next.FAMILY", "taken out")]


def test_words_that_one_may_not_read_are_shown_on_neither_side(house: made.House, case: str, ref: str) -> None:
    words = given("parent-own-words", "He frightens me", person(house, MIA), readers=FEW)
    answers(house, case, ref, words)
    (hers,) = changed(house, case, ref, "ben").changed
    assert (hers.before, hers.after) == ("Some words", WITHHELD)
    assert changed(house, case, ref).changed[0].after == "He frightens me"


def test_the_first_assessment_of_a_record_follows_none(house: made.House, case: str) -> None:
    ref = begun(house, case)
    answers(house, case, ref, given("family-wants", "Sleep", readers=EVERYBODY))
    with house.desk.database.reading() as session:
        assert changes(session, house.viewer("ada"), case, ref, house.clock()) is None
