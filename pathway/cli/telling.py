"""How is a published document told in a terminal? In plain lines, section by section, in today's words."""

from collections.abc import Iterable, Iterator
from functools import singledispatch

from thresholds import Edition, Gap, Indicator, Level, Limit, Rule, Source, Term
from thresholds.editions.saying import OBLIGED, conditions, counted, event_words, rung_words, title
from thresholds.editions.searchable import dimension_names, level_names
from thresholds.editions.searching import Found
from thresholds.editions.terms import printed
from thresholds.gathering.shelf import Held
from thresholds.published.code_sets import CodeSet
from thresholds.published.disagreements import Disagreement
from thresholds.published.entries import Entry
from thresholds.published.levels import Figure
from thresholds.published.practice import Checklist, Offer
from thresholds.published.routes import Destination
from thresholds.published.screening import Urgency
from thresholds.reading.source_map import MapPlace, SourceMap, reworked
from thresholds.timing.calendar import said_date

Lines = Iterator[str]
IN_ORDER = (
    "levels", "bands", "domains", "indicators", "limits", "pauses", "extensions", "urgencies", "second_person",
    "rules", "destinations", "checklists", "offers",
    "disagreements", "code_sets", "figures", "countings", "ladders", "office_hours", "closures", "terms", "withdraws",
    "gaps", "sources",
)  # fmt: skip


def shelf_lines(held: Iterable[Held]) -> Lines:
    """One line for each document: what people name it by, its status, and whether it may run."""
    for one in held:
        yield f"{one.key:<40} {one.edition.status:<11} {one.use}"


def document_lines(held: Held, section: str = "") -> Lines:
    """The head and every section, or the one that is asked for, each entry with its source."""
    edition = held.edition
    yield from () if section else _head(held)
    for name in (section,) if section else IN_ORDER:
        entries = edition.rules_in_order if name == "rules" else getattr(edition, name)
        if entries or section:
            yield "\n" + name.replace("_", " ").upper()
            yield from _told(edition, entries)


def found_lines(edition: Edition, found: Iterable[Found]) -> Lines:
    for one in found:
        own = ": ".join(filter(None, (one.name, one.words)))
        yield f"  - {own if isinstance(one.entry, Term) else printed(edition, own)}"
        without = f"without “{'”, “'.join(one.missing)}”" if one.missing else ""
        yield f"      {' · '.join(filter(None, (one.section.replace('_', ' '), one.around, *one.why, without)))}"
        yield f"      {edition.citation(one.entry)}"


def map_lines(edition: Edition, maps: Iterable[SourceMap]) -> Lines:
    """What was left out of each source, split, and put together, on the way into the document."""
    for one in maps:
        made = reworked(one)
        yield f"{edition.source(one.source).title}: {len(one.places)} places"
        yield f"\nLEFT OUT ({len(made.omitted)})"
        yield from (f"  - {_at(place)}: {place.omitted}" for place in made.omitted)
        yield f"\nSPLIT ({len(made.split)})"
        yield from (f"  - {_at(place)}: {', '.join(place.to)}" for place in made.split)
        yield f"\nPUT TOGETHER ({len(made.merged)})"
        yield from (f"  - {name}: {', '.join(map(_at, places))}" for name, places in made.merged.items())


def _at(place: MapPlace) -> str:
    return f"l.{place.lines}" if place.lines else str(place.at)


def _head(held: Held) -> Lines:
    edition = held.edition
    yield f"{edition.authority_name}: {edition.status}, in force from {said_date(edition.in_force_from)}"
    if under := ", then ".join(f"{one.authority} of {one.in_force_from}" for one in reversed(edition.documents[:-1])):
        yield f"It lies over {under}."
    if edition.note:
        yield edition.note
    if held.why_not_live:
        yield "It can't run live cases:"
        yield from (f"  - {why}" for why in held.why_not_live)


def _told(edition: Edition, entries: Iterable[Entry | Source]) -> Lines:
    for entry in entries:
        first, *more = told(entry, edition)
        yield f"  - {first if isinstance(entry, Term) else printed(edition, first)}"
        yield from (f"      {printed(edition, line)}" for line in more)
        if isinstance(entry, Entry):
            yield f"      {edition.citation(entry)}"


@singledispatch
def told(entry: Entry | Source, edition: Edition) -> Lines:
    """One entry in lines, the first of them what people would call it."""
    yield title(entry)
    about = getattr(entry, "words", getattr(entry, "meaning", "")) or getattr(entry, "why", "")
    if about and about != title(entry):
        yield str(about)


@told.register
def _(entry: Source, edition: Edition) -> Lines:
    dated = f", {said_date(entry.date)}" if entry.date else ""
    yield f"{entry.title} ({entry.publisher}{dated}; {entry.status}): {entry.certainty}"
    if entry.note:
        yield entry.note


@told.register
def _(entry: Level, edition: Edition) -> Lines:
    yield f"{entry.name}: {entry.meaning}"


@told.register
def _(entry: Indicator, edition: Edition) -> Lines:
    yield entry.words
    where = (level_names(edition).get(entry.level, ""), dimension_names(edition).get(entry.dimension, ""))
    yield " · ".join(filter(None, (*where, "immediate" if entry.immediate else "")))
    if entry.equality_flag:
        yield f"Wording under review: {entry.equality_flag}"


@told.register
def _(entry: Limit, edition: Edition) -> Lines:
    yield f"{entry.name}: {entry.span}"
    firm = "a duty" if entry.hard else "a target"
    yield f"{entry.words} ({firm}; from: {event_words(entry.from_event)}; who must: {OBLIGED[entry.obliged]})"
    yield from filter(None, (counted(edition, entry), *map(rung_words, entry.rungs)))


@told.register
def _(entry: Urgency, edition: Edition) -> Lines:
    yield f"{entry.name}: {edition.limit(entry.limit).span}"
    yield entry.words


@told.register
def _(entry: Rule, edition: Edition) -> Lines:
    yield entry.words
    goes = f"; goes to {edition.destination(entry.goes_to).name}" if entry.goes_to else ""
    yield f"Applies: {conditions(edition, entry.when)}{goes}"


@told.register
def _(entry: Destination, edition: Edition) -> Lines:
    yield entry.name
    yield f"{entry.what_it_does} ({entry.hours.replace('_', ' ')})".strip()


@told.register
def _(entry: Checklist, edition: Edition) -> Lines:
    yield f"{entry.name} ({entry.kind}, for {entry.about.replace('-', ' ')})"
    for item in entry.items:
        yield f"· {item.words}" + (f" Write down: {item.must_record}" if item.must_record else "")


@told.register
def _(entry: Offer, edition: Edition) -> Lines:
    within = f", {entry.within}" if entry.within else ""
    yield f"{level_names(edition).get(entry.level, entry.level)}, {entry.kind}: {entry.name}{within}"


@told.register
def _(entry: Disagreement, edition: Edition) -> Lines:
    yield f"{entry.name} (about: {entry.about})"
    for number, stage in enumerate(entry.stages, start=1):
        time = f"within {edition.limit(stage.limit).span}" if stage.limit else "GAP: no time is published"
        yield f"{number}. {stage.raised_by} with {stage.raised_with}: {stage.words} ({time})"


@told.register
def _(entry: CodeSet, edition: Edition) -> Lines:
    yield entry.name
    yield from (f"{one.code}: {one.words}{' (no longer used)' if one.retired else ''}" for one in entry.codes)


@told.register
def _(entry: Figure, edition: Edition) -> Lines:
    yield f"{entry.name}: {entry.amount}"


@told.register
def _(entry: Term, edition: Edition) -> Lines:
    yield f"“{entry.word}” ({entry.year}): {entry.today}"


@told.register
def _(entry: Gap, edition: Edition) -> Lines:
    yield entry.words + (" (open)" if entry in edition.open_gaps() else "")
