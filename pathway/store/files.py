"""Where is a document's content, for one who may see the record it is on?"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, seen_whole_by
from pathway.tables import Case, Document


@dataclass(frozen=True, slots=True)
class FileView:
    name: str
    media_type: str
    sha256: str


def file_of(session: Session, viewer: Viewer, case: str, document: str, now: datetime) -> FileView | None:
    """The document by its reference on a record whose whole the viewer may see."""
    cases = seen_whole_by(viewer, now).where(col(Case.public_id) == case).with_only_columns(col(Case.id))
    row = session.exec(
        select(Document).where(col(Document.public_id) == document, col(Document.case_id).in_(cases))
    ).first()
    return FileView(row.name, row.media_type, row.sha256) if row else None
