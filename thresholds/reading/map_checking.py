"""Do a document and its source maps agree: every line in one place, every entry where it says it comes from?

An entry and its place name each other, or it is a fault.
"""

from collections.abc import Iterator, Mapping

from thresholds.published.contents import Document
from thresholds.published.entries import Entry
from thresholds.published.faults import Fault
from thresholds.reading.named import lines_listed
from thresholds.reading.page import Page
from thresholds.reading.source_map import MapPlace, SourceMap, SourceMaps, cited_lines, named_entries, places_naming

EVERY = "*"
"""Stands for all ids of a section that couldn't be read at all."""
SetAside = frozenset[tuple[str, str]]


def map_faults(
    page: Page, maps: SourceMaps, document: Document, *, set_aside: SetAside = frozenset(), is_whole: bool = True
) -> Iterator[Fault]:
    """Everything by which a document and its maps don't agree.

    Nothing is said about entries `set_aside` as unreadable, nor, while some of the places can't be read
    (`is_whole` False), about lines and entries that may stand in those.
    """
    named = tuple(named_entries(document))
    entries = dict(named)
    if len(entries) < len(named):
        return  # An id given twice is said where it stands; its echoes here would only hide it.
    sources = {entry.source_id for entry in entries.values()} | {source.id for source in document.sources}
    unreadable = {f"{section}/{id_}" for section, id_ in set_aside}
    seen: dict[str, int] = {}
    for index, given in enumerate(maps.maps):
        place = ("maps", index, "source")
        if given.source in seen:
            sentence = f"The map of {given.source} stands twice; it is on line {seen[given.source]} already."
            yield page.fault(place, sentence, "Put the two together.")
        elif given.source not in sources and not set_aside:
            sentence = f"In maps › {given.source}, source: “{given.source}” is named here, but no source has that id."
            yield page.fault(place, sentence, "Add it to the document's sources, or correct the name.")
        else:
            seen[given.source] = page.line(place)
            yield from _twice(page, given, index)
            yield from _place_faults(page, given, index, entries, unreadable)
            if is_whole:
                yield from _order_faults(page, given, index)
                yield from _naming_faults(page, given, index, entries)


def _naming_faults(page: Page, given: SourceMap, index: int, entries: Mapping[str, Entry]) -> Iterator[Fault]:
    naming = places_naming(given)
    for name, entry in entries.items():
        if entry.source_id == given.source:
            yield from _entry_faults(page, given, index, name, entry, naming.get(name, []))


def _twice(page: Page, given: SourceMap, index: int) -> Iterator[Fault]:
    """Places by name that say the same twice, and lines that run backwards."""
    seen: dict[tuple[object, ...], int] = {}
    for at, place in enumerate(given.places):
        here = ("maps", index, "places", at)
        what = (place.at, place.to, place.omitted)
        if place.at and what in seen:
            sentence = f"In the map of {given.source}, “{place.at}” stands twice; it is on line {seen[what]} already."
            yield page.fault(here, sentence, "Keep one of the two.")
        seen.setdefault(what, page.line(here))
        if place.lines and not place.span:
            sentence = f"In the map of {given.source}, the lines {place.lines} run backwards."
            yield page.fault((*here, "lines"), sentence, "Give the first line, a hyphen, and the last.")


def _order_faults(page: Page, given: SourceMap, index: int) -> Iterator[Fault]:
    """Lines left out or given twice."""
    expected, last, where = given.first, given.last, ("maps", index)
    if expected is None or last is None:
        if expected != last:
            sentence = f"The map of {given.source} gives one of first and last, and needs both or neither."
            yield page.fault(where, sentence, "Add the other: the first and the last line that were read.")
        return
    for at, place in enumerate(given.places):
        if not place.span:
            continue
        if place.span.start != expected:
            sentence = f"The map of {given.source} goes on at {place.span.start}, where line {expected} comes next."
            yield page.fault((*where, "places", at), sentence, "Let every line stand in exactly one place, in order.")
        expected = place.span.stop
    if expected != last + 1:
        sentence = f"The map of {given.source} ends before line {expected}; it should end with line {last}."
        yield page.fault(where, sentence, "Add the places that are missing, or correct last.")


def _place_faults(
    page: Page, given: SourceMap, index: int, entries: Mapping[str, Entry], unreadable: set[str]
) -> Iterator[Fault]:
    said = set[str]()
    for at, place in enumerate(given.places):
        here = place.lines or place.at
        for number, name in enumerate(place.to):
            where = ("maps", index, "places", at, "to", number)
            if name not in entries:
                # What is within an entry nobody knows is said with it.
                if not _is_within(name, unreadable) and (name == _outermost(name) or _outermost(name) not in said):
                    sentence = f"At {here} of {given.source}, to: “{name}” is named here, but no entry is called that."
                    yield page.fault(where, sentence, "Correct the name under to, or take it out.")
                    said |= {_outermost(name)} - entries.keys()
            elif not _stands_at(entries[name], given, place):
                sentence = f"{name} is said to stand at {here}, and cites {entries[name].cite}."
                yield page.fault(where, sentence, "Add that place to its cite, or take it out here.")


def _outermost(name: str) -> str:
    return "/".join(name.split("/")[:2])


def _is_within(name: str, unreadable: set[str]) -> bool:
    """Whether a name is that of an entry that couldn't be read, or of one within it."""
    return bool({f"{name.split('/')[0]}/{EVERY}", _outermost(name)} & unreadable)


def _entry_faults(
    page: Page, given: SourceMap, index: int, name: str, entry: Entry, naming: list[MapPlace]
) -> Iterator[Fault]:
    unnamed = sorted(line for line in cited_lines(entry) if not any(line in place.span for place in naming))
    if unnamed or not naming:
        at = f"line {lines_listed(unnamed)}" if unnamed else f"“{entry.where}”"
        sentence = f"{name} cites {at} of {given.source}, and the map doesn't name it there."
        yield page.fault(("maps", index), sentence, "Add its name under to, at that place.")


def _stands_at(entry: Entry, given: SourceMap, place: MapPlace) -> bool:
    if entry.source_id != given.source:
        return False
    if place.at is not None:
        return place.at in entry.where
    return any(line in place.span for line in cited_lines(entry))
