"""Which rows are one person? What links say, followed from row to row; nothing is ever rewritten."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import Select, bindparam, select, union_all
from sqlmodel import Session

from pathway.tables import PersonLink
from pathway.tables.columns import table_of

LINK = table_of(PersonLink)


def same_as(session: Session, person_ids: Iterable[int], *, proposed: bool = True) -> frozenset[int]:
    """These persons' rows and all that are linked to them, near or far.

    With `proposed` also by links that a second person hasn't agreed yet: who counts earlier worries would rather
    count one that isn't this child's than miss one that is.
    """
    return frozenset[int]().union(*same_as_each(session, person_ids, proposed=proposed).values())


def same_as_each(session: Session, person_ids: Iterable[int], *, proposed: bool = True) -> dict[int, frozenset[int]]:
    """For each of these persons, all rows that are the same person, itself among them; one query however many."""
    wanted = frozenset(person_ids)
    found: dict[int, set[int]] = {one: {one} for one in wanted}
    if not wanted:
        return {}
    for start, row in session.execute(_linked(proposed), {"wanted": list(wanted)}).all():
        found[start].add(row)
    return {start: frozenset(reached) for start, reached in found.items()}


@cache
def _linked(proposed: bool) -> Select[tuple[int, int]]:
    """From the persons `wanted`, every row that can be reached. Worked out once: most pages ask it several times."""
    stands = [LINK.c.undone_at.is_(None)] + ([] if proposed else [LINK.c.agreed_at.is_not(None)])
    one, other = LINK.c.person_id, LINK.c.same_as_id
    there, back = select(one.label("one"), other.label("other")), select(other.label("one"), one.label("other"))
    links = union_all(there.where(*stands), back.where(*stands)).subquery()
    begun = links.c.one.in_(bindparam("wanted", expanding=True))
    follow = select(links.c.one.label("start"), links.c.other.label("reached")).where(begun)
    rows = follow.cte("linked", recursive=True)
    rows = rows.union(select(rows.c.start, links.c.other).where(links.c.one == rows.c.reached))
    return select(rows.c.start, rows.c.reached)


def shown_as_one(session: Session, person_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each of these persons' rows, and every row linked to them, with all the rows that two people agreed are one."""
    groups = same_as_each(session, person_ids, proposed=False)
    return {one: rows for rows in groups.values() for one in rows}
