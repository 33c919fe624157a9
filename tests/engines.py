"""What do the engines of the tests share, and what do they leave out? What was compiled; and the wait for a disk.

Every test has a database of its own, and so a new engine; SQLAlchemy remembers by engine, and would compile anew in
each test what the service, which has one engine for its whole life, compiles once. And a test's rows need not outlive
the machine: SQLite doesn't wait until each commit lies on the disk. They do outlive a process that is killed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine

from pathway import database

FIRST: dict[str, Engine] = {}
"""By kind of database, the engine whose memory the others use."""

tuned_for_service = database._tune


def share_with(url: str) -> None:
    """From now on, share what is compiled for the kind of database at `url`, which must be there already."""
    first = create_engine(url, query_cache_size=5_000)
    with first.connect():  # a dialect learns at its first connection whom it is talking to
        FIRST[first.dialect.name] = first
    first.dispose()


@contextmanager
def for_tests() -> Iterator[None]:
    """While this lasts, every database that is opened has an engine for tests."""
    share_with("sqlite://")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "create_engine", _sharing_engine)
        patch.setattr(database, "_tune", _tuned_for_tests)
        yield


def _sharing_engine(url: str, **how: Any) -> Engine:
    engine = create_engine(url, **how)
    if first := FIRST.get(engine.dialect.name):
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine


def _tuned_for_tests(connection: sqlite3.Connection, record: object) -> None:
    tuned_for_service(connection, record)
    connection.execute("PRAGMA synchronous=OFF")
