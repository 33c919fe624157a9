"""Is a child found however a name is typed, and a look by its record, by an index however many there are?"""

import re
from datetime import date, timedelta
from itertools import product

import explaining
import made
import pytest
from sqlmodel import Session

from pathway.acts import assign, receive, restrict
from pathway.acts.look import look
from pathway.store.lists.looks import Looks, Searched, looks
from pathway.store.people import finding

BEGINS = re.compile(r"ix_person_key \(authority=\? AND key>\? AND key<\?\)|key >= 'w:av'.*key < 'w:av")
KEPT_UNDER = re.compile(r"ix_person_key \(authority=\? AND key=\?\)|key = ANY")
CALLED = re.compile(r"sqlite_autoindex_person_1 \(public_id=\?\)|Index Scan using person_public_id_key")
ITS_LOOKS = re.compile(r"ix_viewed_record \(ref=\? AND at>\? AND at<\?\)|ref\)::text = .* AND \(at >= .* AND \(at < ")


def taken(house: made.House, given: str = "Ava", family: str = "Example", **more: object) -> str:
    child = made.child(given_name=given, family_name=family, **(more or {"age_years": 7}))
    return receive(house.desk, house.viewer("ada"), take=made.take(children=(child,))).case


def found(house: made.House, asked: str, by: str = "ada") -> list[str]:
    with house.desk.database.reading() as session:
        return [one.person.name for one in finding.people(session, house.viewer(by), asked, house.clock()).people]


@pytest.mark.parametrize(
    ("given", "family", "asked"),
    [
        ("Ava", "O'Brien-Smith", "o'b"),
        ("Ava", "O’Brien-Smith", "smith-"),
        ("Ava", "O'Brien-Smith", "obrien-sm av"),
        ("Zoë", "Example", "ZO"),
        ("Zoë", "Example", "zoë"),
        ("Mary Ann", "Example", "ann"),
        ("Mary Ann", "Example", "maryan"),
        ("Anne-Marie", "Example", "mar"),
        ("Baby", "Example", "baby ex"),
        ("Unborn", "Example", "unb"),
        ("?", "Example", "?"),
        ("Łucja", "Ząbek", "lu zab"),
        ("李明", "王", "李"),
        ("Éva", "Example", "éva"),
    ],
)
def test_a_name_is_found_by_the_beginning_of_any_of_its_words(
    house: made.House, given: str, family: str, asked: str
) -> None:
    taken(house, given, family)
    taken(house, "Oscar", "Other")
    assert found(house, asked) == [f"{given} {family}"]


def test_what_is_found_by_a_beginning_comes_before_what_only_sounds_so(house: made.House) -> None:
    for family in ("Smyth", "Smith"):
        taken(house, "Ava", family)
    assert found(house, "smy") == ["Ava Smyth"]
    assert found(house, "Smyth") == ["Ava Smyth", "Ava Smith"]


def test_a_day_of_birth_or_a_due_date_is_found_to_the_day(house: made.House) -> None:
    taken(house, "Ava", born_on=date(2019, 4, 12))
    taken(house, "Theo", born_on=date(2019, 4, 13))
    taken(house, "", expected_on=date(2027, 1, 20))
    assert found(house, "12 4 2019") == ["Ava Example"]
    assert len(found(house, "20/1/2027")) == 1
    assert found(house, "21/1/2027") == []


def test_nobody_finds_whom_they_may_not_see_by_any_way_of_asking(house: made.House) -> None:
    case = taken(house, born_on=date(2019, 4, 12))
    assign(house.desk, house.viewer("sol"), case=case, to=house.viewer("sol").ref)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")
    with house.desk.database.reading() as session:
        person = finding.people(session, house.viewer("sol"), "Ava", house.clock()).people[0].person.ref
    for asked in ("Ava", "av ex", "Avva", "12 4 2019", case, person):
        assert {name: len(found(house, asked, name)) for name in ("sol", "may", "ada", "sid", "lee", "zoe")} == {
            "sol": 1, "may": 1, "ada": 0, "sid": 0, "lee": 0, "zoe": 0,
        }, asked  # fmt: skip


def looked_at(house: made.House, session: Session, name: str, ref: str) -> Looks | None:
    window = Searched(house.clock() - timedelta(days=7), house.clock() + timedelta(days=1), about=ref)
    return looks(session, house.viewer(name), house.clock(), window)


def about(house: made.House, name: str, ref: str) -> Looks | None:
    with house.desk.database.reading() as session:
        return looked_at(house, session, name, ref)


def test_a_look_at_several_records_is_found_by_each_of_them_and_once(house: made.House) -> None:
    first, second, other = taken(house), taken(house), taken(house, "Oscar", "Other")
    look(house.desk, house.viewer("ada"), page="board", cases=[first, second, first])
    look(house.desk, house.viewer("ben"), page="record", cases=[other])
    look(house.desk, house.viewer("ben"), page="board", cases=[])
    for ref in (first, second):
        found_at = about(house, "hal", ref)
        assert found_at is not None
        assert [(one.who, one.page, one.others) for one in found_at.looks] == [("Ada Adviser", "board", 1)]


def test_a_look_outside_the_window_is_not_found(house: made.House) -> None:
    case = taken(house)
    look(house.desk, house.viewer("ada"), page="record", cases=[case])
    house.clock.forward(days=7, seconds=1)
    found_at = about(house, "hal", case)
    assert found_at is not None
    assert found_at.looks == ()


@pytest.fixture
def among_many(house: made.House) -> tuple[made.House, str, str]:
    """A record and its child, known by reference, among very many."""
    case = taken(house, born_on=date(2019, 4, 12))
    look(house.desk, house.viewer("ada"), page="record", cases=[case])
    with house.desk.database.reading() as session:
        person = finding.people(session, house.viewer("ada"), "Ava", house.clock()).people[0].person.ref
    explaining.fill(house)
    return house, case, person


def test_however_many_there_are_nobody_is_found_but_by_an_index(among_many: tuple[made.House, str, str]) -> None:
    house, _, person = among_many
    wanted = {"av": BEGINS, "av ex": BEGINS, "Ava": KEPT_UNDER, "12 4 2019": KEPT_UNDER, person: CALLED}
    for asked, by in product(wanted, ("ada", "aud", "lee")):
        viewer = house.viewer(by)
        plan = explaining.plans(house, lambda session: finding.people(session, viewer, asked, house.clock()))  # noqa: B023
        assert wanted[asked].search(plan), plan
        assert not explaining.READ_WHOLE.search(plan), plan


def test_however_many_looks_there_are_a_records_are_found_by_an_index(among_many: tuple[made.House, str, str]) -> None:
    house, *refs = among_many
    for ref in refs:
        plan = explaining.plans(house, lambda session: looked_at(house, session, "aud", ref))  # noqa: B023
        assert ITS_LOOKS.search(plan), plan
        assert not explaining.READ_WHOLE.search(plan), plan
