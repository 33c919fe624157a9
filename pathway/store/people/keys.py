"""By what is a person found? Short keys of names, dates, numbers and an open address: derived, made anew at will.

A key brings somebody up to be compared; it never says that two are one. `SCHEME` counts up when the keys change.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from pathway.store.people.names import sounds, spelled, words
from pathway.store.people.told_of import ToldOf
from pathway.tables.columns import LAST

SCHEME = 2
SOUND = "s:"
WORD = "w:"
ADDRESS = "a:"
LONGEST = 80
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
EARLIEST_BIRTH, LATEST_BIRTH = timedelta(weeks=17), timedelta(weeks=4)
"""How long before and after a due date a child may be born."""


def keys_of(told: ToldOf) -> frozenset[str]:
    """What a person is kept under."""
    return frozenset(one[:LONGEST] for one in (*_kept(told), *_words(told)))


def search_keys(told: ToldOf) -> frozenset[str]:
    """What a person is looked for under: also dates that a slip would have made."""
    return frozenset(one[:LONGEST] for one in (*_kept(told), *_slips(told)))


def begun(typed: str) -> tuple[tuple[str, str], ...]:
    """Between which two keys everybody stands who has a name that begins so; one pair for each part of `typed`."""
    keys = (f"{WORD}{one}"[:LONGEST] for one in spelled(typed))
    return tuple((one, f"{one}{LAST}") for one in keys)


def born_keys(day: date) -> tuple[str, str]:
    """What whoever was born on this day, or is expected in its month, is kept under."""
    return f"b:{day}", f"e:{day:%Y-%m}"


def address_key(address: str) -> str:
    """A postcode with the numbers of the house; without a postcode the whole line. "" where it says no house."""
    found = POSTCODE.search(address)
    rest = POSTCODE.sub(" ", address)
    numbers = re.findall(r"\d+[a-z]?\b", rest.casefold())
    house = "-".join(numbers) or "".join(words(re.split(r"[,\n]", rest)[0]))
    if found:
        return f"{ADDRESS}{(found[1] + found[2]).casefold()}:{house}"[:LONGEST] if house else ""
    return f"{ADDRESS}{'-'.join(words(address))}"[:LONGEST] if numbers else ""


def telephones(text: str) -> frozenset[str]:
    """The numbers in a line, as they are dialled here."""
    found = re.findall(r"\+?\d[\d\s()-]{8,}", text)
    plain = (re.sub(r"\D", "", one) for one in found)
    return frozenset(re.sub(r"^(?:0044|44)0?", "0", one)[:20] for one in plain if len(one) >= 9)


def _kept(told: ToldOf) -> Iterator[str]:
    for name in (told.given, told.family, *told.others):
        parts = words(name)
        for word in {*parts, "".join(parts)} - {""}:
            yield from (f"{SOUND}{code}" for code in sounds(word))
    if told.born_on:
        yield f"b:{told.born_on}"
        yield f"m:{told.born_on:%Y-%m}"
    if told.expected_on:
        yield f"e:{told.expected_on:%Y-%m}"
    if told.nhs_number:
        yield f"h:{told.nhs_number}"
    yield from (f"t:{one}" for one in telephones(told.telephone))
    if told.address and (key := address_key(told.address)):
        yield key


def _words(told: ToldOf) -> Iterator[str]:
    """Each word of a name as it is spelled, and all of them as one: `Mary Ann` is found as Maryann too."""
    for name in (told.given, told.family, *told.others):
        parts = spelled(name)
        yield from (f"{WORD}{word}" for word in {*parts, "".join(parts)} - {""})


def _slips(told: ToldOf) -> Iterator[str]:
    if told.born_on:
        yield from (f"b:{one}" for one in _near(told.born_on))
        yield from (f"e:{one}" for one in _months(told.born_on - LATEST_BIRTH, told.born_on + EARLIEST_BIRTH))
    if told.expected_on:
        span = _months(told.expected_on - EARLIEST_BIRTH, told.expected_on + LATEST_BIRTH)
        yield from (f"{kind}:{one}" for one in span for kind in "em")


def _near(day: date) -> Iterator[date]:
    """The dates that one slip makes of this one: day and month changed about, or one part of it out."""
    wanted = [(day.year, day.day, day.month), (day.year - 1, day.month, day.day), (day.year + 1, day.month, day.day)]
    wanted += [(day.year, month, day.day) for month in range(1, 13)]
    wanted += [(day.year, day.month, number) for number in range(1, 32)]
    for year, month, number in wanted:
        try:
            yield date(year, month, number)
        except ValueError:
            continue


def _months(first: date, last: date) -> Iterator[str]:
    at = first.replace(day=1)
    while at <= last:
        yield f"{at:%Y-%m}"
        at = (at + timedelta(days=32)).replace(day=1)
