"""Is a backup whole, and what does it hold? Every part is read and proved before anything is taken from it."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Table

from pathway.store.history.backup import MANIFEST, Manifest, chunks_of, digest_of, file_member, table_member
from pathway.store.history.packing import digest, unpacked

UNREADABLE = (
    BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OSError, OverflowError, RuntimeError,
    ValueError,
)  # fmt: skip
"""What reading a cut or altered file may raise, wherever in it the harm is."""


class Damaged(Exception):
    """A file that isn't a whole backup."""


@dataclass(frozen=True)
class Backup:
    """A backup that was found whole."""

    manifest: Manifest
    zipped: ZipFile

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        with self.zipped.open(table_member(table.name)) as lines:
            yield from unpacked(table, lines)

    def content(self, document: str) -> Iterator[bytes]:
        with self.zipped.open(file_member(document)) as opened:
            yield from chunks_of(opened)


@contextmanager
def whole(file: IO[bytes]) -> Iterator[Backup]:
    """A backup, once all of it has been proved. Raises `Damaged`."""
    with _opened(file) as zipped:
        yield Backup(_proved(zipped), zipped)


def _opened(file: IO[bytes]) -> ZipFile:
    try:
        return ZipFile(file)
    except UNREADABLE as wrong:
        raise Damaged("It isn't a backup of ours, or its end is missing.") from wrong


def _proved(zipped: ZipFile) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(zipped.read(MANIFEST))
        _check_members(zipped, manifest)
        for part in manifest.tables:
            with zipped.open(table_member(part.name)) as lines:
                _check(digest(lines) == (part.rows, part.sha256), f"The rows of {part.name}")
        for one in manifest.files:
            with zipped.open(file_member(one.sha256)) as opened:
                _check(digest_of(chunks_of(opened)) == one.sha256, f"The document {one.sha256}")
    except UNREADABLE as wrong:
        raise Damaged("It is damaged, or it was written by another release.") from wrong
    return manifest


def _check_members(zipped: ZipFile, manifest: Manifest) -> None:
    named = [MANIFEST, *(table_member(one.name) for one in manifest.tables)]
    named += [file_member(one.sha256) for one in manifest.files]
    _check(sorted(named) == sorted(zipped.namelist()), "The list of its parts")


def _check(holds: bool, what: str) -> None:
    if not holds:
        raise Damaged(f"{what} isn't as it was written.")


def open_file(path: Path) -> IO[bytes]:
    """Raises `Damaged` where there is none that can be read."""
    try:
        return path.open("rb")
    except OSError:
        raise Damaged("There is no such file that can be read.") from None
