"""Does a word looked for find one that was said? Without case, accents and punctuation, by stem or beginning."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

LITTLE = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of", "on",
    "or", "that", "the", "their", "they", "to", "with",
})  # fmt: skip
"""Words so common that they say nothing of what is looked for."""

BEGINS = 3
"""How many letters must be typed before they may be only the beginning of a word."""

MOST_WORDS = 12


class Word(NamedTuple):
    """A word without case, accents and punctuation, and its stem."""

    text: str
    stem: str


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, without a final ’s."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    found = re.findall(r"\w+", re.sub(r"['’](?:s\b)?", "", plain))
    return tuple(Word(word, _stem(word)) for word in found)


def telling(text: str) -> tuple[Word, ...]:
    """The words that say what is looked for, each once; the little ones where there are no others."""
    every = tuple(dict.fromkeys(words_of(text)))
    return tuple(word for word in every if word.text not in LITTLE) or every


def finds(asked: Word, said: Word) -> bool:
    if asked.text == said.text or asked.stem == said.stem:
        return True
    return len(asked.text) >= BEGINS and said.text.startswith(asked.text)


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """A stemmer of its own for each new word: one isn't safe between threads."""
    return str(stemmer("english").stemWord(word))
