"""How can a document be spoilt? Every field of every entry, in every way its schema doesn't allow.

Walks what a file says beside the schema it is read with, so that a new field is spoilt as soon as it
exists. Whether a value is allowed is judged here from the JSON schema, apart from the code under test.
"""

import json
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from thresholds.edition import Document
from thresholds.source_map import SourceMaps

Schema = dict[str, Any]
Place = tuple[int | str, ...]
SCHEMAS: dict[str, Schema] = {
    name: model
    for root in (Document.model_json_schema(), SourceMaps.model_json_schema())
    for name, model in ((root["title"], root), *root["$defs"].items())
    if "properties" in model
}
GONE = object()
UNKNOWN = "zzyzx"

# What may be put in place of anything, by the name of the kind. Where the schema allows it, it is left alone.
SPOILT: dict[str, object] = {
    "text": "zz top", "a number": 7, "a negative number": -1, "nought": 0, "a huge number": 10**17, "true": True,
    "a list": ["zz"], "a list of lists": [[1]], "an empty list": [], "an entry": {"zz": 1}, "an empty entry": {},
    "nothing": None, "no words": "", "blanks": "   ", "too many words": "x" * 2001, "a bad id": "Not An Id!",
    "a day there isn't": "2026-13-40", "a day and a time": "2026-04-01T00:00:00Z", "a number as a day": "0",
    "a time there isn't": "25:61", "a time in a zone": "08:30Z", "a word nobody knows": "mayhaps",
    "a cite without its place": "all-2026", "yes": "yes",
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One field at one place in a file, there or not."""

    model: str
    name: str
    place: Place
    schema: Schema
    required: bool
    present: bool

    @property
    def pair(self) -> tuple[str, str]:
        return self.model, self.name


@dataclass(frozen=True)
class Mutation:
    """One change to one field. `must`: the schema doesn't allow it, so a fault has to be said."""

    kind: str
    field: Field
    place: Place
    value: object
    must: bool


def fields(model: str, content: object, place: Place = ()) -> Iterator[Field]:
    """Every field of a mapping and of everything in it, whether it is given there or not."""
    if not isinstance(content, dict):
        return
    for name, schema in SCHEMAS[model]["properties"].items():
        here = (*place, name)
        required = name in SCHEMAS[model].get("required", ())
        yield Field(model, name, here, schema, required, name in content)
        inner, value = named_model(schema), content.get(name)
        if inner and isinstance(value, dict):
            yield from fields(inner, value, here)
        elif inner and isinstance(value, list):
            for at, one in enumerate(value):
                yield from fields(inner, one, (*here, at))


def mutations(field: Field, value: object) -> Iterator[Mutation]:
    """Every change to one field that stands in a file, and of the first thing in it where it is a list."""
    yield Mutation("missing", field, field.place, GONE, field.required)
    for kind, other in SPOILT.items():
        if not allowed(field.schema, other):
            yield Mutation(kind, field, field.place, other, must=True)
    items = _plain(field.schema).get("items")
    if items and isinstance(value, list) and value:
        for kind, other in SPOILT.items():
            if not allowed(items, other):
                yield Mutation(f"{kind} within", field, (*field.place, 0), other, must=True)


def named_model(schema: Schema) -> str | None:
    """The model a field holds, one or a list of them."""
    schema = _plain(schema)
    if "items" in schema:
        return named_model(schema["items"])
    return schema["title"] if "properties" in schema else None


def allowed(schema: Schema, value: object) -> bool:
    """Whether a JSON schema allows a value, as far as ours say anything."""
    if "anyOf" in schema:
        return any(allowed(one, value) for one in schema["anyOf"])
    schema = _plain(schema)
    if "const" in schema or "enum" in schema:
        return isinstance(value, str) and value in schema.get("enum", [schema.get("const")])
    match schema["type"]:
        case "null":
            return value is None
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            number = isinstance(value, int) and not isinstance(value, bool)
            return number and schema.get("minimum", value) <= value <= schema.get("maximum", value)  # type: ignore[operator]
        case "string":
            return isinstance(value, str) and _text_allowed(schema, value)
        case "array":
            long_enough = isinstance(value, list) and len(value) >= schema.get("minItems", 0)
            return long_enough and all(allowed(schema["items"], one) for one in value)  # type: ignore[union-attr]
    known = isinstance(value, dict) and set(value) <= set(schema["properties"])
    return known and set(schema.get("required", ())) <= set(value)  # type: ignore[arg-type]


def _text_allowed(schema: Schema, value: str) -> bool:
    if schema.get("format") == "date":
        return _is(date, r"\d{4}-\d\d-\d\d", value)
    if schema.get("format") == "time":
        return _is(time, r"\d\d:\d\d(:\d\d)?", value)
    # Words are stripped before they are measured; whatever has a least length is words.
    measured = value.strip() if "minLength" in schema else value
    fits = schema.get("minLength", 0) <= len(measured) <= schema.get("maxLength", len(measured))
    return fits and re.search(schema.get("pattern", ""), value) is not None


def _is(kind: type[date] | type[time], pattern: str, value: str) -> bool:
    try:
        return bool(re.fullmatch(pattern, value)) and kind.fromisoformat(value) is not None
    except ValueError:
        return False


def _plain(schema: Schema) -> Schema:
    """A schema without its wrapping: not null, and what it refers to."""
    if "anyOf" in schema:
        (schema,) = [one for one in schema["anyOf"] if one.get("type") != "null"]
    return SCHEMAS[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def changed(content: Any, place: Place, value: object) -> Any:
    """A copy of plain content with one place changed or `GONE`."""
    if not place:
        return value
    other = copy(content)
    if len(place) == 1 and value is GONE:
        del other[place[0]]
    else:
        inner = content[place[0]] if len(place) > 1 else None
        other[place[0]] = changed(inner, place[1:], value)
    return other


def at(content: Any, place: Place) -> Any:
    for step in place:
        content = content[step]
    return content


def written(value: object) -> str:
    """A value as YAML on one line."""
    return json.dumps(value, ensure_ascii=False)
