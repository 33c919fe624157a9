"""Which services speak of this need? By everyday words, their stems and beginnings, in an index of every word.

A word is found as the published documents' search finds one: what people say every day is looked for under what is
written too. A service's name comes before what it is classed as, that before the rest, and its own words before others.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal, or_, select, union_all
from sqlmodel import col

from pathway.tables import ServiceWord, WordOf
from pathway.tables.columns import LAST
from thresholds.editions.everyday import EVERYDAY
from thresholds.editions.stems import BEGINS, MOST_WORDS, Word, telling

OF_NEED = (WordOf.name, WordOf.term, WordOf.text)
OTHERWISE = len(OF_NEED)
"""How much further back stands what was looked for under other words."""


def asked_words(text: str) -> tuple[Word, ...]:
    return telling(text)[:MOST_WORDS]


def looked_for_under(words: Sequence[Word]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each word that is looked for under others too, with these."""
    return tuple((one.text, EVERYDAY[one.text]) for one in words if one.text in EVERYDAY)


def speaking_of(word: Word) -> Subquery:
    """The services that a word finds, each with how far back it stands: 0 for one whose name says it."""
    own = _said(_is(word), OF_NEED, 0)
    others = [_phrase(telling(one)) for one in EVERYDAY.get(word.text, ())]
    every = union_all(own, *others).subquery()
    return select(every.c.service_id, func.min(every.c.back).label("back")).group_by(every.c.service_id).subquery()


def speaking_of_some(words: Sequence[Subquery]) -> Subquery:
    """The services that some of several words find; those that more of them find stand before others."""
    every = union_all(*(select(one.c.service_id, one.c.back) for one in words)).subquery()
    back = func.sum(every.c.back - 2 * OTHERWISE).label("back")
    return select(every.c.service_id, back).group_by(every.c.service_id).subquery()


def whose_places_say(word: Word) -> Select[int]:
    """The services of which a place or an area says it."""
    return select(col(ServiceWord.service_id)).where(col(ServiceWord.of) == WordOf.place, _is(word))


def _phrase(words: Sequence[Word]) -> Select[tuple[int, int]]:
    """Where all the words of another way of saying it stand."""
    first, *rest = words
    found = _said(_is(first), OF_NEED, OTHERWISE)
    for word in rest:
        beside = select(col(ServiceWord.service_id)).where(_is(word), col(ServiceWord.of).in_(OF_NEED))
        found = found.where(col(ServiceWord.service_id).in_(beside))
    return found


def _said(which: ColumnElement[bool], kinds: Sequence[WordOf], further: int) -> Select[tuple[int, int]]:
    of = col(ServiceWord.of)
    back = case(*((of == kind, literal(place + further)) for place, kind in enumerate(kinds)), else_=literal(0))
    return select(col(ServiceWord.service_id), back.label("back")).where(which, of.in_(kinds))


def _is(word: Word) -> ColumnElement[bool]:
    """The word itself, one of its stem, or one that it begins."""
    text = col(ServiceWord.text)
    begun = (text >= word.text) & (text < f"{word.text}{LAST}") if len(word.text) >= BEGINS else text == word.text
    return or_(begun, col(ServiceWord.stem) == word.stem)
