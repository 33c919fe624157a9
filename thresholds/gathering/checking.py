"""Does every name in a merged edition stand for something, and is each name given once?

Works on one document laid over its base, so that a local document may name what the base publishes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain

from thresholds.published.contents import SECTIONS, Document
from thresholds.published.entries import Entry, Source
from thresholds.published.faults import Fault
from thresholds.published.naming import NAMING
from thresholds.reading.document import Written
from thresholds.reading.map_checking import EVERY
from thresholds.reading.named import entry_named, lines_listed, place_named
from thresholds.reading.page import Page, Place
from thresholds.reading.source_map import NESTED

Reference = tuple[Place, str, str]  # where it stands, the section it names, the id it names


def doubles(written: Written) -> Iterator[Fault]:
    """Ids given twice within one section of one document, or within one entry."""
    for section in SECTIONS:
        entries = getattr(written.document, section)
        yield from _twice(written.page, section, (((section, index), entry.id) for index, entry in enumerate(entries)))
        for field in WITHIN:
            nested = [_within(entry, (section, index), field) for index, entry in enumerate(entries)]
            # Dimensions are named without their domain, so no two may share an id.
            groups = [list(chain(*nested))] if field == "dimensions" else nested
            for group in groups:
                yield from _twice(written.page, field, group)
    yield from wrong_gaps(written)


WITHIN = (*NESTED, "rungs")


def _within(entry: Entry | Source, place: Place, field: str) -> list[tuple[Place, str]]:
    return [((*place, field, at), one.id) for at, one in enumerate(vars(entry).get(field, ()))]


def _twice(page: Page, section: str, ids: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place, id_ in ids:
        if id_ in seen:
            where = entry_named(page, place) if len(place) > 2 else f"{section} › {id_}"
            sentence = f"{where} stands twice; it is on line {seen[id_]} already."
            yield page.fault(place, sentence, "Give one of the two another id.")
        seen.setdefault(id_, page.line(place))


def wrong_gaps(written: Written) -> Iterator[Fault]:
    """Gaps about a section that doesn't exist, which nothing could ever fill."""
    for index, gap in enumerate(written.document.gaps):
        if gap.about.split("/")[0] not in SECTIONS:
            sentence = f"gaps › {gap.id} is about “{gap.about}”, and a document has no such section."
            yield written.page.fault(("gaps", index, "about"), sentence, f"Use one of: {', '.join(SECTIONS)}.")


def clashing(written: Written, base: tuple[Document, ...]) -> Iterator[Fault]:
    """A source of the base given a new meaning (its citations would lie), or two levels on one rung."""
    theirs = {source.id: source for document in base for source in document.sources}
    for index, source in enumerate(written.document.sources):
        if theirs.get(source.id, source) != source:
            sentence = f"sources › {source.id} is already another document in what this builds on."
            yield written.page.fault(("sources", index), sentence, "Give this one an id of its own.")
    seen: dict[int, str] = {}
    for index, level in enumerate(written.document.levels):
        if level.order in seen:
            sentence = f"levels › {level.id} has the same order as {seen[level.order]}; neither is the higher."
            yield written.page.fault(("levels", index, "order"), sentence, "Give each level an order of its own.")
        seen.setdefault(level.order, level.id)


def dangling(written: Written, known: dict[str, set[str]]) -> Iterator[Fault]:
    """Names in a document that stand for nothing in it or its base, each said once. `known`: ids by section."""
    nowhere: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place, section, name in references(written.document):
        if name not in known[section] and EVERY not in known[section]:
            nowhere[section, name].append(place)
    for (section, name), places in nowhere.items():
        where, key = place_named(written.page, places[0])
        also = _also([written.page.line(place) for place in places[1:]])
        sentence = f"In {where}, {key}: “{name}” is named here{also}, but no {_noun(section)} has that id."
        near = get_close_matches(name, known[section], n=1)
        instead = f" to {near[0]}" if near else ""
        yield written.page.fault(places[0], sentence, f"Add it to {section}, or correct the name{instead}.")


def _also(lines: list[int]) -> str:
    return f", and on line{'s' if len(lines) > 1 else ''} {lines_listed(lines)}" if lines else ""


def _noun(section: str) -> str:
    return "set of office hours" if section == "office_hours" else section.rstrip("s").replace("_", " ")


def references(document: Document) -> Iterator[Reference]:
    """Every place where a document names something by id."""
    for section in SECTIONS:
        for index, entry in enumerate(getattr(document, section)):
            yield from _of(entry, (section, index))


def _of(entry: Entry | Source, place: Place) -> Iterator[Reference]:
    if isinstance(entry, Source):
        return
    yield (*place, "cite"), "sources", entry.source_id
    given = vars(entry)  # most entries have few of these fields, and asking a model for one it lacks is slow
    for field, section in NAMING.items():
        for step, name in _names(given.get(field)):
            yield (*place, field, *step), section, name
    for field in ("when", "named_when"):
        for step, name in _names(getattr(given.get(field), "levels", None)):
            yield (*place, field, "levels", *step), "levels", name
    for field in NESTED:
        for index, within in enumerate(given.get(field, ())):
            yield from _of(within, (*place, field, index))


def _names(value: str | tuple[str, ...] | None) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield (), value
    elif value is not None:
        yield from (((at,), name) for at, name in enumerate(value))


def known_ids(chain: tuple[Written, ...]) -> dict[str, set[str]]:
    """Ids by section over a chain of documents, dimensions among them, and those set aside as unreadable."""
    documents = [written.document for written in chain]
    known = {section: {e.id for d in documents for e in getattr(d, section)} for section in SECTIONS}
    known["dimensions"] = {x.id for d in documents for domain in d.domains for x in domain.dimensions}
    for section, name in (pair for written in chain for pair in written.set_aside):
        known.setdefault(section, set()).add(name)
    return known
