"""What isn't known about this child, and ought to be asked?"""

from collections.abc import Iterator

from thresholds.calendar import london
from thresholds.deciding import Decision
from thresholds.edition import Edition
from thresholds.facts import Facts
from thresholds.faults import Unpublished
from thresholds.presenting import Presenting, PresentingChild


def unknown(
    edition: Edition, presenting: Presenting, child: PresentingChild, known: Facts, decision: Decision
) -> Iterator[str]:
    """Sentences, the most pressing first. What isn't known is never a reason to wait."""
    if presenting.safe_tonight == "unknown" and not presenting.immediate_danger:
        yield "Whether the child is safe tonight. Ask this first."
    if not child.observed:
        yield "Nothing has been noted about this child yet. That isn't a sign that nothing is wrong."
    if known.age is None:
        taken = any(met.for_want_of_age for met in decision.met)
        yield "The child's age." + (" Until it is known the child counts as the youngest." if taken else "")
    if child.is_unborn and child.expected_on is None:
        yield "When the baby is due."
    if child.expected_on is not None and child.expected_on < london(presenting.at).date():
        yield "Whether the baby has been born: the due date has passed."
    if child.disability == "unknown":
        yield "Whether the child has a disability, and how lasting and substantial it is."
    if presenting.siblings is None:
        yield "How many brothers and sisters there are, and whether anybody has seen them."
    if not known.unborn and any(met.indicator.unborn for met in decision.met):
        yield "Whether a baby is expected. If so it is a child here too, with a decision of its own."
    yield from _outside_age(known, decision)
    yield from _informing(decision)
    yield from _not_published(edition, known)


def _outside_age(known: Facts, decision: Decision) -> Iterator[str]:
    for met in decision.met:
        if met.indicator.immediate and not met.immediate:
            yield (
                f"“{met.indicator.words}” is the document's example for a younger child; this one is "
                f"{known.age}. Does something else on the immediate list fit?"
            )


def _informing(decision: Decision) -> Iterator[str]:
    for met in decision.met:
        if met.indicator.informs_only:
            yield (
                f"“{met.indicator.words}” is shown and raises nothing by itself: declining help is a right. "
                "Judge with your manager whether the need will grow without help."
            )


def _not_published(edition: Edition, known: Facts) -> Iterator[str]:
    if known.hours is None:
        yield "Whether it is within office hours: the document has none."
    if known.disability != "substantial_and_lifelong" or known.sibling_group == "not_large":
        return
    try:
        large = edition.figure("large_sibling_group")
    except Unpublished:
        yield "How many children make a large sibling group: nobody has decided it."
        return
    if large.basis == "proposed default":
        yield f"The document doesn't say what a large sibling group is; {large.amount} or more is only proposed."
