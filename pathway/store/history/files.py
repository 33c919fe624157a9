"""Where is a document's content, for one who may see the record it is on?"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from pathway.access import Viewer, seen_whole_by
from pathway.tables import Case, Document


@dataclass(frozen=True, slots=True)
class FileView:
    name: str
    media_type: str
    path: Path


def path_of(files: Path, digest: str) -> Path:
    """Where a document's content lies."""
    return files / digest[:2] / digest


def file_of(session: Session, viewer: Viewer, files: Path, case: str, document: str, now: datetime) -> FileView | None:
    """The document by its reference on a record whose whole the viewer may see; None where its content is gone."""
    cases = seen_whole_by(viewer, now).where(col(Case.public_id) == case).with_only_columns(col(Case.id))
    row = session.exec(
        select(Document).where(col(Document.public_id) == document, col(Document.case_id).in_(cases))
    ).first()
    path = path_of(files, row.sha256) if row else None
    return FileView(row.name, row.media_type, path) if row and path and path.is_file() else None
