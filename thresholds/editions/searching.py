"""Where does an edition speak of this? Found by everyday words, with why each place was found.

Case, accents, punctuation and the order of words don't matter. A word finds those that it begins and those of the
same stem; the document's own word finds today's, and the other way round; what people say every day finds what
documents say.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from thresholds.editions.edition import Edition
from thresholds.editions.everyday import EVERYDAY
from thresholds.editions.searchable import Searchable, everything
from thresholds.published.entries import Entry
from thresholds.published.levels import Term

LITTLE = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of", "on",
    "or", "that", "the", "their", "they", "to", "with",
})  # fmt: skip
"""Words so common that they say nothing of what is looked for."""

BEGINS = 3
"""How many letters must be typed before they may be only the beginning of a word."""

MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """One place in an edition. `why` says in sentences what it was found by, `missing` what it lacks."""

    section: str
    id: str
    name: str
    words: str
    around: str
    entry: Entry
    why: tuple[str, ...]
    missing: tuple[str, ...] = ()


class Word(NamedTuple):
    """A word without case, accents and punctuation, and its stem."""

    text: str
    stem: str


@dataclass(frozen=True)
class Asked:
    """One way of asking. `instead` says what was put in place of the person's own words."""

    words: tuple[Word, ...]
    instead: tuple[str, ...] = ()


def search(edition: Edition, words: str) -> tuple[Found, ...]:
    """What holds all the words, those with them in their own words first; where nothing does, what holds some.

    After its own words an entry is found by the term map, then by what stands around it: its level, its side of a
    child's life, the list it is in.
    """
    asked = tuple(_ways_of_asking(edition, words))
    if not asked:
        return ()
    found = sorted(filter(None, (_best(entry, asked) for entry in everything(edition))), key=lambda one: one[0])
    whole = [one for _, one in found if not one.missing]
    return tuple(whole or [one for _, one in found])


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, without a final ’s."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    found = re.findall(r"\w+", re.sub(r"['’](?:s\b)?", "", plain))
    return tuple(Word(word, _stem(word)) for word in found)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A stemmer of its own for each new word: one isn't safe between threads."""
    return str(stemmer("english").stemWord(word))


def _telling(text: str) -> tuple[Word, ...]:
    """The words that say what is looked for, each once; the little ones where there are no others."""
    every = tuple(dict.fromkeys(words_of(text)))
    return tuple(word for word in every if word.text not in LITTLE) or every


def _ways_of_asking(edition: Edition, words: str) -> Iterator[Asked]:
    """In the person's own words, then with today's words for the document's and the document's for today's."""
    ways = [Asked(own)] if (own := _telling(words)[:MOST_WORDS]) else []
    for phrase, other, why in (*_exchanges(edition.terms if ways else ()), *_everyday(ways)):
        ways += [_exchanged(way, phrase, other, why) for way in ways if _speaks_of(way, phrase)]
    seen: set[frozenset[Word]] = set()
    for way in ways:
        if frozenset(way.words) not in seen:
            seen.add(frozenset(way.words))
            yield way


def _exchanges(terms: Iterable[Term]) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...], str]]:
    for term in terms:
        old, new = _telling(term.word), _telling(term.today)
        yield old, new, f"“{term.word}” ({term.year}) is “{term.today}” today"
        yield new, old, f"“{term.today}” was “{term.word}” in {term.year}"


def _speaks_of(way: Asked, phrase: tuple[Word, ...]) -> bool:
    return all(any(_finds(word, one) for word in way.words) for one in phrase)


def _exchanged(way: Asked, phrase: tuple[Word, ...], other: tuple[Word, ...], why: str) -> Asked:
    rest = tuple(word for word in way.words if not any(_finds(word, one) for one in phrase))
    return Asked(tuple(dict.fromkeys((*rest, *other))), (*way.instead, why))


def _finds(asked: Word, said: Word) -> bool:
    begins = len(asked.text) >= BEGINS and said.text.startswith(asked.text)
    return asked.text == said.text or begins or asked.stem == said.stem


def _everyday(ways: Iterable[Asked]) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...], str]]:
    """What people say every day, looked for under the words that documents use."""
    for word in [word for way in ways for word in way.words]:
        for other in EVERYDAY.get(word.text, ()):
            yield (word,), _telling(other), f"“{word.text}” is looked for under “{other}” too"


Rank = tuple[object, ...]


def _best(entry: Searchable, asked: tuple[Asked, ...]) -> tuple[Rank, Found] | None:
    """The best that any way of asking finds in an entry; None where it finds nothing."""
    own, around = words_of(f"{entry.name} {entry.words}"), words_of(entry.around)
    found = (_by(entry, way, own, around, index) for index, way in enumerate(asked))
    return min(filter(None, found), key=lambda one: one[0], default=None)


def _by(
    entry: Searchable, way: Asked, own: tuple[Word, ...], around: tuple[Word, ...], index: int
) -> tuple[Rank, Found] | None:
    inside = {word: _match(word, own) for word in way.words}
    beside = {word: _match(word, around) for word in way.words if inside[word] is None}
    missing = tuple(word.text for word, said in beside.items() if said is None)
    if len(missing) == len(way.words) or (missing and index):
        return None
    rank = (len(missing), len(beside) - len(missing), index > 0, not entry.immediate)
    why = tuple(_why(way, {**inside, **beside}, entry, bool(len(beside) - len(missing))))
    return rank, Found(entry.section, entry.id, entry.name, entry.words, entry.around, entry.entry, why, missing)


def _match(asked: Word, said: tuple[Word, ...]) -> Word | None:
    """The word that is found, the same one before one it begins or one of its stem."""
    return next((one for one in said if one.text == asked.text), None) or next(
        (one for one in said if _finds(asked, one)), None
    )


def _why(way: Asked, matched: dict[Word, Word | None], entry: Searchable, around: bool) -> Iterator[str]:
    yield from way.instead
    for asked, said in matched.items():
        if said is not None and said.text != asked.text:
            yield f"“{asked.text}” finds “{said.text}”"
    if around:
        yield f"It stands under {entry.around}"
