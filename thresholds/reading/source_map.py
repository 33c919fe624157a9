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
from typing import Self

from pydantic import Field, ValidationError, model_validator

from thresholds.published.contents import SECTIONS, Document
from thresholds.published.entries import Entry, Frozen, Id, Words
from thresholds.reading.page import Page

MOST_LINES = 100_000
"""More lines than any source has."""
NESTED = ("dimensions", "items", "stages", "parts", "questions")


class MapPlace(Frozen):
    """A place in a source, by `lines` ("1236" or "1240-1250") or by name (`at`): what it became, or why nothing."""

    lines: str | None = Field(default=None, pattern=r"^[1-9]\d*(-[1-9]\d*)?$", max_length=20)
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
    return Reworked(
        tuple(place for place in given.places if place.omitted),
        tuple(place for place in given.places if len(place.to) > 1),
        {name: tuple(them) for name, them in places_naming(given).items() if len(them) > 1},
    )


def places_naming(given: SourceMap) -> Mapping[str, list[MapPlace]]:
    """The places that name each entry."""
    places: dict[str, list[MapPlace]] = defaultdict(list)
    for place in given.places:
        for name in place.to:
            places[name].append(place)
    return places


def source_maps_of(page: Page) -> tuple[SourceMaps | None, Page, ValidationError | None]:
    """The maps on a page, the page without the places that can't be read, and what is wrong with those."""
    try:
        return SourceMaps.model_validate_json(json.dumps(page.content)), page, None
    except ValidationError as wrong:
        within = (found["loc"][:4] for found in wrong.errors() if found["loc"][2:3] == ("places",))
        left = page.without({place for place in within if isinstance(place[-1], int)})
        try:
            return SourceMaps.model_validate_json(json.dumps(left.content)), left, wrong
        except ValidationError:
            return None, page, wrong


def named_entries(document: Document) -> Iterator[tuple[str, Entry]]:
    """Every entry with the name a map gives it, as `indicators/goes-missing` or `domains/child/health`."""
    for section in SECTIONS:
        for entry in getattr(document, section):
            if isinstance(entry, Entry):
                yield from _with_nested(f"{section}/{entry.id}", entry)


def cited_lines(entry: Entry) -> set[int]:
    """The lines a citation names, as in "l.1133, l.2199-2201"; none for a place by name."""
    found = re.findall(r"l\.(\d+)(?:-(\d+))?", entry.where)
    return {line for first, last in found for line in range(int(first), int(last or first) + 1)[:MOST_LINES]}


def _with_nested(name: str, entry: Entry) -> Iterator[tuple[str, Entry]]:
    yield name, entry
    for field in NESTED:
        for within in getattr(entry, field, ()):
            yield from _with_nested(f"{name}/{within.id}", within)
