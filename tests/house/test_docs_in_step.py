"""Do the documents say what the code does?"""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(script("make_docs").pages()))
def test_every_made_page_is_as_the_code_makes_it(name: str) -> None:
    """Where this fails, run `make docs`."""
    assert (ROOT / "docs" / name).read_text("utf-8") == script("make_docs").pages()[name]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_picture_is_shown_and_every_picture_shown_is_made_by_a_journey() -> None:
    """Where this fails, run `make docs`."""
    shown = set(re.findall(r"\(images/([\w-]+)\.png\)", (ROOT / "docs/guide.md").read_text("utf-8")))
    journeys = "".join(one.read_text("utf-8") for one in (ROOT / "tests/journeys").glob("*.py"))
    made = set(re.findall(r'seen\("([\w-]+)"\)', journeys))
    assert shown
    assert {one.stem for one in (ROOT / "docs/images").glob("*")} == shown
    assert {re.sub("-(wide|narrow)$", "", one) for one in shown} <= made


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs/decisions/README.md").read_text("utf-8")
    missing = [page.name for page in (ROOT / "docs/decisions").glob("*.md") if f"({page.name})" not in listed]
    assert [name for name in missing if name != "README.md"] == []


def test_the_readme_names_only_commands_that_are_there() -> None:
    readme, makefile = (ROOT / "README.md").read_text("utf-8"), (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", readme, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
