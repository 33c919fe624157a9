"""Does a comparison leave nothing out, say nothing twice, and say the same from both sides?"""

from itertools import product
from pathlib import Path

import everyshire
import pytest

from thresholds import Edition, read_editions
from thresholds.editions.comparing import SECTIONS, Comparison, Section, compare
from thresholds.editions.saying import conditions, value_words
from thresholds.gathering.shelf import held, named, opened
from thresholds.published.answers import ANSWERS
from thresholds.published.answers_said import ANSWER_WORDS
from thresholds.published.routes import When

TURNED = {"a": "b", "b": "a"}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    own: Path = everyshire.folder(tmp_path_factory.mktemp("everyshire"))
    return {one.edition.authority: one.edition for one in held(everyshire.catalogue(own), everyshire.DAY)}


PAIRS = list(product(["england", "everyshire", "exampleton", "nottingham-city"], repeat=2))


@pytest.fixture
def compared(editions: dict[str, Edition], request: pytest.FixtureRequest) -> Comparison:
    a, b = request.param
    return compare(editions[a], editions[b])


@pytest.mark.parametrize("compared", PAIRS, indirect=True, ids=str)
def test_every_entry_of_both_stands_in_it_exactly_once(compared: Comparison) -> None:
    for section in compared.sections:
        ours = [one.id for one in getattr(compared.a, section.name)]
        theirs = [one.id for one in getattr(compared.b, section.name)]
        changed = [one.id for one in section.differing]
        assert len(ours) == len(section.only_a) + len(changed) + section.same
        assert len(theirs) == len(section.only_b) + len(changed) + section.same
        assert {one.id for one in section.only_a} == set(ours) - set(theirs)
        assert {one.id for one in section.only_b} == set(theirs) - set(ours)
        assert set(changed) <= set(ours) & set(theirs)
        assert len(set(changed)) == len(changed)


@pytest.mark.parametrize("compared", PAIRS, indirect=True, ids=str)
def test_every_level_limit_and_rule_stands_in_its_table_once(compared: Comparison) -> None:
    tables = (
        (compared.levels, "levels"),
        ([(row.a, row.b) for row in compared.limits], "limits"),
        (compared.rules, "rules"),
    )
    for pairs, section in tables:
        for side, edition in enumerate((compared.a, compared.b)):
            stand = sorted(pair[side].id for pair in pairs if pair[side] is not None)  # type: ignore[union-attr]
            assert stand == sorted(one.id for one in getattr(edition, section))


@pytest.mark.parametrize("compared", PAIRS, indirect=True, ids=str)
def test_the_other_way_round_it_is_the_same_turned(compared: Comparison) -> None:
    turned = compare(compared.b, compared.a)
    assert {(row.a, row.b, row.shorter) for row in compared.limits} == {
        (row.b, row.a, TURNED.get(row.shorter, row.shorter)) for row in turned.limits
    }
    assert compared.levels == tuple((b, a) for a, b in turned.levels)
    assert sorted(map(str, compared.rules)) == sorted(str((b, a)) for a, b in turned.rules)
    for one, other in zip(compared.sections, turned.sections, strict=True):
        assert (one.only_a, one.only_b, one.same) == (other.only_b, other.only_a, other.same)
        assert said(one) == said(other, turned=True)


def said(section: Section, turned: bool = False) -> list[tuple[str, ...]]:
    return [
        (entry.id, entry.words, one.field, *((one.b, one.a) if turned else (one.a, one.b)))
        for entry in section.differing
        for one in entry.differences
    ]


@pytest.mark.parametrize("name", ["england", "everyshire", "exampleton", "nottingham-city"])
def test_beside_itself_nothing_differs(editions: dict[str, Edition], name: str) -> None:
    compared = compare(editions[name], editions[name])
    assert compared.is_same
    assert all(a == b for a, b in compared.levels)
    assert {row.shorter for row in compared.limits} <= {"same", "unsure"}
    assert all(a == b for a, b in compared.rules)


def test_what_differs_is_said_in_peoples_words(editions: dict[str, Edition]) -> None:
    changed = next(one for one in compare(editions["england"], editions["everyshire"]).sections if one.name == "limits")
    (decision,) = [one for one in changed.differing if one.id == "decision"]
    said = {one.field: (one.a, one.b) for one in decision.differences}
    assert said["how long"] == ("1 working day", "8 hours")
    assert "basis" not in said


def test_levels_of_different_names_stand_in_order_with_both_ends_side_by_side(editions: dict[str, Edition]) -> None:
    pairs = compare(editions["nottingham-city"], editions["everyshire"]).levels
    assert [(a and a.id, b and b.id) for a, b in pairs] == [
        ("universal", "universal"),
        ("additional", "caf-level"),
        ("extensive", None),
        ("child-in-need", None),
        ("protection", "statutory"),
    ]


def test_limits_of_different_names_meet_by_what_they_are_about(editions: dict[str, Edition]) -> None:
    every = editions["everyshire"]
    renamed = every.model_copy(
        update={"limits": tuple(one.model_copy(update={"id": f"our-{one.id}"}) for one in every.limits)}
    )
    assert {(row.a and row.a.id, row.b and row.b.id) for row in compare(every, renamed).limits} >= {
        ("decision", "our-decision")
    }
    shorter = {row.a.id: row.shorter for row in compare(editions["england"], every).limits if row.a and row.b}
    assert shorter["decision"] == "b"


def test_a_line_of_a_list_that_differs_is_said_by_itself(editions: dict[str, Edition]) -> None:
    every = editions["everyshire"]
    start = every.checklist("reasons-to-start")
    others = tuple(one for one in every.checklists if one is not start)
    fewer = every.model_copy(update={"checklists": (*others, start.model_copy(update={"items": start.items[:1]}))})
    section = next(one for one in compare(every, fewer).sections if one.name == "checklists")
    (difference,) = section.differing[0].differences
    assert difference.field == "items: asks"
    assert difference.b == "nothing"


def test_every_answer_a_rule_can_ask_for_has_words() -> None:
    assert all(set(answers) == set(ANSWER_WORDS[question]) for question, answers in ANSWERS.items())
    assert set(When.model_fields) == {*ANSWER_WORDS, "levels"}


def test_a_rule_that_asks_for_nothing_always_applies(editions: dict[str, Edition]) -> None:
    assert conditions(editions["everyshire"], When()) == "always"
    assert value_words(editions["everyshire"], "when", When(levels=("statutory",), unborn=True)) == (
        "the child isn't born yet; at Statutory"
    )


def test_sections_are_all_there(editions: dict[str, Edition]) -> None:
    compared = compare(editions["england"], editions["exampleton"])
    assert tuple(one.name for one in compared.sections) == SECTIONS


def test_a_document_is_named_by_its_date_or_by_its_authority_for_the_newest_begun() -> None:
    catalogue = read_editions()
    assert named(catalogue, "exampleton", everyshire.DAY) == named(catalogue, "exampleton@2026-04-01", everyshire.DAY)
    begun = catalogue.dates("nottingham-city")[0]
    old = opened(catalogue, "nottingham-city", begun, begun)
    assert any(one.floor for one in old.edition.indicators)


def test_a_line_within_an_entry_is_said_by_its_name_with_its_source_in_words(editions: dict[str, Edition]) -> None:
    edition = editions["nottingham-city"]
    side = edition.domains[0].dimensions[0]
    said = value_words(edition, "dimensions", side)
    assert said.startswith(f"{side.name} (source: Family Support Pathway")
    assert "fsp-2014" not in said
