"""What did I leave half typed? A viewer's own drafts, and nobody else's."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.tables import Draft


@dataclass(frozen=True, slots=True)
class DraftView:
    """`form` is the address of the page it belongs to."""

    ref: str
    form: str
    saved_at: datetime
    fields: dict[str, list[str]]


def my_drafts(session: Session, viewer: Viewer) -> tuple[DraftView, ...]:
    """Drafts that haven't become a record yet, newest first."""
    rows = session.exec(
        select(Draft)
        .where(col(Draft.practitioner_id) == viewer.id, col(Draft.used_at).is_(None))
        .order_by(col(Draft.saved_at).desc())
        .limit(50)
    ).all()
    return tuple(_view(row) for row in rows)


def draft(session: Session, viewer: Viewer, ref: str) -> DraftView | None:
    row = session.exec(
        select(Draft).where(
            col(Draft.public_id) == ref, col(Draft.practitioner_id) == viewer.id, col(Draft.used_at).is_(None)
        )
    ).first()
    return _view(row) if row else None


def _view(row: Draft) -> DraftView:
    body = json.loads(row.body)
    fields = {name: [str(value) for value in values] for name, values in body.items() if isinstance(values, list)}
    return DraftView(row.public_id, row.form, row.saved_at, fields)
