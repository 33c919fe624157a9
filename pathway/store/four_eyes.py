"""What waits for a second person? Decisions, links and documents that somebody else has proposed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, persons_visible_to, seen_whole_by
from pathway.store.board import PAGE
from pathway.store.details import minutes_left
from pathway.store.editions import WAITING
from pathway.store.rows import rows_of
from pathway.store.situations import called
from pathway.store.views import BoardRow
from pathway.store.wanted import STATES, Stage, worst_first
from pathway.tables import AdoptedEdition, Case, Entry, Person, PersonLink, Practitioner, Task
from pathway.tables.timing import TaskKind
from workflows.roles import ADOPTERS


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    row: BoardRow
    proposed_by: str


@dataclass(frozen=True, slots=True)
class LinkToAgree:
    ref: str
    first: str
    second: str
    proposed_by: str
    proposed_at: datetime
    left_minutes: int | None


@dataclass(frozen=True, slots=True)
class EditionToAgree:
    name: str
    in_force_from: date
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class FourEyes:
    opinions: tuple[SecondOpinion, ...]
    links: tuple[LinkToAgree, ...]
    editions: tuple[EditionToAgree, ...]


def four_eyes(session: Session, viewer: Viewer, now: datetime) -> FourEyes:
    """Everything that waits for somebody besides whoever proposed it; what the viewer proposed is left out."""
    return FourEyes(
        _opinions(session, viewer, now),
        _links(session, viewer, now),
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


def _links(session: Session, viewer: Viewer, now: datetime) -> tuple[LinkToAgree, ...]:
    """Links between two persons, both of whom the viewer may see."""
    rows = session.exec(
        select(PersonLink, Practitioner.name, Task.due_at)
        .join(Practitioner, col(Practitioner.id) == col(PersonLink.proposed_by_id))
        .join(
            Task,
            (col(Task.about) == col(PersonLink.public_id))
            & (col(Task.kind) == TaskKind.link_to_agree)
            & col(Task.done_at).is_(None),
            isouter=True,
        )
        .where(
            col(PersonLink.authority) == viewer.authority,
            col(PersonLink.agreed_at).is_(None),
            col(PersonLink.undone_at).is_(None),
            col(PersonLink.proposed_by_id) != viewer.id,
        )
        .order_by(col(PersonLink.proposed_at))
        .limit(PAGE)
    ).all()
    wanted = {one for link, _, _ in rows for one in (link.person_id, link.same_as_id)}
    people = session.exec(persons_visible_to(viewer, now).where(col(Person.id).in_(wanted))).all()
    seen = {person.id: _named(person) for person in people}
    return tuple(
        LinkToAgree(
            link.public_id,
            seen[link.person_id],
            seen[link.same_as_id],
            name,
            link.proposed_at,
            minutes_left(due_at, now) if due_at else None,
        )
        for link, name, due_at in rows
        if link.person_id in seen and link.same_as_id in seen
    )


def _named(person: Person) -> str:
    born = f", born {person.born_on:%-d %B %Y}" if person.born_on else ""
    return f"{called(person)}{born}"


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
