"""What, if it were known or otherwise, would change the advice?

Computed, not written: one fact at a time is changed and the decision taken again.
"""

import re
from collections.abc import Iterable, Iterator

from thresholds.editions.edition import Edition
from thresholds.judging.considering import Considered
from thresholds.judging.deciding import Decision, reconsidered
from thresholds.judging.facts import Facts
from thresholds.judging.judgement import NOT_YET_KNOWN
from thresholds.judging.questions import Alternative


def would_change(edition: Edition, decision: Decision, asked: Iterable[Considered]) -> tuple[str, ...]:
    """Sentences, each a fact that would lead to another level, urgency or destination."""
    tried = (*(one.others for one in asked), *_noted_otherwise(edition, decision))
    found = (said for others in tried for said in _differing(edition, decision, others))
    return (*found, *_nothing_noted(decision.told), *_urgent_worry(edition, decision))


def _differing(edition: Edition, decision: Decision, others: Iterable[tuple[str, Decision]]) -> Iterator[str]:
    """What other answers to one question would lead to; answers that lead to the same stand in one sentence."""
    conditions: dict[str, list[str]] = {}
    for condition, other in others:
        if other.outcome != decision.outcome:
            conditions.setdefault(_said(edition, decision, other), []).append(condition)
    for said, (first, *rest) in conditions.items():
        yield f"{first}{''.join(f', or {one[0].lower()}{one[1:]}' for one in rest)}: {said}."


def _noted_otherwise(edition: Edition, decision: Decision) -> Iterator[tuple[tuple[str, Decision], ...]]:
    """Were what was noted seen otherwise, one thing at a time."""
    told = decision.told
    for condition, facts in (*_vulnerability(edition, told), *_without_the_one(edition, told, decision)):
        yield ((condition, reconsidered(edition, decision, facts)),)


def _vulnerability(edition: Edition, told: Facts) -> Iterator[Alternative]:
    for seen in sorted(told.observed, key=lambda seen: seen.indicator):
        indicator = edition.indicator(seen.indicator)
        if indicator.older_by_vulnerability and seen.vulnerable != "no":
            others = (told.observed - {seen}) | {seen.model_copy(update={"vulnerable": "no"})}
            condition = "If somebody judges that age and vulnerability don't put the child at risk"
            yield condition, told.but(observed=others)


def _without_the_one(edition: Edition, told: Facts, decision: Decision) -> Iterator[Alternative]:
    """Without each thing noted. Where two carry the advice, losing one changes nothing."""
    for id_ in dict.fromkeys(met.through for met in decision.met):
        others = frozenset(seen for seen in told.observed if seen.indicator != id_)
        words = edition.indicator(id_).words
        yield f"If this proves not to be so, “{words}”", told.but(observed=others)


def _said(edition: Edition, decision: Decision, other: Decision) -> str:
    parts = []
    if decision.level != other.level:
        parts.append(f"the level would be {other.level.name if other.level else NOT_YET_KNOWN.lower()}")
    if decision.immediate != other.immediate:
        parts.append("it is immediate" if other.immediate else "it would no longer be immediate")
    if decision.route != other.route:
        parts.append(f"it goes to {_route_said(edition, other)}")
    return ", and ".join(parts)


def _route_said(edition: Edition, decision: Decision) -> str:
    if decision.goes_to is None:
        return "nobody the document names, and a person decides"
    first, *others = (edition.destination(id_).name for id_ in (decision.goes_to, *decision.also))
    return " with ".join((first, *(re.sub("^The ", "the ", name) for name in others)))


def _nothing_noted(told: Facts) -> Iterator[str]:
    if not told.observed:
        yield "Any one worry noted gives a level to start from."


def _urgent_worry(edition: Edition, decision: Decision) -> Iterator[str]:
    if not decision.immediate and any(indicator.immediate for indicator in edition.indicators):
        yield "Any one thing on the immediate list makes it immediate, whatever else is known."
