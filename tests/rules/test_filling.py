"""Is each question asked when it should be, and nothing asked twice? Forms filled in at random, and some by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds import Edition
from thresholds.filling.compared import compared
from thresholds.filling.opened import FAMILY, Answers, People, Spot, asked, is_open, newly_asked
from thresholds.filling.progress import is_complete, progress
from thresholds.filling.pulled import Known, pulled
from thresholds.filling.suggested import suggested
from thresholds.published.forms import Form, Question

PEOPLE = People(("ava", "bo"), ("una", "tom"))
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
LIGHT_AT_MOST = 9


@pytest.fixture(scope="session")
def assessment(exampleton: Edition) -> Form:
    return exampleton.form("early-help-assessment")


def an_answer(question: Question) -> st.SearchStrategy[str | tuple[str, ...]]:
    if question.kind == "choices":
        return st.lists(st.sampled_from(question.answers), min_size=1, unique=True).map(tuple)
    return st.sampled_from(question.answers or ("some words", "other words"))


@st.composite
def filled(draw: st.DrawFn, form: Form) -> dict[Spot, str | tuple[str, ...]]:
    """Some questions answered, whether they are asked or not: an answer may have closed what was asked before."""
    spots = [(question.id, about) for question in form.by_id.values() for about in PEOPLE.asked_of(question)]
    chosen = draw(st.lists(st.sampled_from(spots), unique=True, max_size=30))
    return {spot: draw(an_answer(form.by_id[spot[0]])) for spot in chosen}


FORMS = ("early-help-assessment", "how-i-see-things", "how-it-is-for-me", "how-we-see-things")


@pytest.fixture(params=FORMS, scope="session")
def form(request: pytest.FixtureRequest, exampleton: Edition) -> Form:
    return exampleton.form(request.param)


@given(data=st.data())
def test_what_is_asked_waits_for_answers_that_are_asked_themselves(form: Form, data: st.DataObject):
    answers = data.draw(filled(form))
    for question_id, about in asked(form, PEOPLE, answers):
        for condition in form.by_id[question_id].opens_when:
            named = form.by_id[condition.question]
            everybody = PEOPLE.asked_of(named)
            concerned = (about,) if about in everybody else everybody
            assert any(
                answers.get((named.id, one)) in condition.any_of and is_open(named, one, form, PEOPLE, answers)
                for one in concerned
            )


@given(data=st.data())
def test_a_question_without_conditions_is_always_asked_once_of_each(form: Form, data: st.DataObject):
    spots = list(asked(form, PEOPLE, data.draw(filled(form))))
    assert len(spots) == len(set(spots))
    always = {
        (question.id, about)
        for question in form.by_id.values() if not question.opens_when
        for about in PEOPLE.asked_of(question)
    }  # fmt: skip
    assert always <= set(spots)


@given(data=st.data())
def test_widening_asks_more_and_loses_nothing(assessment: Form, data: st.DataObject):
    answers = data.draw(filled(assessment))
    light = set(asked(assessment, PEOPLE, answers, light=True))
    assert light <= set(asked(assessment, PEOPLE, answers))


@given(data=st.data())
def test_one_child_s_answer_opens_nothing_about_another(assessment: Form, data: st.DataObject):
    answers = data.draw(filled(assessment))
    without_bo = {spot: value for spot, value in answers.items() if spot[1] != "bo"}
    ours = [spot for spot in asked(assessment, PEOPLE, answers) if spot[1] == "ava"]
    assert ours == [spot for spot in asked(assessment, PEOPLE, without_bo) if spot[1] == "ava"]


@given(data=st.data())
def test_a_form_is_complete_when_nothing_that_is_asked_is_left(form: Form, data: st.DataObject):
    answers: dict[Spot, str | tuple[str, ...]] = data.draw(filled(form))
    for _ in form.by_id:  # each answer may open another question
        for spot in list(asked(form, PEOPLE, answers)):
            answers.setdefault(spot, data.draw(an_answer(form.by_id[spot[0]])))
    assert is_complete(form, PEOPLE, answers)
    stands = {one.stand for one in progress(form, PEOPLE, answers)}
    assert stands <= {"complete", "not needed"}
    needed = [spot for spot in asked(form, PEOPLE, answers) if not form.by_id[spot[0]].may_skip]
    for spot in needed[:3]:
        assert not is_complete(form, PEOPLE, {one: value for one, value in answers.items() if one != spot})


def test_an_answer_announces_what_it_opens(assessment: Form):
    before: Answers = {("talking-worry", "ava"): "no"}
    after: Answers = {("talking-worry", "ava"): "yes"}
    opened = newly_asked(assessment, PEOPLE, before, after)
    assert opened == (("talking-what", "ava"), ("talking-helps", "ava"), ("talking-assessed", "ava"))
    stands = {one.part.id: one for one in progress(assessment, PEOPLE, after)}
    assert set(stands["talking"].opened) == {("talking-what", "ava"), ("talking-assessed", "ava")}
    shown = frozenset(asked(assessment, PEOPLE, after))
    assert not any(one.opened for one in progress(assessment, PEOPLE, after, seen=shown))


def test_a_section_is_newly_opened_when_only_what_opened_is_left(assessment: Form):
    answers = {("talking-worry", "ava"): "yes", ("talking-worry", "bo"): "no"}
    (talking,) = [one for one in progress(assessment, PEOPLE, answers) if one.part.id == "talking"]
    assert talking.stand == "newly opened"


def test_the_light_touch_form_asks_under_ten_things_of_one_child_and_parent(assessment: Form):
    one_each = People(("ava",), ("una",))
    light = list(asked(assessment, one_each, {}, light=True))
    assert len(light) <= LIGHT_AT_MOST
    assert len(light) < len(list(asked(assessment, one_each, {}))) / 3


@given(data=st.data())
def test_what_is_known_is_offered_once_where_it_fits_and_never_of_another_child(assessment: Form, data: st.DataObject):
    answers = data.draw(filled(assessment))
    concepts = sorted({one.concept for one in assessment.by_id.values() if one.concept})
    a_value = st.sampled_from(("yes", "no", "always", "words", ("a", "b")))
    known = data.draw(
        st.lists(
            st.builds(
                Known,
                concept=st.sampled_from(concepts),
                about=st.sampled_from((FAMILY, "ava", "bo", "una", "somebody else")),
                value=a_value,
                at=st.integers(0, 50).map(lambda days: NOW - timedelta(days=days)),
                where=st.just("the contact"),
                by=st.just("ada"),
            ),
            max_size=20,
        )
    )
    offered = pulled(assessment, PEOPLE, answers, known)
    for (question_id, about), one in offered.items():
        question = assessment.by_id[question_id]
        assert not answers.get((question_id, about))
        assert (one.concept, one.about) == (question.concept, about)
        assert not question.answers or one.value in question.answers
        assert one.at == max(
            other.at for other in known
            if (other.concept, other.about) == (one.concept, one.about) and _takes(question, other.value)
        )  # fmt: skip
    for spot in asked(assessment, PEOPLE, answers):
        question = assessment.by_id[spot[0]]
        fits = any(
            (one.concept, one.about) == (question.concept, spot[1]) and _takes(question, one.value) for one in known
        )
        assert (spot in offered) == (fits and not answers.get(spot))


def _takes(question: Question, value: str | tuple[str, ...]) -> bool:
    return not isinstance(value, tuple) and (not question.answers or value in question.answers)


@given(data=st.data())
def test_what_changed_is_everything_that_changed(form: Form, data: st.DataObject):
    before, after = data.draw(filled(form)), data.draw(filled(form))
    lines = list(compared(form, before, after))
    assert {one.spot for one in lines} == {*before, *after}
    rebuilt = {one.spot: one.after for one in lines if one.after is not None}
    assert rebuilt == after
    for one in lines:
        how = {
            (True, True): "unchanged" if one.before == one.after else "changed",
            (True, False): "taken out",
            (False, True): "new",
        }[one.spot in before, one.spot in after]
        assert one.how == how
    assert all(one.how == "unchanged" for one in compared(form, after, after))


def test_the_graver_of_two_ratings_is_suggested_with_its_reasons(assessment: Form):
    rating = assessment.by_id["how-much-help"]
    answers: dict[Spot, str] = {("young-carer", "ava"): "yes"}
    found = suggested(rating, "ava", assessment, PEOPLE, answers)
    assert found is not None
    assert (found.rating, found.because) == ("several", ("They look after somebody at home.",))
    answers |= {("criminal-exploitation", "ava"): "yes", ("attends", "ava"): "not-at-all"}
    found = suggested(rating, "ava", assessment, PEOPLE, answers)
    assert found is not None
    assert (found.rating, found.because) == ("more", ("Somebody may be exploiting them for crime.",))
    assert suggested(rating, "bo", assessment, PEOPLE, answers) is None


def test_strengths_never_suggest_a_rating(exampleton: Edition):
    for form in exampleton.forms:
        strengths = {question.id for question in form.by_id.values() if question.strength}
        for question in form.by_id.values():
            for suggestion in question.suggests:
                assert not strengths & {condition.question for condition in suggestion.when}


def test_a_child_s_own_form_may_be_left_empty(exampleton: Edition):
    for form in exampleton.forms:
        if form.purpose == "self_assessment":
            assert all(question.may_skip for question in form.by_id.values())


def test_what_a_family_says_of_itself_is_brought_along_to_the_assessment(exampleton: Edition, assessment: Form):
    """Each concept of a family's own forms is asked in the assessment too, about the same people."""
    asked_there = {(one.concept, one.of) for one in assessment.by_id.values() if one.concept}
    for form in exampleton.forms:
        for question in form.by_id.values():
            if question.concept:
                assert (question.concept, question.of) in asked_there, (form.id, question.id)
