"""Which rows are one person? What links say, followed from row to row; nothing is ever rewritten."""

from collections.abc import Iterable

from sqlmodel import Session, col, or_, select

from pathway.tables import PersonLink


def same_as(session: Session, person_ids: Iterable[int], *, proposed: bool = True) -> frozenset[int]:
    """These persons' rows and all that are linked to them, near or far.

    With `proposed` also by links that a second person hasn't agreed yet: who counts earlier worries would rather
    count one that isn't this child's than miss one that is.
    """
    return frozenset(_followed(session, person_ids, proposed=proposed)[0])


def shown_as_one(session: Session, person_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each of these persons' rows, and every row linked to them, with all the rows that two people agreed are one."""
    found, pairs = _followed(session, person_ids, proposed=False)
    groups = {one: frozenset({one}) for one in found}
    for first, second in pairs:
        both = groups[first] | groups[second]
        groups |= dict.fromkeys(both, both)
    return groups


def _followed(session: Session, person_ids: Iterable[int], *, proposed: bool) -> tuple[set[int], list[tuple[int, int]]]:
    found: set[int] = set()
    pairs: list[tuple[int, int]] = []
    new = set(person_ids)
    while new:
        found |= new
        either = or_(col(PersonLink.person_id).in_(new), col(PersonLink.same_as_id).in_(new))
        query = select(PersonLink.person_id, PersonLink.same_as_id).where(col(PersonLink.undone_at).is_(None), either)
        if not proposed:
            query = query.where(col(PersonLink.agreed_at).is_not(None))
        pairs += session.exec(query).all()
        new = {one for pair in pairs for one in pair} - found
    return found, pairs
