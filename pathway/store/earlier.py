"""How often has somebody worried about this child before, within the document's window?"""

from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from pathway.access import Viewer, seen_whole_by
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
    counted = (
        select(func.count())
        .select_from(CaseChild)
        .join(seen, seen.c.id == col(CaseChild.case_id))
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(Person.public_id) == person)
    )
    return session.exec(counted).one()
