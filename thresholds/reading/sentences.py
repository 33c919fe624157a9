"""What did Pydantic find in a file, said as sentences that somebody who writes documents can act on?

One sentence for each kind of finding, with the entry, the key and the mend. None of Pydantic's own words
reach people.
"""

import difflib
import json
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cache

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from thresholds.published.contents import Document
from thresholds.published.faults import Fault
from thresholds.reading.named import place_named
from thresholds.reading.page import Page, Place
from thresholds.reading.source_map import SourceMaps

SHOWN = 60
"""The most letters of somebody's words that a mend repeats."""
AS_SHOWN = "Write it as docs/how-to/new-authority.md shows."

Said = tuple[str, str]  # what is wrong, and what to put there


def faults_of(page: Page, wrong: ValidationError) -> tuple[Fault, ...]:
    """Every fault of a page: those of its YAML, and what Pydantic found. What one entry lacks is one fault."""
    lacking: dict[Place, list[str]] = defaultdict(list)
    others = []
    found = wrong.errors()
    around = {error["loc"][:depth] for error in found for depth in range(len(error["loc"]))}
    for error in found:
        if error["type"] == "missing":
            lacking[error["loc"][:-1]].append(str(error["loc"][-1]))
        # Pydantic counts only what could be read, so a list would be called empty for what is wrong in it.
        elif error["type"] != "too_short" or error["loc"] not in around:
            others.append(_fault(page, error))
    return (*page.faults, *others, *(_lacks(page, place, keys) for place, keys in lacking.items()))


def _fault(page: Page, error: ErrorDetails) -> Fault:
    place = tuple(error["loc"])
    where, key = place_named(page, place)
    match error["type"]:
        case "extra_forbidden":
            last = str(place[-1])
            sentence = f"{_holding(page, place[:-1])} has a key nobody knows: “{last}”."
            return page.fault(place, sentence, _mend_unknown(last))
        case "value_error":
            where = where if key == "it" else f"{where}, {key},"
            reason = str(error["ctx"]["error"])
            return page.fault(place, f"{_capital(where)} contradicts itself: {reason}.", "Change one or the other.")
    reason, instead = _said(error)
    sentence = f"In {where}, {key} can't be read: {reason}." if key != "it" else f"{_capital(where)}: {reason}."
    return page.fault(place, sentence, _mend(error["input"], instead))


def _lacks(page: Page, place: Place, keys: list[str]) -> Fault:
    sentence = f"{_holding(page, place)} has no {_listed(keys, 'no ')}."
    return page.fault(place, sentence, _mend_missing(keys[0]) if len(keys) == 1 else f"Add {_listed(keys)}.")


def _listed(keys: list[str], before: str = "") -> str:
    *others, last = keys
    return f"{f', {before}'.join(others)} and {before}{last}" if others else last


def _holding(page: Page, place: Place) -> str:
    """What holds some keys, to begin a sentence with: an entry, or an unnamed part of one."""
    where, key = place_named(page, place)
    return _capital(where if key == "it" else f"{where} ({key})")


def _capital(words: str) -> str:
    return f"The{words[3:]}" if words in ("the document", "the source map") else words


_PATTERNS = {
    "cite": ("it isn't the id of a source, a space, and the place in it", "as “fsp-2014 l.1236”"),
    "about": ("it isn't a section, a slash and an id", "as “limits/closing”"),
    "lines": ("it isn't a line or a run of lines", "as “1236” or “1240-1250”"),
    "code": ("it isn't a code of at most 10 capital letters and digits", "as the return gives it"),
}
_ID = ("it isn't an id of small letters and digits, joined by - or _", "as “goes-missing”")

_SAID: dict[str, Callable[[ErrorDetails], Said]] = {
    "string_type": lambda error: ("it isn't text", "words, in quotes if they look like a number"),
    "string_too_short": lambda error: ("nothing stands there, and it needs words", "words"),
    "string_too_long": lambda error: (f"it is longer than {_most(error):,} letters", f"{_most(error):,} or fewer"),
    "string_pattern_mismatch": lambda error: _PATTERNS.get(str(error["loc"][-1]), _ID),
    "literal_error": lambda error: _one_of(error),
    "int_type": lambda error: ("it isn't a whole number", "a whole number, without quotes"),
    "bool_type": lambda error: ("it is neither true nor false", "true or false, without quotes"),
    "tuple_type": lambda error: ("it isn't a list", "a list, in [ ] or with a dash before each of its lines"),
    "model_type": lambda error: ("it isn't an entry with keys of its own", "keys with values, in { } or a line each"),
    "greater_than_equal": lambda error: (f"it is less than {_bound(error, 'ge')}", f"{_bound(error, 'ge')} or more"),
    "less_than_equal": lambda error: (f"it is more than {_bound(error, 'le')}", f"{_bound(error, 'le')} or less"),
    "too_short": lambda error: ("the list is empty, and at least one belongs in it", "at least one"),
    "date_type": lambda error: ("it isn't a date like 2026-04-01", "a date, as 2026-04-01"),
    "date_parsing": lambda error: ("it isn't a date like 2026-04-01", "a date there is, as 2026-04-01"),
    "time_type": lambda error: ("it isn't a time of day like 08:30", "a time of day, as 08:30"),
    "time_zone": lambda error: (
        "it names a zone, and a time of day here is London clock time; leave the zone out",
        "the time alone, as 08:30",
    ),
    "time_parsing": lambda error: ("it isn't a time of day like 08:30", "a time of day, as 08:30"),
}


def _said(error: ErrorDetails) -> Said:
    if error["input"] is None:
        instead = _SAID[error["type"]](error)[1] if error["type"] in _SAID else "what belongs there"
        return "nothing stands there", instead
    return _SAID[error["type"]](error) if error["type"] in _SAID else ("it can't be used as it stands", "it")


def _most(error: ErrorDetails) -> int:
    return int(error["ctx"]["max_length"])


def _bound(error: ErrorDetails, which: str) -> object:
    return error["ctx"][which]


def _one_of(error: ErrorDetails) -> Said:
    allowed = re.findall(r"'([^']+)'", str(error["ctx"]["expected"]))
    given = error["input"]
    near = difflib.get_close_matches(given, allowed, n=1) if isinstance(given, str) else []
    only = f"it isn't {allowed[0]}" if len(allowed) == 1 else f"it isn't one of: {', '.join(allowed)}"
    return only, near[0] if near else allowed[0] if len(allowed) == 1 else "one of them"


def _mend(given: object, instead: str) -> str:
    if instead == "it":
        return AS_SHOWN
    if given is None:
        return f"Write {instead} there, or take the key out if nothing belongs there."
    if given == "" or not isinstance(given, str | int):
        return f"Write {instead} there."
    shown = given if isinstance(given, str) else json.dumps(given)
    short = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
    return f"Change “{short}” to {instead}."


def _mend_missing(key: str) -> str:
    if key == "cite":
        return "Add cite: the id of a source and the place in it, as “fsp-2014 l.1236”."
    if key == "basis":
        return "Add basis: published, local decision, or proposed default."
    if key == "id":
        return "Add id: a name of its own, in small letters and digits joined by -."
    return f"Add {key}."


@cache
def _known_keys() -> tuple[str, ...]:
    schemas = (Document.model_json_schema(), SourceMaps.model_json_schema())
    models = (model for schema in schemas for model in (schema, *schema["$defs"].values()))
    return tuple(sorted({key for model in models for key in model.get("properties", ())}))


def _mend_unknown(key: str) -> str:
    near = difflib.get_close_matches(key, _known_keys(), n=1)
    return f"Did you mean {near[0]}? Otherwise take it out." if near else "Take it out."
