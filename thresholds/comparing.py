"""What does one edition say that another doesn't? For whoever must agree to it before it is in force."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from thresholds.edition import Edition

SECTIONS = (
    "levels", "bands", "indicators", "rules", "figures", "destinations", "limits", "ladders", "countings",
    "office_hours", "closures", "terms", "gaps", "withdraws",
)  # fmt: skip
"""What a judgement or a time can depend on; sources and domains only say where it stands."""

LEFT_OUT = ("cite", "basis")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that isn't as it was. `words` say what it is, `now` what is different about it."""

    section: str
    id: str
    how: Literal["new", "changed", "gone"]
    words: str
    now: tuple[str, ...] = ()


HOLIDAYS = Change("calendar", "bank_holidays", "changed", "The bank holidays that time limits count by")


def changes(before: Edition, after: Edition) -> tuple[Change, ...]:
    """Every entry that is new, changed or gone; empty where nothing that decides or times anything is different."""
    holidays = () if before.bank_holidays == after.bank_holidays else (HOLIDAYS,)
    return (*(change for section in SECTIONS for change in _in(section, before, after)), *holidays)


def _in(section: str, before: Edition, after: Edition) -> Iterator[Change]:
    old, new = _entries(before, section), _entries(after, section)
    named = section.replace("_", " ")
    for id_, entry in new.items():
        if id_ not in old:
            yield Change(named, id_, "new", _words(id_, entry))
        elif differing := tuple(_differing(old[id_], entry)):
            yield Change(named, id_, "changed", _words(id_, entry), differing)
    yield from (Change(named, id_, "gone", _words(id_, entry)) for id_, entry in old.items() if id_ not in new)


def _entries(edition: Edition, section: str) -> dict[str, dict[str, Any]]:
    """The entries of a section by id; those without one by their own text."""
    entries = [one.model_dump(mode="json") for one in getattr(edition, section)]
    return {str(one.get("id") or one.get("word") or sorted(one.items())): one for one in entries}


def _words(id_: str, entry: Mapping[str, Any]) -> str:
    return str(entry.get("name") or entry.get("words") or id_)


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for field in after:
        if field not in LEFT_OUT and before.get(field) != after[field]:
            yield f"{field.replace('_', ' ')}: {_said(before.get(field))} → {_said(after[field])}"


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_said(one)}" for name, one in value.items() if one) or "anything"
    if isinstance(value, list):
        return "; ".join(map(_said, value)) or "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "nothing" if value in (None, "") else str(value)
