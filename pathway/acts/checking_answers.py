"""Can this be an answer to this question? Each fault is said of its field, in a sentence that says what to do."""

import re
from collections.abc import Iterator
from datetime import date

from pathway.acts.faults import FieldFault
from pathway.store.records.assessments import field_of
from pathway.store.records.filled import Filling
from thresholds.filling.opened import Spot, Value
from thresholds.published.forms import Question
from workflows.assessment_facts import Given
from workflows.referral_facts import LONGEST_TEXT

NUMBER = re.compile(r"\d{1,6}([.,]\d{1,3})?")
FIRST_YEAR, LAST_YEAR = 1900, 2100


def check_given(filling: Filling, spot: Spot, given: Given) -> Iterator[FieldFault]:
    """What is wrong with one answer to a question that is there; an empty answer is always accepted."""
    question, field = filling.form.by_id[spot[0]], field_of(spot)
    if wrong := _wrong(question, given.value):
        yield FieldFault(field, wrong)
    if len(given.reason) > LONGEST_TEXT:
        yield FieldFault(f"{field}.reason", _too_long(given.reason))
    stands = filling.current.get(spot)
    if given.value and given.readers is None and (question.kind == "own_words" or (stands and stands.readers)):
        yield FieldFault(f"{field}.readers", "Say who may read these words. Ask whoever said them.")


def check_there(filling: Filling, question: str, about: str) -> Iterator[FieldFault]:
    """Whether a form asks this, about this person."""
    asked = filling.form.by_id.get(question)
    field = field_of((question, about))
    if asked is None:
        yield FieldFault(field, "This form has no such question. Look at the form again.")
    elif about not in filling.people.asked_of(asked):
        who = "the family as a whole" if asked.of == "family" else "one of the people it asks about"
        yield FieldFault(field, f"“{asked.asks}” is asked about {who}. Look at the form again.")


def _wrong(question: Question, value: Value) -> str:
    if not value:
        return ""
    if isinstance(value, tuple):
        several = question.kind == "choices" and all(one in question.answers for one in value)
        return "" if several and len(set(value)) == len(value) else "Choose from the answers that are there."
    if question.kind == "choices" or (question.answers and value not in question.answers):
        return "Choose from the answers that are there."
    if question.kind == "date":
        return "" if is_a_day(value) else "This isn't a date. Write day, month and year, such as 4 12 2019."
    if question.kind == "number":
        return "" if NUMBER.fullmatch(value) else "Write this as a number, such as 3."
    return _too_long(value) if len(value) > LONGEST_TEXT else ""


def _too_long(words: str) -> str:
    long = f"This is {len(words):,} letters long, and {LONGEST_TEXT:,} can be kept."
    return f"{long} Shorten it, or attach it as a document."


def is_a_day(value: str) -> bool:
    try:
        return FIRST_YEAR <= date.fromisoformat(value).year < LAST_YEAR
    except ValueError:
        return False
