"""How does a backup become a database again? Into one that holds nothing, whole or not at all, and proved equal."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from alembic.util import CommandError
from sqlalchemy import Integer, Table, bindparam, func, insert, inspect, select, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from pathway.acts.on_disk import keep
from pathway.database import Database
from pathway.migrations import head, upgrade
from pathway.store.history.backup import Manifest, is_whole
from pathway.store.history.files import path_of
from pathway.store.history.kept import Backup
from pathway.store.history.packing import BATCH, digest, every_table, packed


class CannotRestore(Exception):
    """Why a backup isn't restored here, and what to do instead."""


def restore(database: Database, files: Path, backup: Backup) -> None:
    """Restore a backup that was found whole into a database that holds nothing. Raises `CannotRestore`.

    The documents come first, since nothing names them yet; the rows in one transaction, which ends only once they
    have been read back and come to what the manifest says.
    """
    check_revision(backup.manifest)
    check_holds_nothing(database)
    try:
        upgrade(database.url)
    except CommandError as wrong:
        raise CannotRestore(f"The tables of this database aren't this release's: {wrong} Name an empty one.") from wrong
    for one in backup.manifest.files:
        path = path_of(files, one.sha256)
        if not is_whole(path, one.sha256):
            keep(path, backup.content(one.sha256))
    try:
        with database.writing() as session:
            _fill(session, backup)
    except SQLAlchemyError as wrong:
        reason = str(getattr(wrong, "orig", None) or wrong).splitlines()[0]
        raise CannotRestore(
            f"This database doesn't take what the backup holds, and nothing was kept: {reason}"
        ) from wrong


def check_revision(manifest: Manifest) -> None:
    if manifest.revision != head():
        raise CannotRestore(
            f"It was taken at revision {manifest.revision}, and this release is at {head()}. Restore it with the "
            "release that took it; a later one then brings the tables up to date when it serves them."
        )


def check_holds_nothing(database: Database) -> None:
    """Nothing is ever laid over what is there: restore elsewhere, then change over."""
    quoted = database.engine.dialect.identifier_preparer.quote
    with database.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            if name == "alembic_version":
                continue
            if connection.execute(text(f"SELECT 1 FROM {quoted(name)} LIMIT 1")).first() is not None:
                raise CannotRestore("This database holds rows already, and stays as it is. Name an empty one.")


def _fill(session: Session, backup: Backup) -> None:
    for table in every_table():
        if session.execute(select(table).limit(1)).first() is not None:
            raise CannotRestore("Somebody has begun to use this database meanwhile. It stays as it is.")
        later = _names_own_rows(table)
        for rows in _batches(backup.rows(table)):
            session.execute(insert(table), [row | dict.fromkeys(later) for row in rows])
        for rows in _batches(backup.rows(table)) if later else ():
            _name_own_rows(session, table, later, rows)
    for part, table in zip(backup.manifest.tables, every_table(), strict=True):
        if (part.name, part.rows, part.sha256) != (table.name, *digest(packed(session, table))):
            raise CannotRestore(f"The rows of {table.name} don't come to what the backup says. Nothing was kept.")
    if session.get_bind().dialect.name == "postgresql":
        _number_on(session)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _names_own_rows(table: Table) -> tuple[str, ...]:
    """Columns that name a row of the same table, which may come later: they are filled once all rows are there."""
    return tuple(column.name for column in table.c for key in column.foreign_keys if key.column.table is table)


def _name_own_rows(session: Session, table: Table, later: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    naming = [row for row in rows if any(row[name] is not None for name in later)]
    if naming:
        filled: dict[str, Any] = {name: bindparam(f"own_{name}") for name in later}
        given = [{"number": row["id"], **{f"own_{name}": row[name] for name in later}} for row in naming]
        session.execute(update(table).where(table.c.id == bindparam("number")).values(filled), given)


def _number_on(session: Session) -> None:
    """What is written next is numbered after what was restored."""
    for table in every_table():
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', "id")
            last = func.max(table.c.id)
            session.execute(select(func.setval(sequence, last)).select_from(table).having(last.is_not(None)))
