"""What does one edition say that another doesn't? Two of one authority, or two authorities, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from thresholds.editions.edition import Edition
from thresholds.editions.pairing import Pair, paired_levels, paired_limits, paired_rules
from thresholds.editions.saying import field_words, title, value_words
from thresholds.published.contents import SECTIONS
from thresholds.published.entries import Entry, Source
from thresholds.published.levels import Level
from thresholds.published.limits import Limit, never_later
from thresholds.published.routes import Rule
from thresholds.timing.calendar import said_date

NESTED = ("dimensions", "items", "stages", "codes", "rungs", "week", "parts")
Fields = Mapping[str, object]
HEAD = ("authority_name", "status", "in_force_from", "in_force_until", "note")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that isn't the same, in people's words: what `a` says and what `b` says."""

    field: str
    a: str
    b: str


@dataclass(frozen=True, slots=True)
class Line:
    """An entry that stands in one of the two only."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Differing:
    """An entry that stands in both and isn't the same."""

    id: str
    words: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of both, by id. `same` counts the entries that don't differ at all."""

    name: str
    only_a: tuple[Line, ...]
    only_b: tuple[Line, ...]
    differing: tuple[Differing, ...]
    same: int

    @property
    def is_same(self) -> bool:
        return not (self.only_a or self.only_b or self.differing)


@dataclass(frozen=True, slots=True)
class HowLong:
    """How long one thing may take in each. `shorter` is the one that can never fall due later, if either can't."""

    a: Limit | None
    b: Limit | None
    shorter: str


@dataclass(frozen=True)
class Comparison:
    """Two editions side by side: section by section, and levels, times and rules in tables of their own."""

    a: Edition
    b: Edition
    head: tuple[Difference, ...]
    sections: tuple[Section, ...]
    levels: tuple[Pair[Level], ...]
    limits: tuple[HowLong, ...]
    rules: tuple[Pair[Rule], ...]

    @property
    def is_same(self) -> bool:
        return not self.head and all(section.is_same for section in self.sections)


def compare(a: Edition, b: Edition) -> Comparison:
    """Everything in which two editions differ, in the order of the documents. The same ones give the same answer."""
    return Comparison(
        a=a,
        b=b,
        head=tuple(_differences(a, b, _head(a), _head(b))),
        sections=tuple(_section(name, a, b) for name in SECTIONS),
        levels=paired_levels(a, b),
        limits=tuple(HowLong(one, other, _shorter(one, other)) for one, other in paired_limits(a, b)),
        rules=paired_rules(a, b),
    )


def _head(edition: Edition) -> dict[str, object]:
    holidays = edition.bank_holidays
    known = f", known until {said_date(holidays.known_until)}" if holidays else ""
    counted = f"{holidays.division.replace('-', ' ')}{known}" if holidays else None
    return {**_fields(edition, HEAD), "bank_holidays": counted}


def _section(name: str, a: Edition, b: Edition) -> Section:
    ours: dict[str, Entry] = {entry.id: entry for entry in getattr(a, name)}
    theirs: dict[str, Entry] = {entry.id: entry for entry in getattr(b, name)}
    both = [id_ for id_ in ours if id_ in theirs]
    changed = [id_ for id_ in both if ours[id_] != theirs[id_]]
    return Section(
        name,
        tuple(Line(id_, title(one)) for id_, one in ours.items() if id_ not in theirs),
        tuple(Line(id_, title(one)) for id_, one in theirs.items() if id_ not in ours),
        tuple(_differing(a, b, ours[id_], theirs[id_]) for id_ in sorted(changed)),
        len(both) - len(changed),
    )


def _differing(a: Edition, b: Edition, one: Entry | Source, other: Entry | Source) -> Differing:
    first, second = title(one), title(other)
    named = first if first == second else " | ".join(sorted((first, second)))
    return Differing(one.id, named, tuple(_differences(a, b, _flat(one), _flat(other))))


def _differences(a: Edition, b: Edition, ours: Fields, theirs: Fields) -> Iterator[Difference]:
    for field in sorted({*ours, *theirs}):
        one, other = ours.get(field), theirs.get(field)
        if one != other:
            kind = field.partition(": ")[0]
            yield Difference(field_words(field), value_words(a, kind, one), value_words(b, kind, other))


def _flat(entry: Entry | Source) -> dict[str, object]:
    """An entry's fields; each line of a list within it as a field of its own, and a limit's length as one."""
    fields = _fields(entry, type(entry).model_fields)
    for field in NESTED:
        lines = fields.pop(field, None) or ()
        fields |= {f"{field}: {_line_id(line)}": line for line in lines}  # type: ignore[attr-defined]
    if isinstance(entry, Limit):
        del fields["amount"], fields["unit"]
        fields["how long"] = entry.span
    return fields


def _fields(of: object, names: object) -> dict[str, object]:
    return {name: getattr(of, name) for name in names}  # type: ignore[attr-defined]


def _line_id(line: object) -> str:
    return str(next(getattr(line, name) for name in ("id", "code", "day") if hasattr(line, name)))


def _shorter(one: Limit | None, other: Limit | None) -> str:
    """Which of two can never fall due later: a, b, both the same, or neither for certain."""
    if one is None or other is None:
        return ""
    first, second = never_later(one, other), never_later(other, one)
    if first and second:
        return "same"
    return "a" if first else "b" if second else "unsure"
