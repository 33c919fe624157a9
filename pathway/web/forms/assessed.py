"""How does a section of an assessment become a form, and what was typed there become answers?

Each question says upon which answer it was shown, so that nobody overwrites what somebody else wrote meanwhile.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pathway.store.records.assessment_views import AnswerView, AskedView, AssessmentView, SectionView
from pathway.web.forms.fields import Field
from pathway.web.forms.form import Form
from pathway.web.forms.typed import gathered, spread
from workflows.assessment_facts import MOST_AT_ONCE, Readers

KINDS = {
    "words": "textarea",
    "own_words": "textarea",
    "choice": "radios",
    "rating": "radios",
    "yes_no": "radios",
    "choices": "checkboxes",
    "date": "date",
    "number": "number",
}
LONGEST_NAME = 200
ABOUT_FAMILY = "FAMILY"


@dataclass(frozen=True, slots=True)
class Put:
    """One question as it stands on the page, with what is asked beside it."""

    asked: AskedView
    field: Field
    readers: Field | None
    reason: Field | None

    @property
    def fields(self) -> tuple[Field, ...]:
        return tuple(one for one in (self.field, self.readers, self.reason) if one)


@dataclass(frozen=True, slots=True)
class Group:
    """All that is asked of one person, or of the family."""

    who: str
    put: tuple[Put, ...]


def groups(section: SectionView) -> tuple[Group, ...]:
    each = groupby(section.asked, key=lambda one: (one.about, one.who))
    return tuple(Group(who or "The family", tuple(_put(one) for one in asked)) for (_, who), asked in each)


def id_of(field: str) -> str:
    return field.replace(".", "-")


def _put(asked: AskedView) -> Put:
    id_ = id_of(asked.field)
    field = Field(id_, id_, KINDS[asked.kind], asked.asks, asked.hint, asked.needed, asked.options)
    readers = tuple((one.value, one.of(adult=asked.adult)) for one in Readers)
    title = "Who may read these words?"
    reason_of = f"{id_}-reason"
    return Put(
        asked,
        field,
        Field(f"{id_}-readers", "readers", "radios", title, asked.asks, True, readers) if asked.own_words else None,
        Field(reason_of, reason_of, "textarea", "Why do you decide otherwise than suggested?", "", False)
        if asked.suggested or (asked.answer and asked.answer.reason)
        else None,
    )


def as_it_stands(section: SectionView) -> Form:
    """The form as the answers have it."""
    typed: dict[str, list[str]] = {}
    for put in (one for group in groups(section) for one in group.put):
        answer = put.asked.answer
        if answer is not None and not answer.withheld:
            typed |= spread(_said(put, answer), put.fields)
    return Form(typed)


def _said(put: Put, answer: AnswerView) -> dict[str, Any]:
    several = isinstance(answer.value, tuple)
    return {
        put.field.name: list(answer.value) if several else answer.value,
        "readers": answer.readers or "",
        f"{put.field.id}-reason": answer.reason,
    }


def given(form: Form, view: AssessmentView) -> Iterator[dict[str, Any]]:
    """Every answer on the page that was sent, whether or not it is still asked by now."""
    for field, question, about in _named(form):
        id_ = id_of(field)
        if form.one(f"choose-{id_}") == "theirs":
            continue
        asked = view.asked(field)
        put = _put(asked) if asked else None
        value = gathered(form, [put.field]).get(id_, "") if put else form.one(id_).strip()
        yield {
            "question": question,
            "about": about,
            "value": tuple(value) if isinstance(value, list) else value,
            "reason": form.one(f"{id_}-reason").strip(),
            "readers": _readers(form, id_),
            "based_on": form.one(f"_theirs-{id_}" if form.one(f"choose-{id_}") == "mine" else f"_based-{id_}")[:20],
        }


def confirmed(form: Form) -> Iterator[dict[str, Any]]:
    """What was offered on the page that was sent."""
    for field, question, about in _named(form):
        id_ = id_of(field)
        if offered := form.one(f"_offered-{id_}")[:20]:
            yield {"question": question, "about": about, "offered": offered, "readers": _readers(form, id_)}


def _readers(form: Form, id_: str) -> str | None:
    chosen = form.one(f"{id_}-readers")
    return chosen if chosen in {one.value for one in Readers} else None


def _named(form: Form) -> Iterator[tuple[str, str, str]]:
    """The questions of the page that was sent: each as its field, itself, and the person."""
    for field in form.every("_asked")[:MOST_AT_ONCE]:
        question, _, about = field.partition(".")
        if question.strip() and max(len(question), len(about)) <= LONGEST_NAME:
            yield field, question, "" if about == ABOUT_FAMILY else about


def no_longer_asked(form: Form, section: SectionView) -> tuple[str, ...]:
    """What was typed for questions that the section doesn't ask any more: shown, so that it isn't lost."""
    here = {one.field for one in section.asked}
    typed = (form.one(id_of(field)).strip() for field in form.every("_asked") if field not in here)
    return tuple(one for one in typed if one)


def titles_of(view: AssessmentView, fields: Iterable[str]) -> tuple[str, ...]:
    """These questions as a sentence names them; those that there aren't say nothing."""
    found = (view.asked(field) for field in fields)
    return tuple(one.words for one in found if one is not None)
