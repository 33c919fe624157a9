"""What are a million children called? A million pairs of names, and the keys by which the service would find each."""

from itertools import product

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    ScalarSelect,
    String,
    Table,
    insert,
    select,
    union,
    update,
)
from sqlmodel import Session

from pathway.store.people.keys import SCHEME, keys_of
from pathway.store.people.told_of import ToldOf
from pathway.tables import Person, PersonKey
from pathway.tables.columns import table_of

CONSONANTS = "bdflmnprtv"
GIVEN = tuple(f"{one}a{two}i{three}o".capitalize() for one, two, three in product(CONSONANTS, repeat=3))
FAMILY = tuple(f"{one}e{two}u{three}a".capitalize() for one, two, three in product(CONSONANTS, repeat=3))
POOL = len(GIVEN)

PERSON, KEY = table_of(Person), table_of(PersonKey)
PLACES = ("first", "second", "third")
"""Of the keys of one name: how it is spelled, and how it sounds by two rules."""

CALLED = Table(
    "bench_called",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, String) for name in ("given", "family")),
    *(Column(f"{part}_{place}", String) for part in ("given", "family") for place in PLACES),
    prefixes=["TEMPORARY"],
)


def name_of(number: int) -> tuple[str, str]:
    """The names of one child: no two alike among a million, and each family name as often as any other."""
    return GIVEN[number % POOL], FAMILY[(number // POOL + number % POOL * 37) % POOL]


def name_children(session: Session, first: int) -> None:
    """Name everybody from this number on, and keep them under the keys of their names."""
    CALLED.create(session.connection())
    session.execute(insert(CALLED), [_called(*name) for name in enumerate(zip(GIVEN, FAMILY, strict=True))])
    numbers = _numbers(PERSON.c.id - first)
    named = PERSON.c.id >= first
    names = {f"{part}_name": _of(part, number) for part, number in numbers.items()}
    session.execute(update(PERSON).where(named).values(**names, keyed=SCHEME))
    keyed = union(
        *(
            select(PERSON.c.authority, PERSON.c.id, _of(f"{part}_{place}", number)).where(named)
            for part, number in numbers.items()
            for place in PLACES
        )
    )
    session.execute(insert(KEY).from_select(["authority", "person_id", "key"], keyed))


def _numbers(of: ColumnElement[int]) -> dict[str, ColumnElement[int]]:
    """As `name_of` counts."""
    return {"given": of % POOL, "family": (of // POOL + of % POOL * 37) % POOL}


def _of(column: str, number: ColumnElement[int]) -> ScalarSelect[str]:
    return select(CALLED.c[column]).where(CALLED.c.number == number).scalar_subquery()


def _called(number: int, name: tuple[str, str]) -> dict[str, object]:
    """Where a name has fewer keys than three, one stands there twice and is kept once."""
    found: dict[str, object] = {"number": number, "given": name[0], "family": name[1]}
    for part, word in zip(("given", "family"), name, strict=True):
        keys = sorted(keys_of(ToldOf(**{part: word})))
        found |= {f"{part}_{place}": keys[at % len(keys)] for at, place in enumerate(PLACES)}
    return found
