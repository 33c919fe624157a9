"""What would be decided, were each question that is open answered otherwise?"""

from dataclasses import dataclass

from thresholds.editions.edition import Edition
from thresholds.judging.deciding import Decision, reconsidered
from thresholds.judging.questions import QUESTIONS, Question


@dataclass(frozen=True)
class Considered:
    """A question, whether it is open here, and what would be decided were it answered otherwise."""

    question: Question
    is_open: bool
    others: tuple[tuple[str, Decision], ...]


def considered(edition: Edition, decision: Decision) -> tuple[Considered, ...]:
    """Each question that is open, or whose answer may change by itself, with every other answer tried."""
    found = []
    for question in QUESTIONS:
        is_open = question.is_open(decision)
        if is_open or question.may_change:
            tried = question.answers(edition, decision.told)
            others = tuple((condition, reconsidered(edition, decision, facts)) for condition, facts in tried)
            found.append(Considered(question, is_open, others))
    return tuple(found)
