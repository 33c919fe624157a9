"""Does a section that is opened and saved as it stands say exactly what stood there, of whomever and in any words?"""

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given as each
from hypothesis import strategies as st

from pathway.store.records.assessment_views import AnswerView, AskedView, AssessmentView, SectionView
from pathway.web.forms.assessed import as_it_stands, confirmed, given
from pathway.web.forms.form import Form
from thresholds.filling.opened import Value
from workflows.assessment_facts import Answered, Readers

AT = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
OPTIONS = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
CHOSEN = st.sampled_from([one for one, _ in OPTIONS])
WORDS = st.text(st.characters(exclude_categories=("C",), exclude_characters="\x85"), max_size=30).map(str.strip)
SAID: dict[str, st.SearchStrategy[Value]] = {
    "words": WORDS,
    "own_words": WORDS,
    "choice": CHOSEN,
    "rating": CHOSEN,
    "yes_no": CHOSEN,
    "choices": st.lists(CHOSEN, unique=True).map(lambda some: tuple(one for one, _ in OPTIONS if one in some)),
    "date": st.dates(date(1900, 1, 1)).map(str),
    "number": st.integers(0, 999).map(str),
}


@st.composite
def asked(draw: st.DrawFn) -> AskedView:
    kind: Any = draw(st.sampled_from(sorted(SAID)))
    question, about = draw(st.sampled_from(["why", "why-not", "how_much"])), draw(st.sampled_from(["", "AVA", "BO"]))
    value = draw(SAID[kind])
    own = kind == "own_words"
    readers = draw(st.sampled_from(Readers)) if own and value else None
    reason = draw(WORDS) if kind == "rating" else ""
    answer = AnswerView(draw(st.sampled_from("12")), value, "", reason, readers, AT, "Ada", "", False, False)
    options = OPTIONS if CHOSEN is SAID[kind] or kind == "choices" else ()
    field = f"{question}.{about or 'FAMILY'}"
    return AskedView(field, question, about, False, about, "Why?", "", kind, options, True, own, answer, None, None)


def seen(*asks: AskedView) -> AssessmentView:
    section = SectionView("one", "One", "", "started", asks, (), (), False)
    return AssessmentView(
        "CASE", "REF", "form", "Form", "", False, "", AT, "Ada", None, "", True, (section,), may_write=True
    )  # fmt: skip


@each(st.lists(asked(), unique_by=lambda one: one.field, max_size=6))
def test_a_section_saved_as_it_was_opened_says_what_stood_there(asks: list[AskedView]) -> None:
    view = seen(*sorted(asks, key=lambda one: one.about))
    section = view.sections[0]
    hidden = {f"_based-{one.field.replace('.', '-')}": [one.answer.ref] for one in section.asked if one.answer}
    form = Form({**as_it_stands(section).fields, **hidden, "_asked": [one.field for one in section.asked]})
    sent = Answered.model_validate({"answers": list(given(form, view))})
    told = {(one.question, one.about): (one.value or "", one.reason, one.readers, one.based_on) for one in sent.answers}
    assert told == {
        (one.question, one.about): (one.answer.value or "", one.answer.reason, one.answer.readers, one.answer.ref)
        for one in section.asked
        if one.answer
    }
    assert list(confirmed(form)) == []


@each(st.lists(st.text(max_size=20), max_size=5))
def test_whatever_names_come_with_a_form_they_are_questions_or_nothing(names: list[str]) -> None:
    told = Answered.model_validate({"answers": list(given(Form({"_asked": names}), seen()))})
    assert len(told.answers) <= len(names)
