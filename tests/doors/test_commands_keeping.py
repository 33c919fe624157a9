"""Do the commands that prove, put right, keep and restore say in sentences what they found and what they did?"""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import kept
import made
import pytest
from tampering import tamper
from typer.testing import CliRunner

from pathway.acts import Desk, attach, note, receive
from pathway.acts.sweep import SETTLED, anchor
from pathway.cli import app
from pathway.database import Database
from pathway.settings import Settings
from pathway.store.history.files import path_of
from pathway.tables import Case, Document, Entry, Payload

runner = CliRunner()
ANN = ("--by", "ann@exampleton.invalid")


@pytest.fixture
def here(house: made.House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> made.House:
    """One record with a document, anchored, in the installation that the settings name."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATHWAY_DATABASE", house.desk.database.url)
    monkeypatch.setenv("PATHWAY_FILES", str(house.desk.settings.files))
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    attach(house.desk, house.viewer("ada"), case=case, name="notes.txt", content=b"As told")
    house.clock.moment += SETTLED * 2
    anchor(house.desk, house.system)
    return house


def run(*words: object, code: int = 0) -> str:
    result = runner.invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.stdout


def refused(*words: object) -> str:
    result = runner.invoke(app, [str(word) for word in words])
    assert (result.exit_code, type(result.exception)) == (1, SystemExit), result.output
    return result.stderr


def of_document(house: made.House) -> str:
    return next(one for one in kept.rows(house, Entry) if one.kind == "attached").public_id


def test_a_whole_history_is_said_to_be_and_nothing_is_written(here: made.House) -> None:
    before = kept.everything(here)
    said = run("audit", "verify")
    assert "2 chains, and 1 anchors: all as they were left." in said
    assert run("audit", "rebuild") == "The rows of every record are what its entries amount to.\n"
    assert kept.everything(here) == before


def test_what_no_anchor_covers_yet_is_said_and_is_no_fault(here: made.House) -> None:
    receive(here.desk, here.viewer("ada"), take=made.take())
    assert "No anchor covers 1 of them yet, the oldest from 10:10 on 16 November 2026." in run("audit", "verify")


def test_a_fault_is_a_sentence_and_an_error(here: made.House) -> None:
    tamper(here, "UPDATE payload SET body = '{}' WHERE entry_id = (SELECT max(entry_id) FROM payload)")
    said = run("audit", "verify", code=1)
    assert f"The text of entry {of_document(here)}, number 2 of record" in said
    assert said.splitlines()[-1].endswith("1 fault.")


def test_faults_come_as_json_too(here: made.House) -> None:
    assert json.loads(run("audit", "verify", "--json"))["faults"] == []
    tamper(here, "UPDATE anchor SET root = 'x'", "UPDATE entry SET kind = 'x' WHERE case_id IS NOT NULL")
    told = json.loads(run("audit", "verify", "--json", code=1))
    assert [one["kind"] for one in told["faults"]] == ["entry", "entry", "anchor"]
    assert {"entries", "chains", "anchors", "not_anchored", "faults"} == set(told)


def test_anchors_are_printed_one_to_a_line_and_read_back_from_where_they_were_kept(here: made.House) -> None:
    Path("anchors").write_text(run("audit", "anchors"))
    assert "all as they were left" in run("audit", "verify", "--against", "anchors")
    tamper(here, "DELETE FROM anchor")
    assert "all as they were left" in run("audit", "verify")
    said = run("audit", "verify", "--against", "anchors", code=1)
    assert "The anchor of 10:10 on 16 November 2026 stands in the copy and not in the database." in said


@pytest.mark.parametrize(("content", "said"), [(None, "There is no file"), ("", "no anchor in it"), ("x", "Line 1")])
def test_a_copy_that_cannot_be_read_is_said(here: made.House, content: str | None, said: str) -> None:
    if content is not None:
        Path("anchors").write_text(content)
    assert said in refused("audit", "verify", "--against", "anchors")


def test_differences_are_listed_by_record_and_put_right_when_asked(here: made.House) -> None:
    tamper(here, "UPDATE assignment SET status = 'ended'")
    listed = run("audit", "rebuild", code=1)
    assert "status is 'ended' in the rows, 'accepted' in the entries." in listed
    assert json.loads(run("audit", "rebuild", "--json", code=1))["records"][0]["entry"] == ""
    assert "put right by entry" in run("audit", "rebuild", "--write", *ANN)
    assert run("audit", "rebuild", "--write", *ANN).startswith("The rows of every record")
    assert kept.faults(here) == []


def test_rows_are_put_right_by_somebody_who_may(here: made.House) -> None:
    assert "Say who puts them right" in refused("audit", "rebuild", "--write")
    assert "isn't part of your role" in refused("audit", "rebuild", "--write", "--by", "ada@exampleton.invalid")
    assert "Nobody here has an account" in refused("audit", "rebuild", "--write", "--by", "x@exampleton.invalid")


def test_nothing_is_put_right_from_a_broken_history(here: made.House) -> None:
    tamper(here, "UPDATE entry SET kind = 'x'", "UPDATE assignment SET status = 'ended'")
    assert "History itself isn't whole" in refused("audit", "rebuild", "--write", *ANN)


def test_a_text_is_erased_with_a_reason(here: made.House) -> None:
    entry = of_document(here)
    assert "Say why" in refused("audit", "erase", entry, *ANN, "--reason", " ")
    assert "There is no entry here" in refused("audit", "erase", "0123456789", *ANN, "--reason", "A mistake")
    said = run("audit", "erase", entry, *ANN, "--reason", "A mistake")
    assert said.startswith("Erased. Entry ")
    assert "backups that were made before" in said
    assert [one.body for one in kept.rows(here, Payload)].count(None) == 1


def test_a_backup_is_for_its_owner_alone_and_never_written_over(here: made.House) -> None:
    said = run("backup", "one.backup")
    assert "1 documents, as they stood at" in said
    assert stat.S_IMODE(Path("one.backup").stat().st_mode) == 0o600
    content = Path("one.backup").read_bytes()
    assert "never written over" in refused("backup", "one.backup")
    assert "There is no folder" in refused("backup", "nowhere/one.backup")
    assert Path("one.backup").read_bytes() == content
    assert [one.name for one in Path().iterdir() if "backup" in one.name] == ["one.backup"]


def test_a_backup_that_fails_leaves_nothing_behind(here: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pathway.store.history.backup.Manifest", None)
    result = runner.invoke(app, ["backup", "one.backup"])
    assert isinstance(result.exception, TypeError)
    assert [one.name for one in Path().iterdir() if "backup" in one.name] == []


def test_a_backup_goes_to_standard_output_to_be_encrypted_at_once(here: made.House) -> None:
    command = [sys.executable, "-c", "from pathway.cli import app; app(['backup', '-'])"]
    root = {"PYTHONPATH": str(Path(made.__file__).parents[1])}
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | root)
    assert b"rows of" in done.stderr
    Path("piped.backup").write_bytes(done.stdout)
    assert "Restored" in restored("piped.backup")


def restored(file: str, code: int = 0) -> str:
    elsewhere = {"PATHWAY_DATABASE": "sqlite:///there.db", "PATHWAY_FILES": "there"}
    done = runner.invoke(app, ["restore", file], env=elsewhere)
    assert done.exit_code == code, done.output
    return done.output


def there(here: made.House) -> made.House:
    database = Database("sqlite:///there.db")
    return replace(here, desk=Desk(database, Settings(database=database.url, files=Path("there")), here.clock))


def test_what_is_restored_proves_itself(here: made.House) -> None:
    kept_as = run("backup", "one.backup")
    said = restored("one.backup")
    proof = next(line for line in kept_as.splitlines() if line.startswith("They come to"))
    assert proof in said
    assert "all as they were left" in said
    other = there(here)
    assert kept.everything(other) == kept.everything(here)
    assert path_of(Path("there"), kept.rows(here, Document)[0].sha256).read_bytes() == b"As told"
    note(other.desk, other.viewer("ada"), case=kept.rows(other, Case)[0].public_id, text="Life goes on")
    other.desk.database.dispose()
    assert "holds rows already" in restored("one.backup", code=1)


def test_what_was_wrong_when_it_was_kept_is_said_when_it_is_restored(here: made.House) -> None:
    tamper(here, "UPDATE payload SET body = '{}' WHERE entry_id = (SELECT max(entry_id) FROM payload)")
    run("backup", "one.backup")
    said = restored("one.backup", code=1)
    assert "isn't the text that was written" in said
    assert "was wrong then already" in said


def test_a_lost_document_is_named_and_an_error_and_the_rest_is_kept(here: made.House) -> None:
    digest = kept.rows(here, Document)[0].sha256
    path_of(here.desk.settings.files, digest).unlink()
    result = runner.invoke(app, ["backup", "one.backup"])
    assert (result.exit_code, digest in result.stderr) == (1, True)
    assert Path("one.backup").exists()


@pytest.mark.parametrize("content", [b"", b"Something else"])
def test_a_file_that_is_no_backup_is_refused_and_nothing_is_made(here: made.House, content: bytes) -> None:
    Path("one.backup").write_bytes(content)
    assert "wasn't restored" in restored("one.backup", code=1)
    assert "There is no such file" in restored("two.backup", code=1)
    assert not Path("there.db").exists()


@pytest.mark.parametrize("words", [("audit", "verify"), ("audit", "anchors"), ("audit", "rebuild"), ("backup", "one")])
def test_what_only_reads_makes_no_database_and_touches_no_older_one(here: made.House, words: tuple[str, ...]) -> None:
    tamper(here, "UPDATE alembic_version SET version_num = '0002'")
    assert "The database is at revision 0002, and this release at" in refused(*words)
    settings = {"PATHWAY_DATABASE": "sqlite:///nowhere.db"}
    result = runner.invoke(app, list(words), env=settings)
    assert (result.exit_code, "There is no database at nowhere.db" in result.stderr) == (1, True)
    assert not Path("nowhere.db").exists()
    assert not Path("one").exists()
