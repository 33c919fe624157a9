"""Where does an edition speak of this? Found by everyday words, with why each place was found.

Case, accents, punctuation and the order of words don't matter. A word finds those that it begins and those of the
same stem; the document's own word finds today's, and the other way round; what people say every day finds what
documents say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from thresholds.editions.edition import Edition
from thresholds.editions.everyday import EVERYDAY
from thresholds.editions.searchable import Searchable, everything
from thresholds.editions.stems import MOST_WORDS, Word, finds, telling, words_of
from thresholds.published.entries import Entry
from thresholds.published.levels import Term


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


@lru_cache(maxsize=20_000)
def _said(text: str) -> tuple[Word, ...]:
    """The words of what a document says, which is looked through at every asking; what people ask isn't kept."""
    return words_of(text)


def _ways_of_asking(edition: Edition, words: str) -> Iterator[Asked]:
    """In the person's own words, then with today's words for the document's and the document's for today's."""
    ways = [Asked(own)] if (own := telling(words)[:MOST_WORDS]) else []
    for phrase, other, why in (*_exchanges(edition.terms if ways else ()), *_everyday(ways)):
        ways += [_exchanged(way, phrase, other, why) for way in ways if _speaks_of(way, phrase)]
    seen: set[frozenset[Word]] = set()
    for way in ways:
        if frozenset(way.words) not in seen:
            seen.add(frozenset(way.words))
            yield way


def _exchanges(terms: Iterable[Term]) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...], str]]:
    for term in terms:
        old, new = telling(term.word), telling(term.today)
        yield old, new, f"“{term.word}” ({term.year}) is “{term.today}” today"
        yield new, old, f"“{term.today}” was “{term.word}” in {term.year}"


def _speaks_of(way: Asked, phrase: tuple[Word, ...]) -> bool:
    return all(any(finds(word, one) for word in way.words) for one in phrase)


def _exchanged(way: Asked, phrase: tuple[Word, ...], other: tuple[Word, ...], why: str) -> Asked:
    rest = tuple(word for word in way.words if not any(finds(word, one) for one in phrase))
    return Asked(tuple(dict.fromkeys((*rest, *other))), (*way.instead, why))


def _everyday(ways: Iterable[Asked]) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...], str]]:
    """What people say every day, looked for under the words that documents use."""
    for word in [word for way in ways for word in way.words]:
        for other in EVERYDAY.get(word.text, ()):
            yield (word,), telling(other), f"“{word.text}” is looked for under “{other}” too"


Rank = tuple[object, ...]


def _best(entry: Searchable, asked: tuple[Asked, ...]) -> tuple[Rank, Found] | None:
    """The best that any way of asking finds in an entry; None where it finds nothing."""
    own, around = _said(f"{entry.name} {entry.words}"), _said(entry.around)
    inside = {word: _match(word, own) for word in {word for way in asked for word in way.words}}
    outside = {word: _match(word, around) for word, said in inside.items() if said is None}
    found = (_by(entry, way, inside, outside, index) for index, way in enumerate(asked))
    return min(filter(None, found), key=lambda one: one[0], default=None)


Matched = dict[Word, Word | None]


def _by(entry: Searchable, way: Asked, inside: Matched, outside: Matched, index: int) -> tuple[Rank, Found] | None:
    within = {word: inside[word] for word in way.words}
    beside = {word: outside[word] for word, said in within.items() if said is None}
    missing = tuple(word.text for word, said in beside.items() if said is None)
    if len(missing) == len(way.words) or (missing and index):
        return None
    rank = (len(missing), len(beside) - len(missing), index > 0, not entry.immediate)
    why = tuple(_why(way, within | beside, entry, bool(len(beside) - len(missing))))
    return rank, Found(entry.section, entry.id, entry.name, entry.words, entry.around, entry.entry, why, missing)


def _match(asked: Word, said: tuple[Word, ...]) -> Word | None:
    """The word that is found, the same one before one it begins or one of its stem."""
    found = None
    for one in said:
        if one.text == asked.text:
            return one
        if found is None and finds(asked, one):
            found = one
    return found


def _why(way: Asked, matched: dict[Word, Word | None], entry: Searchable, around: bool) -> Iterator[str]:
    yield from way.instead
    for asked, said in matched.items():
        if said is not None and said.text != asked.text:
            yield f"“{asked.text}” finds “{said.text}”"
    if around:
        yield f"It stands under {entry.around}"
