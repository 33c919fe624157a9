"""How alike are two names? By letters, by sound and by small slips; accents, hyphens and apostrophes don't count."""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

import jellyfish

NEARLY = 0.93
"""Jaro-Winkler likeness from which two spellings are taken for slips of one."""

SHORT_SOUND = 1
LONG_ENOUGH = 3
STAND_INS = frozenset({"baby", "unborn", "unknown", "child", "boy", "girl", "infant", "twin", "tbc", "nk"})
"""What people write where a name isn't known; nobody is found by it."""


class Alike(IntEnum):
    """How two names compare. `unsaid`: one of them isn't known, so nothing speaks for it or against it."""

    different = 0
    unsaid = 1
    part = 2
    nearly = 3
    sound = 4
    same = 5

    @property
    def speaks_for_it(self) -> bool:
        return self >= Alike.part


def words(name: str) -> tuple[str, ...]:
    """A name's words as they are compared: `O'Brien-Smith` is `obrien` and `smith`; `Zoë` is `zoe`."""
    return tuple(one for one in _plain(name).split() if one not in STAND_INS)


def spelled(name: str) -> tuple[str, ...]:
    """A name's words as somebody begins to type them: also those that stand in for a name, and a name of signs."""
    return tuple(_plain(name).split()) or tuple(name.casefold().split())


@lru_cache(maxsize=20_000)
def sounds(word: str) -> frozenset[str]:
    """The codes of one word by two rules, as `Catherine` and `Kathryn` share one, `Sean` and `Shaun` the other."""
    codes = (("m", jellyfish.metaphone(word)), ("n", jellyfish.nysiis(word)))
    return frozenset(f"{rule}{code[:30]}" for rule, code in codes if code) or frozenset({f"w{word[:30]}"})


def alike(first: str, second: str) -> Alike:
    """Two first names, or two last names. The same both ways round."""
    one, other = words(first), words(second)
    if not one or not other:
        return Alike.unsaid
    if "".join(one) == "".join(other):
        return Alike.same
    whole = _word("".join(one), "".join(other))
    if whole.speaks_for_it or len(one) == len(other) == 1:
        return whole
    return Alike.part if set(one) & set(other) else Alike.different


def any_alike(name: str, others: Iterable[str]) -> str:
    """The first of the other names that is this one or sounds like it; "" where none is."""
    return next((one for one in others if alike(name, one) >= Alike.nearly), "")


def _word(one: str, other: str) -> Alike:
    if one == other:
        return Alike.same
    slips = jellyfish.damerau_levenshtein_distance(one, other)
    if _sounds_alike(one, other, slips):
        return Alike.sound
    long = min(len(one), len(other)) >= LONG_ENOUGH
    if long and (slips == 1 or jellyfish.jaro_winkler_similarity(one, other) >= NEARLY):
        return Alike.nearly
    return Alike.different


def _sounds_alike(one: str, other: str, slips: int) -> bool:
    shared = sounds(one) & sounds(other)
    if not shared:
        return False
    tells_much = max(len(code) - 1 for code in shared) > SHORT_SOUND
    return slips <= 1 or (tells_much and jellyfish.jaro_winkler_similarity(one, other) >= 0.7)


@lru_cache(maxsize=20_000)
def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(one for one in folded if not unicodedata.combining(one))
    bare = bare.translate({ord("ł"): "l", ord("ø"): "o", ord("đ"): "d", ord("ı"): "i"})
    return re.sub(r"[\W_]+", " ", re.sub(r"['’‘`´ʼ]", "", bare)).strip()
