"""What does the person at the other end need to mend? Findings about fields, as sentences."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pathway.acts.faults import FieldFault

Found = Mapping[str, Any]
LONG = 1_000

WORDS = {
    "missing": "This is needed.",
    "extra_forbidden": "Nobody asks for this; check the spelling or leave it out.",
    "string_too_short": "Write something here.",
    "string_type": "Send text here.",
    "int_type": "Send a whole number.",
    "int_parsing": "Send a whole number.",
    "bool_type": "Send true or false.",
    "date_type": "Write the date out, such as 2026-12-04.",
    "date_parsing": "Write the date out, such as 2026-12-04.",
    "date_from_datetime_parsing": "Write the date out, such as 2026-12-04.",
    "datetime_type": "Write the time out, such as 2026-12-04T16:50:00Z.",
    "datetime_parsing": "Write the time out, such as 2026-12-04T16:50:00Z.",
    "datetime_from_date_parsing": "Write the time out, such as 2026-12-04T16:50:00Z.",
    "timezone_aware": "Give the time with its zone, such as 2026-12-04T16:50:00Z.",
    "tuple_type": "Send a list here.",
    "model_type": "Send a JSON object here.",
}


def faults_of(found: Iterable[Found], *, skip: int = 0) -> tuple[FieldFault, ...]:
    """What Pydantic found, field by field; `skip` leaves out the first steps, such as "body" or "query"."""
    wrong = tuple(found)
    return tuple(
        FieldFault(field_path(one["loc"][skip:]), sentence(one)) for one in wrong if not _only_within(one, wrong)
    )


def _only_within(one: Found, wrong: Iterable[Found]) -> bool:
    """A list isn't too short because something in it is wrong."""
    place = one["loc"]
    return one["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in wrong
    )


def field_path(place: Sequence[int | str]) -> str:
    """A place in the JSON as people write it: `children[0].born_on`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return path.lstrip(".") or "body"


def sentence(one: Found) -> str:
    context = one.get("ctx", {})
    match one["type"]:
        case "value_error":
            return str(context["error"])
        case "string_too_long":
            return too_long(context["max_length"])
        case "string_pattern_mismatch":
            return "This isn't written as such things are. Copy it whole from where you read it."
        case "enum" | "literal_error":
            return f"Choose from: {str(context['expected']).replace(' or ', ', ')}."
        case "too_long":
            return f"There are more than {context['max_length']} here; send fewer."
        case "too_short":
            return f"Give at least {context['min_length']}."
        case "greater_than_equal":
            return f"Give {context['ge']} or more."
        case "less_than_equal":
            return f"Give {context['le']} or less."
    return WORDS.get(one["type"], f"{one['msg']}.")


def too_long(most: int) -> str:
    way_out = "attach it as a document instead" if most > LONG else "shorten it"
    return f"This is longer than {most:,} letters; {way_out}."


def unreadable(found: Iterable[Found]) -> str:
    """The sentence for a body that isn't JSON; empty where it is."""
    for one in found:
        if one["type"] == "json_invalid":
            return f"The body isn't JSON that we can read: {one['ctx']['error']}, at character {one['loc'][-1]}."
    return ""
