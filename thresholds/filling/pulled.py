"""What is known already, so that nobody is asked twice? Answers to questions of the same concept, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thresholds.filling.opened import Answers, People, Spot, Value, asked
from thresholds.published.forms import Form, Question


@dataclass(frozen=True, slots=True)
class Known:
    """An answer given somewhere else: to what concept, about whom, when and where. `by` is who gave or wrote it."""

    concept: str
    about: str
    value: Value
    at: datetime
    where: str
    by: str


def pulled(
    form: Form, people: People, answers: Answers, known: Iterable[Known], *, light: bool = False
) -> dict[Spot, Known]:
    """For each question asked now and not yet answered, the newest answer known that it can take.

    It is offered, never taken over by itself: somebody confirms it. What is known of one child is never another's.
    """
    newest: dict[tuple[str, str], list[Known]] = {}
    for one in sorted(known, key=lambda one: one.at, reverse=True):
        newest.setdefault((one.concept, one.about), []).append(one)
    found = {}
    for question_id, about in asked(form, people, answers, light=light):
        question = form.by_id[question_id]
        if question.concept is None or answers.get((question_id, about)):
            continue
        fitting = (one for one in newest.get((question.concept, about), ()) if takes(question, one.value))
        if (first := next(fitting, None)) is not None:
            found[question_id, about] = first
    return found


def takes(question: Question, value: Value) -> bool:
    """Whether a value can be an answer to a question as it stands."""
    several = isinstance(value, tuple)
    if several != (question.kind == "choices") or not value:
        return False
    given = value if isinstance(value, tuple) else (value,)
    return not question.answers or all(one in question.answers for one in given)
