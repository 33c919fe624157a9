"""Is everything found by everyday words, and what fits best first?"""

from pathlib import Path

import everyshire
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thresholds import Edition, read_editions
from thresholds.editions.everyday import EVERYDAY
from thresholds.editions.searchable import everything
from thresholds.editions.searching import Found, search
from thresholds.editions.stems import words_of
from thresholds.gathering.shelf import held, named

NOTTINGHAM = named(read_editions(), "nottingham-city", everyshire.DAY).edition
EDITIONS = [one.edition for one in held(read_editions(), everyshire.DAY)]


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    own: Path = everyshire.folder(tmp_path_factory.mktemp("everyshire"))
    return named(everyshire.catalogue(own), everyshire.KEY, everyshire.DAY).edition


def ids(found: tuple[Found, ...]) -> list[str]:
    return [f"{one.section}/{one.id}" for one in found]


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.authority)
def test_every_example_is_found_by_each_of_its_own_words(edition: Edition) -> None:
    found = {word.text: {one.id for one in search(edition, word.text)} for word in _vocabulary(edition)}
    for one in edition.indicators:
        assert all(one.id in found[word.text] for word in words_of(one.words))


def _vocabulary(edition: Edition) -> set[object]:
    return {word for one in edition.indicators for word in words_of(one.words)}


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.authority)
def test_an_example_asked_for_in_all_its_words_is_among_the_first(edition: Edition) -> None:
    for one in edition.indicators[::7]:
        found = search(edition, one.words)
        assert one.id in {each.id for each in found[:5]}
        assert found[0].missing == ()


@pytest.mark.parametrize("asked", ["neglected", "NEGLECT", "neglectful", "negl", "“Neglect!”", "néglect"])
def test_case_accents_punctuation_beginnings_and_stems_do_not_matter(asked: str) -> None:
    assert "indicators/appears-neglected" in ids(search(NOTTINGHAM, asked))


@given(st.permutations(["school", "poorly", "excluded"]))
def test_the_order_of_words_does_not_matter(asked: list[str]) -> None:
    assert ids(search(NOTTINGHAM, " ".join(asked))) == ["indicators/poor-attendance-or-exclusion"]


def test_the_documents_old_word_finds_todays_and_the_other_way_round(every: Edition) -> None:
    assert "offers/caf-form" in ids(search(every, "early help assessment form"))
    found = next(one for one in search(every, "turned down early help assessment") if one.id == "caf-refused")
    assert "“early help assessment” was “CAF” in 2026" in found.why
    assert "rules/additional-to-family-support" in ids(search(NOTTINGHAM, "CAF"))


def test_own_words_come_before_what_stands_around(every: Edition) -> None:
    found = ids(search(every, "caf"))
    assert found.index("offers/caf-form") < found.index("indicators/hungry")
    hungry = next(one for one in search(every, "caf hungry") if one.id == "hungry")
    assert hungry.why == ("It stands under CAF",)


def test_where_nothing_has_all_the_words_what_has_some_says_what_it_lacks() -> None:
    assert {one.missing for one in search(NOTTINGHAM, "zebra bullied")} == {("zebra",)}
    assert search(NOTTINGHAM, "zebra") == ()


@pytest.mark.parametrize("asked", ["", "  ", "…", "'", "%_\\"])
def test_nothing_asked_finds_nothing(asked: str) -> None:
    assert search(NOTTINGHAM, asked) == ()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("answer the school", "limits/answer-the-school"),
        ("bullied", "checklists/reasons-to-start/bullied"),
        ("breakfast", "offers/breakfast"),
        ("head of service", "disagreements/not-accepted/second"),
        ("closed record", "gaps/closing-time"),
        ("hard to reach", "terms/hard-to-reach"),
        ("front door", "destinations/door"),
        ("ring at night", "rules/heed-the-night"),
        ("statutory", "levels/statutory"),
    ],
)
def test_every_kind_of_entry_is_found(every: Edition, asked: str, found: str) -> None:
    assert found in ids(search(every, asked))


@given(st.text(max_size=60))
def test_anything_may_be_asked(asked: str) -> None:
    known = {f"{one.section}/{one.id}" for one in everything(NOTTINGHAM)}
    assert set(ids(search(NOTTINGHAM, asked))) <= known


@pytest.mark.parametrize("word", sorted(EVERYDAY))
def test_what_people_say_every_day_finds_an_example_of_need(word: str) -> None:
    assert [one for one in search(NOTTINGHAM, word) if one.section == "indicators"]


@pytest.mark.parametrize(("word", "example"), [("hungry", "appears-neglected"), ("shouting", "family-conflict")])
def test_an_everyday_word_says_under_which_it_was_looked_for(word: str, example: str) -> None:
    found = next(one for one in search(NOTTINGHAM, word) if one.id == example)
    assert any(f"“{word}” is looked for under" in why for why in found.why)
