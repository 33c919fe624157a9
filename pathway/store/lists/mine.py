"""On which of my own open records could something begin? A short list to choose from, the worst first."""

from datetime import datetime

from sqlmodel import Session, col

from pathway.access import Viewer
from pathway.store.lists.wanted import Wanted, open_to, worst_first
from pathway.store.parts.rows import rows_of
from pathway.store.parts.views import BoardRow
from pathway.tables import Case
from workflows import Process

MOST = 30


def mine_to_begin_on(session: Session, viewer: Viewer, process: Process, now: datetime) -> tuple[BoardRow, ...]:
    """The open records that the viewer holds and on which one of this process begins; none where it isn't theirs."""
    if not viewer.roles & process.opening.who:
        return ()
    query = open_to(viewer, now, Wanted(whose="mine"), None)
    query = query.where(col(Case.process).in_(process.opening.begins_on)).order_by(*worst_first()).limit(MOST)
    return rows_of(session, viewer, session.exec(query).all(), now)
