"""How are very many referrals had quickly? One that was taken in, copied with everything beside it, row by row."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, Table, cast, func, insert, literal, select
from sqlmodel import Session

from pathway.acts import Desk
from pathway.tables import Assignment, Case, CaseChild, Deadline, Entry, Message
from pathway.tables.columns import table_of

CASE = table_of(Case)
BESIDE = tuple(table_of(one) for one in (CaseChild, Assignment, Deadline, Entry, Message))
Own = Callable[[ColumnElement[int]], Mapping[str, Any]]
ABOVE = 1_000_000
"""Above every number that the database gives by itself."""


def copied(desk: Desk, reference: str, many: int) -> list[str]:
    """The references of so many referrals like this one."""
    with desk.database.writing() as session:
        case = session.execute(select(CASE.c.id).where(CASE.c.public_id == reference)).scalar_one()
        first = _next(session, CASE)
        copy_row(session, CASE, case, many, lambda _: {})
        for table in BESIDE:
            for row in session.execute(select(table.c.id).where(table.c.case_id == case)).scalars().all():
                copy_row(session, table, row, many, lambda number: {"case_id": number + first})
        found = select(CASE.c.public_id).where(CASE.c.id >= first).order_by(CASE.c.id)
        return list(session.execute(found).scalars())


def copy_row(session: Session, table: Table, row: int, many: int, own: Own) -> None:
    """So many rows like this one in one statement, each with a number, a reference and columns of its own."""
    first = _next(session, table)
    numbers = select(literal(0, BigInteger).label("n")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.n + 1).where(numbers.c.n < many - 1))
    number = numbers.c.n
    values = {"id": number + first, "public_id": _reference(number + first)} | own(number)
    chosen = {column.name: values.get(column.name, column) for column in table.c}
    rows = select(*chosen.values()).select_from(table.join(numbers, table.c.id == row))
    session.execute(insert(table).from_select(list(chosen), rows))


def _next(session: Session, table: Table) -> int:
    return max(ABOVE, session.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def _reference(number: ColumnElement[int]) -> ColumnElement[str]:
    return literal("X") + func.substr(cast(number + literal(10**12, BigInteger), String), 5)
