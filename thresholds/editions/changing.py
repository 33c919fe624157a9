"""What would change if one edition took another's place? For whoever must agree to it before it is in force."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from thresholds.editions.comparing import Differing, Section, compare
from thresholds.editions.edition import Edition

NOT_FOR_DECIDING = ("sources", "domains")
"""What only says where something stands."""

FOOTING = frozenset({"source", "footing", "how sure the source is"})
"""Another citation alone changes nothing."""


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
    """Every entry that is new, changed or gone; empty where nothing that people weigh or time is different."""
    sections = (one for one in compare(before, after).sections if one.name not in NOT_FOR_DECIDING)
    holidays = () if before.bank_holidays == after.bank_holidays else (HOLIDAYS,)
    return (*(change for section in sections for change in _in(section)), *holidays)


def _in(section: Section) -> Iterator[Change]:
    named = section.name.replace("_", " ")
    yield from (Change(named, line.id, "new", line.words) for line in section.only_b)
    for entry in section.differing:
        if now := tuple(_now(entry)):
            yield Change(named, entry.id, "changed", entry.words, now)
    yield from (Change(named, line.id, "gone", line.words) for line in section.only_a)


def _now(entry: Differing) -> Iterator[str]:
    for one in entry.differences:
        if one.field not in FOOTING:
            yield f"{one.field}: {one.a} → {one.b}"
