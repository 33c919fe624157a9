"""Two real databases for every test that asks for a desk: the embedded SQLite and a PostgreSQL of our own."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import engines
import made
import pytest
import reading
from postgres import Server, drop_postgres, new_postgres, server_of_our_own
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import make_url

from pathway.acts import Desk
from pathway.clock import SetClock
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.settings import Settings


def pytest_configure() -> None:
    reading.remember()


@dataclass(frozen=True)
class Template:
    """A founded partnership to copy for each test."""

    url: str
    ids: dict[str, int]
    team_ids: dict[str, int]


@pytest.fixture(scope="session", autouse=True)
def _engines_for_tests() -> Iterator[None]:
    with engines.for_tests():
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_kept_quickly() -> Iterator[None]:
    """The service's own hash is slow on purpose; that it is, `test_sign_in` asks."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pathway.acts.passwords._HASHER", quick)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    with server_of_our_own() as server:
        engines.share_with(server.url)
        yield server


@pytest.fixture(scope="session")
def postgres_url(postgres_server: Server) -> str:
    return postgres_server.url


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
    if not database.is_sqlite:
        drop_postgres(request.getfixturevalue("postgres_url"), database.url)


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
