"""How can a document be spoilt? Every field of every entry, in every way its schema doesn't allow.

Walks what a file says beside the schema it is read with, so that a new field is spoilt as soon as it
exists. Whether a value is allowed is judged here from the JSON schema, apart from the code under test.
"""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from thresholds.published.contents import Document
from thresholds.published.faults import Fault
from thresholds.reading.source_map import SourceMaps

Schema = dict[str, Any]
Place = tuple[int | str, ...]
SCHEMAS: dict[str, Schema] = {
    name: model
    for root in (Document.model_json_schema(), SourceMaps.model_json_schema())
    for name, model in ((root["title"], root), *root["$defs"].items())
    if "properties" in model
}
GONE = object()
ID: str = SCHEMAS["Band"]["properties"]["id"]["pattern"]
UNKNOWN = "zzyzx"

# What is put in place of a field, by the name of the kind; where the schema allows it, it is left alone.
OF_ANY: dict[str, object] = {
    "text": "zz top", "a number": 7, "true": True, "a list": ["zz"], "an entry": {"zz": 1}, "nothing": None,
    "no words": "",
}  # fmt: skip
OF_TYPE: dict[str, dict[str, object]] = {
    "string": {"blanks": "   ", "too many words": "x" * 2001, "a bad id": "Not An Id!", "two words": "not-cited "},
    "enum": {"a word nobody knows": "mayhaps", "another case": "Published", "blanks": "   "},
    "boolean": {"yes": "yes", "nought": 0},
    "integer": {"a negative number": -1, "nought": 0, "a huge number": 10**17, "a number in quotes": "7"},
    "array": {"a list of lists": [[1]], "an empty list": [], "a list of nothing": [None]},
    "object": {"an empty entry": {}, "a list of entries": [{}]},
    "date": {"a day there isn't": "2026-13-40", "a moment": "2026-04-01T00:00:00Z", "a number as a day": "0"},
    "time": {"a time there isn't": "25:61", "a time in a zone": "08:30Z", "half a time": "9"},
}
JARGON = re.compile(
    r"[Ii]nput should|validation|[Pp]ydantic|schema|type=|\b(None|NoneType|null|tuple|dict|dictionary|string|integer"
    r"|boolean|instance|literal|regex|pattern|parsing|datetime|str|int|bool|object at|node|error)\b"
)
# What each field names by id; `None`: a name of its own, or of something outside the documents.
NAMES: dict[tuple[str, str], str | None] = {
    ("Level", "band"): "bands", ("Indicator", "level"): "levels", ("Indicator", "dimension"): "dimensions",
    ("Indicator", "at_other_ages"): "indicators", ("Indicator", "also_means"): "indicators",
    ("Destination", "for_levels"): "levels", ("Destination", "through"): "destinations",
    ("Destination", "office_hours"): "office_hours", ("When", "levels"): "levels", ("Rule", "raises_to"): "levels",
    ("Rule", "goes_to"): "destinations", ("Rule", "also"): "destinations",
    ("LimitEntry", "office_hours"): "office_hours", ("LimitEntry", "counting"): "countings",
    ("LimitEntry", "ladder"): "ladders", ("Offer", "level"): "levels", ("Stage", "limit"): "limits",
    ("Stage", "gap"): "gaps", ("Disagreement", "overall_limit"): "limits",
    ("Disagreement", "high_risk_limit"): "limits",
    ("Document", "authority"): None, ("Document", "builds_on"): None, ("Document", "bank_holidays"): None,
    ("LimitEntry", "from_event"): None, ("Rung", "hears"): None, ("Checklist", "about"): None,
    ("Pause", "for_limits"): "limits", ("Extension", "for_limits"): "limits", ("Pause", "who"): None,
    ("Extension", "who"): None, ("Rung", "takes_over"): None,
    ("FormPart", "dimension"): "dimensions", ("Question", "concept"): None, ("Answered", "question"): None,
    ("Answered", "any_of"): None, ("Suggestion", "rating"): None,
    ("SourceMap", "source"): None, ("Urgency", "limit"): "limits", ("SecondPerson", "decisions"): None,
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
    for kind, other in spoilt(field.schema):
        if not allowed(field.schema, other):
            yield Mutation(kind, field, field.place, other, must=True)
    items = _plain(field.schema).get("items")
    if items and isinstance(value, list) and value:
        for kind, other in spoilt(items):
            if not allowed(items, other):
                yield Mutation(f"{kind} within", field, (*field.place, 0), other, must=True)


def spoilt(schema: Schema) -> Iterator[tuple[str, object]]:
    """What may be put in place of something of this schema, whether that allows it or not."""
    schema = _plain(schema)
    kind = "enum" if {"enum", "const"} & set(schema) else schema.get("format", schema["type"])
    yield from (OF_ANY | OF_TYPE[kind]).items()


def model_of(section: str) -> str:
    """The model that a section of a document is a list of."""
    return str(SCHEMAS["Document"]["properties"][section]["items"]["$ref"].rpartition("/")[2])


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


def badly_said(fault: Fault) -> Iterator[str]:
    if found := JARGON.search(f"{fault.sentence} {fault.mend}"):
        yield f"jargon “{found[0]}”"
    if not fault.sentence.endswith(".") or fault.sentence[0].isspace():
        yield "no sentence"
    if "as it stands" in fault.sentence:
        yield "nothing said"
    if len(fault.mend) < 6 or not fault.mend.endswith("."):
        yield "no mend"
