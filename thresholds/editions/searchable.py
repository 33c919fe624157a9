"""What of an edition can be looked for: which words are an entry's own, and which stand around it?"""

from collections.abc import Iterator
from dataclasses import dataclass

from thresholds.editions.edition import Edition
from thresholds.published.entries import Entry


@dataclass(frozen=True, slots=True)
class Searchable:
    """One entry. `words` are its own; `around` says where it stands: its level, its side of life, its list.

    `id` is as a source map names it, so that the line of a checklist is `list/line`.
    """

    section: str
    id: str
    name: str
    words: str
    around: str
    immediate: bool
    entry: Entry


def everything(edition: Edition) -> Iterator[Searchable]:
    """Every entry that people look for, the examples of need first."""
    yield from _indicators(edition)
    for section, words in (
        ("limits", "words"),
        ("urgencies", "words"),
        ("second_person", "words"),
        ("pauses", "words"),
        ("extensions", "words"),
        ("destinations", "what_it_does"),
        ("rules", "words"),
        ("levels", "meaning"),
    ):
        for entry in getattr(edition, section):
            yield _plain(section, entry, getattr(entry, "name", ""), getattr(entry, words))
    yield from _checklists(edition)
    yield from _offers(edition)
    yield from _disagreements(edition)
    yield from _forms(edition)
    for gap in edition.gaps:
        yield _plain("gaps", gap, "", gap.words)
    for term in edition.terms:
        yield _plain("terms", term, f"“{term.word}”, {term.year}", term.today)


def level_names(edition: Edition) -> dict[str | None, str]:
    return {level.id: level.name for level in edition.levels}


def dimension_names(edition: Edition) -> dict[str | None, str]:
    """Each side of a child's life, with the domain it belongs to where that has another name."""
    return {
        side.id: side.name if side.name == domain.name else f"{domain.name}: {side.name}"
        for domain in edition.domains
        for side in domain.dimensions
    }


def _indicators(edition: Edition) -> Iterator[Searchable]:
    levels, sides = level_names(edition), dimension_names(edition)
    for one in edition.indicators:
        around = (levels.get(one.level, ""), sides.get(one.dimension, ""), "Immediate" if one.immediate else "")
        yield _plain("indicators", one, "", one.words, ", ".join(filter(None, around)), immediate=one.immediate)


def _checklists(edition: Edition) -> Iterator[Searchable]:
    for one in edition.checklists:
        yield _plain("checklists", one, one.name, "", one.about.replace("-", " "))
        for item in one.items:
            own = " ".join(filter(None, (item.words, item.must_record)))
            yield Searchable("checklists", f"{one.id}/{item.id}", "", own, one.name, False, item)


def _offers(edition: Edition) -> Iterator[Searchable]:
    levels = level_names(edition)
    for one in edition.offers:
        yield _plain("offers", one, one.name, one.within, f"{levels.get(one.level, '')}, {one.kind}")


def _disagreements(edition: Edition) -> Iterator[Searchable]:
    for one in edition.disagreements:
        yield _plain("disagreements", one, one.name, one.unreachable, one.about)
        for stage in one.stages:
            own = f"{stage.raised_by} raises it with {stage.raised_with}. {stage.words}"
            yield Searchable("disagreements", f"{one.id}/{stage.id}", "", own, one.name, False, stage)


def _forms(edition: Edition) -> Iterator[Searchable]:
    for form in edition.forms:
        yield _plain("forms", form, form.name, form.words)
        for part in form.parts:
            asked = " ".join(question.asks for question in part.questions)
            yield Searchable("forms", f"{form.id}/{part.id}", part.name, asked, form.name, False, part)


def _plain(
    section: str, entry: Entry, name: str, words: str, around: str = "", *, immediate: bool = False
) -> Searchable:
    return Searchable(section, entry.id, name, words, around, immediate, entry)
