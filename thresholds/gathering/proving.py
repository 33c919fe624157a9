"""Does every child this edition can judge have somewhere to go, and can an added worry never lower anything?

Proven over every combination of answers that its rules ask about, not tried on examples.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from thresholds.editions.edition import Edition
from thresholds.judging.deciding import applies
from thresholds.judging.facts import Facts
from thresholds.published.answers import ANSWERS, WORRYING
from thresholds.published.faults import Fault
from thresholds.published.levels import Level
from thresholds.published.routes import Rule
from thresholds.reading.document import Written

FLAGS = ("already_open", "unborn")


def nowhere(written: Written, edition: Edition) -> Iterator[Fault]:
    """One fault for each level, known or not, from which some child would be sent nowhere."""
    if not edition.levels:
        return  # National guidance alone publishes no levels and runs no cases.
    every = tuple(every_fact(edition))
    for level in (None, *edition.levels_upward):
        stranded = next((facts for facts in every if not _goes(edition, facts, level)), None)
        if stranded is not None:
            name = f"at {level.name}" if level else "whose level isn't known yet"
            sentence = f"A child {name} would be sent nowhere ({said(edition, stranded)})."
            yield written.page.fault(("rules",), sentence, "Add a rule with goes_to that covers it.")


def every_fact(edition: Edition) -> Iterator[Facts]:
    """Every combination of answers that the edition's routing can tell apart, apart from the level."""
    names = _asked(edition)
    for answers in product(*(ANSWERS.get(name, (False, True)) for name in names)):
        yield replace(Facts(hours="in_hours"), **dict(zip(names, answers, strict=True)))  # type: ignore[arg-type]


def said(edition: Edition, facts: Facts) -> str:
    answers = ((name, getattr(facts, name)) for name in _asked(edition))
    return ", ".join(f"{name} {_word(answer)}" for name, answer in answers).replace("_", " ") or "whatever is known"


def _word(answer: object) -> str:
    return {True: "yes", False: "no"}[answer] if isinstance(answer, bool) else str(answer)


def _asked(edition: Edition) -> tuple[str, ...]:
    named = {name for rule in edition.rules if rule.goes_to for name, _ in rule.when.conditions}
    return tuple(name for name in (*ANSWERS, *FLAGS) if name in named)


def _goes(edition: Edition, facts: Facts, level: Level | None) -> bool:
    urgent = level is not None and level == edition.levels_upward[-1]
    sending = [rule for rule in edition.rules_in_order if rule.goes_to]
    ways = (False, True) if urgent else (False,)
    return all(any(applies(rule.when, facts, level, immediate) for rule in sending) for immediate in ways)


def lowering(written: Written, edition: Edition) -> Iterator[Fault]:
    """Rules under which an added worry could lower the level or the urgency."""
    for index, rule in enumerate(written.document.rules):
        if rule.raises_to or rule.makes_immediate:
            for reason in _lowers(edition, rule):
                sentence = f"rules › {rule.id} could make an added worry lower the advice: {reason}"
                mend = "Let a rule that raises apply to every worse answer too."
                yield written.page.fault(("rules", index, "when"), sentence, mend)


def _lowers(edition: Edition, rule: Rule) -> Iterator[str]:
    when = rule.when
    if when.immediate is False or when.level_known is False:
        yield "it applies only while nothing worse is known."
    upward = edition.levels_upward
    named = [level for level in upward if level.id in when.levels]
    target = next((level for level in upward if level.id == rule.raises_to), upward[-1] if upward else None)
    for level in upward:
        if named and target and named[0].order < level.order < target.order and level not in named:
            yield f"it leaves out {level.name}, between {named[0].name} and {target.name}."
    for question, worrying in WORRYING.items():
        wanted = getattr(when, question)
        if wanted and set(wanted) - set(worrying) and set(worrying) - set(wanted):
            yield f"it applies to a reassuring answer on {question.replace('_', ' ')} and not to a worrying one."
