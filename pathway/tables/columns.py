"""What do all rows share? Public ids, named checks and partial indexes."""

import secrets
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Enum, Index, String, Table, text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for another when read over the telephone."""

PUBLIC_ID_LENGTH = 10
LAST = "\U0010ffff"
"""Sorts, by its characters, after whatever a word may go on with."""


def public_id() -> str:
    """A new short reference: ten letters and digits, well inside the 20 that a statutory return takes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def word(words: type[StrEnum], name: str) -> Any:
    """A column type that holds one of the enumeration's words, checked by the database under `name`."""
    return Enum(
        words,
        name=f"ck_{name}",
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda chosen: [member.value for member in chosen],
    )


def by_character(length: int) -> Any:
    """A text that both databases sort by its characters, so that an index finds what begins like something."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def exactly_one(first: str, second: str, table: str) -> CheckConstraint:
    return CheckConstraint(f"({first} IS NULL) <> ({second} IS NULL)", name=f"ck_{table}_{first}_or_{second}")


def together(first: str, second: str, table: str) -> CheckConstraint:
    """A moment never without its person, nor a person without the moment."""
    return CheckConstraint(f"({first} IS NULL) = ({second} IS NULL)", name=f"ck_{table}_{first}_with_{second}")


def where(name: str, *columns: str, condition: str, unique: bool = False) -> Index:
    """An index on only the rows that matter now: what is open, waiting or claimed."""
    chosen = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=chosen, postgresql_where=chosen)


def table_of(rows: Any) -> Table:
    """The Core table under a row class, for the hot writes that skip the ORM."""
    table: Table = rows.__table__
    return table


class Retention(StrEnum):
    """Which schedule says how long a record is kept; the schedule itself is policy data."""

    contact = "contact"
    early_help = "early_help"
    child_in_need = "child_in_need"
    child_protection = "child_protection"
    staff = "staff"
