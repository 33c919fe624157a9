"""Who is away, or will be? A viewer's own absences, and those of the staff whose absences are theirs to set."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, viewers_of
from pathway.store.staffing.staff import posts
from pathway.tables import Absence, Practitioner
from workflows import Role
from workflows.roles import MANAGERS

MOST = 200


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """`begun` is True while they are away; `ref` is whose it is."""

    ref: str
    name: str
    starts_at: datetime
    ends_at: datetime
    begun: bool
    mine: bool


def absences(session: Session, viewer: Viewer, now: datetime) -> tuple[AbsenceView, ...]:
    """Present and coming absences, soonest first."""
    rows = session.exec(
        select(Absence, Practitioner)
        .join(Practitioner, col(Practitioner.id) == col(Absence.practitioner_id))
        .where(col(Absence.authority) == viewer.authority, col(Absence.ends_at) > now)
        .order_by(col(Absence.starts_at), col(Absence.id))
        .limit(MOST)
    ).all()
    theirs = viewers_of(session, (person.id or 0 for _, person in rows), now)
    return tuple(
        AbsenceView(
            person.public_id, person.name, row.starts_at, row.ends_at, row.starts_at <= now, person.id == viewer.id
        )
        for row, person in rows
        if may_say_where(viewer, theirs.get(person.id or 0), person.id or 0)
    )


def may_say_where(viewer: Viewer, other: Viewer | None, other_id: int) -> bool:
    """Whoever is said to be away answers for no child meanwhile, so another agency's manager can't say it."""
    if other_id == viewer.id or viewer.has(*MANAGERS, Role.administrator):
        return True
    return other is not None and bool(other.agencies) and other.agencies <= viewer.managed_agencies


def whose(session: Session, viewer: Viewer, now: datetime) -> tuple[tuple[str, str], ...]:
    """Of whom the viewer may say that they are away: themselves first."""
    listed = {one.ref: one.name for one in posts(session, viewer, now) if one.ref != viewer.ref}
    ids = dict(
        session.exec(
            select(Practitioner.public_id, Practitioner.id).where(col(Practitioner.public_id).in_(listed))
        ).all()
    )
    theirs = viewers_of(session, (one or 0 for one in ids.values()), now)
    others = tuple(
        (ref, name)
        for ref, name in listed.items()
        if may_say_where(viewer, theirs.get(ids.get(ref) or 0), ids.get(ref) or 0)
    )
    return ((viewer.ref, f"{viewer.name} (you)"), *others)
