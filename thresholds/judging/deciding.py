"""Given the facts about one child, which level, and where to?

The whole of the reasoning, and small on purpose: the level is the highest anything points to, and the
first rule that applies says where. Nothing lowers anything. `advising.py` puts it into words.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from thresholds.editions.edition import Edition
from thresholds.judging.facts import Facts
from thresholds.judging.presenting import Observed
from thresholds.published.answers import WORRYING
from thresholds.published.levels import Indicator, Level
from thresholds.published.limits import Limit
from thresholds.published.routes import Rule, When

Conditions = tuple[tuple[str, tuple[object, ...]], ...]
_place = itemgetter(0)


@dataclass(frozen=True)
class Met:
    """An indicator that counts here. `through` is the one observed, if this follows from another."""

    indicator: Indicator
    immediate: bool
    through: str
    for_want_of_age: bool = False


@dataclass(frozen=True)
class Decision:
    """What follows from what was `told`. `facts` are those decided on: what the examples noted tell is in them."""

    level: Level | None
    immediate: bool
    goes_to: str | None
    also: tuple[str, ...]
    met: tuple[Met, ...]
    rules: tuple[Rule, ...]
    told: Facts
    facts: Facts

    @property
    def route(self) -> tuple[str | None, tuple[str, ...]]:
        return self.goes_to, self.also

    @property
    def outcome(self) -> tuple[object, ...]:
        """What people act on: level, urgency, and where to."""
        return (self.level.id if self.level else None, self.immediate, *self.route)

    @property
    def cautions(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.caution)


def decide(edition: Edition, told: Facts) -> Decision:
    """What follows from what was told."""
    return _decided(edition, told, _met(edition, told))


def reconsidered(edition: Edition, decision: Decision, told: Facts) -> Decision:
    """The decision, had something else been told. What was noted is worked out again only where it may differ."""
    same = (told.observed, told.age) == (decision.told.observed, decision.told.age)
    return _decided(edition, told, decision.met if same else _met(edition, told))


def _decided(edition: Edition, told: Facts, met: tuple[Met, ...]) -> Decision:
    facts = answered(told, met)
    immediate = facts.in_danger or any(one.immediate for one in met)
    level, immediate, raising = _raised(edition, facts, _level(edition, facts, met, immediate), immediate)
    applying = _applying(edition, facts, level, immediate)
    goes_to, also, routing = _route(applying)
    rules = {rule.id: rule for rule in (*raising, *routing, *(rule for rule in applying if rule.caution))}
    return Decision(level, immediate, goes_to, also, met, tuple(rules.values()), told, facts)


def answered(told: Facts, met: Iterable[Met]) -> Facts:
    """The facts, with what the examples noted answer by themselves. A worry noted outweighs a reassuring answer."""
    more: dict[str, str] = {}
    for one in met:
        for question, answer in one.indicator.answers:
            if getattr(told, question) not in WORRYING[question]:
                more[question] = answer
        if one.indicator.dont_ask_family:
            more["agreement"] = "not_safe_to_ask"
    return told.but(**more) if more else told


def _applying(edition: Edition, facts: Facts, level: Level | None, immediate: bool) -> list[Rule]:
    """The rules that apply, in order: only those are asked on whose first condition holds."""
    answers = _answers(facts, level, immediate)
    found: list[tuple[int, Rule]] = []
    for name, by_answer in edition.rules_by_answer.items():
        found += by_answer.get(answers[name], ())
    found.sort(key=_place)
    return [rule for _, rule in found if _all(rule.when.rest, answers)]


def _route(applying: Sequence[Rule]) -> tuple[str | None, tuple[str, ...], tuple[Rule, ...]]:
    """The destination, who else takes part, and the rules that say so, of those that apply, in order."""
    sending = next((rule for rule in applying if rule.goes_to), None)
    joining = [rule for rule in applying if rule.also and (rule is sending or not rule.goes_to)]
    goes_to = sending.goes_to if sending else None
    also = dict.fromkeys(other for rule in joining for other in rule.also if other != goes_to)
    return goes_to, tuple(also), ((sending,) if sending else ()) + tuple(joining)


def _met(edition: Edition, facts: Facts) -> tuple[Met, ...]:
    """Everything observed and everything that follows from it, each once, in the document's order.

    Of one thing noted twice, the more dangerous counts: it is followed first, and nothing takes it back.
    """
    found: dict[str, Met] = {}
    for seen in sorted(facts.observed, key=lambda seen: (seen.indicator, seen.vulnerable == "no", seen.seen)):
        _follow(edition, facts, seen, seen.indicator, found)
    order = edition.indicator_ids
    return tuple(sorted(found.values(), key=lambda met: order[met.indicator.id]))


def _follow(edition: Edition, facts: Facts, seen: Observed, id_: str, found: dict[str, Met]) -> None:
    indicator = edition.indicator(id_)
    earlier = found.get(id_)
    stands = _stands(indicator, facts.age, seen)
    if earlier and (earlier.immediate or not (indicator.immediate and stands)):
        return
    unknown = indicator.first_age_outside is not None and facts.age is None
    found[id_] = Met(indicator, indicator.immediate and stands, seen.indicator, unknown and stands)
    further = indicator.also_means
    if not stands and indicator.at_other_ages:
        further = (*further, indicator.at_other_ages)
    for other in further:
        _follow(edition, facts, seen, other, found)


def _stands(indicator: Indicator, age: int | None, seen: Observed) -> bool:
    """Whether the age limit is met. Not knowing the age, or how vulnerable the child is, meets it."""
    outside = indicator.first_age_outside
    if outside is None or age is None or age < outside:
        return True
    return indicator.older_by_vulnerability and seen.vulnerable != "no"


def _level(edition: Edition, facts: Facts, met: tuple[Met, ...], immediate: bool) -> Level | None:
    if immediate and edition.levels_upward:
        return edition.levels_upward[-1]
    pointed = [edition.level(m.indicator.level) for m in met if m.indicator.level and _counts(m, facts)]
    return max(pointed, key=lambda level: level.order, default=None)


def _counts(met: Met, facts: Facts) -> bool:
    """Whether an indicator points to a level.

    An immediate one outside its ages doesn't; what it is read as instead may. One that only informs
    doesn't: saying no to help never raises a level by itself. Good news does only once somebody said
    the child is safe tonight: otherwise one pleasant tick would make a worry look like none.
    """
    indicator = met.indicator
    if indicator.strength:
        return facts.said_safe
    return met.immediate or not (indicator.immediate or indicator.informs_only)


def _raised(
    edition: Edition, facts: Facts, level: Level | None, immediate: bool
) -> tuple[Level | None, bool, list[Rule]]:
    """The level and urgency once the rules that raise them have been asked, and those that did."""
    raising, answers = [], _answers(facts, level, immediate)
    for rule in edition.rules_that_raise:
        if not _all(rule.when.conditions, answers):
            continue
        raised = _highest(edition, level, rule)
        urgent = immediate or rule.makes_immediate
        if (raised, urgent) != (level, immediate):
            level, immediate = raised, urgent
            raising.append(rule)
            answers = _answers(facts, level, immediate)
    return level, immediate, raising


def _highest(edition: Edition, level: Level | None, rule: Rule) -> Level | None:
    if rule.makes_immediate:
        return edition.levels_upward[-1] if edition.levels_upward else None
    raised = edition.level(rule.raises_to or "")
    return raised if level is None or raised.order > level.order else level


def named_first(edition: Edition, decision: Decision) -> Iterator[Limit]:
    """The limits that a first judgement names."""
    answers = _answers(decision.facts, decision.level, decision.immediate)
    for limit in edition.limits:
        if limit.named_when and _all(limit.named_when.conditions, answers):
            yield limit


def applies(when: When, facts: Facts, level: Level | None, immediate: bool) -> bool:
    """Whether everything that `when` names is so."""
    return _all(when.conditions, _answers(facts, level, immediate))


def _all(conditions: Conditions, answers: Mapping[str, object]) -> bool:
    for name, wanted in conditions:  # noqa: SIM110 - asked hundreds of times for one judgement
        if answers[name] not in wanted:
            return False
    return True


def _answers(facts: Facts, level: Level | None, immediate: bool) -> Mapping[str, object]:
    """Everything that a condition may name."""
    found = {"levels": level.id if level else None, "level_known": level is not None, "immediate": immediate}
    return vars(facts) | found
