"""Is everything kept, and does all of it come back: whole, equal, into either database, or not at all?"""

import io
import os
import random
import signal
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import kept
import made
import offering
import pytest
from conftest import new_postgres
from living import lived
from sqlalchemy import event, inspect
from sqlmodel import SQLModel, select
from tampering import tamper

from pathway.acts import Desk, attach, correct, move, note, receive
from pathway.acts.restore import CannotRestore, restore
from pathway.database import Database
from pathway.migrations import downgrade, head, upgrade
from pathway.settings import Settings
from pathway.store.history.backup import Manifest, back_up, dangling
from pathway.store.history.files import path_of
from pathway.store.history.kept import Damaged, whole
from pathway.tables import Case, Document, Entry
from workflows.referral_facts import Protect


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database to restore into, of each kind for each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/other.db"
    return new_postgres(request.getfixturevalue("postgres_url"), f"other_{os.urandom(6).hex()}")


def backed_up(house: made.House) -> tuple[bytes, Manifest]:
    out = io.BytesIO()
    with house.desk.database.at_one_moment() as session:
        manifest = back_up(session, house.desk.settings.files, out, revision=head(), taken_at=house.clock())
    return out.getvalue(), manifest


def restored(house: made.House, backup: bytes, url: str) -> made.House:
    """The house as it was when the backup was taken, in another database and another folder of files."""
    folder = house.desk.settings.files.with_name("other-files")
    database = Database(url)
    try:
        with whole(io.BytesIO(backup)) as found:
            restore(database, folder, found)
    except BaseException:
        database.dispose()
        raise
    return replace(house, desk=Desk(database, Settings(database=url, files=folder), house.clock))


def lives(house: made.House) -> made.House:
    """Records with everything: documents, a correction of an earlier entry, one offered to another taken later; and
    a directory beside them."""
    lived(house, 3, acts_=25)
    ada = house.viewer("ada")
    first, second = (receive(house.desk, ada, take=made.take(worry="Ünïcode\n“quoted” 👪")).case for _ in range(2))
    wrong = note(house.desk, ada, case=first, text="Rang at 9").entry
    correct(house.desk, ada, case=first, entry=wrong, text="Rang at 10")
    attach(house.desk, ada, case=first, name="notes.txt", content=b"As told")
    move(house.desk, ada, case=second, name="protect", facts=Protect())
    closed = offering.body(2, status="temporarily closed", minimum_age=0.5, attributes=offering.classed("Débt"))
    plain = offering.body(1, service_at_locations=offering.at(), schedules=[offering.week("MO", "09:00", "10:00")])
    offering.imports(house, plain, closed, {"id": "broken"})
    return house


def test_every_row_and_every_document_comes_back_equal_in_either_database(house: made.House, other_url: str) -> None:
    before = kept.everything(lives(house))
    backup, manifest = backed_up(house)
    there = restored(house, backup, other_url)
    assert kept.everything(there) == before
    assert kept.audited(there, kept.anchored(house)) == kept.faults(there) == []
    again, other = backed_up(there)
    assert (other.proof, other.tables) == (manifest.proof, manifest.tables)
    assert parts(again) == parts(backup)
    for one in kept.rows(house, Document):
        assert path_of(there.desk.settings.files, one.sha256).read_bytes() == b"As told"
    there.desk.database.dispose()


def parts(backup: bytes) -> dict[str, int]:
    """Everything in a backup but its manifest, which says when it was taken, as a checksum."""
    with zipfile.ZipFile(io.BytesIO(backup)) as zipped:
        return {one.filename: one.CRC for one in zipped.infolist() if one.filename != "manifest.json"}


def test_life_goes_on_where_it_was_restored(house: made.House, other_url: str) -> None:
    backup, _ = backed_up(lives(house))
    there = restored(house, backup, other_url)
    last = {one: max(row.id for row in kept.rows(there, one)) for one in (Case, Entry)}
    case = receive(there.desk, there.viewer("ada"), take=made.take()).case
    note(there.desk, there.viewer("ada"), case=case, text="After the restore")
    assert kept.case(there, case).id == last[Case] + 1
    assert min(one.id for one in kept.rows(there, Entry, case=case)) > last[Entry]
    assert kept.audited(there) == kept.faults(there) == []
    there.desk.database.dispose()


def test_a_row_that_names_a_later_row_of_its_own_table_comes_back(house: made.House, other_url: str) -> None:
    cases = [receive(house.desk, house.viewer("ada"), take=made.take()).case for _ in range(2)]
    tamper(
        house, 'UPDATE "case" SET offered_to_id = 2 WHERE id = 1', "UPDATE post SET manager_post_id = 5 WHERE id = 2"
    )
    before = kept.everything(house)
    there = restored(house, backed_up(house)[0], other_url)
    assert kept.everything(there) == before
    assert kept.case(there, cases[0]).offered_to_id == 2
    there.desk.database.dispose()


def test_a_backup_is_one_moment_though_acts_go_on(
    house: made.House, other_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Acts are done between the tables, and no part of any of them is in the backup."""
    from pathway.store.history import backup as module

    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    before, packed, done = kept.everything(house), module.packed, []

    def meanwhile(session, table):
        if table.name in ("case", "entry"):
            done.append(note(house.desk, house.viewer("ada"), case=case, text=table.name))
        return packed(session, table)

    monkeypatch.setattr(module, "packed", meanwhile)
    backup, _ = backed_up(house)
    monkeypatch.undo()
    assert len(done) == 2
    there = restored(house, backup, other_url)
    assert kept.everything(there) == before
    there.desk.database.dispose()


def test_a_database_that_holds_anything_is_left_as_it_is(house: made.House) -> None:
    backup, _ = backed_up(house)
    before = kept.everything(house)
    with whole(io.BytesIO(backup)) as found, pytest.raises(CannotRestore, match="holds rows already"):
        restore(house.desk.database, house.desk.settings.files, found)
    assert kept.everything(house) == before


def test_an_older_database_that_holds_something_isnt_even_brought_up_to_date(house: made.House) -> None:
    backup, _ = backed_up(house)
    downgrade(house.desk.database.url, "0002")
    with whole(io.BytesIO(backup)) as found, pytest.raises(CannotRestore, match="holds rows already"):
        restore(house.desk.database, house.desk.settings.files, found)
    assert "voice" not in inspect(house.desk.database.engine).get_table_names()


def test_one_of_another_revision_is_refused_in_a_sentence(sqlite_house: made.House, tmp_path: Path) -> None:
    out = io.BytesIO()
    with sqlite_house.desk.database.at_one_moment() as session:
        back_up(session, tmp_path, out, revision="0001", taken_at=sqlite_house.clock())
    with pytest.raises(CannotRestore, match=f"taken at revision 0001, and this release is at {head()}"):
        restored(sqlite_house, out.getvalue(), f"sqlite:///{tmp_path}/other.db")
    assert tables_of(f"sqlite:///{tmp_path}/other.db") == []


def tables_of(url: str) -> list[str]:
    database = Database(url)
    names = inspect(database.engine).get_table_names()
    database.dispose()
    return names


def with_a_document(house: made.House) -> made.House:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    attach(house.desk, house.viewer("ada"), case=case, name="notes.txt", content=b"As told")
    return house


def test_a_file_cut_short_anywhere_is_refused_before_anything_is_written(
    sqlite_house: made.House, tmp_path: Path
) -> None:
    backup, _ = backed_up(with_a_document(sqlite_house))
    dice = random.Random(7)
    for length in (0, 1, 21, len(backup) - 1, *(dice.randrange(len(backup)) for _ in range(40))):
        with pytest.raises(Damaged):
            restored(sqlite_house, backup[:length], f"sqlite:///{tmp_path}/other.db")
    assert not (tmp_path / "other.db").exists()
    assert not (tmp_path / "other-files").exists()


def test_a_file_altered_anywhere_is_refused_or_holds_the_very_same(sqlite_house: made.House) -> None:
    """A letter of the file that says nothing, such as the date of a part, may be another; what is held may not."""
    backup, manifest = backed_up(with_a_document(sqlite_house))
    dice, refused = random.Random(11), 0
    for _ in range(150):
        place, altered = dice.randrange(len(backup)), bytearray(backup)
        altered[place] ^= dice.randrange(1, 256)
        try:
            with whole(io.BytesIO(bytes(altered))) as found:
                assert found.manifest == manifest
        except Damaged:
            refused += 1
    assert refused > 100


def rezipped(backup: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(backup)) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    change(held)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, content in held.items():
            zipped.writestr(name, content)
    return out.getvalue()


CHANGED: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a row put in": lambda held: held.update({"tables/agency.jsonl": held["tables/agency.jsonl"] * 2}),
    "a row changed": lambda held: held.update(
        {"tables/agency.jsonl": held["tables/agency.jsonl"].replace(b"Exampleton", b"Elsewhere!")}
    ),
    "a table taken out": lambda held: held.pop("tables/agency.jsonl"),
    "a document changed": lambda held: held.update({next(one for one in held if one.startswith("files/")): b"Other"}),
    "something put in": lambda held: held.update({"../../elsewhere": b"x"}),
    "no manifest": lambda held: held.pop("manifest.json"),
    "a manifest of another kind": lambda held: held.update({"manifest.json": b"{}"}),
    "another format": lambda held: held.update(
        {"manifest.json": held["manifest.json"].replace(b'"format":1', b'"format":2')}
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_part_exchanged_for_another_is_refused(sqlite_house: made.House, what: str) -> None:
    backup, manifest = backed_up(with_a_document(sqlite_house))
    with whole(io.BytesIO(rezipped(backup, lambda held: None))) as found:
        assert found.manifest == manifest
    with pytest.raises(Damaged), whole(io.BytesIO(rezipped(backup, CHANGED[what]))):
        pass


def test_what_the_database_refuses_is_undone_whole(house: made.House, other_url: str) -> None:
    """Rows that the source took past its own checks."""
    receive(house.desk, house.viewer("ada"), take=made.take())
    tamper(house, "UPDATE assignment SET team_id = 999")
    assert house.desk.database.is_sqlite == bool(loose(house))
    backup, _ = backed_up(house)
    with pytest.raises(CannotRestore, match="nothing was kept"):
        restored(house, backup, other_url)
    database = Database(other_url)
    assert held_in(database) == 0
    database.dispose()


def loose(house: made.House) -> tuple[str, ...]:
    with house.desk.database.at_one_moment() as session:
        return dangling(session)


def held_in(database: Database) -> int:
    with database.reading() as session:
        return sum(len(session.execute(select(table)).all()) for table in SQLModel.metadata.sorted_tables)


def test_a_document_whose_file_is_lost_or_changed_is_named_and_the_rest_is_kept(house: made.House) -> None:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    for number in range(3):
        content = f"Document {number}".encode()
        attach(house.desk, house.viewer("ada"), case=case, name="a.txt", content=content)
    first, second, third = sorted(one.sha256 for one in kept.rows(house, Document))
    path_of(house.desk.settings.files, first).unlink()
    path_of(house.desk.settings.files, second).write_bytes(b"Changed")
    _, manifest = backed_up(house)
    assert (manifest.lost, [one.sha256 for one in manifest.files]) == ((first, second), [third])


def test_a_document_that_lies_there_changed_is_written_anew(sqlite_house: made.House, tmp_path: Path) -> None:
    backup, _ = backed_up(with_a_document(sqlite_house))
    (digest,) = {one.sha256 for one in kept.rows(sqlite_house, Document)}
    there = path_of(tmp_path / "other-files", digest)
    there.parent.mkdir(parents=True)
    there.write_bytes(b"Something else")
    restored(sqlite_house, backup, f"sqlite:///{tmp_path}/other.db").desk.database.dispose()
    assert there.read_bytes() == b"As told"


def killed_before(statement: int, url: str, files: Path, backup: bytes) -> bool:
    """Restore in a child that is killed before its nth statement or its commit; False once it gets through."""
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            database = Database(url)
            count = iter(range(statement))

            def next_one(*_: object) -> None:
                if next(count, None) is None:
                    os.kill(os.getpid(), signal.SIGKILL)

            event.listen(database.engine, "before_cursor_execute", next_one)
            event.listen(database.engine, "commit", next_one)
            with whole(io.BytesIO(backup)) as found:
                restore(database, files, found)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_a_restore_killed_anywhere_leaves_nothing_or_all_and_can_be_done_again(
    sqlite_house: made.House, other_url: str, tmp_path: Path
) -> None:
    house = with_a_document(sqlite_house)
    before, (backup, _) = kept.everything(house), backed_up(house)
    house.desk.database.dispose()
    upgrade(other_url)
    database = Database(other_url)
    statement, killed = 0, 0
    while killed_before(statement, other_url, tmp_path / "other-files", backup):
        assert held_in(database) == 0
        database.dispose()
        killed += 1
        statement += 13
    assert killed > 8
    there = replace(house, desk=Desk(database, Settings(files=tmp_path / "other-files"), house.clock))
    assert kept.everything(there) == before
    database.dispose()


def test_what_was_wrong_before_is_restored_and_still_found(house: made.House, other_url: str) -> None:
    receive(house.desk, house.viewer("ada"), take=made.take())
    tamper(house, "UPDATE entry SET kind = 'x'", "UPDATE payload SET body = '{}'")
    there = restored(house, backed_up(house)[0], other_url)
    assert kept.audited(there) == kept.audited(house) != []
    there.desk.database.dispose()
