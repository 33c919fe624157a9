"""How often has somebody worried about this child before, within the document's window?"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from pathway.access import Viewer, seen_whole_by
from pathway.store.same import same_as
from pathway.tables import Case, CaseChild, Person
from thresholds import Edition, Unpublished


def earlier_contacts(session: Session, viewer: Viewer, edition: Edition, person: str, now: datetime) -> int | None:
    """Contacts about a known person (a public id) that the viewer may see whole; None where no window is published.

    What the viewer may not see isn't counted, so a count never tells of a restricted record.
    """
    try:
        weeks = edition.figure("repeat_window").amount
    except Unpublished:
        return None
    seen = seen_whole_by(viewer, now).where(col(Case.received_at) > now - timedelta(weeks=weeks)).subquery()
    own = session.exec(select(Person.id).where(col(Person.public_id) == person)).all()
    counted = (
        select(func.count(func.distinct(col(CaseChild.case_id))))
        .join(seen, seen.c.id == col(CaseChild.case_id))
        .where(col(CaseChild.person_id).in_(same_as(session, [one or 0 for one in own])))
    )
    return session.exec(counted).one()
