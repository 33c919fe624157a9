"""How is a document laid out: in which parts, and which examples stand at which level, on which side of life?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from thresholds import Dimension, Domain, Edition, Indicator, Level
from thresholds.published.practice import Offer


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document, on a page of its own, and the sections it shows."""

    id: str
    name: str
    sections: tuple[str, ...]

    def count(self, edition: Edition) -> int:
        return sum(len(getattr(edition, section)) for section in self.sections)


PARTS = (
    Part("needs", "Levels and examples of need", ("levels", "indicators")),
    Part("times", "How long things may take", ("limits", "pauses", "extensions")),
    Part("screening", "How contacts are screened", ("urgencies", "second_person")),
    Part("routes", "Where need is sent", ("destinations", "rules")),
    Part("practice", "What people weigh, do and use", ("checklists", "offers")),
    Part("forms", "What is asked of families", ("forms",)),
    Part("disagreements", "When agencies disagree", ("disagreements",)),
    Part("codes", "Codes for returns", ("code_sets",)),
    Part("words", "Its words and today’s", ("terms",)),
    Part("gaps", "What it leaves silent", ("gaps",)),
    Part("sources", "Sources, and how sure they are", ("sources",)),
)
PART_OF = {section: part for part in PARTS for section in part.sections}


@dataclass(frozen=True, slots=True)
class Row:
    """One side of a child's life; a cell for each level shown, the immediate examples on top."""

    side: Dimension
    cells: tuple[tuple[Indicator, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    domain: Domain
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Levels across, sides of life down. `apart`: what stands on no side, by level; None is the national floor's."""

    levels: tuple[Level, ...]
    groups: tuple[Group, ...]
    apart: tuple[tuple[Level | None, tuple[Indicator, ...]], ...]
    silent: tuple[Level, ...]


def grid(edition: Edition, level: str = "", side: str = "") -> Grid:
    """The examples of need, all of them or those of one level, of one side of life, or of both."""
    shown = tuple(one for one in edition.indicators if level in ("", one.level) and side in ("", one.dimension))
    beside = tuple(one for one in shown if one.dimension)
    levels = tuple(one for one in edition.levels_upward if any(each.level == one.id for each in beside))
    rows = (Group(domain, tuple(_rows(domain, levels, beside))) for domain in edition.domains)
    every = {one.level for one in edition.indicators}
    return Grid(
        levels,
        tuple(group for group in rows if group.rows),
        tuple(_apart(edition, tuple(one for one in shown if not one.dimension))),
        tuple(one for one in edition.levels_upward if one.id not in every and level in ("", one.id)),
    )


def _rows(domain: Domain, levels: tuple[Level, ...], shown: tuple[Indicator, ...]) -> Iterable[Row]:
    for side in domain.dimensions:
        here = [one for one in shown if one.dimension == side.id]
        if here:
            yield Row(side, tuple(_urgent_first(one for one in here if one.level == level.id) for level in levels))


def _apart(edition: Edition, shown: tuple[Indicator, ...]) -> Iterable[tuple[Level | None, tuple[Indicator, ...]]]:
    """The most urgent first: what is immediate at no named level, then from the highest level down."""
    for level in (None, *reversed(edition.levels_upward)):
        here = _urgent_first(one for one in shown if one.level == (level.id if level else None))
        if here:
            yield level, here


def _urgent_first(those: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple(sorted(those, key=lambda one: not one.immediate))


def cited(edition: Edition) -> list[str]:
    """The sources of the examples, the one that most of them stand in first."""
    return [source for source, _ in Counter(one.source_id for one in edition.indicators).most_common()]


def offers_by_level(edition: Edition) -> tuple[tuple[Level, tuple[Offer, ...]], ...]:
    levels = ((level, tuple(one for one in edition.offers if one.level == level.id)) for level in edition.levels_upward)
    return tuple((level, offers) for level, offers in levels if offers)
