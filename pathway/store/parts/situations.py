"""What do the guards see? A case's situation for one viewer, from the rows."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.access import Depth, Viewer, depth, every_case
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.told_us import closed_ways
from pathway.tables import Ask, Assignment, Case, CaseChild, Deadline, Entry, Person, Practitioner
from pathway.tables.cases import AssignmentStatus
from thresholds import Edition
from workflows import Actor, Child, Situation

NAME_NOT_KNOWN = "A child, name not known"


def called(person: Person) -> str:
    """How a person is called on the screen."""
    return f"{person.given_name} {person.family_name}".strip() or NAME_NOT_KNOWN


def situation_of(session: Session, case: Case, viewer: Viewer, now: datetime) -> Situation:
    """The frozen picture that guards look at; nine queries at most, however many children there are."""
    edition = edition_of(session, case.authority, case.edition_hash)
    return Situation(
        state=case.state,
        kind=case.kind,
        now=now,
        actor=_actor(session, case, viewer, now),
        children=_children(session, case),
        done_by=_done_by(session, case),
        levels={level.id: level.name for level in edition.levels_upward},
        destinations={destination.id: destination.name for destination in edition.destinations},
        protects_at=_protects_at(edition, now),
        running=_running(session, case),
        urgencies={band.id: band.name for band in edition.urgencies},
        urgency=case.urgency,
        asks=frozenset(asks_waiting(session, case)),
        second_person=edition.not_alone,
        closed_ways=closed_ways(session, case),
        as_referrer=depth(session, viewer, case.id or 0, now) is not Depth.whole,
    )


def _running(session: Session, case: Case) -> frozenset[str]:
    open_now = select(Deadline.limit_id).where(col(Deadline.case_id) == case.id, col(Deadline.closed_at).is_(None))
    return frozenset(session.exec(open_now).all())


def asks_waiting(session: Session, case: Case) -> tuple[str, ...]:
    """The case's questions that wait for an answer, by reference, oldest first."""
    rows = select(Ask.public_id).where(col(Ask.case_id) == case.id, col(Ask.ended_at).is_(None)).order_by(col(Ask.id))
    return tuple(session.exec(rows).all())


def _protects_at(edition: Edition, now: datetime) -> str:
    kind = "social_care" if edition.calendar().is_open(now) else "emergency"
    return next((place.id for place in edition.destinations if place.kind == kind), "")


def _actor(session: Session, case: Case, viewer: Viewer, now: datetime) -> Actor:
    """Who acts. An open record's worker, or live cover, may take another case onto it; nobody may once it has ended."""
    open_still = every_case().with_only_columns(col(Case.id)).where(col(Case.closed_at).is_(None))
    held = set(
        session.exec(
            select(Assignment.case_id).where(
                col(Assignment.case_id).in_([case.id, case.offered_to_id]),
                (col(Assignment.case_id) == case.id) | col(Assignment.case_id).in_(open_still),
                col(Assignment.status) == AssignmentStatus.accepted,
                col(Assignment.ends_at).is_(None) | (col(Assignment.ends_at) > now),
                (col(Assignment.practitioner_id) == viewer.id) | col(Assignment.team_id).in_(viewer.teams),
            )
        ).all()
    )
    return Actor(
        ref=viewer.ref,
        name=viewer.name,
        roles=viewer.roles,
        answers=case.id in held,
        answers_for_target=case.offered_to_id in held if case.offered_to_id else False,
        is_referrer=case.referrer_id == viewer.id,
    )


def _children(session: Session, case: Case) -> tuple[Child, ...]:
    rows = session.exec(
        select(CaseChild, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id) == case.id, col(CaseChild.until).is_(None))
        .order_by(col(CaseChild.id))
    ).all()
    return tuple(_child(row, person) for row, person in rows)


def _child(row: CaseChild, person: Person) -> Child:
    return Child(
        ref=row.public_id,
        name=called(person),
        immediate=row.immediate,
        advised_level=row.advised_level,
        decision=row.decision,
        level=row.level,
        destination=row.destination,
        taken_up=row.taken_up_at is not None,
        proposed_decision=row.proposed_decision,
        proposed_level=row.proposed_level,
        proposed_destination=row.proposed_destination,
    )


def _done_by(session: Session, case: Case) -> dict[str, str]:
    latest = (
        select(func.max(Entry.sequence)).where(col(Entry.case_id) == case.id).group_by(col(Entry.kind))
    ).scalar_subquery()
    rows = session.exec(
        select(Entry.kind, Practitioner.public_id)
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id) == case.id, col(Entry.sequence).in_(latest))
    ).all()
    return dict(rows)
