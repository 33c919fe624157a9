"""Is each trap that hurts children held by tests that are there, or said plainly not to be held yet?"""

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

TESTS = Path(__file__).resolve().parents[1]
ROWS: list[dict[str, Any]] = yaml.safe_load((TESTS / "safety_rows.yaml").read_text("utf-8"))
COMES_WITH = {
    "copies of the plan",
    "declaring kinship",
    "putting aside",
    "meetings",
    "the process for disagreements",
    "children's assessments",
}
"""What isn't built yet. Once one of these is, its rows are to be held."""

each = pytest.mark.parametrize("row", ROWS, ids=lambda row: row["trap"])


@cache
def names_in(file: str) -> frozenset[str]:
    """The names of a file's tests; none where there is no such file."""
    path = TESTS / file
    body = ast.parse(path.read_text("utf-8")).body if path.exists() else []
    return frozenset(one.name for one in body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"))


def lacking(row: dict[str, Any]) -> list[str]:
    """The tests that a row names and that aren't there."""
    named = (test.partition("::") for test in row["held_by"])
    return [f"{file}::{name}" for file, _, name in named if name not in names_in(file)]


@each
def test_every_test_that_a_row_names_is_there(row: dict[str, Any]) -> None:
    assert lacking(row) == []


@each
def test_a_row_is_held_by_a_test_or_says_what_it_waits_for(row: dict[str, Any]) -> None:
    later = row.get("not_yet", {"comes_with": "meetings", "what": "Nothing."})
    assert row["held_by"] or "not_yet" in row
    assert later["comes_with"] in COMES_WITH
    assert all(text.endswith(".") for text in (row["harm"], row["rule"], later["what"]))


@each
def test_a_row_names_each_test_once(row: dict[str, Any]) -> None:
    assert len(set(row["held_by"])) == len(row["held_by"])


def test_no_trap_stands_twice() -> None:
    assert len({row["trap"] for row in ROWS}) == len(ROWS) >= 23


@pytest.mark.parametrize(
    "named", ["rules/test_judging.py::test_nobody_wrote_this", "rules/test_nowhere.py::test_x", "rules/test_judging.py"]
)
def test_a_test_that_is_not_there_is_noticed(named: str) -> None:
    assert lacking({"held_by": [named]})
