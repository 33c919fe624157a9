"""Is every service found that fits what is asked, none that doesn't, in a helpful order, and by an index?"""

import itertools
import math
import random
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import explaining
import kept
import made
import pytest
from offering import at, body, classed, imports, week
from sqlalchemy import text

from pathway.store.directory.finding import Found, Wanted, found
from pathway.store.directory.oruk import PublishedService
from pathway.store.directory.services import listed
from pathway.store.directory.when import Times
from pathway.tables import Service
from thresholds.editions.everyday import EVERYDAY
from thresholds.editions.stems import Word, finds, telling, words_of

TUESDAY = datetime(2026, 11, 17, 10, 30, tzinfo=UTC)
SUMMER = {"valid_from": "2026-07-01", "valid_to": "2026-08-31"}
FILLED = (
    body(1, name="Debt advice", minimum_age=16, service_at_locations=at(), attributes=classed("Money")),
    body(2, name="Sleep clinic", maximum_age=4, service_at_locations=at("Samplewick", "ZZ4 7QQ", 53.9655, 0.841)),
    body(3, name="Young carers", minimum_age=7, maximum_age=17.5, schedules=[week("TU", "10:00", "12:00")]),
    body(4, name="Food share", status="temporarily closed", schedules=[week("TU", "10:00", "12:00")]),
    body(5, name="Toy library", status="defunct", service_at_locations=at()),
    body(6, name="Helpline", description="Debts, food and sleeping.", schedules=[week("MO,TU", "22:00", "06:00")]),
    body(7, name="Fathers’ group", schedules=[week("TU", "10:00", "11:00", interval=2, dtstart="2026-11-10")]),
    body(8, name="Mothers’ group", schedules=[week("TU", "10:00", "11:00", interval=2, dtstart="2026-11-03")]),
    body(9, name="Summer club", schedules=[week("TU", "10:00", "11:00", **SUMMER)]),
    body(10, name="Café Zoë", service_areas=[{"id": "a", "name": "All of Exampleton"}], wait_time="None"),
)  # fmt: skip


def search(house: made.House, now: datetime = TUESDAY, page: int = 1, size: int = 100, **asked: object) -> Found:
    with house.desk.database.reading() as session:
        return found(session, house.viewer("pat"), Wanted(**asked), now, page=page, size=size)


def names(house: made.House, now: datetime = TUESDAY, **asked: object) -> list[str]:
    result = search(house, now, **asked)
    with house.desk.database.reading() as session:
        return [one.published.name for one in listed(session, house.viewer("pat"), result)]


@pytest.fixture
def filled(house: made.House) -> made.House:
    imports(house, *FILLED)
    return house


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"need": "debt"}, ["Debt advice", "Helpline"]),
        ({"need": "DEBTS"}, ["Debt advice", "Helpline"]),
        ({"need": "advi"}, ["Debt advice"]),
        ({"need": "sleeping"}, ["Sleep clinic", "Helpline"]),
        ({"need": "debt food"}, ["Helpline"]),
        ({"need": "money"}, ["Debt advice", "Helpline"]),
        ({"need": "bills"}, ["Debt advice", "Helpline"]),
        ({"need": "zoe cafe"}, ["Café Zoë"]),
        ({"need": "father"}, ["Fathers’ group"]),
        ({"need": "the"}, []),
        ({"need": "food"}, ["Helpline", "Food share"]),
        ({"need": "group", "age": 3}, ["Fathers’ group", "Mothers’ group"]),
        ({"need": "carers", "age": 17}, ["Young carers"]),
        ({"need": "carers", "age": 18}, []),
        ({"need": "carers", "age": 6}, []),
        ({"need": "debt", "age": 16}, ["Debt advice", "Helpline"]),
        ({"need": "debt", "age": 15}, ["Helpline"]),
        ({"place": "ZZ1"}, ["Debt advice"]),
        ({"place": "zz1 1aa"}, ["Debt advice"]),
        ({"place": "ZZ9"}, []),
        ({"place": "samplewick"}, ["Sleep clinic"]),
        ({"place": "exampleton"}, ["Debt advice", "Café Zoë"]),
        ({"place": "Exampleton Hall"}, ["Debt advice"]),
        ({"place": "ZZ1", "within": 10}, ["Debt advice", "Sleep clinic"]),
        ({"place": "ZZ1", "within": 5}, ["Debt advice"]),
        ({"place": "samplewick", "within": 10}, ["Sleep clinic", "Debt advice"]),
        ({"place": "ZZ1", "ended": True}, ["Debt advice", "Toy library"]),
        ({"need": "toy", "ended": True}, ["Toy library"]),
        ({"day": "now"}, ["Mothers’ group", "Young carers"]),
        ({"day": "TU"}, ["Fathers’ group", "Helpline", "Mothers’ group", "Summer club", "Young carers", "Food share"]),
        ({"day": "SU"}, []),
        ({"term": "term-Money"}, ["Debt advice"]),
        ({"taxonomy": "tax"}, ["Debt advice"]),
        ({"taxonomy": "other"}, []),
        ({"least_age": 10.0}, ["Debt advice"]),
        ({"most_age": 10.0}, ["Sleep clinic"]),
        ({"times": Times(1, "10:00", "11:00")}, ["Fathers’ group", "Mothers’ group", "Summer club"]),
        ({"times": Times(opens_from="12:00")}, ["Helpline"]),
    ],
    ids=lambda value: str(value)[:50],
)
def test_what_is_asked_finds(filled: made.House, asked: dict, expected: list[str]) -> None:
    assert names(filled, **asked) == expected


def test_a_night_that_began_yesterday_is_open_and_ends(filled: made.House) -> None:
    night = [datetime(2026, 11, 18, hour, 30, tzinfo=UTC) for hour in (5, 6)]
    assert [names(filled, at, day="now") for at in night] == [["Helpline"], []]


def test_hours_are_londons_in_summer_too(filled: made.House) -> None:
    summer = datetime(2026, 7, 7, 9, 30, tzinfo=UTC)
    assert "Summer club" in names(filled, summer, day="now")


def test_words_that_no_service_says_together_find_those_that_say_some(filled: made.House) -> None:
    result = search(filled, need="sleep fathers")
    assert (result.total, result.loosely) == (3, True)
    assert not search(filled, need="debt food").loosely


def test_what_stands_beside_is_counted(filled: made.House) -> None:
    result = search(filled, place="ZZ1")
    assert (result.total, result.ended, result.elsewhere) == (1, 1, 7)
    assert search(filled, place="ZZ1", anywhere=True).total == 8
    assert search(filled, place="ZZ1", ended=True).total == 2


def test_how_far_from_a_place_nobody_knows_is_said_not_to_be_known(filled: made.House) -> None:
    assert search(filled, place="Nowhereton", within=5).unplaced
    assert not search(filled, place="ZZ1", within=5).unplaced


def test_each_services_distance_is_that_of_its_nearest_place(filled: made.House) -> None:
    far = [one.miles for one in search(filled, place="ZZ1", within=10).hits]
    assert far[0] == pytest.approx(0, abs=0.01)
    assert far[1] == pytest.approx(5.13, abs=0.05)


def test_pages_hold_each_service_once_and_in_the_same_order(filled: made.House) -> None:
    whole = [one.service for one in search(filled, ended=True).hits]
    pages = [search(filled, ended=True, page=page, size=3) for page in (1, 2, 3, 4, 5)]
    assert [one.service for page in pages[:4] for one in page.hits] == whole
    assert (pages[4].page, pages[4].pages) == (4, 4)


def test_another_authoritys_services_are_nobody_elses(filled: made.House) -> None:
    with filled.desk.database.writing() as session:
        session.execute(text("INSERT INTO authority (id, name, sequence, head) VALUES ('other', 'Other', 0, '')"))
        session.execute(text("UPDATE service SET authority = 'other' WHERE external_id = 'service-1'"))
    assert "Debt advice" not in names(filled)
    assert names(filled, need="advice") == []


# Every result fits, and nothing that fits is left out: against the same said plainly in Python.

WORDS = (
    "debt",
    "sleep",
    "food",
    "carers",
    "school",
    "anger",
    "money",
    "self-harm",
    "bills",
    "sad",
    "mental",
    "schools",
)
TOWNS = (
    ("Exampleton", "ZZ1 1AA", 53.9, 0.9),
    ("Samplewick", "ZZ4 7QQ", 53.9655, 0.841),
    ("Port", "ZZ7 3HH", 53.7, 1.3),
)


def anything(number: int, dice: random.Random) -> dict:
    least = dice.choice((..., 0, 5, 11.5))
    places = dice.sample(TOWNS, dice.randint(0, 2))
    return body(
        number,
        name=" ".join(dice.sample(WORDS, 2)),
        description=" ".join(dice.sample(WORDS, 3)),
        status=dice.choice(("active", "active", "active", "temporarily closed", "inactive")),
        minimum_age=least,
        maximum_age=dice.choice((..., 12, 18)),
        attributes=classed(*dice.sample(WORDS, dice.randint(0, 2))),
        schedules=[week(dice.choice(("MO", "TU,TH", "SA")), "09:00", dice.choice(("12:00", "17:00")))],
        service_at_locations=[one for town in places for one in at(*town)],
        service_areas=[{"id": "a", "name": dice.choice(("Exampleton", "Everywhere"))}],
    )


def asked(dice: random.Random) -> Wanted:
    return Wanted(
        need=" ".join(dice.sample(WORDS, dice.choice((0, 1, 1, 2)))),
        age=dice.choice((None, 0, 4, 11, 12, 18)),
        place=dice.choice(("", "", "ZZ1", "ZZ4 7QQ", "port", "exampleton", "Nowhereton")),
        within=dice.choice((None, 2, 10)),
        day=dice.choice(("", "", "now", "MO", "TU")),
        ended=dice.random() < 0.3,
        anywhere=dice.random() < 0.3,
    )


def says(word: Word, said: Sequence[Word]) -> bool:
    own = any(finds(word, one) for one in said)
    others = (telling(phrase) for phrase in EVERYDAY.get(word.text, ()))
    return own or any(all(any(finds(one, each) for each in said) for one in phrase) for phrase in others)


def fits(one: PublishedService, wanted: Wanted, *, some: bool) -> bool:
    terms = " ".join(f"{term.name} {term.description}" for term in one.terms)
    said = words_of(f"{one.name} {terms} {one.description} {one.organization.name}")
    words = telling(wanted.need)
    offered = one.status in ("active", "temporarily closed")
    least, most = one.minimum_age, one.maximum_age
    of_age = wanted.age is None or ((least or 0) < wanted.age + 1 and wanted.age <= (most or 999))
    days = {day for each in one.schedules for day in each.byday.split(",")}
    here = one.status == "active" and "TU" in days and one.schedules[0].closes_at > "10:30"
    return (
        (not words or (any if some else all)(says(word, said) for word in words))
        and (offered or wanted.ended)
        and of_age
        and (wanted.day in ("", *days) if wanted.day != "now" else here)
        and (not wanted.place or is_there(one, wanted))
    )


def is_there(one: PublishedService, wanted: Wanted) -> bool:
    if wanted.anywhere and not one.locations:
        return True
    codes = {place.addresses[0].postal_code for place in one.locations}
    town = next(
        (one for one in TOWNS if wanted.place.lower() in (one[0].lower(), one[1].lower(), one[1][:3].lower())), None
    )
    if town and wanted.within is not None:
        return any(miles(place.latitude, place.longitude, *town[2:]) <= wanted.within for place in one.locations)
    if wanted.place.startswith("ZZ"):
        return any(code.startswith(wanted.place[:3]) for code in codes)
    where = " ".join(
        [*(f"{place.name} {place.town}" for place in one.locations), *(each.name for each in one.service_areas)]
    )
    return all(any(finds(word, each) for each in words_of(where)) for word in telling(wanted.place))


def miles(north: float, east: float, other_north: float, other_east: float) -> float:
    """On a sphere, by the law of haversines."""
    one, two = math.radians(north), math.radians(other_north)
    across = math.sin((one - two) / 2) ** 2
    along = math.cos(one) * math.cos(two) * math.sin(math.radians(east - other_east) / 2) ** 2
    return 2 * 3958.8 * math.asin(math.sqrt(across + along))


def test_every_result_fits_and_nothing_that_fits_is_left_out(house: made.House) -> None:
    dice = random.Random(2026)
    imports(house, *(anything(number, dice) for number in range(80)))
    services = {row.id: PublishedService.model_validate_json(row.published) for row in kept.rows(house, Service)}
    hits = 0
    for wanted in itertools.islice(iter(lambda: asked(dice), None), 150):
        with house.desk.database.reading() as session:
            result = found(session, house.viewer("pat"), wanted, TUESDAY, size=100)
        expected = {one for one, said in services.items() if fits(said, wanted, some=result.loosely)}
        assert {one.service for one in result.hits} == expected, wanted
        assert result.total == len(expected)
        assert result.loosely == (
            len(telling(wanted.need)) > 1 and not any(fits(one, wanted, some=False) for one in services.values())
        )
        hits += len(expected)
    assert hits > 300


SCAN = re.compile(r'SCAN service_(?:word|day|location|term)\b(?! USING)|Seq Scan on "?service_word\b')


def test_words_and_places_are_found_by_an_index(house: made.House) -> None:
    dice, viewer = random.Random(7), house.viewer("pat")
    said = (anything(number, dice) | {"description": f"word{number} word{number + 1}"} for number in range(1500))
    imports(house, *said)
    if not house.desk.database.is_sqlite:
        with house.desk.database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    for wanted in (Wanted(need="anger"), Wanted(place="ZZ1"), Wanted(place="port", within=2)):
        plans = explaining.plans(house, lambda session, one=wanted: found(session, viewer, one, TUESDAY))
        assert SCAN.search(plans) is None, plans


def test_how_old_it_is_is_counted_from_what_they_said_themselves(house: made.House) -> None:
    imports(house, body(1, assured_date="2025-11-15"), body(2, last_modified="2026-11-01T10:00:00Z"), body(3))
    with house.desk.database.reading() as session:
        views = listed(session, house.viewer("pat"), search(house))
    assert [one.checked_on for one in views] == [date(2025, 11, 15), date(2026, 11, 1), None]
    assert [one.is_old(date(2026, 11, 16)) for one in views] == [True, False, True]
