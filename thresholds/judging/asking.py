"""What isn't known about this child, and ought to be asked?

Worked out: a question is asked when some answer to it would change what is advised, and always where a
child is lost when nobody asks.
"""

from collections.abc import Iterable, Iterator

from thresholds.editions.edition import Edition
from thresholds.judging.considering import Considered
from thresholds.judging.deciding import Decision, named_first
from thresholds.judging.questions import Question
from thresholds.published.answers import WORRYING
from thresholds.published.faults import Unpublished

NAMES = {"domestic_abuse": "domestic abuse", "exploitation": "exploitation"}


def unknown(edition: Edition, decision: Decision, asked: Iterable[Considered]) -> Iterator[str]:
    """Sentences, the most pressing first. What isn't known is never a reason to wait."""
    ranked = sorted(_worth_asking(edition, decision, asked), key=lambda found: found[0])
    yield from (_said(question, decision) for _, question in ranked)
    yield from _examples(edition, decision)
    yield from _outside_age(decision)
    yield from _informing(decision)
    yield from _not_published(edition, decision)


def _worth_asking(edition: Edition, decision: Decision, asked: Iterable[Considered]) -> Iterator[tuple[int, Question]]:
    """Questions that aren't answered: those that no case goes without and those that would change what people act
    on come first, then those that would change what they are told beside it.
    """
    said = _beside(edition, decision)
    for one in asked:
        if not one.is_open:
            continue
        if one.question.always or any(other.outcome != decision.outcome for _, other in one.others):
            yield 0, one.question
        elif any(_beside(edition, other) != said for _, other in one.others):
            yield 1, one.question


def _beside(edition: Edition, decision: Decision) -> tuple[object, ...]:
    limits = tuple(limit.id for limit in named_first(edition, decision))
    return tuple(rule.id for rule in decision.cautions), limits


def _said(question: Question, decision: Decision) -> str:
    taken = question.fact == "age" and any(met.for_want_of_age for met in decision.met)
    return question.asks + (" Until it is known the child counts as the youngest." if taken else "")


def _examples(edition: Edition, decision: Decision) -> Iterator[str]:
    """A worry was told of that the document has examples for, and none of them was noted."""
    noted = {question for met in decision.met for question, _ in met.indicator.answers}
    for question, name in NAMES.items():
        if getattr(decision.facts, question) in WORRYING[question] and question in edition.told_by_examples - noted:
            yield f"Which of the document's examples of {name} fits what was told."


def _outside_age(decision: Decision) -> Iterator[str]:
    for met in decision.met:
        if met.indicator.immediate and not met.immediate:
            yield (
                f"“{met.indicator.words}” is the document's example for a younger child; this one is "
                f"{decision.facts.age}. Does something else on the immediate list fit?"
            )


def _informing(decision: Decision) -> Iterator[str]:
    for met in decision.met:
        if met.indicator.informs_only:
            yield (
                f"“{met.indicator.words}” is shown and raises nothing by itself: declining help is a right. "
                "Judge with your manager whether the need will grow without help."
            )


def _not_published(edition: Edition, decision: Decision) -> Iterator[str]:
    """A figure the advice rests on that nobody has decided."""
    facts = decision.facts
    if facts.disability != "substantial_and_lifelong" or facts.sibling_group == "not_large":
        return
    if not any("sibling_group" in dict(rule.when.conditions) for rule in edition.rules):
        return
    try:
        large = edition.figure("large_sibling_group")
    except Unpublished:
        yield "How many children make a large sibling group: nobody has decided it."
        return
    if large.basis == "proposed default":
        yield f"The document doesn't say what a large sibling group is; {large.amount} or more is only proposed."
