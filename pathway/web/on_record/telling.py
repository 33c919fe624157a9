"""How is what was recorded said on a page? Each fact under its question, each choice and reference in words."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from pathway.store.parts.views import CaseView, EntryView
from pathway.store.parts.words import decision_words, facts_of
from pathway.web.door.words import on_day
from pathway.web.forms.contact_form import CHOSEN
from pathway.web.forms.contact_titles import TITLES
from pathway.web.forms.fields import bare
from workflows import Facts, process_pinned
from workflows.assessment_facts import Readers
from workflows.referral_facts import Take, TakenAdult, TakenChild

Told = tuple[tuple[str, str], ...]

OWN = {
    "text": "Note",
    "reason": "Reason",
    "verdict": "Was it right?",
    "name": "Document",
    "child": "Child",
    "by": "Who answered",
    "to": "What for",
    "tie": "Who is who",
    "before": "Told before",
    "erased": "What was erased",
    "put_right": "Put right",
    "began_on": "Began on record",
    "invited": "Who is invited",
    "from": "From record",
    "goes_on": "Goes on in record",
    "children": "Children",
}
LATE_MINUTES = 5
"""Anything less is the worker's ordinary round."""

HIDDEN = frozenset(
    {"document", "person", "sha256", "media_type", "take", "judgement", "reasons", "differences", "taken_out", "owner"}
)


def told(take: Mapping[str, object]) -> Told:
    """What was told when a worry was taken in, but for the children, who are shown on their own."""
    unasked = tuple(name for name in ("others_at_risk", "domestic_abuse") if take.get(name) == "unknown")
    rest = ("children", "adults", "address_sealed", "source_code", *unasked)
    return (*_facts(take, Take, {}, skip=rest), *_adults(take.get("adults")))


def _adults(adults: object) -> Iterable[tuple[str, str]]:
    """Each adult as one line: who they are to the children, and how they are reached."""
    for one in adults if isinstance(adults, list) else ():
        known = {name: value for name, value in one.items() if value not in ("unknown", None, "") and name != "ref"}
        name = f"{known.pop('given_name', '')} {known.pop('family_name', '')}".strip() or "An adult, name not known"
        yield name, ". ".join(f"{title}: {words}" for title, words in _facts(known, TakenAdult, {}))


def told_of_children(take: Mapping[str, Any]) -> tuple[Told, ...]:
    """What was chosen about each child when the worry was taken in; what nobody knew isn't said."""
    said = ("other_names", "school", *CHOSEN)
    chosen = ({name: child.get(name, "unknown") for name in said} for child in take.get("children", ()))
    return tuple(
        tuple(_facts({name: value for name, value in one.items() if value != "unknown"}, TakenChild, {}))
        for one in chosen
    )


def said(entry: EntryView, view: CaseView) -> Told:
    """What one line of the timeline holds."""
    if entry.kind == "told_more":
        return tuple(_told_more(entry.said, view))
    process = process_pinned(view.process, view.process_hash)
    names = {child.ref: child.name for child in view.children}
    names |= dict(view.levels) | dict(view.destinations) | dict(view.urgencies) | dict(view.agencies)
    names |= {one.ref: one.question for one in view.asks} | {one.ref: one.what for one in view.actions}
    names |= view.meeting.called if view.meeting else {}
    return said_of(entry, facts_of(process, entry.kind), names)


def said_of(entry: EntryView, facts: type[Facts] | None, names: Mapping[str, str]) -> Told:
    """What one line of history holds; `names` says what its references stand for."""
    if entry.kind == "time_passed":
        return (_time_passed(entry.said),)
    if entry.kind.startswith("assessment_"):
        return tuple(_of_an_assessment(entry.said, names))
    return tuple(_facts(entry.said, facts, names))


def _told_more(given: Mapping[str, Any], view: CaseView) -> Iterable[tuple[str, str]]:
    """What was told otherwise than before, and for whom a decision stands that now differs from the advice."""
    yield (
        "Told otherwise, or added",
        ", ".join(TITLES.get(name, name) for name in given.get("changed", ())) or "Nothing",
    )
    for child in (one for one in view.children if one.ref in given.get("differs", ())):
        yield child.name, "What is advised now differs from what was decided. The decision stands until somebody looks."


def _of_an_assessment(given: Mapping[str, Any], names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """By which form, about whom, and each answer under its question, with who may read it where somebody said so."""
    who = names.get(str(given.get("child")), str(given.get("who", "")))
    yield "Assessment", ", ".join(one for one in (str(given.get("form", "")), who) if one)
    for one in given.get("answers", ()):
        readers = f" ({Readers(one['readers']).of(adult='who' in given)})" if one.get("readers") else ""
        yield f"{one['asks']}{readers}", one["said"] or "Taken out again"
        if one.get("reason"):
            yield "Why otherwise than suggested", one["reason"]


def _time_passed(given: Mapping[str, Any]) -> tuple[str, str]:
    """Which clock, how far it had come, and how late people were told, after an outage or in the ordinary way."""
    come = ", then ".join(str(rung).replace("_", " ") for rung in given.get("rungs", ()))
    late = int(given.get("minutes_late", 0))
    after = f" People were told {late} minutes late." if late >= LATE_MINUTES else " People were told."
    return str(given.get("time", "")), f"{come.capitalize()}.{after}"


def _facts(
    given: Mapping[str, object], facts: type[Facts] | None, names: Mapping[str, str], skip: tuple[str, ...] = ()
) -> Iterable[tuple[str, str]]:
    order = list(facts.model_fields) if facts else []
    asked_in_order = sorted(given, key=lambda one: order.index(one) if one in order else len(order))
    for name, value in ((one, given[one]) for one in asked_in_order):
        if name in HIDDEN or name in skip or value in ("", None, [], False):
            continue
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for one in value:
                yield _one_of_several(one, names)
            continue
        info = facts.model_fields.get(name) if facts else None
        title = OWN.get(name) or TITLES.get(name) or name.replace("_", " ").capitalize()
        yield (info.title if info and info.title else title), _words(value, info.annotation if info else None, names)


def _one_of_several(one: Mapping[str, object], names: Mapping[str, str]) -> tuple[str, str]:
    """One child's part, as one line under the child's name."""
    rest = [
        names.get(str(value), decision_words(str(value)) if name == "decision" else str(value))
        for name, value in one.items()
        if name != "child" and value
    ]
    return names.get(str(one.get("child")), "Child"), ". ".join(rest)


def _words(value: object, annotation: Any, names: Mapping[str, str]) -> str:
    kind = bare(annotation) if annotation is not None else None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str(getattr(kind(str(value)), "words", value))
    if kind is date and value:
        return on_day(date.fromisoformat(str(value)))
    if value is True:
        return "Yes"
    if isinstance(value, dict):
        return ", ".join(map(str, value.values()))
    if isinstance(value, list):
        return ", ".join(names.get(str(one), str(one)) for one in value)
    return names.get(str(value), str(value))
