"""What, if it were known or otherwise, would change the advice?

Computed, not written: one fact at a time is changed and the decision taken again.
"""

from collections.abc import Iterator
from dataclasses import replace

from thresholds.deciding import Decision, Met, counts, decide
from thresholds.edition import Edition
from thresholds.facts import Facts
from thresholds.judgement import NOT_YET_KNOWN
from thresholds.routes import Disability, Hours

Alternative = tuple[str, Facts]


def would_change(edition: Edition, known: Facts, decision: Decision) -> tuple[str, ...]:
    """Sentences, each a fact that would lead to another level, urgency or destination."""
    found = []
    for condition, facts in _alternatives(edition, known, decision):
        other = decide(edition, facts)
        if _outcome(other) != _outcome(decision):
            found.append(f"{condition}: {_said(edition, decision, other)}.")
    return (*found, *_nothing_noted(known), *_urgent_worry(edition, decision))


def _alternatives(edition: Edition, known: Facts, decision: Decision) -> Iterator[Alternative]:
    if not known.in_danger:
        yield "If the child isn't safe tonight", replace(known, in_danger=True)
        if not known.said_safe:
            yield "If the child is known to be safe tonight", replace(known, said_safe=True)
    if known.age is None:
        yield from _ages(edition, known)
    if known.disability in ("unknown", "uncertain"):
        yield from _disabilities(known)
    if known.sibling_group == "unknown":
        yield "If it is a large sibling group", replace(known, sibling_group="large")
    yield from _vulnerability(edition, known)
    yield from _without_the_one(edition, known, decision)
    if known.hours is not None:
        yield _other_hours(known.hours, known)


def _ages(edition: Edition, known: Facts) -> Iterator[Alternative]:
    limits = {edition.indicator(id_).first_age_outside for id_ in known.indicators}
    for age in sorted(limit for limit in limits if limit is not None):
        yield f"If the child is {age} or older", replace(known, age=age)


def _disabilities(known: Facts) -> Iterator[Alternative]:
    said: dict[Disability, str] = {
        "substantial_and_lifelong": "If a disability is substantial and lifelong",
        "mild_to_moderate": "If a disability is mild to moderate",
        "none": "If there is no disability",
    }
    for disability, condition in said.items():
        yield condition, replace(known, disability=disability)


def _vulnerability(edition: Edition, known: Facts) -> Iterator[Alternative]:
    for seen in sorted(known.observed, key=lambda seen: seen.indicator):
        indicator = edition.indicator(seen.indicator)
        if indicator.older_by_vulnerability and seen.vulnerable != "no":
            others = (known.observed - {seen}) | {seen.model_copy(update={"vulnerable": "no"})}
            condition = "If somebody judges that age and vulnerability don't put the child at risk"
            yield condition, replace(known, observed=others)


def _without_the_one(edition: Edition, known: Facts, decision: Decision) -> Iterator[Alternative]:
    """Without the one observation that carries the level. Where two carry it, losing one changes nothing."""
    carrying = {met.through for met in decision.met if _carries(met, known, decision)}
    if len(carrying) == 1:
        id_ = carrying.pop()
        others = frozenset(seen for seen in known.observed if seen.indicator != id_)
        words = edition.indicator(id_).words
        yield f"If this proves not to be so, “{words}”", replace(known, observed=others)


def _carries(met: Met, known: Facts, decision: Decision) -> bool:
    if decision.immediate:
        return met.immediate
    level = decision.level
    return level is not None and met.indicator.level == level.id and counts(met, known)


def _other_hours(hours: Hours, known: Facts) -> Alternative:
    if hours == "in_hours":
        return "Once the office has closed", replace(known, hours="out_of_hours")
    return "Once the office is open", replace(known, hours="in_hours")


def _outcome(decision: Decision) -> tuple[object, ...]:
    return (decision.level.id if decision.level else None, decision.immediate, *decision.route)


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
    also = " with ".join(edition.destination(id_).name for id_ in (decision.goes_to, *decision.also))
    return also


def _nothing_noted(known: Facts) -> Iterator[str]:
    if not known.observed:
        yield "Any one worry noted gives a level to start from."


def _urgent_worry(edition: Edition, decision: Decision) -> Iterator[str]:
    if not decision.immediate and any(indicator.immediate for indicator in edition.indicators):
        yield "Any one thing on the immediate list makes it immediate, whatever else is known."
