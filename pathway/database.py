"""Where are the rows kept? One engine for the embedded SQLite or a PostgreSQL, and transactions on it."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import TimeoutError as TurnNeverCame
from sqlmodel import Session

BUSY_MILLISECONDS = 10_000
POOL_SECONDS = 10
PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 15_000}
"""Of a connection to a server, unless its address says otherwise: seconds, then milliseconds, as its client wants."""


class Database:
    """Sessions that read, and sessions that write.

    SQLite's busy handler sleeps, so writers wait at a gate in front of it instead, and they take the write
    lock when they begin: a transaction that reads first and writes later would fail at once under contention.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite(url) if self.is_sqlite else _server(url)
        self._writer = self.engine.execution_options(writes=True)
        self._gate: AbstractContextManager[Any] = Gate() if self.is_sqlite else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def at_one_moment(self) -> Iterator[Session]:
        """A session that reads everything as it stood at one moment, whatever is written meanwhile."""
        engine = self.engine
        if not self.is_sqlite:  # there every transaction reads at one moment
            engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with Session(engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, undone whole when it raises.

        `trouble_in` says of a fault whether the database is away or busy, or the disk full.
        """
        with self._gate, Session(self._writer, autoflush=False, expire_on_commit=False) as session, session.begin():
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


class Gate:
    """Where the writers of one process wait for each other, in the order in which they came: not for longer than they
    would wait for another process. A plain lock is taken again by whoever has just let go, and the rest wait on.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        turn = self._queued()
        if turn is None or turn.wait(BUSY_MILLISECONDS / 1000):
            return
        with self._mutex:
            if turn in self._waiting:  # else it came at this very moment
                self._waiting.remove(turn)
                raise TurnNeverCame("Others wrote for too long.")

    def __exit__(self, *fault: object) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False

    @property
    def waiting(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    def _queued(self) -> threading.Event | None:
        """What is set when one's turn has come; None where it has come already."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return None
            turn = threading.Event()
            self._waiting.append(turn)
            return turn


def _server(url: str) -> Engine:
    """A fault says its statement and never what was in it: that may be a child's.

    A connection that the server has dropped meanwhile is noticed before it is used, and a server that is silent is not
    waited for without end.
    """
    patience = {name: seconds for name, seconds in PATIENCE.items() if name not in make_url(url).query}
    return create_engine(
        url,
        pool_size=10,
        max_overflow=20,
        pool_pre_ping=True,
        pool_timeout=POOL_SECONDS,
        connect_args=patience,
        hide_parameters=True,
    )


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


def _tune(connection: Any, record: object) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten, not only let go
        f"busy_timeout={BUSY_MILLISECONDS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
