"""How are two published documents told side by side in a terminal?"""

from collections.abc import Iterator

from thresholds import Edition, Level, Limit, Rule
from thresholds.editions.comparing import Comparison, Section
from thresholds.editions.saying import OBLIGED, conditions, event_words
from thresholds.editions.terms import printed

Lines = Iterator[str]
SHORTER = {
    "a": "the first is shorter",
    "b": "the second is shorter",
    "same": "the same",
    "unsure": "counted differently",
    "": "",
}


def comparison_lines(first: str, second: str, compared: Comparison) -> Lines:
    """Levels, times and rules in pairs, then every section's differences; `first` and `second` name the two."""
    yield f"First:  {first}\nSecond: {second}"
    if compared.is_same:
        yield "They say the same."
        return
    yield "\nLEVELS, FROM THE LOWEST UP (a row doesn't say that two are the same)"
    yield from (f"  {_level(compared.a, a):<36} | {_level(compared.b, b)}" for a, b in compared.levels)
    yield "\nHOW LONG MAY IT TAKE?"
    for row in compared.limits:
        yield from _limit(row.a, row.b, row.shorter)
    yield "\nWHERE IS NEED SENT?"
    for a, b in compared.rules:
        if a != b:
            yield from _rules(compared, a, b)
    yield from (f"\n{change.field}: {change.a} → {change.b}" for change in compared.head)
    for section in compared.sections:
        yield from () if section.is_same else _section(section)


def _level(edition: Edition, level: Level | None) -> str:
    return printed(edition, level.name) if level else "—"


def _limit(a: Limit | None, b: Limit | None, shorter: str) -> Lines:
    known = a or b
    if known is not None:
        yield f"  - {known.name} (from: {event_words(known.from_event)}; who must: {OBLIGED[known.obliged]})"
        said = f"; {SHORTER[shorter]}" if shorter else ""
        yield f"      {a.span if a else 'not in it'} | {b.span if b else 'not in it'}{said}"


def _rules(compared: Comparison, a: Rule | None, b: Rule | None) -> Lines:
    for edition, rule, which in ((compared.a, a, "first"), (compared.b, b, "second")):
        if rule is not None:
            goes = f" → {edition.destination(rule.goes_to).name}" if rule.goes_to else ""
            yield f"  {which:<6} {printed(edition, conditions(edition, rule.when) + goes)}"
        else:
            yield f"  {which:<6} —"


def _section(section: Section) -> Lines:
    yield f"\n{section.name.replace('_', ' ').upper()}: {section.same} the same"
    yield from (f"  only in the first:  {line.words}" for line in section.only_a)
    yield from (f"  only in the second: {line.words}" for line in section.only_b)
    for changed in section.differing:
        yield f"  different: {changed.words}"
        yield from (f"      {one.field}: {one.a} → {one.b}" for one in changed.differences)
