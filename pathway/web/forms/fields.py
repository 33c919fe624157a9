"""How do a move's facts become a form? Each fact is asked in the way its type asks for, with no code of its own."""

import types
import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic.fields import FieldInfo

from pathway.store.parts.views import CaseView, InvitedView, ReferrerView
from workflows import Facts

SHORT = 1_000
"""A text that may be longer than this gets room to write."""

Option = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `id` is its name in the form; `panel` are the questions asked of each child."""

    id: str
    name: str
    kind: str
    title: str
    hint: str
    needed: bool
    options: tuple[Option, ...] = ()
    panel: tuple["Panel", ...] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """The questions about one child."""

    child: str
    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen from: the record's children, and the document's levels and destinations."""

    children: tuple[Option, ...] = ()
    undecided: tuple[Option, ...] = ()
    named: dict[str, tuple[Option, ...]] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()
    """Answers that mustn't be given on this record, such as a way of telling that isn't safe."""


def choices_of(view: CaseView | ReferrerView, listed: Iterable[str] = ()) -> Choices:
    """`listed` are the children that a form already sent asked about: the same form sent twice reads the same."""
    if isinstance(view, ReferrerView):
        return Choices()
    children = tuple((child.ref, child.name) for child in view.children)
    called = dict(children)
    undecided = tuple((ref, called[ref]) for ref in listed if ref in called) or tuple(
        (child.ref, child.name) for child in view.children if not child.decision
    )
    asks = tuple((one.ref, f"{one.asked_of}: {one.question}") for one in view.asks if one.waits)
    actions = tuple((one.ref, f"{one.who}: {one.what}") for one in view.actions if one.ended_at is None)
    invited = tuple((one.ref, _invited(one)) for one in view.meeting.invited) if view.meeting else ()
    named = {
        "came": invited,
        "apologies": invited,
        "invited": invited,
        "action": actions,
        "level": view.levels,
        "destination": view.destinations,
        "child": children,
        "ask": asks,
        "urgency": view.urgencies,
        "agency": view.agencies,
    }
    return Choices(children, undecided, named, frozenset(view.closed_ways))


def _invited(one: InvitedView) -> str:
    return f"{one.who} (said: {one.reply.words.lower()})" if one.reply else one.who


def fields_of(facts: type[Facts], choices: Choices, before: str = "") -> tuple[Field, ...]:
    """The questions of a form, in the order its facts are declared."""
    made = (_field(name, info, choices, before) for name, info in facts.model_fields.items())
    return tuple(one for one in made if one.kind != "nothing")


def _field(name: str, info: FieldInfo, choices: Choices, before: str) -> Field:
    asked = Field(
        id=f"{before}{name}",
        name=name,
        kind="input",
        title=info.title or name.replace("_", " ").capitalize(),
        hint=info.description or "",
        needed=info.is_required(),
    )
    kind = bare(info.annotation)
    if typing.get_origin(kind) is tuple:
        return _several(asked, typing.get_args(kind)[0], choices)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        offered = tuple((one.value, _said(one)) for one in kind if one.value not in choices.closed)
        return replace(asked, kind="radios", options=offered)
    if name in choices.named:
        shape = "select" if name in ("destination", "agency", "owner") else "radios"
        return replace(asked, kind=shape, options=choices.named[name])
    if kind in (bool, int, date):
        return replace(asked, kind={bool: "tick", int: "number", date: "date"}[kind])
    return replace(asked, kind="textarea" if _longest(info) > SHORT else "input")


def _several(asked: Field, of: Any, choices: Choices) -> Field:
    """Several of something: people to tick, or the same questions about each child."""
    of = bare(of)
    if not (isinstance(of, type) and issubclass(of, Facts)):
        options = choices.named.get(asked.name, choices.children)
        return replace(asked, kind="checkboxes" if options else "nothing", options=options)
    within = replace(choices, named={name: named for name, named in choices.named.items() if name != "child"})
    panels = tuple(
        Panel(ref, name, tuple(_without_child(of, within, f"{asked.id}-{index}-")))
        for index, (ref, name) in enumerate(choices.undecided)
    )
    return replace(asked, kind="panels", panel=panels)


def _without_child(facts: type[Facts], choices: Choices, before: str) -> Iterator[Field]:
    return (one for one in fields_of(facts, choices, before) if one.name != "child")


def bare(annotation: Any) -> Any:
    """The type itself, without its constraints or the chance of being absent."""
    if typing.get_origin(annotation) is typing.Annotated:
        return bare(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return next(bare(one) for one in typing.get_args(annotation) if one is not type(None))
    return annotation


def _longest(info: FieldInfo) -> int:
    limits = [getattr(one, "max_length", None) for one in info.metadata]
    return next((limit for limit in limits if limit is not None), SHORT + 1)


def _said(one: StrEnum) -> str:
    return str(getattr(one, "words", one.value.replace("_", " ").capitalize()))
