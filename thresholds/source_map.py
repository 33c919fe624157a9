"""Where in its source does every entry stand, and what of the source was left out, split or put together?

A file `source-map.yaml` beside a document goes through each source from beginning to end. A source that
was read by the line has every line from `first` to `last` in exactly one place; one that was read by the
page names its places as its citations do. An entry and its place name each other, or it is a fault.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, model_validator

from thresholds.edition import SECTIONS, Document
from thresholds.entries import Entry, Frozen, Id, Words
from thresholds.faults import Fault
from thresholds.page import Page, read_page

NESTED = ("dimensions", "items", "stages")


class MapPlace(Frozen):
    """A place in a source, by `lines` ("1236" or "1240-1250") or by name (`at`): what it became, or why nothing."""

    lines: str | None = Field(default=None, pattern=r"^[1-9]\d*(-[1-9]\d*)?$")
    at: Words | None = None
    to: tuple[str, ...] = ()
    omitted: Words | None = None
    note: str = ""

    @model_validator(mode="after")
    def check_one_of_each(self) -> Self:
        if (self.lines is None) == (self.at is None):
            raise ValueError("a place is given by lines or by at, one of them")
        if bool(self.to) == bool(self.omitted):
            raise ValueError("a place either became something (to) or was omitted, with the reason")
        return self

    @property
    def span(self) -> range:
        """The lines, first to last; empty for a place by name."""
        first, _, last = (self.lines or "1-0").partition("-")
        return range(int(first), int(last or first) + 1)


class SourceMap(Frozen):
    """One source, gone through. `first` and `last` bound what was read by the line."""

    source: Id
    first: int | None = Field(default=None, ge=1)
    last: int | None = Field(default=None, ge=1)
    places: tuple[MapPlace, ...] = Field(min_length=1)


class SourceMaps(Frozen):
    maps: tuple[SourceMap, ...]


@dataclass(frozen=True)
class Reworked:
    """What became of a source on the way into a document, worked out from its map."""

    omitted: tuple[MapPlace, ...]
    split: tuple[MapPlace, ...]
    merged: Mapping[str, tuple[MapPlace, ...]]


def reworked(given: SourceMap) -> Reworked:
    """Omissions; places that became several entries; entries put together from several places."""
    places: dict[str, list[MapPlace]] = defaultdict(list)
    for place in given.places:
        for name in place.to:
            places[name].append(place)
    return Reworked(
        tuple(place for place in given.places if place.omitted),
        tuple(place for place in given.places if len(place.to) > 1),
        {name: tuple(them) for name, them in places.items() if len(them) > 1},
    )


def read_source_maps(path: Path, name: str) -> tuple[Page, SourceMaps | None, ValidationError | None]:
    """Read one `source-map.yaml`: None, and what is wrong with it, where it can't be read."""
    page = read_page(path, name)
    try:
        return page, SourceMaps.model_validate_json(json.dumps(page.content)), None
    except ValidationError as wrong:
        return page, None, wrong


def map_faults(page: Page, maps: SourceMaps, document: Document) -> Iterator[Fault]:
    """Everything by which a document and its maps don't agree."""
    named = tuple(named_entries(document))
    entries = dict(named)
    if len(entries) < len(named):
        return  # An id given twice is said where it stands; its echoes here would only hide it.
    for index, given in enumerate(maps.maps):
        yield from _order_faults(page, given, index)
        yield from _place_faults(page, given, index, entries)
        for name, entry in entries.items():
            if entry.source_id == given.source:
                yield from _entry_faults(page, given, index, name, entry)


def named_entries(document: Document) -> Iterator[tuple[str, Entry]]:
    """Every entry with the name a map gives it, as `indicators/goes-missing` or `domains/child/health`."""
    for section in SECTIONS:
        for entry in getattr(document, section):
            if isinstance(entry, Entry):
                yield from _with_nested(f"{section}/{entry.id}", entry)


def cited_lines(entry: Entry) -> set[int]:
    """The lines a citation names, as in "l.1133, l.2199-2201"; none for a place by name."""
    found = re.findall(r"l\.(\d+)(?:-(\d+))?", entry.where)
    return {line for first, last in found for line in range(int(first), int(last or first) + 1)}


def _with_nested(name: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
    yield name, entry
    for field in NESTED:
        for within in getattr(entry, field, ()):
            yield f"{name}/{within.id}", within


def _order_faults(page: Page, given: SourceMap, index: int) -> Iterator[Fault]:
    """Lines left out or given twice."""
    expected = given.first
    if expected is None or given.last is None:
        return
    for at, place in enumerate(given.places):
        where = ("maps", index, "places", at)
        if not place.span:
            continue
        if place.span.start != expected:
            sentence = f"The map of {given.source} goes on at {place.span.start}, where line {expected} comes next."
            yield page.fault(where, sentence, "Let every line stand in exactly one place, in order.")
        expected = place.span.stop
    if expected != given.last + 1:
        sentence = f"The map of {given.source} ends before line {expected}; it should end with line {given.last}."
        yield page.fault(("maps", index), sentence, "Add the places that are missing, or correct last.")


def _place_faults(page: Page, given: SourceMap, index: int, entries: Mapping[str, Entry]) -> Iterator[Fault]:
    for at, place in enumerate(given.places):
        for name in place.to:
            where = ("maps", index, "places", at, "to")
            if name not in entries:
                yield page.fault(where, f"“{name}” is named here, but the document has no such entry.", "Correct it.")
            elif not _stands_at(entries[name], given, place):
                here = place.lines or place.at
                sentence = f"{name} is said to stand at {here}, and cites {entries[name].cite}."
                yield page.fault(where, sentence, "Add that place to its cite, or take it out here.")


def _entry_faults(page: Page, given: SourceMap, index: int, name: str, entry: Entry) -> Iterator[Fault]:
    naming = [place for place in given.places if name in place.to]
    lines = cited_lines(entry)
    unnamed = sorted(line for line in lines if not any(line in place.span for place in naming))
    if unnamed or not naming:
        at = f"line {', '.join(map(str, unnamed))}" if unnamed else f"“{entry.where}”"
        sentence = f"{name} cites {at} of {given.source}, and the map doesn't name it there."
        yield page.fault(("maps", index), sentence, "Add its name under to, at that place.")


def _stands_at(entry: Entry, given: SourceMap, place: MapPlace) -> bool:
    if entry.source_id != given.source:
        return False
    if place.at is not None:
        return place.at in entry.where
    return bool(cited_lines(entry) & set(place.span))
