"""Which rating do the answers point to, and why? A person decides, and says why where they decide otherwise."""

from dataclasses import dataclass

from thresholds.filling.opened import Answers, People, all_hold
from thresholds.published.forms import Form, Question


@dataclass(frozen=True, slots=True)
class Suggested:
    rating: str
    because: tuple[str, ...]


def suggested(question: Question, about: str, form: Form, people: People, answers: Answers) -> Suggested | None:
    """The last of the options that any suggestion names, with every reason for it; None where none applies.

    Options stand from least to most worrying, so that of two suggestions the graver is made.
    """
    apply = [one for one in question.suggests if all_hold(one.when, about, form, people, answers)]
    if not apply:
        return None
    gravest = max((one.rating for one in apply), key=question.answers.index)
    return Suggested(gravest, tuple(one.because for one in apply if one.rating == gravest))
