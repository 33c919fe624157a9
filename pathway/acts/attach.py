"""How is a document kept? Under the hash of its content, with its size and type checked before it is taken."""

import hashlib
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import col, select

from pathway.access import Viewer, seen_whole_by
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import FieldFault, NotFound, Unacceptable
from pathway.acts.note import check_may_write
from pathway.acts.on_disk import keep, sync
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.record import Done, Line, record
from pathway.store.history.files import path_of
from pathway.tables import Case, Document, Entry
from pathway.tables.columns import public_id, table_of

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"PK\x03\x04", "application/zip"),
)
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}
TAKEN = "a PDF, a picture (PNG or JPEG), a Word, Excel or OpenDocument file, or plain text"


def attach(desk: Desk, viewer: Viewer, *, case: str, name: str, content: bytes, key: str | None = None) -> Done:
    """Attach a file to a record. Raises `Unacceptable` for one that is empty, too large or of another type.

    The file is on disk, whole and synced, before the row that names it commits: a crash between the two
    leaves a file nobody names, never a name without its file.
    """
    media_type = check_document(name, content, desk.settings.largest_document_bytes)
    digest = hashlib.sha256(content).hexdigest()
    check_may_attach(desk, viewer, case)
    _keep(path_of(desk.settings.files, digest), content)
    with work(desk, viewer) as unit:
        asked = ("attach", case, name, digest)
        return once(unit, key, asked, lambda: _attached(unit, case, Path(name).name, len(content), digest, media_type))


def check_document(name: str, content: bytes, largest: int) -> str:
    """The media type of an acceptable document, told by its content and never by its name alone."""
    if not content:
        raise Unacceptable(FieldFault("document", "This file is empty. Choose another."))
    if len(content) > largest:
        raise Unacceptable(FieldFault("document", f"This file is larger than {largest // 1_000_000} MB. Split it."))
    signed = next((media for signature, media in SIGNATURES if content.startswith(signature)), None)
    found = OFFICE.get(Path(name).suffix.lower()) if signed == "application/zip" else signed
    if signed is None and _is_text(content):
        found = "text/plain"
    if found is None:
        raise Unacceptable(FieldFault("document", f"We can't keep this kind of file. Choose {TAKEN}."))
    return found


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _attached(unit: Work, reference: str, name: str, size: int, digest: str, media_type: str) -> Done:
    case = opened(unit, reference, None, whole=True)
    check_may_write(unit.viewer)
    ref = public_id()
    line = Line("attached", said={"name": name, "document": ref, "sha256": digest, "media_type": media_type})
    done = record(unit, case, line)
    entry_id = unit.session.exec(select(Entry.id).where(col(Entry.public_id) == done.entry)).one()
    unit.session.execute(
        insert(table_of(Document)).values(
            public_id=ref,
            authority=case.authority,
            case_id=case.id,
            entry_id=entry_id,
            sha256=digest,
            bytes=size,
            media_type=media_type,
            name=name[:200],
            added_at=unit.now,
            added_by_id=unit.viewer.id,
        )
    )
    return Done(done.case, done.version, done.entry, done.sequence, {"document": ref})


def check_may_attach(desk: Desk, viewer: Viewer, case: str) -> None:
    """Asked before anything is written to the disk, and again where the row is written."""
    check_may_write(viewer)
    with desk.database.reading() as session:
        whole = seen_whole_by(viewer, desk.clock()).where(col(Case.public_id) == case)
        if session.exec(whole).first() is None:
            raise NotFound


def _keep(path: Path, content: bytes) -> None:
    """On the disk and in its folder, unless it is there already: the same content has the same name."""
    if path.exists():
        sync(path.parent)
    else:
        keep(path, (content,))
