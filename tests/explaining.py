"""How does a database go about what it is asked? Its own plan for each statement sent while something is sought."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import kept
import made
from bench.many_cases import fill as fill_cases
from bench.many_cases import settle
from sqlalchemy import event
from sqlmodel import Session

from pathway.acts.keying import key_older
from pathway.acts.look import look
from pathway.tables import Case, Viewing

GREAT = "person|person_key|case|case_child|assignment|viewing|viewed_record"
"""Tables that grow with every year; none is read from end to end."""

READ_WHOLE = re.compile(rf'SCAN (?:{GREAT})\b|Seq Scan on "?(?:{GREAT})\b')

MANY, LOOKS = 5_000, 2_000


def fill(house: made.House) -> None:
    """So many cases, each with a child, and so many looks, that reading every row would be the slower way to any."""
    fill_cases(house.desk, MANY, house.clock())
    key_older(house.desk, house.system)
    look(house.desk, house.viewer("ben"), page="board", cases=[one.public_id for one in kept.rows(house, Case)])
    who = {"authority": made.AUTHORITY, "practitioner_id": house.ids["ben"], "page": "board", "cases": "[]"}
    with house.desk.database.writing() as session:
        session.add_all(Viewing(**who, at=house.clock()) for _ in range(LOOKS))
    settle(house.desk)


def plans(house: made.House, seek: Callable[[Session], object]) -> str:
    """The plans of all that is asked."""
    with house.desk.database.reading() as session, _sent(house) as sent:
        seek(session)
    return "\n\n".join(_plan(house, statement, parameters) for statement, parameters in sent)


@contextmanager
def _sent(house: made.House) -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            said.append((statement, parameters))

    engine = house.desk.database.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


def _plan(house: made.House, statement: str, parameters: Any) -> str:
    how = "EXPLAIN QUERY PLAN" if house.desk.database.is_sqlite else "EXPLAIN (COSTS OFF)"
    with house.desk.database.engine.connect() as connection:
        rows = connection.exec_driver_sql(f"{how} {statement}", parameters)
        return "\n".join(str(row[-1]) for row in rows)
