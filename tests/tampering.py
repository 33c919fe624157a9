"""What may somebody do who has the database and no scruples? Raw statements, past every check there is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import made
import psycopg
from sqlalchemy import make_url


@contextmanager
def intruder(house: made.House) -> Iterator[Any]:
    """A connection of somebody else's, at which no row need name another that is there."""
    url = make_url(house.desk.database.url)
    if house.desk.database.is_sqlite:
        connection: Any = sqlite3.connect(str(url.database), isolation_level=None)
    else:
        plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = psycopg.connect(plain, autocommit=True)
        connection.execute("SET session_replication_role = replica")
    try:
        yield connection
    finally:
        connection.close()


def tamper(house: made.House, *statements: str) -> None:
    with intruder(house) as connection:
        for one in statements:
            connection.execute(one)
