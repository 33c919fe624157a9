"""How often has somebody worried about the children on a list, within the document's window?"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from pathway.access import Viewer, seen_whole_by
from pathway.tables import Case, CaseChild, PersonLink
from thresholds import Edition, Unpublished


def window(edition: Edition | None) -> int | None:
    """The weeks within which contacts count as repeated; None where no document in force says."""
    try:
        return int(edition.figure("repeat_window").amount) if edition else None
    except Unpublished:
        return None


def contacts_of(
    session: Session, viewer: Viewer, people: Iterable[int], weeks: int | None, now: datetime
) -> dict[int, int]:
    """By person: the contacts about them that the viewer may see whole, counted over every row that is linked to them.

    Three queries, and one for each further step that links lead.
    """
    wanted = frozenset(people)
    if weeks is None or not wanted:
        return {}
    groups = _groups(session, wanted)
    everybody = frozenset[int]().union(*groups.values())
    on_cases = select(CaseChild.person_id, CaseChild.case_id).where(col(CaseChild.person_id).in_(everybody))
    rows = session.exec(on_cases).all()
    seen = seen_whole_by(viewer, now).where(
        col(Case.id).in_({case for _, case in rows}), col(Case.received_at) > now - timedelta(weeks=weeks)
    )
    counted = set(session.exec(seen.with_only_columns(col(Case.id))).all())  # type: ignore[call-overload]
    found: dict[int, set[int]] = {}
    for person, case in rows:
        found.setdefault(person, set()).update({case} & counted)
    return {one: len(set[int]().union(*(found.get(row, set()) for row in rows))) for one, rows in groups.items()}


def _groups(session: Session, people: frozenset[int]) -> Mapping[int, frozenset[int]]:
    """Each person's rows, as links lead from one to the next; also those no second person has agreed yet."""
    pairs: set[tuple[int, int]] = set()
    found: set[int] = set()
    new = set(people)
    while new:
        found |= new
        either = or_(col(PersonLink.person_id).in_(new), col(PersonLink.same_as_id).in_(new))
        query = select(PersonLink.person_id, PersonLink.same_as_id).where(col(PersonLink.undone_at).is_(None), either)
        fresh = set(session.exec(query).all())
        pairs |= fresh
        new = {one for pair in fresh for one in pair} - found
    group = {one: {one} for one in found}
    for first, second in pairs:
        joined = group[first] | group[second]
        for one in joined:
            group[one] = joined
    return {one: frozenset(group[one]) for one in people}
