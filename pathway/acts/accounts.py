"""Whose account is it? Somebody here who hasn't left, by their reference."""

from sqlmodel import col, select

from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.tables import Practitioner


def account_of(unit: Work, ref: str) -> int | None:
    """None where nobody is named. Raises `Unacceptable` where they have no account any more."""
    if not ref:
        return None
    found = unit.session.exec(
        select(Practitioner.id).where(
            col(Practitioner.public_id) == ref,
            col(Practitioner.authority) == unit.viewer.authority,
            col(Practitioner.ended_at).is_(None),
        )
    ).first()
    if found is None:
        raise Unacceptable(FieldFault("owner", "Nobody here has that account any more. Choose from the list."))
    return found
