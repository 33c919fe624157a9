"""Is the house in order? Names, openings, locks, and nobody else under our roof."""

import ast
import json
import re
from importlib.metadata import distributions
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from pathway import tables
from pathway.store.history.folding import REBUILT
from pathway.tables.columns import public_id

ROOT = Path(__file__).parents[2]
PACKAGES = ("pathway", "workflows", "thresholds", "notifications")
OURS = "family-support-pathway"
MODULES = tuple(sorted(str(one.relative_to(ROOT)) for name in PACKAGES for one in (ROOT / name).rglob("*.py")))
VAGUE = re.compile(r"utils?|helpers?|common|managers?|handlers?|misc|base")
BESIDE_HISTORY = {"outsider", "voice", "entry", "document", "message", "task", "draft"}
"""Tables that name a case and aren't rebuilt from its entries: the entries themselves, and what hangs on them."""

assert tables


@pytest.mark.parametrize("module", MODULES)
def test_every_module_opens_with_what_it_answers(module: str) -> None:
    opening = ast.get_docstring(ast.parse((ROOT / module).read_text()))
    assert opening
    assert opening[0].isupper()


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [one for one in MODULES if VAGUE.fullmatch(Path(one).stem)] == []


def test_every_row_that_a_case_owns_is_rebuilt_from_its_entries_or_known_not_to_be() -> None:
    owned = {name for name, table in SQLModel.metadata.tables.items() if "case_id" in table.c}
    assert owned == set(REBUILT) | BESIDE_HISTORY


def test_a_public_id_is_at_most_twenty_letters_and_digits() -> None:
    assert all(re.fullmatch(r"[0-9A-Z]{10}", public_id()) for _ in range(200))
    lengths = {
        name: table.c.public_id.type.length
        for name, table in SQLModel.metadata.tables.items()
        if "public_id" in table.c
    }
    assert lengths
    assert set(lengths.values()) == {20}


def test_no_other_distribution_puts_files_into_our_packages() -> None:
    """A stranger's `workflows` would silently overwrite ours in a shared environment."""
    strangers = {
        one.name
        for one in distributions()
        if one.name != OURS and any(file.parts[0] in PACKAGES for file in one.files or ())
    }
    assert strangers == set()


def test_each_package_is_the_one_in_this_tree() -> None:
    for name in PACKAGES:
        assert Path(__import__(name).__file__ or "").parent == ROOT / name


def test_the_python_lock_is_pinned_hashed_and_holds_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pinned
    assert all(re.match(r"[a-z0-9._-]+(\[[a-z,0-9-]+\])?==", line, re.IGNORECASE) for line in pinned)
    assert sum("--hash=sha256:" in line for line in lines) >= len(pinned)
    assert not [line for line in lines if "://" in line or "-url" in line]


def test_the_javascript_lock_holds_no_address() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert json.loads(lock)["packages"]
    assert "resolved" not in lock
    assert "://" not in lock


def test_nothing_under_tests_shadows_a_package_or_is_one() -> None:
    folders = {one.name for one in (ROOT / "tests").rglob("*") if one.is_dir()}
    assert not folders & set(PACKAGES)
    assert not list((ROOT / "tests").rglob("__init__.py"))


def test_every_test_file_has_a_name_of_its_own() -> None:
    names = [one.name for one in (ROOT / "tests").rglob("test_*.py")]
    assert len(set(names)) == len(names)
