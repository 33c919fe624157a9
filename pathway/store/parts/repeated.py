"""How often has somebody worried about the children on a list, within the document's window?"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from pathway.access import Viewer, seen_whole_by
from pathway.store.parts.same import same_as_each
from pathway.tables import Case, CaseChild
from thresholds import Edition
from workflows import REFERRAL


def window(edition: Edition | None) -> int | None:
    """The weeks within which contacts count as repeated; None where no document in force says."""
    return edition.amount("repeat_window") if edition else None


def contacts_of(
    session: Session, viewer: Viewer, people: Iterable[int], weeks: int | None, now: datetime
) -> dict[int, int]:
    """By person: the contacts about them that the viewer may see whole, counted over every row that is linked to them,
    also by a link that no second person has agreed yet. Three queries.
    """
    wanted = frozenset(people)
    if weeks is None or not wanted:
        return {}
    groups = same_as_each(session, wanted)
    everybody = frozenset[int]().union(*groups.values())
    on_cases = select(CaseChild.person_id, CaseChild.case_id).where(col(CaseChild.person_id).in_(everybody))
    rows = session.exec(on_cases).all()
    seen = seen_whole_by(viewer, now).where(
        col(Case.process) == REFERRAL.name,
        col(Case.id).in_({case for _, case in rows}),
        col(Case.received_at) > now - timedelta(weeks=weeks),
    )
    counted = set(session.exec(seen.with_only_columns(col(Case.id))).all())  # type: ignore[call-overload]
    found: dict[int, set[int]] = {}
    for person, case in rows:
        found.setdefault(person, set()).update({case} & counted)
    return {one: len(set[int]().union(*(found.get(row, set()) for row in rows))) for one, rows in groups.items()}
