"""Who told us, and by which ways may they hear? What was taken down then, and what stands open since."""

import json
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from pathway.store.parts.told import TELLING
from pathway.tables import Case, Entry, Outsider, Payload
from pathway.tables.doors import OutsiderPart
from workflows.referral_facts import Caller, Told

MAY_BE_WRITTEN_TO = (Caller.professional, Caller.public)
NO_SIGN_IN = "Whoever told us can't read it behind sign-in: they have no account and haven't been verified."
NO_LETTER = "No safe contact is recorded for whoever told us, so nothing may be sent to their home."


def told_us(session: Session, case: Case) -> Mapping[str, Any]:
    """What was taken down by the latest telling; nothing once it has been erased."""
    body = session.exec(
        select(Payload.body)
        .join(Entry, col(Entry.id) == col(Payload.entry_id))
        .where(col(Entry.case_id) == case.id, col(Entry.kind).in_(TELLING))
        .order_by(col(Entry.sequence).desc())
    ).first()
    take: Mapping[str, Any] = json.loads(body).get("take", {}) if body else {}
    return take


def verified_outside(session: Session, case: Case) -> tuple[int, ...]:
    """Those without an account who told us of a case and have been verified; nobody once it is known that whoever
    told us is no professional.
    """
    query = select(Outsider.id).where(
        col(Outsider.case_id) == case.id,
        col(Outsider.part) == OutsiderPart.referrer,
        col(Outsider.verified_at).is_not(None),
    )
    found = tuple(one for one in session.exec(query).all() if one is not None)
    return found if found and told_us(session, case).get("caller") == Caller.professional else ()


def closed_ways(session: Session, case: Case) -> dict[str, str]:
    """The ways by which whoever told us must not be told the decision, each with the reason."""
    if case.referrer_id is not None:
        return {}
    take = told_us(session, case)
    closed = {} if verified_outside(session, case) else {Told.behind_sign_in.value: NO_SIGN_IN}
    if take.get("caller") not in MAY_BE_WRITTEN_TO and not take.get("safe_contact"):
        closed[Told.letter.value] = NO_LETTER
    return closed
