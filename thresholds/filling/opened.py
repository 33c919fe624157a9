"""Which questions of a form are asked now, given what was answered so far? An answer may open another question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from thresholds.published.forms import Answered, Form, FormPart, Question

FAMILY = ""
"""What a question put to the family as a whole is about."""

Value = str | tuple[str, ...]
"""What was answered: words, a day or a number as text, an option's id, or several."""

Spot = tuple[str, str]
"""A question, and the reference of the child or adult it is about; `FAMILY` for the family."""

Answers = Mapping[Spot, Value]


@dataclass(frozen=True, slots=True)
class People:
    """Whom a form is about, by reference."""

    children: tuple[str, ...] = ()
    adults: tuple[str, ...] = ()

    def asked_of(self, question: Question) -> tuple[str, ...]:
        """About whom a question is asked, once for each."""
        return {"family": (FAMILY,), "each_child": self.children, "each_adult": self.adults}[question.of]


def asked(form: Form, people: People, answers: Answers, *, light: bool = False) -> Iterator[Spot]:
    """Every question that is asked now, in the form's order; with `light` those of the light-touch form alone."""
    for part in form.parts:
        yield from asked_in(part, form, people, answers, light=light)


def asked_in(part: FormPart, form: Form, people: People, answers: Answers, *, light: bool = False) -> Iterator[Spot]:
    for question in part.questions:
        if question.light or not light:
            for about in people.asked_of(question):
                if is_open(question, about, form, people, answers):
                    yield question.id, about


def newly_asked(
    form: Form, people: People, before: Answers, after: Answers, *, light: bool = False
) -> tuple[Spot, ...]:
    """The questions that a change of answers opened."""
    were = frozenset(asked(form, people, before, light=light))
    return tuple(spot for spot in asked(form, people, after, light=light) if spot not in were)


def is_open(question: Question, about: str, form: Form, people: People, answers: Answers) -> bool:
    """Whether all that a question waits for was answered, and is itself still asked."""
    return all_hold(question.opens_when, about, form, people, answers)


def all_hold(conditions: Sequence[Answered], about: str, form: Form, people: People, answers: Answers) -> bool:
    return all(_holds(one, about, form, people, answers) for one in conditions)


def _holds(condition: Answered, about: str, form: Form, people: People, answers: Answers) -> bool:
    """A question about the family waits for an answer about anybody; one about a child for that child's, or theirs."""
    named = form.by_id[condition.question]
    everybody = people.asked_of(named)
    concerned = everybody if about == FAMILY or about not in everybody else (about,)
    return any(
        _has(condition, answers.get((named.id, one))) and is_open(named, one, form, people, answers)
        for one in concerned
    )


def _has(condition: Answered, value: Value | None) -> bool:
    given = value if isinstance(value, tuple) else (value,)
    return any(one in condition.any_of for one in given)
