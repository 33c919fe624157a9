"""Who comes along where children go on in another record? The family that stands around them."""

from collections.abc import Collection

from sqlmodel import col, select

from pathway.acts import people
from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.tables import Case, Person, Tie
from pathway.tables.people import PersonKind


def family_along(unit: Work, patch: Patch, on: Case, children: Collection[int]) -> None:
    """Each adult who is tied to one of these children on a record, and what these children are to each other."""
    ties = unit.session.exec(
        select(Tie)
        .join(Person, col(Person.id) == col(Tie.person_id))
        .where(col(Tie.case_id) == on.id, col(Tie.of_id).in_(children), col(Tie.until).is_(None))
        .where(col(Tie.person_id).in_(children) | (col(Person.kind) == PersonKind.adult))
        .order_by(col(Tie.id))
    ).all()
    for tie in ties:
        people.tie(patch, tie.person_id, tie.of_id, tie.relation, tie.lives_with, tie.since)
