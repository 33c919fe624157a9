"""Who else is at home with a child? Told by a parent they share, an open address, or a record they both stand on.

Only what the viewer may see tells of anybody: a restricted record joins nobody to anybody.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.store.parts.same import same_as_each
from pathway.store.parts.seen import cases_seen, persons_seen
from pathway.store.people.keys import ADDRESS
from pathway.tables import CaseChild, PersonKey, Tie
from workflows.referral_facts import Relation

AT_HOME = (
    Relation.mother, Relation.father, Relation.parent, Relation.step_parent, Relation.carer, Relation.partner_of_parent,
)  # fmt: skip

K = TypeVar("K")
Pair = tuple[int, int]


def households(
    session: Session, viewer: Viewer, groups: Mapping[K, frozenset[int]], now: datetime
) -> dict[K, frozenset[int]]:
    """For each child, as all rows of theirs that the viewer sees, the rows of others in the household."""
    every = frozenset[int]().union(*groups.values())
    joined = [*_by_parents(session, viewer, every, now), *_by_record(session, viewer, every, now)]
    joined += _by_address(session, every)
    same = same_as_each(session, (other for _, other in joined))
    seen = persons_seen(session, viewer, frozenset[int]().union(*same.values()), now)
    beside: dict[int, set[int]] = {}
    for one, other in joined:
        if other in seen:
            beside.setdefault(one, set()).update(same[other] & seen)
    return {
        name: frozenset[int]().union(*(beside.get(one, set()) for one in rows)) - rows for name, rows in groups.items()
    }


def _by_parents(session: Session, viewer: Viewer, children: frozenset[int], now: datetime) -> list[Pair]:
    own = _ties(session, viewer, col(Tie.of_id).in_(children), now)
    if not own:
        return []
    adults = same_as_each(session, {parent for parent, _ in own})
    theirs = _ties(session, viewer, col(Tie.person_id).in_(frozenset[int]().union(*adults.values())), now)
    return [(child, other) for parent, child in own for adult, other in theirs if adult in adults[parent]]


def _ties(session: Session, viewer: Viewer, which: object, now: datetime) -> list[Pair]:
    """A parent's row and a child's, on records that the viewer sees."""
    rows = session.exec(
        select(Tie.case_id, Tie.person_id, Tie.of_id).where(which, col(Tie.relation).in_(AT_HOME))  # type: ignore[arg-type]
    ).all()
    seen = cases_seen(session, viewer, {case for case, _, _ in rows}, now)
    return [(parent, child) for case, parent, child in rows if case in seen]


def _by_record(session: Session, viewer: Viewer, children: frozenset[int], now: datetime) -> list[Pair]:
    mine, beside = aliased(CaseChild), aliased(CaseChild)
    rows = session.exec(
        select(mine.case_id, mine.person_id, beside.person_id)
        .join(beside, col(beside.case_id) == col(mine.case_id))
        .where(col(mine.person_id).in_(children), col(beside.person_id) != col(mine.person_id))
    ).all()
    seen = cases_seen(session, viewer, {case for case, _, _ in rows}, now)
    return [(one, other) for case, one, other in rows if case in seen]


def _by_address(session: Session, children: frozenset[int]) -> list[Pair]:
    """A sealed address has no key, so it joins nobody."""
    mine, same = aliased(PersonKey), aliased(PersonKey)
    return list(
        session.exec(
            select(mine.person_id, same.person_id)
            .join(same, (col(same.authority) == col(mine.authority)) & (col(same.key) == col(mine.key)))
            .where(col(mine.person_id).in_(children), col(mine.key).startswith(ADDRESS))
            .where(col(same.person_id) != col(mine.person_id))
        ).all()
    )
