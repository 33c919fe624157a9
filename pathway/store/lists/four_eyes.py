"""What waits for a second person? Decisions, links and documents that somebody else has proposed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, seen_whole_by
from pathway.store.adopted.editions import WAITING
from pathway.store.lists.board import PAGE
from pathway.store.lists.wanted import STATES, Stage, worst_first
from pathway.store.parts.rows import rows_of
from pathway.store.parts.views import BoardRow
from pathway.store.people.links import LinkView, links_waiting
from pathway.tables import AdoptedEdition, Case, Entry, Practitioner
from workflows.roles import ADOPTERS, LINKERS


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    row: BoardRow
    proposed_by: str


@dataclass(frozen=True, slots=True)
class EditionToAgree:
    name: str
    in_force_from: date
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class FourEyes:
    opinions: tuple[SecondOpinion, ...]
    links: tuple[LinkView, ...]
    editions: tuple[EditionToAgree, ...]


def four_eyes(session: Session, viewer: Viewer, now: datetime) -> FourEyes:
    """Everything that waits for somebody besides whoever proposed it; what the viewer proposed is left out."""
    return FourEyes(
        _opinions(session, viewer, now),
        _links(session, viewer, now) if viewer.has(*LINKERS) else (),
        _editions(session, viewer) if viewer.has(*ADOPTERS) else (),
    )


def _opinions(session: Session, viewer: Viewer, now: datetime) -> tuple[SecondOpinion, ...]:
    waiting = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None), col(Case.state).in_(STATES[Stage.second]))
    cases = session.exec(waiting.order_by(*worst_first()).limit(PAGE)).all()
    proposals = session.exec(
        select(Entry.case_id, Entry.actor_id, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id).in_([one.id for one in cases]), col(Entry.kind).startswith("propose"))
        .order_by(col(Entry.sequence))
    ).all()
    by = {about: (actor, name) for about, actor, name in proposals}
    others = [one for one in cases if by.get(one.id, (0, ""))[0] != viewer.id]
    rows = rows_of(session, viewer, others, now)
    return tuple(SecondOpinion(row, by.get(one.id, (0, ""))[1]) for one, row in zip(others, rows, strict=True))


def _links(session: Session, viewer: Viewer, now: datetime) -> tuple[LinkView, ...]:
    return tuple(one for one in links_waiting(session, viewer, now) if not one.own)


def _editions(session: Session, viewer: Viewer) -> tuple[EditionToAgree, ...]:
    rows = session.exec(
        select(AdoptedEdition, Practitioner.name)
        .join(Practitioner, col(Practitioner.id) == col(AdoptedEdition.proposed_by_id))
        .where(
            col(AdoptedEdition.authority) == viewer.authority,
            WAITING,
            col(AdoptedEdition.proposed_by_id) != viewer.id,
        )
        .order_by(col(AdoptedEdition.in_force_from))
    ).all()
    return tuple(EditionToAgree(row.authority, row.in_force_from, name, row.proposed_at) for row, name in rows)
