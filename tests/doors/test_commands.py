"""What do the commands that need no database say, and do they fail in sentences?"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from small import CLOCK, small
from typer.testing import CliRunner

from pathway.cli import app
from workflows import REFERRAL
from workflows.fitness import PARTNERSHIP

EXAMPLES = sorted(Path(__file__).parents[2].joinpath("examples").glob("*.json"))
BABY = EXAMPLES[1]
runner = CliRunner()


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """No settings of the machine, and a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATHWAY_DATABASE", f"sqlite:///{tmp_path}/pathway.db")


def run(*words: object, told: str | bytes | None = None):
    return runner.invoke(app, [str(word) for word in words], input=told)


def refused(*words: object, told: str | bytes | None = None) -> str:
    """What a command says when it can't: on the error stream, exit 1, no traceback."""
    result = run(*words, told=told)
    assert (result.exit_code, result.stdout) == (1, "")
    assert isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.stderr
    return result.stderr


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.stem)
def test_every_example_is_judged(example):
    judged = json.loads(run("triage", example).stdout)
    assert judged["children"][0]["level_name"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.stem)
def test_every_example_is_explained_in_sentences(example):
    said = run("triage", example, "--explain").stdout
    assert "Where to:" in said
    assert "{" not in said


def test_standard_input_is_judged_as_a_file_is():
    assert run("triage", "-", told=BABY.read_bytes()).stdout == run("triage", BABY).stdout


def changed(**told: object) -> str:
    presenting = json.loads(BABY.read_text())
    presenting["children"][0] |= told
    return json.dumps(presenting)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (changed(observed=[{"indicator": "no-such-thing"}]), "no-such-thing"),
        (changed(age_years=190), "18 or over"),
        ("{", "JSON"),
        (b"\xff\xfe", "JSON"),
        ("[]", ""),
        (BABY.read_text().replace("exampleton", "atlantis"), "atlantis"),
    ],
    ids=["indicator", "age", "half", "bytes", "list", "authority"],
)
def test_what_cannot_be_judged_is_said_in_a_sentence(told, said):
    assert said in refused("triage", "-", told=told)


def test_a_file_that_is_not_there_is_said():
    assert "There is no file 'gone.json'" in refused("triage", "gone.json")


def test_a_time_is_told_with_its_reason_and_source():
    said = run("due", "acknowledgement", "--from", "2026-12-04T16:50").stdout
    assert "So it is due by" in said
    assert "Source: " in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("acknowledgement", "--from", "friday"), "isn't a time"),
        (("no-such-limit", "--from", "2026-12-04T16:50"), "no-such-limit"),
        (("acknowledgement", "--from", "2026-12-04T16:50", "--authority", "atlantis"), "atlantis"),
        (("acknowledgement", "--from", "1999-12-04T16:50"), "1999"),
        (("acknowledgement", "--from", "2999-12-04T16:50"), ""),
    ],
)
def test_what_cannot_be_timed_is_said_in_a_sentence(words, said):
    assert said in refused("due", *words)


@pytest.fixture
def documents(tmp_path) -> Path:
    """An authority's own folder, with a later edition of a document of ours, to be spoilt."""
    from thresholds.gathering.documents import SHIPPED

    text = (SHIPPED / "exampleton/2026-04-01/document.yaml").read_text()
    page = tmp_path / "documents/exampleton/2026-11-01/document.yaml"
    page.parent.mkdir(parents=True)
    page.write_text(text.replace("in_force_from: 2026-04-01", "in_force_from: 2026-11-01"))
    return tmp_path / "documents"


def spoil(documents: Path) -> None:
    page = documents / "exampleton/2026-11-01/document.yaml"
    page.write_text(page.read_text().replace("amount: 4, unit: office_hours", "amount: four, unit: moons"))


def test_clean_documents_are_said_to_be(documents):
    assert run("documents", "check").stdout == "Every document reads cleanly.\n"
    assert run("documents", "check", documents).exit_code == 0


def test_every_fault_of_a_broken_document_is_listed_with_its_line(documents):
    spoil(documents)
    said = refused("documents", "check", documents)
    *faults, count = said.strip().splitlines()
    assert len(faults) >= 4
    assert faults == sorted(faults, key=lambda fault: (fault.split(":")[0], int(fault.split(":")[1])))
    assert all("documents/exampleton/2026-11-01/document.yaml:" in fault for fault in faults)
    assert count == f"{len(faults)} faults."
    assert "amount" in said


def test_one_fault_is_counted_as_one(documents):
    page = documents / "exampleton/2026-11-01/document.yaml"
    page.write_text(page.read_text().replace("\nstatus: invented", "\nstatus: invnted"))
    said = refused("documents", "check", documents).splitlines()
    assert said[0].endswith("superseded, adopted, invented. Change “invnted” to invented.")
    assert said[1:] == ["1 fault."]


def test_the_folder_that_the_settings_name_is_read_by_every_command(documents, monkeypatch):
    spoil(documents)
    monkeypatch.setenv("PATHWAY_DOCUMENTS", str(documents))
    for words in (("documents", "check"), ("triage", BABY), ("check",)):
        assert "document.yaml" in refused(*words)
    assert "document.yaml" in refused("due", "acknowledgement", "--from", "2026-12-04T16:50")


def test_the_documents_that_pathway_brings_along_are_read_beside_it(documents, monkeypatch):
    monkeypatch.setenv("PATHWAY_DOCUMENTS", str(documents))
    assert run("triage", BABY).exit_code == 0
    assert "in force from 1 November 2026" in run("check").stdout


def test_a_folder_without_documents_is_said(tmp_path):
    assert "There is no such folder." in refused("documents", "check", tmp_path / "nowhere")


def test_the_proofs_are_printed_one_for_each_property_and_gaps_break_nothing():
    result = run("check")
    assert result.exit_code == 0
    said = result.stdout.splitlines()
    assert (
        f"proven: a referral: an end can be reached from every state ({len(REFERRAL.open_states)} open states)" in said
    )
    assert any(one.startswith("proven: a referral on Exampleton") and "reaches a person" in one for one in said)
    assert [one for one in said if one.startswith("gap: ")] == [one for one in said if one.endswith(PARTNERSHIP)]
    assert re.fullmatch(r"\d+ proven, 0 broken, \d+ gaps\.", said[-1])


def test_a_broken_proof_fails_and_shows_the_moves_that_lead_there(monkeypatch):
    monkeypatch.setattr("pathway.checks.proofs.PROCESSES", (small(back={"stops": CLOCK}),))
    result = run("check")
    assert result.exit_code == 1
    assert (
        "broken: a small process: a clock runs in every open state, whichever way a record came there: "
        "open → offer → waiting → back → open: no clock of ours runs in 'open'."
    ) in result.stdout.splitlines()


def test_a_document_of_ones_own_is_checked_with_the_rest(documents, monkeypatch):
    page = documents / "exampleton/2026-11-01/document.yaml"
    page.write_text(
        page.read_text().replace(
            "obliged: us, hard: false, counting: office-day, ladder: manager-takes-over",
            "obliged: partner, hard: false, counting: office-day, ladder: manager-takes-over",
        )
    )
    monkeypatch.setenv("PATHWAY_DOCUMENTS", str(documents))
    result = run("check")
    assert result.exit_code == 1
    assert "in force from 1 November 2026: every clock that a state rests on is ours: taken → " in result.stdout


def test_help_brings_in_neither_the_web_nor_the_database():
    asked = (
        "import sys; from pathway.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'fastapi', 'sqlalchemy', 'pydantic', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_the_command_itself_runs():
    command = Path(sys.executable).with_name("pathway")
    done = subprocess.run([command, "triage", BABY, "--explain"], capture_output=True, text=True, check=True)
    assert "What would change this" in done.stdout
    assert done.stderr == ""
