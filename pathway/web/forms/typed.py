"""What did the person mean by what they typed? Fields gathered into facts, and faults said beside their fields."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from pathway.acts import Conflict, FieldFault, Unacceptable
from pathway.web.forms.fields import Field, Panel
from pathway.web.forms.form import Form
from workflows import Refused

Place = tuple[int | str, ...]
Wrong = Unacceptable | Refused | Conflict


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence, and the id of the field that it belongs to; `href` where that is on another page."""

    id: str
    sentence: str
    href: str = ""


def gathered(form: Form, fields: Iterable[Field]) -> dict[str, object]:
    """The body that a form's facts are read from; what was left empty is left out."""
    body: dict[str, object] = {}
    for one in fields:
        value = _value(form, one)
        if value not in ("", [], None):
            body[one.name] = value
    return body


def _value(form: Form, asked: Field) -> object:
    match asked.kind:
        case "panels":
            return [_panel(form, panel) for panel in asked.panel]
        case "checkboxes":
            return form.every(asked.id)
        case "tick":
            return bool(form.one(asked.id))
        case "date":
            return day(form, asked.id)
    return form.one(asked.id).strip()


def spread(said: Mapping[str, Any], fields: Iterable[Field]) -> dict[str, list[str]]:
    """What was said in a step, as the fields of its form; the other way round from `gathered`."""
    typed: dict[str, list[str]] = {}
    for one in fields:
        typed |= _spread(said.get(one.name), one)
    return typed


def _spread(value: Any, asked: Field) -> dict[str, list[str]]:
    match asked.kind:
        case "panels":
            by_child = {one["child"]: one for one in value or ()}
            panels = (spread(by_child.get(panel.child, {}), panel.fields) for panel in asked.panel)
            return {name: typed for panel in panels for name, typed in panel.items()}
        case "checkboxes":
            return {asked.id: [str(one) for one in value or ()]}
        case "date":
            parts = value.split("-") if value else ("", "", "")
            return {f"{asked.id}-{part}": [one] for part, one in zip(("year", "month", "day"), parts, strict=True)}
        case "tick":
            return {asked.id: ["yes"] if value else []}
    return {asked.id: [str(value)]} if value not in (None, "") else {}


def _panel(form: Form, panel: Panel) -> dict[str, object]:
    return {"child": panel.child} | gathered(form, panel.fields)


def day(form: Form, name: str) -> str:
    """A date typed in three parts; "" where nothing was typed at all."""
    parts = [form.one(f"{name}-{part}").strip() for part in ("year", "month", "day")]
    if not any(parts):
        return ""
    year, month, number = (part.rjust(width, "0") for part, width in zip(parts, (4, 2, 2), strict=True))
    return f"{year}-{month}-{number}"


def as_typed(form: Form, faults: Sequence[Fault] = ()) -> dict[str, object]:
    """What every template that asks for something is given: what was typed, and what is wrong beside it."""
    return {"form": form, "faults": faults, "fault": {one.id: one.sentence for one in faults}, "key": form.key}


def faults_of(wrong: ValidationError, title: Callable[[Place], str]) -> tuple[Fault, ...]:
    """What Pydantic found, as sentences beside their fields."""
    return tuple(
        Fault("-".join(map(str, error["loc"])), _sentence(error["type"], title(error["loc"]), error.get("ctx", {})))
        for error in wrong.errors()
    )


def faults_in(faults: Iterable[FieldFault]) -> tuple[Fault, ...]:
    """What an act found, beside the fields of the page: `children[0].born_on` stands at `children-0-born_on`."""
    return tuple(Fault(re.sub(r"\[(\d+)\]", r"-\1", one.field).replace(".", "-"), one.sentence) for one in faults)


def shown(wrong: Wrong | None) -> dict[str, Any]:
    """What went wrong with an act, as a page that asks again is given it, with the status to answer with."""
    return {
        "status": 200 if wrong is None else 422 if isinstance(wrong, Unacceptable) else 409,
        "faults": faults_in(wrong.faults) if isinstance(wrong, Unacceptable) else (),
        "refusals": wrong.refusals if isinstance(wrong, Refused) else (),
        "changed": wrong if isinstance(wrong, Conflict) else None,
    }


def titles(fields: Iterable[Field]) -> Callable[[Place], str]:
    """What a form's fields are called, by their place."""
    called: dict[str, str] = {}
    for one in fields:
        called[one.id] = one.title
        for panel in one.panel:
            called |= {asked.id: f"{panel.name}: {asked.title}" for asked in panel.fields}
    return lambda place: called.get("-".join(map(str, place)), str(place[-1]).replace("_", " ").capitalize())


def _sentence(kind: str, title: str, context: dict[str, object]) -> str:
    if kind in ("missing", "string_too_short"):
        return f"“{title}” needs an answer."
    if kind in ("string_too_long", "too_long"):
        longest = context.get("max_length")
        return f"“{title}” is longer than {longest:,} letters. Shorten it, or attach it as a document."
    if kind.startswith("date"):
        return f"“{title}” isn't a date. Write day, month and year, such as 4 12 2019."
    if kind.startswith("int"):
        return f"Write “{title}” in whole numbers, such as 3."
    if kind in ("greater_than_equal", "less_than_equal"):
        return f"“{title}” can't be that number. Check it."
    if kind == "enum":
        return f"Choose one of the answers to “{title}”."
    return str(context.get("error") or f"“{title}” can't be taken as it stands. Check it.")
