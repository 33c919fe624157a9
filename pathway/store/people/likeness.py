"""Are these two likely one person, and why? Reasons in plain sentences; a person says so, never this.

The points only put likenesses in order and into bands: nobody is shown a number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import jellyfish

from pathway.store.people.keys import EARLIEST_BIRTH, LATEST_BIRTH, address_key, telephones
from pathway.store.people.names import Alike, alike, any_alike
from pathway.store.people.told_of import ToldOf

VERY_LIKELY, LIKELY, POSSIBLE = 64, 44, 30
NAME_POINTS = {Alike.same: 20, Alike.sound: 16, Alike.nearly: 14, Alike.part: 12}
TWIN = "Same date of birth and last name, another first name: perhaps a twin"


class Band(StrEnum):
    """How likely, in words."""

    very_likely = "very likely"
    likely = "likely"
    possible = "possible"


@dataclass(frozen=True, slots=True)
class Likeness:
    band: Band
    reasons: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that speaks for it, or against it. `at_most` is the band that such a sign allows."""

    points: int
    reason: str = ""
    at_most: Band = Band.very_likely
    dated: bool = False


def likeness(told: ToldOf, known: ToldOf) -> Likeness | None:
    """How like two persons are; None where nothing much speaks for it. The same both ways round.

    Twins, a child not yet born, and a name that somebody had before are never more than a question.
    """
    signs = [*_name(told, known), *_date(told, known), *_besides(told, known)]
    if not any(one.dated for one in signs) and told.adult is not known.adult:
        return None
    points = sum(one.points for one in signs)
    band = _band(points, any(one.dated for one in signs))
    if band is None:
        return None
    order = list(Band)
    worst = max(order.index(one) for one in (band, *(sign.at_most for sign in signs)))
    reasons = tuple(dict.fromkeys(one.reason for one in signs if one.reason and one.points > 0))
    return Likeness(order[worst], reasons, points) if reasons else None


def _band(points: int, dated: bool) -> Band | None:
    """Very likely only where a date or a number says so too: many share a name."""
    if points >= VERY_LIKELY and dated:
        return Band.very_likely
    if points >= LIKELY:
        return Band.likely
    return Band.possible if points >= POSSIBLE else None


def _name(told: ToldOf, known: ToldOf) -> Iterator[Sign]:
    given, family = alike(told.given, known.given), alike(told.family, known.family)
    if given.speaks_for_it and family.speaks_for_it:
        yield from _full_name(told, known, given, family)
    elif (turned := _turned(told, known)) is not None:
        yield turned
    elif others := [one for one in (_by_another_name(told, known), _by_another_name(known, told)) if one]:
        yield max(others, key=lambda one: one.points)
    elif given is Alike.different and family.speaks_for_it:
        yield _another_first_name(told, known)
    elif given.speaks_for_it and family is Alike.different:
        yield Sign(10, "Same first name, another last name", Band.likely)
    elif family.speaks_for_it:
        yield Sign(12, _said("Same last name", told.family, known.family, family))
    elif given.speaks_for_it:
        yield Sign(10, _said("Same first name", told.given, known.given, given))
    elif Alike.different in (given, family):
        yield Sign(-40)


def _full_name(told: ToldOf, known: ToldOf, given: Alike, family: Alike) -> Iterator[Sign]:
    if given is family is Alike.same:
        yield Sign(40, "Same name")
        return
    at_most = Band.likely if given is Alike.nearly else Band.very_likely  # Jayden and Hayden may be twins
    yield Sign(NAME_POINTS[given], _said("Same first name", told.given, known.given, given), at_most)
    yield Sign(NAME_POINTS[family], _said("Same last name", told.family, known.family, family))


def _said(same: str, one: str, other: str, how: Alike) -> str:
    match how:
        case Alike.same:
            return same
        case Alike.sound:
            return f"Sounds the same: {one} / {other}"
        case Alike.nearly:
            return f"Spelled nearly the same: {one} / {other}"
    return f"Part of the name is the same: {one} / {other}"


def _turned(told: ToldOf, known: ToldOf) -> Sign | None:
    both = (alike(told.given, known.family), alike(told.family, known.given))
    if not all(one.speaks_for_it for one in both):
        return None
    return Sign(sum(NAME_POINTS[one] for one in both) - 4, "First and last name the other way round", Band.likely)


def _by_another_name(one: ToldOf, other: ToldOf) -> Sign | None:
    """`other` had, or also uses, a name by which `one` goes."""
    given, family = alike(one.given, other.given), alike(one.family, other.family)
    parts = [part for name in other.others for part in (name, *name.split())]
    before = any_alike(one.family, parts)
    if before and (given.speaks_for_it or any_alike(one.given, parts)):
        return Sign(34, f"Had the name {before} before", Band.likely)
    if before and given is Alike.unsaid:
        return Sign(12, f"Had the name {before} before", Band.likely)
    also = any_alike(one.given, parts)
    if also and family.speaks_for_it:
        return Sign(34, f"Is also called {also}", Band.likely)
    return Sign(10, f"Is also called {also}", Band.likely) if also and family is Alike.unsaid else None


def _another_first_name(told: ToldOf, known: ToldOf) -> Sign:
    """A brother or sister; or, born on the same day, perhaps a twin."""
    if told.born_on is not None and told.born_on == known.born_on:
        return Sign(12, TWIN, Band.possible)
    return Sign(-60)


def _date(told: ToldOf, known: ToldOf) -> Iterator[Sign]:
    if told.born_on and known.born_on:
        yield _births(told.born_on, known.born_on)
    elif told.expected_on and known.expected_on:
        yield _two_due(told.expected_on, known.expected_on)
    elif (due := told.expected_on or known.expected_on) is not None:
        yield _born_when_due(due, told.born_on or known.born_on, _first(told.age, known.age))
    else:
        yield from _ages(told, known)


def _births(one: date, other: date) -> Sign:
    if one == other:
        return Sign(40, "Same date of birth", dated=True)
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return Sign(30, "Same date of birth, day and month the other way round", dated=True)
    if (one.day, one.month) == (other.day, other.month) and abs(one.year - other.year) == 1:
        return Sign(22, "Same day and month of birth, the year one out", dated=True)
    if jellyfish.damerau_levenshtein_distance(f"{one:%d%m%Y}", f"{other:%d%m%Y}") == 1:
        return Sign(20, "Date of birth one figure out", dated=True)
    return Sign(-25)


def _two_due(one: date, other: date) -> Sign:
    apart = abs((one - other).days)
    if apart > 35:
        return Sign(-15, at_most=Band.likely)
    said = "Same due date" if apart == 0 else f"Due dates {_days(apart)} apart"
    return Sign(36 if apart <= 14 else 18, said, Band.likely, dated=True)


def _born_when_due(due: date, born: date | None, age: int | None) -> Sign:
    """One not yet born when we heard, the other born: never more than likely."""
    if born is None:
        return Sign(-25 if age is not None and age > 1 else 0, at_most=Band.likely)
    if not -EARLIEST_BIRTH <= born - due <= LATEST_BIRTH:
        return Sign(-25, at_most=Band.likely)
    apart = abs((born - due) // timedelta(days=1))
    said = "Born on the due date" if apart == 0 else f"Born {_days(apart)} from the due date"
    return Sign(22, said, Band.likely, dated=True)


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _ages(told: ToldOf, known: ToldOf) -> Iterator[Sign]:
    """An age that was told, and a date of birth, by today's age: `age` stands in both where it can be worked out."""
    if told.age is None or known.age is None:
        return
    apart = abs(told.age - known.age)
    if apart <= 1:
        yield Sign(10, "About the same age")
    elif apart > 2:
        yield Sign(-20)


def _first(one: int | None, other: int | None) -> int | None:
    return one if one is not None else other


def _besides(told: ToldOf, known: ToldOf) -> Iterator[Sign]:
    if told.nhs_number and known.nhs_number:
        same = told.nhs_number == known.nhs_number
        yield Sign(60, "Same NHS number", dated=True) if same else Sign(-30)
    if telephones(told.telephone) & telephones(known.telephone):
        yield Sign(15, "Same telephone number")
    if told.address and address_key(told.address) and address_key(told.address) == address_key(known.address):
        yield Sign(15, "Same address")
    around = next((one for one in told.around if any(_same_name(one, other) for other in known.around)), "")
    if around and told.adult is known.adult:
        yield Sign(15, f"The same {'child' if told.adult else 'adult'} is around them: {around}")


def _same_name(one: str, other: str) -> bool:
    """Two or more words, and they agree: a first name alone is too many people."""
    return " " in one.strip() and alike(one, other) >= Alike.nearly
