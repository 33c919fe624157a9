"""Which documents are there, and what do they come to for an authority on a day?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from thresholds.editions.edition import Edition
from thresholds.gathering.merging import merged
from thresholds.published.contents import Document
from thresholds.published.faults import Unpublished
from thresholds.published.hours import BankHolidays
from thresholds.reading.document import Written
from thresholds.timing.calendar import said_date


@dataclass(frozen=True)
class Catalogue:
    """Every document read, by authority and in order of date. Only ever built from faultless ones."""

    written: Mapping[str, tuple[Written, ...]]
    bank_holidays: Mapping[str, BankHolidays]
    _resolved: dict[tuple[tuple[str, date], ...], Edition] = field(default_factory=dict, compare=False)

    @property
    def authorities(self) -> tuple[str, ...]:
        return tuple(sorted(self.written))

    def dates(self, authority: str) -> tuple[date, ...]:
        """The days from which an authority's editions are in force, oldest first."""
        return tuple(written.document.in_force_from for written in self.written.get(authority, ()))

    def resolve(self, authority: str, on: date, edition: date | None = None) -> Edition:
        """What holds for an authority on a day: its own document over those it builds on.

        Its own is the one in force that day, or the one dated `edition`. Each base is the one in force on that same
        day, so the national safety floor is never older than the contact. Raises `Unpublished` when any link of the
        chain has nothing in force then: an old local document never runs without the national one.
        """
        return self.laid(self.chain(authority, on, edition))

    def laid(self, chain: tuple[Written, ...]) -> Edition:
        """What documents come to once laid over one another, base first; worked out once."""
        key = tuple(written.key for written in chain)
        if key not in self._resolved:
            documents = tuple(written.document for written in chain)
            self._resolved[key] = merged(documents, self._holidays(documents))
        return self._resolved[key]

    def dated(self, authority: str, edition: date) -> Written | None:
        """One document by its own date, if there is one."""
        return next((one for one in self.written.get(authority, ()) if one.key[1] == edition), None)

    def chain(self, authority: str, on: date, edition: date | None = None) -> tuple[Written, ...]:
        """The documents that hold that day, base first."""
        top = self._in_force(authority, on) if edition is None else self._wanted(authority, on, edition)
        base = top.document.builds_on
        return (*self.chain(base, on), top) if base else (top,)

    def in_force(self, authority: str, on: date) -> Written | None:
        """An authority's own document in force that day, if there is one."""
        begun = [written for written in self.written.get(authority, ()) if written.document.in_force_from <= on]
        until = begun[-1].document.in_force_until if begun else None
        return begun[-1] if begun and (until is None or on <= until) else None

    def _wanted(self, authority: str, on: date, edition: date) -> Written:
        """One edition by its own date, wanted for a day on which another may have followed it."""
        written = self.dated(authority, edition)
        if written is None:
            raise Unpublished(f"There is no edition of {said_date(edition)} here. Choose one that is.")
        until = written.document.in_force_until
        if edition > on:
            raise Unpublished(
                f"The edition starts on {said_date(edition)}, so it can't be in force from {said_date(on)}."
            )
        if until is not None and until < on:
            raise Unpublished(f"The edition ended on {said_date(until)}, so it can't be in force from {said_date(on)}.")
        return written

    def _in_force(self, authority: str, on: date) -> Written:
        if authority not in self.written:
            raise Unpublished(
                f"No authority “{authority}” has a document here. There are: {', '.join(self.authorities)}."
            )
        written = self.in_force(authority, on)
        if written is None:
            raise Unpublished(self._nothing_in_force(authority, on))
        return written

    def _nothing_in_force(self, authority: str, on: date) -> str:
        name = self.written[authority][0].document.authority_name
        dates = ", ".join(map(said_date, self.dates(authority)))
        return (
            f"Nothing by {name} is in force on {said_date(on)}; its editions start on {dates}. "
            "An older document is for history and teaching: judge it with a day the national one covers."
        )

    def _holidays(self, documents: tuple[Document, ...]) -> BankHolidays | None:
        named = next((d.bank_holidays for d in reversed(documents) if d.bank_holidays), None)
        return self.bank_holidays[named] if named else None
