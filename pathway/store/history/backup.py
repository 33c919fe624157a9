"""How is everything kept in one file? Each table's rows as lines, each document, and a manifest that proves them.

The same for every database, so what was kept of one can be restored into another.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Table, select, text
from sqlmodel import Session

from pathway.store.history.chain import canonical_json
from pathway.store.history.files import path_of
from pathway.store.history.packing import every_table, packed
from pathway.tables import Document
from pathway.tables.columns import table_of

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
DOCUMENT = table_of(Document)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TablePart(Part):
    """One table: its columns in order, how many rows, and the SHA-256 of their lines."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str


class FilePart(Part):
    sha256: str
    bytes: int


class Manifest(Part):
    """What a backup holds. `lost` are the documents whose files weren't there, or weren't as they were attached."""

    format: Literal[1]
    revision: str
    taken_at: datetime
    tables: tuple[TablePart, ...]
    files: tuple[FilePart, ...]
    lost: tuple[str, ...]

    @property
    def rows(self) -> int:
        return sum(one.rows for one in self.tables)

    @property
    def proof(self) -> str:
        """One hash over all that is held, the same for the same rows and documents whenever they were kept."""
        held = canonical_json(self.model_dump(mode="json", include={"tables", "files"}))
        return hashlib.sha256(held.encode()).hexdigest()


def back_up(session: Session, files: Path, out: IO[bytes], *, revision: str, taken_at: datetime) -> Manifest:
    """Write everything to `out`, which needn't be sought in. Give it a session that reads at one moment.

    A document is on the disk before any row names it, and never goes, so each that is named can be read afterwards.
    """
    with ZipFile(out, "w") as zipped:
        tables = tuple(_table(zipped, table, packed(session, table)) for table in every_table())
        kept, lost = list[FilePart](), list[str]()
        for digest in _documents(session):
            found = _file(zipped, files, digest)
            lost.append(digest) if found is None else kept.append(found)
        manifest = Manifest(
            format=FORMAT, revision=revision, taken_at=taken_at, tables=tables, files=tuple(kept), lost=tuple(lost)
        )
        zipped.writestr(_member(MANIFEST), canonical_json(manifest.model_dump(mode="json")))
    return manifest


def dangling(session: Session) -> tuple[str, ...]:
    """The tables with rows that name others which aren't there, put by a tool that doesn't look: they don't restore."""
    if session.get_bind().dialect.name != "sqlite":
        return ()
    return tuple(sorted({row[0] for row in session.execute(text("PRAGMA foreign_key_check"))}))


def table_member(name: str) -> str:
    return f"tables/{name}.jsonl"


def file_member(digest: str) -> str:
    return f"files/{digest}"


def digest_of(chunks: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for chunk in chunks:
        found.update(chunk)
    return found.hexdigest()


def chunks_of(opened: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: opened.read(CHUNK), b"")


def _table(zipped: ZipFile, table: Table, lines: Iterable[bytes]) -> TablePart:
    rows, found = 0, hashlib.sha256()
    with zipped.open(_member(table_member(table.name)), "w", force_zip64=True) as member:
        for line in lines:
            rows += 1
            found.update(line)
            member.write(line)
    columns = tuple(column.name for column in table.c)
    return TablePart(name=table.name, columns=columns, rows=rows, sha256=found.hexdigest())


def _documents(session: Session) -> list[str]:
    return list(session.execute(select(DOCUMENT.c.sha256).distinct().order_by(DOCUMENT.c.sha256)).scalars())


def _file(zipped: ZipFile, files: Path, digest: str) -> FilePart | None:
    path = path_of(files, digest)
    if not is_whole(path, digest):
        return None
    with path.open("rb") as opened, zipped.open(_member(file_member(digest), ZIP_STORED), "w", force_zip64=True) as to:
        size = sum(to.write(chunk) for chunk in chunks_of(opened))
    return FilePart(sha256=digest, bytes=size)


def is_whole(path: Path, digest: str) -> bool:
    """Whether a document's file is there, and as it was attached."""
    if not path.is_file():
        return False
    with path.open("rb") as opened:
        return digest_of(chunks_of(opened)) == digest


def _member(name: str, how: int = ZIP_DEFLATED) -> ZipInfo:
    """A part of the file, for nobody but its owner; its date says nothing, so that the same makes the same."""
    member = ZipInfo(name)
    member.compress_type = how
    member.external_attr = 0o600 << 16
    return member
