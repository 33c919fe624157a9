"""What does a page or a question ask of the database? Every statement, written down as it is sent."""

from collections.abc import Iterator
from contextlib import contextmanager

import made
from sqlalchemy import event
from starlette.testclient import TestClient


@contextmanager
def counted(house: made.House) -> Iterator[list[str]]:
    """The statements sent while the block lasts; what only opens or ends a transaction isn't one."""
    said: list[str] = []

    def listen(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            said.append(statement)

    engine = house.desk.database.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


def statements(house: made.House, client: TestClient, path: str) -> int:
    with counted(house) as said:
        assert client.get(path).status_code == 200
    return len(said)
