"""Can the published documents be listed, read, searched and compared in a terminal, without a database?"""

import json
from pathlib import Path

import everyshire
import jsonschema_rs
import pytest
import yaml
from typer.testing import CliRunner

from pathway.cli import app
from thresholds.gathering.documents import PACKAGE
from thresholds.published.contents import SECTIONS
from thresholds.reading.page import read_page

runner = CliRunner()
DOCUMENTS = sorted((PACKAGE / "authorities").glob("*/*/document.yaml"))
MAPS = sorted((PACKAGE / "authorities").glob("*/*/source-map.yaml"))
FORMS = sorted((PACKAGE / "authorities").glob("*/*/forms/*.yaml"))
OURS = Path(__file__).parents[1] / "content" / "everyshire" / "2026-06-01"


@pytest.fixture(autouse=True)
def every(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the machine; a folder of one's own with every section in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATHWAY_DOCUMENTS", str(everyshire.folder(tmp_path)))


def run(*words: object) -> str:
    result = runner.invoke(app, ["documents", *map(str, words)])
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def refused(*words: object) -> str:
    result = runner.invoke(app, ["documents", *map(str, words)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    return result.stderr


def test_every_document_is_listed_with_what_it_is_for() -> None:
    said = run("list")
    assert f"{'everyshire@2026-06-01':<40} draft       history and teaching only" in said
    assert f"{'exampleton@2026-04-01':<40} invented    can be adopted" in said
    assert "for others to build on" in said


def test_a_document_is_read_section_by_section_with_its_sources() -> None:
    said = run("show", "everyshire")
    for words in (
        "Everyshire (invented): draft, in force from 1 June 2026",
        "It lies over england of 2026-03-18.",
        "It can't run live cases:",
        "Early help assessment (“CAF”, 2026): Help by an early help assessment (“CAF”, 2026).",
        "Answer the school: 2 working days",
        "Applies: out of office hours; domestic abuse",
        "· The child is bullied Write down: what the child said",
        "2. A manager with the head of service: They decide. (GAP: no time is published)",
        "1B: An old one (no longer used)",
        "How soon a record is closed. (open)",
        "Levels of help (invented) (Everyshire (invented), 1 June 2026; draft): read in part",
        "Comes to school hungry",
    ):
        assert words in said
    assert "{" not in said


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_is_read_alone(section: str) -> None:
    assert run("show", "everyshire", "--section", section).startswith(f"\n{section.replace('_', ' ').upper()}\n")


def test_a_search_says_why() -> None:
    said = run("show", "everyshire", "--search", "early help assessment")
    assert "“early help assessment” was “CAF” in 2026" in said
    assert run("show", "everyshire", "--search", "zebra") == "Nothing in it has any of these words.\n"


def test_the_source_map_is_told() -> None:
    said = run("show", "everyshire", "--map")
    assert "LEFT OUT (1)\n  - l.21: Telephone numbers" in said
    assert "  - indicators/hungry: l.5, l.7" in said
    assert "No source map lies beside this document." in run("show", "exampleton", "--map")


def test_json_is_the_resolved_edition() -> None:
    assert json.loads(run("show", "everyshire", "--json"))["authority"] == "everyshire"
    assert [one["id"] for one in json.loads(run("show", "everyshire", "--json", "--section", "terms"))] == [
        "caf",
        "hard-to-reach",
    ]
    assert json.loads(run("show", "england", "--json", "--section", "terms")) == []


def test_two_are_compared() -> None:
    said = run("compare", "nottingham-city@2014-07-02", "everyshire")
    assert "First:  nottingham-city@2014-07-02\nSecond: everyshire@2026-06-01" in said
    assert "Protection                           | Statutory" in said
    assert "1 working day | 8 hours; the second is shorter" in said
    assert "They say the same." in run("compare", "england", "england")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "atlantis"), "england, everyshire, exampleton"),
        (("show", "everyshire@2020-01-01"), "There are: everyshire@2026-06-01"),
        (("show", "everyshire@soon"), "isn't a date"),
        (("show", "everyshire", "--on", "friday"), "isn't a date"),
        (("show", "everyshire", "--section", "nonsense"), "has no section 'nonsense'"),
        (("compare", "everyshire", "atlantis"), "atlantis"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    assert said in refused(*words)


def test_a_broken_document_is_said_with_its_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = tmp_path / "own/everyshire/2026-06-01/document.yaml"
    page.write_text(page.read_text("utf-8").replace("amount: 8", "amount: eight"), "utf-8")
    assert "document.yaml:" in refused("list")


@pytest.mark.parametrize(
    ("option", "paths"),
    [((), [*DOCUMENTS, OURS / "document.yaml"]), (("--map",), [*MAPS, OURS / "source-map.yaml"]), (("--form",), FORMS)],
)
def test_every_file_there_is_keeps_to_its_schema(option: tuple[str, ...], paths: list[Path]) -> None:
    schema = json.loads(run("schema", *option))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)
    for path in paths:
        assert [error.message for error in validator.iter_errors(read_page(path, path.name).content)] == []


def test_the_schema_refuses_what_is_no_document() -> None:
    validator = jsonschema_rs.validator_for(json.loads(run("schema")))
    content = yaml.safe_load((OURS / "document.yaml").read_text("utf-8"))
    assert not validator.is_valid({"authority": "x"})
    assert not validator.is_valid({**json.loads(json.dumps(content, default=str)), "levells": []})
