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

CHILD, CHILD_BESIDE = aliased(CaseChild), aliased(CaseChild)
KEY, KEY_SHARED = aliased(PersonKey), aliased(PersonKey)
"""Two rows of one table, side by side."""

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
    rows = session.exec(
        select(CHILD.case_id, CHILD.person_id, CHILD_BESIDE.person_id)
        .join(CHILD_BESIDE, col(CHILD_BESIDE.case_id) == col(CHILD.case_id))
        .where(col(CHILD.person_id).in_(children), col(CHILD_BESIDE.person_id) != col(CHILD.person_id))
    ).all()
    seen = cases_seen(session, viewer, {case for case, _, _ in rows}, now)
    return [(one, other) for case, one, other in rows if case in seen]


def _by_address(session: Session, children: frozenset[int]) -> list[Pair]:
    """A sealed address has no key, so it joins nobody."""
    return list(
        session.exec(
            select(KEY.person_id, KEY_SHARED.person_id)
            .join(KEY_SHARED, (col(KEY_SHARED.authority) == col(KEY.authority)) & (col(KEY_SHARED.key) == col(KEY.key)))
            .where(col(KEY.person_id).in_(children), col(KEY.key).startswith(ADDRESS))
            .where(col(KEY_SHARED.person_id) != col(KEY.person_id))
        ).all()
    )
