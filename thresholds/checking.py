"""Does every name in a merged edition stand for something, and is each name given once?

Works on one document laid over its base, so that a local document may name what the base publishes.
"""

from collections.abc import Iterator

from thresholds.document import Written
from thresholds.edition import SECTIONS, Document
from thresholds.entries import Entry, Source
from thresholds.faults import Fault
from thresholds.page import Place

Reference = tuple[Place, str, str]  # where it stands, the section it names, the id it names


def doubles(written: Written) -> Iterator[Fault]:
    """Ids given twice within one section of one document."""
    for section in SECTIONS:
        seen: dict[str, int] = {}
        for index, entry in enumerate(getattr(written.document, section)):
            place = (section, index)
            if entry.id in seen:
                sentence = f"{section} › {entry.id} stands twice; it is on line {seen[entry.id]} already."
                yield written.page.fault(place, sentence, "Give one of the two another id.")
            seen.setdefault(entry.id, written.page.line(place))
    yield from wrong_gaps(written)


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
    """Names in a document that stand for nothing in it or its base. `known`: ids by section."""
    for place, section, name in references(written.document):
        if name not in known[section]:
            noun = "set of office hours" if section == "office_hours" else section.rstrip("s").replace("_", " ")
            sentence = f"“{name}” is named here, but no {noun} has that id."
            yield written.page.fault(place, sentence, f"Add it to {section}, or correct the name.")


def references(document: Document) -> Iterator[Reference]:
    """Every place where a document names something by id."""
    for section in SECTIONS:
        for index, entry in enumerate(getattr(document, section)):
            yield from _of(entry, (section, index))


def _of(entry: Entry | Source, place: Place) -> Iterator[Reference]:
    if isinstance(entry, Source):
        return
    yield (*place, "cite"), "sources", entry.source_id
    for field, section in _FIELDS.items():
        for name in _names(getattr(entry, field, None)):
            yield (*place, field), section, name
    for field in ("when", "named_when"):
        for name in getattr(getattr(entry, field, None), "levels", ()):
            yield (*place, field), "levels", name
    for field in _NESTED:
        for index, within in enumerate(getattr(entry, field, ())):
            yield from _of(within, (*place, field, index))


_NESTED = ("dimensions", "items", "stages")
_FIELDS = {
    "band": "bands",
    "level": "levels",
    "raises_to": "levels",
    "for_levels": "levels",
    "dimension": "dimensions",
    "at_other_ages": "indicators",
    "also_means": "indicators",
    "through": "destinations",
    "goes_to": "destinations",
    "also": "destinations",
    "counting": "countings",
    "ladder": "ladders",
    "office_hours": "office_hours",
    "limit": "limits",
    "overall_limit": "limits",
    "high_risk_limit": "limits",
    "gap": "gaps",
}


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]


def known_ids(chain: tuple[Written, ...]) -> dict[str, set[str]]:
    """Ids by section over a chain of documents, dimensions among them, and those set aside as unreadable."""
    documents = [written.document for written in chain]
    known = {section: {e.id for d in documents for e in getattr(d, section)} for section in SECTIONS}
    for section, name in (pair for written in chain for pair in written.set_aside):
        known[section].add(name)
    known["dimensions"] = {x.id for d in documents for domain in d.domains for x in domain.dimensions}
    return known
