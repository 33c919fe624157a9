"""Who is taken for whom, and why? A table of the ways in which a name or a date is told twice."""

from datetime import date
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pathway.store.people.keys import WORD, address_key, begun, keys_of, search_keys, telephones
from pathway.store.people.likeness import TWIN, likeness
from pathway.store.people.told_of import ToldOf

BORN = date(2019, 4, 12)
AVA: dict[str, Any] = {"given": "Ava", "family": "Example", "born_on": BORN}


def told(**what: Any) -> ToldOf:
    return ToldOf(**what)


def named(given: str, family: str = "Example", born: date | None = BORN, **more: Any) -> dict[str, Any]:
    return {"given": given, "family": family, "born_on": born, **more}


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str | None, str]] = {
    # what                              told            known                    how likely      a reason
    "the same": (AVA, AVA, "very likely", "Same date of birth"),
    "day and month turned": (
        AVA,
        named("Ava", born=date(2019, 12, 4)),
        "very likely",
        "Same date of birth, day and month the other way round",
    ),
    "the year one out": (
        AVA,
        named("Ava", born=date(2018, 4, 12)),
        "likely",
        "Same day and month of birth, the year one out",
    ),
    "one figure out": (AVA, named("Ava", born=date(2019, 4, 13)), "likely", "Date of birth one figure out"),
    "sounds the same": (
        named("Catherine"),
        named("Kathryn"),
        "very likely",
        "Sounds the same: Catherine / Kathryn",
    ),
    "sounds so by the other rule": (named("Sean"), named("Shaun"), "very likely", "Sounds the same: Sean / Shaun"),
    "spelled another way": (
        named("Aleksander"),
        named("Alexander"),
        "very likely",
        "Same date of birth",
    ),
    "a first name one letter out": (
        named("Jayden"),
        named("Hayden"),
        "likely",
        "Spelled nearly the same: Jayden / Hayden",
    ),
    "both names spelled another way, date turned": (
        named("Mohammed", "Smyth"),
        named("Muhammad", "Smith", date(2019, 12, 4)),
        "likely",
        "Sounds the same: Smyth / Smith",
    ),
    "accents": (named("Zoë", "Gonzáles"), named("Zoe", "Gonzales"), "very likely", "Same name"),
    "apostrophes": (named("Ava", "O’Example"), named("Ava", "OExample"), "very likely", "Same name"),
    "hyphens": (named("Anne-Marie"), named("Anne Marie"), "very likely", "Same name"),
    "half of a double name": (
        named("Ava", "Example-Invented"),
        named("Ava", "Invented"),
        "very likely",
        "Part of the name is the same: Example-Invented / Invented",
    ),
    "first and last name turned": (
        named("Example", "Ava"),
        AVA,
        "likely",
        "First and last name the other way round",
    ),
    "a name she had before": (
        named("Ava", "Invented"),
        named("Ava", "Example", others=("Invented",)),
        "likely",
        "Had the name Invented before",
    ),
    "a name he goes by": (
        named("Ollie"),
        named("Oliver", others=("Ollie",)),
        "likely",
        "Is also called Ollie",
    ),
    "another last name": (AVA, named("Ava", "Invented"), "likely", "Same first name, another last name"),
    "perhaps a twin": (AVA, named("Oscar"), "possible", TWIN),
    "a brother": (AVA, named("Oscar", born=date(2016, 1, 30)), None, ""),
    "the last name alone": ({"family": "Example"}, AVA, None, ""),
    "the first name and the birthday": ({"given": "Ava", "born_on": BORN}, AVA, "likely", "Same first name"),
    "no name, the same birthday": ({"born_on": BORN}, AVA, "possible", "Same date of birth"),
    "the name alone": (named("Ava", born=None), AVA, "possible", "Same name"),
    "the name, and about the age": (
        named("Ava", born=None, age=7),
        named("Ava", age=7),
        "likely",
        "About the same age",
    ),
    "the name, and another age": (named("Ava", born=None, age=15), named("Ava", age=7), None, ""),
    "the name, and another birthday": (AVA, named("Ava", born=date(2010, 9, 30)), None, ""),
    "another name on the same birthday": (AVA, named("Oscar", "Invented"), None, ""),
    "the name and the address": (
        named("Ava", born=None, address="12 High Street, EX1 1AA"),
        named("Ava", address="12 high street EX11AA"),
        "likely",
        "Same address",
    ),
    "a baby called Baby": ({"given": "Baby", "family": "Example", "born_on": BORN}, AVA, "likely", "Same last name"),
    "then due, now born": (
        named("Ava", born=date(2026, 5, 7)),
        {"family": "Example", "expected_on": date(2026, 5, 4), "around": ("Jo Example",)},
        "possible",
        "Born 3 days from the due date",
    ),
    "then due, now born, of the same mother": (
        named("Ava", born=date(2026, 5, 7), around=("Jo Example",)),
        {"family": "Example", "expected_on": date(2026, 5, 4), "around": ("Joe Example", "Jo Example")},
        "likely",
        "The same adult is around them: Jo Example",
    ),
    "two due dates": (
        {"family": "Example", "expected_on": date(2026, 5, 4), "around": ("Jo Example",)},
        {"family": "Example", "expected_on": date(2026, 5, 10), "around": ("Jo Example",)},
        "likely",
        "Due dates 6 days apart",
    ),
    "due long after the birth": (AVA, {"family": "Example", "expected_on": date(2026, 5, 4)}, None, ""),
    "the NHS number, every name new": (
        named("Ava", nhs_number="9990001111"),
        named("Lily", "Invented", nhs_number="9990001111"),
        "likely",
        "Same NHS number",
    ),
    "another NHS number": (
        named("Ava", nhs_number="9990001111"),
        named("Ava", nhs_number="9990002222"),
        "likely",
        "Same name",
    ),
    "an adult by name alone": (named("Ava", born=None), named("Ava", born=None, adult=True), None, ""),
    "a young mother, a child herself": (AVA, named("Ava", adult=True), "very likely", "Same name"),
    "nothing known": ({}, {}, None, ""),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_each_way_of_telling_it_twice(what: str) -> None:
    one, other, band, reason = CASES[what]
    found = likeness(told(**one), told(**other))
    assert (found.band.value if found else None) == band
    assert found is None or reason in found.reasons


@pytest.mark.parametrize("what", [what for what, case in CASES.items() if case[2]])
def test_whoever_is_like_is_found_by_a_key(what: str) -> None:
    one, other, *_ = CASES[what]
    assert search_keys(told(**one)) & keys_of(told(**other))
    assert search_keys(told(**other)) & keys_of(told(**one))


NAMES = st.one_of(
    st.sampled_from(
        ["", "Ava", "Eva", "Catherine", "Kathryn", "O'Example", "Anne-Marie", "Example", "Invented", "Baby"]
    ),
    st.text(max_size=12),
)
DAYS = st.one_of(
    st.none(), st.sampled_from([BORN, date(2019, 12, 4), date(2018, 4, 12), date(2020, 2, 29)]), st.dates()
)
ANYBODY = st.builds(
    ToldOf,
    given=NAMES,
    family=NAMES,
    others=st.tuples() | st.tuples(NAMES),
    born_on=DAYS,
    age=st.none() | st.integers(0, 17),
    nhs_number=st.sampled_from(["", "9990001111", "9990002222"]),
    telephone=st.sampled_from(["", "07700 900123", "+44 7700 900123"]),
    address=st.sampled_from(["", "12 High Street, EX1 1AA", "Flat 3, 12 High Street EX11AA"]),
    adult=st.booleans(),
    around=st.tuples() | st.tuples(st.sampled_from(["Jo Example", "Joe Exampel"])),
)


@given(ANYBODY, ANYBODY)
def test_likeness_is_the_same_both_ways_round(one: ToldOf, other: ToldOf) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert (there and (there.band, there.points)) == (back and (back.band, back.points))


@given(ANYBODY, ANYBODY)
def test_a_reason_always_stands_beside_a_likeness_and_never_a_number_of_points(one: ToldOf, other: ToldOf) -> None:
    found = likeness(one, other)
    assert found is None or found.reasons
    assert found is None or all(str(found.points) != reason for reason in found.reasons)


@given(ANYBODY)
def test_a_key_is_short_and_a_sought_person_finds_themself(one: ToldOf) -> None:
    assert {key for key in keys_of(one) if not key.startswith(WORD)} <= search_keys(one)
    assert all(0 < len(key) <= 80 for key in keys_of(one) | search_keys(one))


@given(st.text(st.characters(categories=["L"], include_characters="'’- "), min_size=1), st.integers(1, 40))
def test_whoever_begins_to_type_a_name_comes_upon_everybody_who_has_it(name: str, letters: int) -> None:
    typed = name[:letters]
    assume(any(one.isalpha() for one in typed))
    for first, last in begun(typed):
        assert any(first <= key < last for key in keys_of(told(family=name)))


@pytest.mark.parametrize(
    "other", [named("Oscar"), named("Eva"), {"family": "Example", "expected_on": date(2019, 4, 12)}]
)
def test_twins_and_the_unborn_are_never_very_likely(other: dict[str, Any]) -> None:
    """However much speaks for it: two children made one."""
    everything = {"nhs_number": "9990001111", "address": "12 High Street, EX1 1AA", "around": ("Jo Example",)}
    found = likeness(told(**AVA, **everything), told(**other, **everything))
    assert found is not None
    assert found.band != "very likely"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 High Street, EX1 1AA", "12, High St., ex11aa", True),
        ("Flat 3, 12 High Street EX1 1AA", "12 High Street EX1 1AA", False),
        ("12 High Street EX1 1AA", "14 High Street EX1 1AA", False),
        ("Rose Cottage, EX1 1AA", "rose cottage, Invented Lane, EX1 1AA", True),
        ("somewhere", "somewhere", False),
        ("EX1 1AA", "EX1 1AA", False),
    ],
)
def test_an_address_is_a_house_at_a_postcode(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other) != "") is same


def test_a_telephone_number_is_read_however_it_is_written() -> None:
    assert telephones("mum: 07700 900 123, home (01632) 960-001") == {"07700900123", "01632960001"}
    assert telephones("+44 7700 900123") == {"07700900123"}
    assert telephones("ring the office") == frozenset()
