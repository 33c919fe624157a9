"""What is said today in place of a document's own words, and what did the document say?

Only how a text is shown: what is stored keeps the document's own words for ever.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from thresholds.published.levels import Term

SENTENCE_BEGINS = re.compile(r"(?:^|[.!?:])\s*$")
ARTICLE = re.compile(r"\b([Aa])n?(\s+)$")


class HasTerms(Protocol):
    """An edition, or whatever else carries a term map."""

    @property
    def terms(self) -> tuple[Term, ...]: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as it is said today. `own` is the document's word it stands for, of that `year`."""

    text: str
    own: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a term stands in a text. `today` is today's word where that stands there already, `own` the old one."""

    start: int
    end: int
    term: Term
    own: str
    today: str = ""

    def overlaps(self, others: Iterable["_Place"]) -> bool:
        return any(self.start < other.end and other.start < self.end for other in others)


@dataclass(frozen=True, slots=True)
class _LookedFor:
    """The terms of a map that are put in place of a document's words, and the pattern of any of them."""

    given: tuple[Term, ...]
    terms: tuple[Term, ...]
    any_of: re.Pattern[str]


MOST_MAPS = 64
_KNOWN: dict[int, _LookedFor] = {}


def spoken(edition: HasTerms, text: str) -> tuple[Piece, ...]:
    """The text in today's words, piece by piece: the longest of a document's words first, whole words only.

    A word given with capitals in the term map (CAF, Statement) is matched as it is written there; any other, however
    it is written. Text without such a word comes back as it is, and so does today's word that stands there already.
    """
    looked_for = _looked_for(edition.terms)
    if not looked_for.terms or not looked_for.any_of.search(text):
        return (Piece(text),) if text else ()
    return tuple(piece for piece in _pieces(text, _chosen(_found(looked_for.terms, text))) if piece.text)


def said_today(edition: HasTerms, text: str) -> str:
    """The text in today's words alone."""
    return "".join(piece.text for piece in spoken(edition, text))


def printed(edition: HasTerms, text: str) -> str:
    """The text in today's words, each followed by the document's own: early help assessment (“CAF”, 2014)."""
    return "".join(_printed(piece) for piece in spoken(edition, text))


def _printed(piece: Piece) -> str:
    return f"{piece.text} (“{piece.own}”, {piece.year})" if piece.own else piece.text


def _pieces(text: str, places: Iterable[_Place]) -> Iterator[Piece]:
    at = 0
    for place in places:
        if place.own:
            today = place.today or _today(place.term, place.own, text[: place.start])
            yield Piece(_with_article(text[at : place.start], today))
            yield Piece(today, place.own, place.term.year)
            at = place.end
    yield Piece(text[at:])


def _found(terms: tuple[Term, ...], text: str) -> Iterator[_Place]:
    for term in terms:
        yield from (_Place(*found.span(), term, found[0]) for found in re.finditer(_old(terms, term), text))
        # Today's word that stands there already, with or without the old one in brackets to explain it.
        stays = rf"((?i:{_whole(term.today)}))(?:\s*\(({_written(term.word)})\))?"
        yield from (_Place(*found.span(), term, found[2] or "", found[1]) for found in re.finditer(stays, text))


def _chosen(found: Iterable[_Place]) -> list[_Place]:
    """The longest first, none inside or across another; where two are as long, today's word stays."""
    chosen: list[_Place] = []
    for place in sorted(found, key=lambda one: (one.start - one.end, not one.today, one.start)):
        if not place.overlaps(chosen):
            chosen.append(place)
    return sorted(chosen, key=lambda one: one.start)


def _today(term: Term, own: str, before: str) -> str:
    """Today's word, with a capital where the sentence or the writer gave the old one one."""
    begins = bool(SENTENCE_BEGINS.search(before))
    if own[0].isupper() and (begins or term.word[0].islower()):
        return term.today[0].upper() + term.today[1:]
    return term.today


def _with_article(before: str, word: str) -> str:
    """The text before a word, with “a” or “an” as the new word wants it."""
    vowel = "n" if word[0].lower() in "aeiou" else ""
    return ARTICLE.sub(lambda article: f"{article[1]}{vowel}{article[2]}", before)


def _looked_for(given: tuple[Term, ...]) -> _LookedFor:
    """What is looked for in place of a term map, remembered by the map itself: a page asks of some hundred texts."""
    known = _KNOWN.get(id(given))
    if known is None or known.given is not given:
        terms = tuple(term for term in given if term.in_place)
        known = _LookedFor(given, terms, re.compile("|".join(_written(term.word) for term in terms)))
        if len(_KNOWN) >= MOST_MAPS:
            _KNOWN.clear()
        _KNOWN[id(given)] = known
    return known


def _old(terms: tuple[Term, ...], term: Term) -> str:
    """The old word, with what would only be said twice: another old word for the same in brackets, or today's last."""
    others = "|".join(_written(other.word) for other in terms if other.today == term.today)
    last = _whole(term.today.split()[-1])
    return rf"{_written(term.word)}(?:\s+(?i:{last})|\s*\((?:{others})\))?"


def _written(word: str) -> str:
    return _whole(word) if word != word.lower() else f"(?i:{_whole(word)})"


def _whole(words: str) -> str:
    """A pattern for whole words, however the spaces between them are written."""
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return rf"(?<![\w-]){spaced}(?![\w-])"
