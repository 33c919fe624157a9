"""Which addresses must not stand on a page? Those sealed of anybody on the record, wherever they were written down.

Laid over everything that was said on a record before any page or API answer has it: what shows a sealed address is
its own page, `people/…/address`, and nothing else.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import union
from sqlmodel import Session, col, select

from pathway.access import addresses
from pathway.store.parts.same import same_as
from pathway.tables import Case, CaseChild, Tie
from workflows import Facts

F = TypeVar("F", bound=Facts)

SEALED = "Sealed"
IN_WORDS = "[sealed address]"
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.IGNORECASE)
SHORTEST = 5
"""Anything shorter is no address that words could give away: it is hidden where it stands alone."""


@dataclass(frozen=True, slots=True)
class Veil:
    """`over` is what is hidden."""

    over: tuple[str, ...] = ()
    known: bool = False
    """Whether anybody there has an address at all; if not, one that was told as sealed stays so."""

    def on(self, said: Any) -> Any:
        """The same words, with what is sealed left out."""
        if isinstance(said, Mapping):
            return {name: self._part(str(name), value, said) for name, value in said.items()}
        if isinstance(said, list | tuple):
            return [self.on(one) for one in said]
        return self._words(said) if isinstance(said, str) else said

    def over_told(self, told: F) -> F:
        """Facts as they may be shown again: what is sealed left out, in whatever was told in words."""
        shown = {name: self._value(value) for name, value in told}
        if shown.get("address") and self._hides(getattr(told, "address_sealed", False)):
            shown["address"] = SEALED
        return told.model_copy(update=shown)

    def _value(self, value: Any) -> Any:
        if isinstance(value, Facts):
            return self.over_told(value)
        if isinstance(value, tuple):
            return tuple(self._value(one) for one in value)
        if not isinstance(value, str) or isinstance(value, StrEnum):
            return value
        return self._words(value)

    def _part(self, name: str, value: Any, beside: Mapping[str, Any]) -> Any:
        return SEALED if name == "address" and value and self._hides(beside.get("address_sealed")) else self.on(value)

    def _hides(self, told_sealed: object) -> bool:
        """Every address told on the record while one is sealed there: an older telling may be the same house."""
        return bool(self.over) or (bool(told_sealed) and not self.known)

    def _words(self, words: str) -> str:
        for address in self.over:
            if len(_plain(address)) >= SHORTEST:
                words = _pattern(address).sub(IN_WORDS, words)
            elif _plain(words) == _plain(address):
                return IN_WORDS
        return words


def veil_over(session: Session, case_ids: Iterable[int]) -> Veil:
    """What is sealed of anybody on these records."""
    return veil_over_persons(session, persons_on(session, case_ids))


def veil_over_persons(session: Session, person_ids: Iterable[int]) -> Veil:
    """What is sealed of these, or of a row that may be the same person, seen or not."""
    found = addresses(session, same_as(session, person_ids))
    sealed = {address for address, is_sealed in found if is_sealed}
    return Veil(tuple(sorted(_written(sealed), key=len, reverse=True)), known=bool(found))


def persons_on(session: Session, case_ids: Iterable[int]) -> frozenset[int]:
    """Every child and adult of these records."""
    wanted = tuple(case_ids)
    children = select(CaseChild.person_id).where(col(CaseChild.case_id).in_(wanted))
    tied = (select(end).where(col(Tie.case_id).in_(wanted)) for end in (Tie.person_id, Tie.of_id))
    return frozenset(session.execute(union(children, *tied)).scalars())


def veil_of(session: Session, case: Case) -> Veil:
    return veil_over(session, [case.id or 0])


def _written(sealed: Iterable[str]) -> Iterable[str]:
    """An address as it was told, and the parts of it by which a house is found."""
    for address in sealed:
        parts = [part.strip() for part in re.split(r"[,\n]", address)]
        yield from (part for part in parts if len(part) >= SHORTEST and re.search(r"\d", part))
        yield address
        yield from POSTCODE.findall(address)


def _plain(address: str) -> str:
    return "".join(one for one in address.casefold() if one.isalnum())


def _pattern(address: str) -> re.Pattern[str]:
    """The address in any case and with any spaces and commas between its words."""
    return re.compile(r"[\s,]*".join(re.escape(word) for word in re.findall(r"[^\s,]+", address)), re.IGNORECASE)
