"""Is every example in examples/ judged as its story says?"""

from datetime import date
from pathlib import Path

import pytest

from thresholds import judge, london, read_editions, read_presenting

EXAMPLES = Path(__file__).parents[2] / "examples"
CATALOGUE = read_editions()
# Per file, per child: level, immediate, destination, who else takes part.
STORIES: dict[str, list[tuple[str | None, bool, str, tuple[str, ...]]]] = {
    "00-nothing-known": [(None, False, "children-and-families-direct", ())],
    "01-friday-baby": [("protection", True, "screening-and-duty", ())],
    "02-saturday-night-home-alone": [("protection", True, "emergency-duty-team", ())] * 2,
    "03-school-attendance": [("additional", False, "family-support", ())],
    "04-young-carer-family-growing-worries": [
        ("extensive", False, "locality-access-point", ()),
        ("universal", False, "universal-information", ()),
    ],
    "05-disabled-child-protection": [("protection", True, "disabled-childrens-team", ())],
    "06-disabled-child-large-family": [("protection", True, "screening-and-duty", ("disabled-childrens-team",))],
    "07-disability-uncertain": [("protection", True, "screening-and-duty", ("disabled-childrens-team",))],
    "08-short-breaks-wanted": [("child-in-need", False, "disabled-childrens-team", ())],
    "09-already-open": [("extensive", False, "allocated-worker", ())],
    "10-unborn-baby": [("protection", True, "screening-and-duty", ())],
    "11-help-declined": [("additional", False, "family-support", ())],
    "12-exploitation-the-old-list-missed": [("protection", True, "screening-and-duty", ())],
    "13-doing-well": [("universal", False, "universal-information", ())],
}


def test_every_example_has_its_story():
    assert {file.stem for file in EXAMPLES.glob("*.json")} == set(STORIES)


@pytest.mark.parametrize("name", STORIES)
def test_an_example_is_judged_as_its_story_says(name: str):
    presenting = read_presenting((EXAMPLES / f"{name}.json").read_text())
    edition = CATALOGUE.resolve(presenting.authority, london(presenting.at).date())
    judged = judge(edition, presenting)
    assert [(c.level, c.immediate, c.destination, c.also) for c in judged.children] == STORIES[name]


def test_the_friday_baby_counts_as_the_youngest_while_her_age_is_unknown():
    presenting = read_presenting((EXAMPLES / "01-friday-baby.json").read_text())
    baby = judge(CATALOGUE.resolve("exampleton", date(2026, 12, 4)), presenting).children[0]
    assert "The child's age. Until it is known the child counts as the youngest." in baby.unknown
    assert "Once the office has closed: it goes to Emergency Duty Team." in baby.would_change
