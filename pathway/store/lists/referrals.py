"""What have I referred? A referrer's own list: which children they told of, and whether we still have it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, visible_to
from pathway.store.lists.board import PAGE
from pathway.store.parts.situations import NAME_NOT_KNOWN
from pathway.tables import Case, Entry, Payload


@dataclass(frozen=True, slots=True)
class Referred:
    """`children` are the names as the referrer told them, and nothing that was found out since."""

    ref: str
    children: tuple[str, ...]
    received_at: datetime
    ended: bool


def my_referrals(session: Session, viewer: Viewer, now: datetime) -> tuple[Referred, ...]:
    """The referrals that the viewer, or for a safeguarding lead their agency, has made; newest first."""
    query = visible_to(viewer, now).where(
        (col(Case.referrer_id) == viewer.id) | col(Case.referrer_agency_id).in_(viewer.agencies)
    )
    cases = session.exec(query.order_by(col(Case.received_at).desc()).limit(PAGE)).all()
    told = _told(session, [case.id or 0 for case in cases])
    return tuple(
        Referred(case.public_id, told.get(case.id or 0, ()), case.received_at, case.closed_at is not None)
        for case in cases
    )


def _told(session: Session, cases: list[int]) -> dict[int, tuple[str, ...]]:
    rows = session.exec(
        select(Entry.case_id, Payload.body)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .where(col(Entry.case_id).in_(cases), col(Entry.kind) == "received", col(Payload.body).is_not(None))
    ).all()
    return {case or 0: tuple(_names(json.loads(body or "{}").get("take", {}))) for case, body in rows}


def _names(take: Mapping[str, list[Mapping[str, str]]]) -> Iterator[str]:
    for child in take.get("children", ()):
        yield " ".join(filter(None, (child.get("given_name"), child.get("family_name")))) or NAME_NOT_KNOWN
