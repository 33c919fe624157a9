"""Which documents are there to be read, whether or not one may run, and what does each come to?

For looking, comparing and teaching. What runs is for `Catalogue.resolve` and for adoption to say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from thresholds.editions.edition import Edition
from thresholds.gathering.catalogue import Catalogue
from thresholds.published.faults import Unpublished
from thresholds.reading.document import Written
from thresholds.reading.source_map import SourceMap
from thresholds.timing.calendar import said_date


@dataclass(frozen=True)
class Held:
    """One document of an authority laid over what it builds on, and every reason why it can't run live cases."""

    edition: Edition
    why_not_live: tuple[str, ...]
    maps: tuple[SourceMap, ...] = ()

    @property
    def use(self) -> str:
        """What it is good for, in a few words."""
        return (
            "history and teaching only" if self.why_not_live and not self.edition.why_not_live() else self.edition.use
        )

    @property
    def key(self) -> str:
        """What people name it by, such as “exampleton@2026-04-01”."""
        return f"{self.edition.authority}@{self.edition.in_force_from}"


def held(catalogue: Catalogue, on: date) -> tuple[Held, ...]:
    """Every document, authority by authority, newest first, as it is to be read on a day."""
    return tuple(
        opened(catalogue, authority, dated, on)
        for authority in catalogue.authorities
        for dated in reversed(catalogue.dates(authority))
    )


def opened(catalogue: Catalogue, authority: str, dated: date, on: date) -> Held:
    """One document by its own date, over the bases in force on a day. Raises `Unpublished` where there is none.

    Where a base wasn't in force yet, its first edition stands in: a document of 2014 is read over today's floor.
    """
    chain = _chain(catalogue, authority, dated, on)
    edition = catalogue.laid(chain)
    return Held(edition, tuple(why_not_live(edition, on)), chain[-1].maps)


def named(catalogue: Catalogue, asked: str, on: date) -> Held:
    """A document as people name it: an authority, for the newest begun by a day, or `authority@YYYY-MM-DD`.

    Raises `Unpublished` where there is none, and says which there are.
    """
    authority, at, dated = asked.partition("@")
    if not at:
        return opened(catalogue, authority, _nearest(catalogue, authority, on), on)
    try:
        return opened(catalogue, authority, date.fromisoformat(dated), on)
    except ValueError:
        raise Unpublished(f"“{dated}” isn't a date. Write it like {authority}@2026-04-01.") from None


def why_not_live(edition: Edition, on: date) -> Iterator[str]:
    """Every reason why an edition is for reading only."""
    if edition.in_force_until is not None and edition.in_force_until < on:
        yield f"It ended on {said_date(edition.in_force_until)}."
    yield from edition.why_not_live()


def _chain(catalogue: Catalogue, authority: str, dated: date, on: date) -> tuple[Written, ...]:
    written = catalogue.dated(authority, dated)
    if written is None:
        sentence = f"There is no document of {authority} from {said_date(dated)}."
        raise Unpublished(_there_are(catalogue, authority, sentence))
    base = written.document.builds_on
    under = _chain(catalogue, base, _nearest(catalogue, base, on), on) if base else ()
    return (*under, written)


def _nearest(catalogue: Catalogue, authority: str, on: date) -> date:
    """The newest date begun by a day; where none has, the first there is."""
    dates = catalogue.dates(authority)
    if not dates:
        raise Unpublished(_there_are(catalogue, authority, f"No authority “{authority}” has a document here."))
    return max((one for one in dates if one <= on), default=dates[0])


def _there_are(catalogue: Catalogue, authority: str, sentence: str) -> str:
    dates = catalogue.dates(authority)
    there = ", ".join(f"{authority}@{one}" for one in dates) if dates else ", ".join(catalogue.authorities)
    return f"{sentence} There are: {there}."
