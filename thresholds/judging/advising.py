"""What does the published document advise for this contact, child by child?

Pure and deterministic: no clock, no order of ticks, no count of them. Adding a worry never lowers
anything. Facts that aren't known are treated as the more dangerous of what they could be.
"""

from collections.abc import Iterator
from datetime import UTC

from thresholds.editions.canonical import edition_hash
from thresholds.editions.edition import Edition
from thresholds.judging.asking import unknown
from thresholds.judging.considering import considered
from thresholds.judging.deciding import Decision, Met, decide, named_first
from thresholds.judging.facts import Facts, check_judgeable, facts
from thresholds.judging.judgement import NOT_YET_KNOWN, ChildJudgement, Judgement, MustHappen, Reason
from thresholds.judging.presenting import Presenting, PresentingChild
from thresholds.judging.what_if import would_change
from thresholds.published.entries import Entry
from thresholds.published.levels import Level
from thresholds.published.routes import Rule
from thresholds.timing.calendar import said


def judge(edition: Edition, presenting: Presenting) -> Judgement:
    """The advice for one contact. Raises `Unjudgeable` when what is given can't be so."""
    check_judgeable(edition, presenting)
    children = tuple(_child(edition, presenting, child) for child in presenting.children)
    levels = {level.id: level for level in edition.levels}
    highest = max((levels[c.level] for c in children if c.level), key=lambda level: level.order, default=None)
    return Judgement(
        authority=edition.authority,
        edition_in_force_from=edition.in_force_from.isoformat(),
        edition_hash=edition_hash(edition),
        at=presenting.at.astimezone(UTC),
        level=highest.id if highest else None,
        level_name=_named(highest),
        immediate=any(child.immediate for child in children),
        children=children,
    )


def _child(edition: Edition, presenting: Presenting, child: PresentingChild) -> ChildJudgement:
    known = facts(edition, presenting, child)
    decision = decide(edition, known)
    asked = considered(edition, decision)
    because = tuple(_because(edition, presenting, child, decision))
    return ChildJudgement(
        ref=child.ref,
        level=decision.level.id if decision.level else None,
        level_name=_named(decision.level),
        immediate=decision.immediate,
        destination=decision.goes_to,
        destination_name=_destination_name(edition, decision.goes_to),
        destination_note=_destination_note(edition, presenting, known, decision),
        also=decision.also,
        must_happen=tuple(_must_happen(edition, decision)),
        cautions=tuple(reason for reason in because if reason.caution),
        because=tuple(reason for reason in because if not reason.caution),
        unknown=tuple(unknown(edition, decision, asked)),
        would_change=would_change(edition, decision, asked),
    )


def _named(level: Level | None) -> str:
    return level.name if level else NOT_YET_KNOWN


def _destination_name(edition: Edition, id_: str | None) -> str:
    if id_ is None:
        return "No destination is published; a person decides."
    return edition.destination(id_).name


def _destination_note(edition: Edition, presenting: Presenting, known: Facts, decision: Decision) -> str:
    """When a destination that keeps office hours opens, if it is shut now."""
    if decision.goes_to is None or known.hours != "out_of_hours":
        return ""
    destination = edition.destination(decision.goes_to)
    if destination.hours != "in_hours":
        return ""
    opens = edition.calendar(destination.office_hours or "office").next_opening(presenting.at)
    when = f"opens on {said(opens)}" if opens else "opens on the next working day"
    return f"It is shut now and {when}. If this can't wait, protect now."


def _must_happen(edition: Edition, decision: Decision) -> Iterator[MustHappen]:
    for limit in named_first(edition, decision):
        yield MustHappen(limit=limit.id, words=limit.words, cite=edition.citation(limit))


def _because(edition: Edition, presenting: Presenting, child: PresentingChild, decision: Decision) -> Iterator[Reason]:
    yield from _facts(presenting)
    for met in decision.met:
        yield _indicator(edition, child, met)
    for rule in decision.rules:
        yield _rule(edition, rule)


def _rule(edition: Edition, rule: Rule) -> Reason:
    return _reason(
        edition, rule, kind="rule", words=rule.words, level=rule.raises_to, immediate=rule.makes_immediate,
        caution=rule.caution,
    )  # fmt: skip


def _facts(presenting: Presenting) -> Iterator[Reason]:
    told = []
    if presenting.immediate_danger:
        told.append(("immediate_danger", "Somebody said the child is in immediate danger."))
    if presenting.safe_tonight == "no":
        told.append(("safe_tonight", "Somebody said the child isn't safe tonight."))
    for id_, words in told:
        yield Reason(
            kind="fact", id=id_, words=words, level=None, immediate=True, seen="", cite="What was told",
            basis="proposed default", document_year=None, equality_flag=None,
        )  # fmt: skip


def _indicator(edition: Edition, child: PresentingChild, met: Met) -> Reason:
    seen = "\n".join(sorted({o.seen for o in child.observed if o.indicator == met.through and o.seen}))
    return _reason(
        edition, met.indicator, kind="indicator", words=met.indicator.words, level=met.indicator.level,
        immediate=met.immediate, seen=seen, equality_flag=met.indicator.equality_flag,
    )  # fmt: skip


def _reason(edition: Edition, entry: Entry, **said: object) -> Reason:
    base: dict[str, object] = {"immediate": False, "seen": "", "equality_flag": None, "caution": False}
    return Reason.model_validate(
        base
        | {"id": entry.id, "cite": edition.citation(entry), "basis": entry.basis}
        | {"document_year": edition.year_of(entry)}
        | said
    )
