"""Is a document on the disk before anything names it, and nowhere at all for one who may not attach it?"""

import os

import made
import pytest

from pathway.acts import NotFound, attach, receive
from pathway.database import Database
from pathway.store.history.files import file_of, path_of
from workflows import Refused


def taken(house: made.House) -> str:
    return receive(house.desk, house.viewer("pat"), take=made.take()).case


@pytest.mark.parametrize(("name", "wrong"), [("gil", NotFound), ("aud", Refused)])
def test_who_may_not_attach_leaves_nothing_on_the_disk(
    sqlite_house: made.House, name: str, wrong: type[Exception]
) -> None:
    with pytest.raises(wrong):
        attach(sqlite_house.desk, sqlite_house.viewer(name), case=taken(sqlite_house), name="a.txt", content=b"words")
    assert not sqlite_house.desk.settings.files.exists()


def test_the_file_and_its_folders_are_synced_before_the_writer_is_taken(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, synced, sync, writing = taken(sqlite_house), list[str](), os.fsync, Database.writing

    def noted(number: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{number}"))
        sync(number)

    def begun(database: Database) -> object:
        synced.append("the writer")
        return writing(database)

    monkeypatch.setattr("os.fsync", noted)
    monkeypatch.setattr(Database, "writing", begun)
    attach(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="a.txt", content=b"words")
    files = sqlite_house.desk.settings.files
    (content,) = [one for one in files.rglob("*") if one.is_file()]
    before = synced[: synced.index("the writer")]
    assert [str(files.parent), str(files), str(content.parent)] == [one for one in before if not one.endswith(".part")]
    assert len(before) == 4


def test_a_document_whose_content_is_gone_is_not_found(sqlite_house: made.House) -> None:
    house, ada = sqlite_house, sqlite_house.viewer("ada")
    case = taken(house)
    ref = attach(house.desk, ada, case=case, name="a.txt", content=b"words").named["document"]
    files = house.desk.settings.files
    with house.desk.database.reading() as session:
        there = file_of(session, ada, files, case, ref, house.clock())
        assert there
        assert there.path == path_of(files, there.path.name)
        there.path.unlink()
        assert file_of(session, ada, files, case, ref, house.clock()) is None
