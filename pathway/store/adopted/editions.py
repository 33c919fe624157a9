"""Which published edition stands under a case? Text that two people adopted, from the database, never a folder."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from pathway.clock import day_of
from pathway.tables import AdoptedEdition
from thresholds import Edition, from_canonical


class NothingAdopted(Exception):
    """The authority has no edition in force, so nothing can be judged or timed."""

    def __init__(self, authority: str, on: date) -> None:
        super().__init__(
            f"No published document is in force for {authority} on {on:%-d %B %Y}. "
            "An administrator or head of service proposes one and another of them agrees: at /documents/adoption, or "
            "with 'pathway documents propose' and 'pathway documents agree'."
        )


AGREED = col(AdoptedEdition.agreed_at).is_not(None)
WAITING = col(AdoptedEdition.agreed_at).is_(None) & col(AdoptedEdition.withdrawn_at).is_(None)
NEWEST_FIRST = (
    col(AdoptedEdition.in_force_from).desc(),
    col(AdoptedEdition.agreed_at).desc(),
    col(AdoptedEdition.id).desc(),
)
"""Of what two people agreed, the one that holds first: the latest date, and from one date the latest agreement."""

_KNOWN: dict[str, Edition] = {}
"""Editions by hash: content-addressed, so what was read once can't have changed."""


def edition_of(session: Session, authority: str, edition_hash: str) -> Edition:
    """The edition that a case pins."""
    known = _KNOWN.get(edition_hash)
    if known is not None:
        return known
    content = session.exec(
        select(AdoptedEdition.content)
        .where(col(AdoptedEdition.authority) == authority, col(AdoptedEdition.edition_hash) == edition_hash)
        .limit(1)
    ).one()
    return _KNOWN.setdefault(edition_hash, from_canonical(content))


def in_force(session: Session, authority: str, at: datetime) -> tuple[str, Edition]:
    """The hash and edition in force for `authority` at a moment. Raises `NothingAdopted`."""
    on = day_of(at)
    found = session.exec(
        select(AdoptedEdition.edition_hash)
        .where(col(AdoptedEdition.authority) == authority, col(AdoptedEdition.in_force_from) <= on, AGREED)
        .order_by(*NEWEST_FIRST)
    ).first()
    if found is None:
        raise NothingAdopted(authority, on)
    return found, edition_of(session, authority, found)
