"""Which open cases come next? The board's order, page after page, steady while cases come and go."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, or_
from sqlmodel import Session, col

from pathway.access import Viewer, seen_whole_by
from pathway.store.board import held, rows_of
from pathway.store.views import BoardRow
from pathway.tables import Case
from pathway.tables.columns import table_of

NEXT_DUE_AT = table_of(Case).c.next_due_at
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Where a case without anything due stands in the order: last."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the order's own terms, so that it holds though its case has moved on."""

    immediate: bool
    due_at: datetime
    ref: str


@dataclass(frozen=True, slots=True)
class Listed:
    rows: tuple[BoardRow, ...]
    end: Place | None
    """Where the page after begins; None on the last."""


def open_cases(
    session: Session, viewer: Viewer, now: datetime, *, whose: str = "all", after: Place | None = None, limit: int = 50
) -> Listed:
    """Open cases that the viewer may see whole, worst first. `whose`: all, team or mine."""
    query = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None))
    if whose != "all":
        query = query.where(col(Case.id).in_(held(viewer, whose, now)))
    if after is not None:
        query = query.where(_after(after))
    order = (col(Case.immediate).desc(), _due_at(), col(Case.public_id))
    found = session.exec(query.order_by(*order).limit(limit + 1)).all()
    page = found[:limit]
    more = len(found) > limit
    return Listed(rows_of(session, page, now), _place(page[-1]) if more else None)


def _due_at() -> ColumnElement[Any]:
    return func.coalesce(NEXT_DUE_AT, literal(NEVER, NEXT_DUE_AT.type))


def _after(place: Place) -> ColumnElement[bool]:
    due_at = _due_at()
    at = literal(place.due_at, NEXT_DUE_AT.type)
    later = or_(due_at > at, and_(due_at == at, col(Case.public_id) > place.ref))
    alike = and_(col(Case.immediate).is_(place.immediate), later)
    return or_(col(Case.immediate).is_(False), alike) if place.immediate else alike


def _place(case: Case) -> Place:
    return Place(case.immediate, case.next_due_at or NEVER, case.public_id)
