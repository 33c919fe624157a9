"""How is what stands in fields said to people: when a rule applies, how a limit is counted, what is different?"""

from collections.abc import Callable, Sequence
from datetime import date, time

from pydantic import BaseModel

from thresholds.editions.edition import Edition
from thresholds.editions.searchable import dimension_names, level_names
from thresholds.published.answers_said import ANSWER_WORDS
from thresholds.published.entries import Entry, Source
from thresholds.published.limits import Limit, Rung, span
from thresholds.published.naming import NAMING
from thresholds.published.routes import When
from thresholds.timing.calendar import said_date

OBLIGED = {"us": "we", "referrer": "the referrer", "partner": "the agency asked"}
FIELDS = {
    "cite": "source",
    "basis": "footing",
    "certainty": "how sure the source is",
    "obliged": "who must",
    "hard": "duty or target",
    "from_event": "starts from",
    "named_when": "named by a first judgement",
    "when": "applies",
    "goes_to": "goes to",
    "also": "who else takes part",
    "raises_to": "raises the level to",
    "today": "today's word",
    "word": "the document's own word",
    "for_levels": "for the levels",
    "for_limits": "for the times",
    "times": "how often",
    "counting": "how it is counted",
    "ladder": "who hears",
    "rungs": "who hears, and when",
    "order": "place in the order",
    "floor": "on the national safety floor",
    "needed_live": "needed before live cases",
    "filled_by": "filled in by",
    "not_in_care": "never put to a family whose child is in care",
    "of": "asked of",
    "light": "in the light-touch form",
    "may_skip": "may be left out",
    "opens_when": "asked once",
    "any_of": "is answered",
}


def field_words(field: str) -> str:
    return FIELDS.get(field, field.replace("_", " "))


def conditions(edition: Edition, when: When) -> str:
    """When a rule applies, such as “at Protection; out of office hours”; “always” where nothing has to be so."""
    return "; ".join(_answers(edition, name, wanted) for name, wanted in when.conditions) or "always"


def _answers(edition: Edition, name: str, wanted: Sequence[object]) -> str:
    if name == "levels":
        names = level_names(edition)
        return f"at {' or '.join(names.get(str(one), str(one)) for one in wanted)}"
    return " or ".join(ANSWER_WORDS[name][one] for one in wanted)


def event_words(event: str) -> str:
    return event.replace("_", " ").replace("-", " ")


def counted(edition: Edition, limit: Limit) -> str:
    """How a limit's days are counted, in the words of its counting."""
    return next((one.words for one in edition.countings if one.id == limit.counting), "")


def rung_words(rung: Rung) -> str:
    """When somebody hears and who, such as “2 office hours before: holder”."""
    who = ", ".join(event_words(name) for name in rung.hears)
    who += f"; {event_words(rung.takes_over)} answers from then on" if rung.takes_over else ""
    if rung.when == "at" or rung.amount == 0:
        return f"when the time has come: {who}"
    return f"{span(rung.amount, rung.unit)} {rung.when}: {who}"


def value_words(edition: Edition, field: str, value: object) -> str:
    """What a field holds, in an edition's own names."""
    if value is None or value == "" or value == ():
        return "nothing"
    match field, value:
        case _, When():
            return conditions(edition, value)
        case _, Entry():
            return _entry(edition, value)
        case "cite", str():
            return cited(edition, value)
        case "hard", bool():
            return "a duty" if value else "a target"
        case "obliged", str():
            return OBLIGED.get(value, value)
        case "level" | "levels" | "for_levels" | "dimension", _:
            names = level_names(edition) | dimension_names(edition)
            return _listed(value, lambda one: names.get(str(one), str(one)))
    if field in NAMING:
        entries = {entry.id: entry for entry in getattr(edition, NAMING[field])}
        return _listed(value, lambda one: title(entries[str(one)]) if str(one) in entries else str(one))
    return _listed(value, _plain)


def _entry(edition: Edition, entry: Entry) -> str:
    """A line of a list within an entry: what people would call it, then whatever else it says."""
    name = title(entry)
    fields = ((field, getattr(entry, field)) for field in type(entry).model_fields if field != "id")
    more = (f"{field_words(field)}: {value_words(edition, field, part)}" for field, part in fields
            if part not in (None, "", (), False, name))  # fmt: skip
    return f"{name} ({'; '.join(more)})"


def title(entry: Entry | Source) -> str:
    """What people would call an entry: its name, or else its words."""
    for field in ("name", "words", "word", "title", "why"):
        if named := getattr(entry, field, ""):
            return str(named)
    return entry.id


def cited(edition: Edition, cite: str) -> str:
    source, _, where = cite.partition(" ")
    return next((f"{one.title}, {where}" for one in edition.sources if one.id == source), cite)


def _listed(value: object, say: Callable[[object], str]) -> str:
    if isinstance(value, tuple | list):
        return "; ".join(say(one) for one in value)
    return say(value)


def _plain(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Rung():
            return rung_words(value)
        case date():
            return said_date(value)
        case time():
            return f"{value:%H:%M}"
        case BaseModel():
            parts = (getattr(value, name) for name in type(value).model_fields)
            return ", ".join(_listed(part, _plain) for part in parts if part not in (None, "", (), False))
    return str(value)
