"""What may be done with each record of a list? Every move with every reason why not, in a fixed number of queries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import TypeVar

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.store.adopted.editions import edition_of
from pathway.store.adopted.processes import process_of
from pathway.store.parts.helped import actions_on, agreed_on, assessed_on, begun_on, invited_on, reviewed_on
from pathway.store.parts.situations import Later, acting, child_on, held_among, published
from pathway.store.parts.told_us import closed_ways
from pathway.tables import Ask, Assignment, Case, CaseChild, Deadline, Entry, Person, Practitioner
from pathway.tables.cases import AssignmentStatus
from workflows import Child, Choice, Situation, choices, next_step

T = TypeVar("T")
ByCase = Mapping[int, Mapping[str, str]]


def choices_of(
    session: Session, viewer: Viewer, cases: Sequence[Case], now: datetime
) -> tuple[tuple[Choice, ...], ...]:
    """For each of these cases, which the viewer sees whole, what the record's own page would offer."""
    return tuple(
        choices(process_of(case), situation)
        for case, situation in zip(cases, situations_of(session, viewer, cases, now), strict=True)
    )


def leads_of(session: Session, viewer: Viewer, cases: Sequence[Case], now: datetime) -> dict[int, str]:
    """The move that is the next step of each of these cases, by name, where the viewer may make it now."""
    situations = zip(cases, situations_of(session, viewer, cases, now), strict=True)
    steps = ((case.id or 0, next_step(process_of(case), situation)) for case, situation in situations)
    return {case: one.move.name for case, one in steps if one is not None and one.may}


def situations_of(session: Session, viewer: Viewer, cases: Sequence[Case], now: datetime) -> tuple[Situation, ...]:
    """What guards look at, for cases that the viewer sees whole. What few guards ask for is read for all at once."""
    ids = [case.id or 0 for case in cases]
    held, children, running = _held(session, viewer, cases, now), _children(session, ids), _running(session, ids)
    done_by, asks = cache(lambda: _done_by(session, ids)), cache(lambda: _asks(session, ids))
    assessed = cache(lambda: assessed_on(session, ids))
    actions = cache(lambda: actions_on(session, ids))
    agreed = cache(lambda: agreed_on(session, ids))
    reviews = cache(lambda: reviewed_on(session, ids))
    invited, begun = cache(lambda: invited_on(session, ids)), cache(lambda: begun_on(session, ids))
    documents = {case.edition_hash: edition_of(session, case.authority, case.edition_hash) for case in cases}
    said = {hash_: published(edition, now) for hash_, edition in documents.items()}
    return tuple(
        Situation(
            state=case.state,
            kind=case.kind,
            now=now,
            actor=acting(case, viewer, held),
            children=tuple(children.get(case.id or 0, ())),
            done_by=_later(done_by, case),
            running=frozenset(running.get(case.id or 0, ())),
            urgency=case.urgency,
            asks=_later(asks, case),
            assessments=_later(assessed, case),
            actions=_later(actions, case),
            agreed=_later(agreed, case),
            invited=_later(invited, case),
            reviews=_later(reviews, case),
            begun_here=_later(begun, case),
            closed_ways=Later(lambda case=case: closed_ways(session, case)),  # type: ignore[misc]
            **said[case.edition_hash],
        )
        for case in cases
    )


def _later(read: Callable[[], ByCase], case: Case) -> Later:
    return Later(lambda: read().get(case.id or 0, {}))


def _held(session: Session, viewer: Viewer, cases: Sequence[Case], now: datetime) -> frozenset[int]:
    """Which of these, and of the open ones that they are offered to, the viewer or their teams hold."""
    offered = [case.offered_to_id for case in cases if case.offered_to_id]
    these = held_among(col(Case.id).in_([case.id for case in cases]), col(Case.id).in_(offered))
    rows = session.exec(
        select(Assignment.case_id).where(
            col(Assignment.case_id).in_(these),
            col(Assignment.status) == AssignmentStatus.accepted,
            or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > now),
            or_(col(Assignment.practitioner_id) == viewer.id, col(Assignment.team_id).in_(viewer.teams)),
        )
    )
    return frozenset(rows.all())


def _children(session: Session, ids: list[int]) -> dict[int, list[Child]]:
    rows = session.exec(
        select(CaseChild, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id).in_(ids), col(CaseChild.until).is_(None))
        .order_by(col(CaseChild.id))
    ).all()
    return _grouped((row.case_id, child_on(row, person)) for row, person in rows)


def _running(session: Session, ids: list[int]) -> dict[int, list[str]]:
    open_now = (col(Deadline.case_id).in_(ids), col(Deadline.closed_at).is_(None))
    return _grouped(session.exec(select(Deadline.case_id, Deadline.limit_id).where(*open_now)).all())


def _done_by(session: Session, ids: list[int]) -> ByCase:
    """Who last made each move, by case."""
    latest = select(func.max(Entry.id)).where(col(Entry.case_id).in_(ids)).group_by(col(Entry.case_id), col(Entry.kind))
    rows = session.exec(
        select(Entry.case_id, Entry.kind, Practitioner.public_id)
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.id).in_(latest))
    ).all()
    return {case: dict(made) for case, made in _grouped((case or 0, (kind, who)) for case, kind, who in rows).items()}


def _asks(session: Session, ids: list[int]) -> ByCase:
    waiting = (col(Ask.case_id).in_(ids), col(Ask.ended_at).is_(None))
    rows = session.exec(select(Ask.case_id, Ask.public_id).where(*waiting).order_by(col(Ask.id))).all()
    return {case: dict.fromkeys(refs, "") for case, refs in _grouped(rows).items()}


def _grouped(rows: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for case, one in rows:
        found.setdefault(case, []).append(one)
    return found
