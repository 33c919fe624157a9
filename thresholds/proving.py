"""Does every child this edition can judge have somewhere to go?

Proven over every combination of facts a rule can ask about, not tried on examples.
"""

from collections.abc import Iterator
from itertools import product
from typing import get_args

from thresholds.deciding import route
from thresholds.document import Written
from thresholds.edition import Edition
from thresholds.facts import Facts
from thresholds.faults import Fault
from thresholds.levels import Level
from thresholds.routes import Disability, Hours, SiblingGroup


def nowhere(written: Written, edition: Edition) -> Iterator[Fault]:
    """One fault for each level, known or not, from which some child would be sent nowhere."""
    if not edition.levels:
        return  # National guidance alone publishes no levels and runs no cases.
    for level in (None, *edition.levels_upward):
        stranded = next((facts for facts in every_fact() if not _goes(edition, facts, level)), None)
        if stranded is not None:
            name = f"at {level.name}" if level else "whose level isn't known yet"
            sentence = f"A child {name} would be sent nowhere ({said(stranded)})."
            yield written.page.fault(("rules",), sentence, "Add a rule with goes_to that covers it.")


def every_fact() -> Iterator[Facts]:
    """Every combination rules can tell apart, apart from the level."""
    wide = product(get_args(Hours), get_args(Disability), get_args(SiblingGroup), (False, True))
    for hours, disability, group, already_open in wide:
        yield Facts(
            observed=frozenset(), age=None, unborn=False, in_danger=False, said_safe=False, disability=disability,
            sibling_group=group, hours=hours, already_open=already_open,
        )  # fmt: skip


def said(facts: Facts) -> str:
    already = "already open" if facts.already_open else "not open"
    parts = (facts.hours or "hours unknown", f"disability {facts.disability}", f"siblings {facts.sibling_group}")
    return ", ".join((*parts, already)).replace("_", " ")


def _goes(edition: Edition, facts: Facts, level: Level | None) -> bool:
    urgent = level is not None and level == edition.levels_upward[-1]
    ways = (False, True) if urgent else (False,)
    return all(route(edition, facts, level, immediate)[0] is not None for immediate in ways)
