"""Is what the service has committed on the disk, whatever the tests themselves leave out to be quick?"""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import made
import pytest
from engines import tuned_for_service
from sqlalchemy import text

from pathway.database import Database

WAITS_FOR_THE_DISK = 2


def asked(say: Callable[[str], object], *names: str) -> list[object]:
    return [say(f"PRAGMA {name}") for name in names]


def test_the_service_waits_until_a_commit_lies_on_the_disk(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "pathway.db")
    tuned_for_service(connection, None)
    said = asked(lambda one: connection.execute(one).fetchone()[0], "synchronous", "journal_mode", "foreign_keys")
    connection.close()
    assert said == [WAITS_FOR_THE_DISK, "wal", 1]


def test_every_connection_is_tuned_as_it_opens(sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    tuned: list[object] = []
    monkeypatch.setattr("pathway.database._tune", lambda connection, record: tuned.append(connection))
    database = Database(sqlite_house.desk.database.url)
    with database.reading() as one, database.reading() as other:
        one.execute(text("SELECT 1"))
        other.execute(text("SELECT 1"))
    database.dispose()
    assert len(tuned) == 2
