"""What may those come to who see no record? An agency's people its questions, an outsider the one case they know of."""

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access.viewer import Viewer
from pathway.tables import Ask, Case, Outsider


def asks_put_to(viewer: Viewer) -> SelectOfScalar[Ask]:
    """The questions that wait for an answer from an agency of the viewer's.

    About a restricted record an agency's safeguarding leads alone are asked: among its people may be the one whom
    the record is kept from.
    """
    open_to_all = select(Case.id).where(col(Case.restricted).is_(False))
    return select(Ask).where(
        col(Ask.authority) == viewer.authority,
        col(Ask.ended_at).is_(None),
        or_(
            col(Ask.agency_id).in_(viewer.led_agencies),
            and_(col(Ask.agency_id).in_(viewer.asked_agencies), col(Ask.case_id).in_(open_to_all)),
        ),
    )


def case_of(outsider: Outsider) -> SelectOfScalar[Case]:
    """The one case that somebody outside was asked about or told us of; what of it they see, their part says."""
    return select(Case).where(col(Case.id) == outsider.case_id)
