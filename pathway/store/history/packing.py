"""How is a row written as one line of plain text, and read back the same, whatever database it stands in?"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Integer, Table, select
from sqlmodel import Session, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

from pathway import tables
from pathway.store.history.chain import canonical_json

assert tables

BATCH = 500


def every_table() -> tuple[Table, ...]:
    """Each table after those that its rows name."""
    return tuple(SQLModel.metadata.sorted_tables)


def packed(session: Session, table: Table) -> Iterator[bytes]:
    """Every row as a line: a list of its values in the order of the columns, by the primary key."""
    key = next(iter(table.primary_key))
    query = select(table).order_by(key).execution_options(yield_per=BATCH)
    rows = session.execute(query)
    if not isinstance(key.type, Integer):  # databases sort words each in its own way
        rows = sorted(rows, key=lambda row: str(row._mapping[key]))  # type: ignore[assignment]
    return (f"{canonical_json(list(row))}\n".encode() for row in rows)


def unpacked(table: Table, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The rows again, as they are inserted. Raises `ValueError` for a line that is no row of this table."""
    columns = tuple(table.c)
    for line in lines:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(columns):
            raise ValueError(f"This is no row of {table.name}.")
        yield {column.name: typed(column, value) for column, value in zip(columns, values, strict=True)}


def typed(column: Column[Any], value: Any) -> Any:
    """A value from plain text as its column takes it: moments and days are words there."""
    if isinstance(value, str) and isinstance(column.type, UTCDateTime):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column.type, Date):
        return date.fromisoformat(value)
    return value


def digest(lines: Iterable[bytes]) -> tuple[int, str]:
    """How many lines, and the SHA-256 of all of them."""
    count, found = 0, hashlib.sha256()
    for line in lines:
        count += 1
        found.update(line)
    return count, found.hexdigest()
