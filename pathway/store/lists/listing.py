"""Which open cases come next? The board's order, page after page, steady while cases come and go."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal, or_
from sqlmodel import Session, col

from pathway.access import Viewer
from pathway.store.lists.wanted import NEVER, NEXT_DUE_AT, Wanted, due_first, open_to, worst_first
from pathway.store.parts.rows import rows_of
from pathway.store.parts.views import BoardRow
from pathway.tables import Case


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
    query = open_to(viewer, now, Wanted(whose=whose), None)
    if after is not None:
        query = query.where(_after(after))
    found = session.exec(query.order_by(*worst_first()).limit(limit + 1)).all()
    page = found[:limit]
    more = len(found) > limit
    return Listed(rows_of(session, viewer, page, now, leads=True), _place(page[-1]) if more else None)


def _after(place: Place) -> ColumnElement[bool]:
    due_at = due_first()
    at = literal(place.due_at, NEXT_DUE_AT.type)
    later = or_(due_at > at, and_(due_at == at, col(Case.public_id) > place.ref))
    alike = and_(col(Case.immediate).is_(place.immediate), later)
    return or_(col(Case.immediate).is_(False), alike) if place.immediate else alike


def _place(case: Case) -> Place:
    return Place(case.immediate, case.next_due_at or NEVER, case.public_id)
