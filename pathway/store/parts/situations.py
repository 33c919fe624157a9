"""What do the guards see? A case's situation for one viewer, from the rows."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Depth, Viewer, every_case
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.assessments import may_begin
from pathway.store.parts.helped import actions_on, agreed_on, assessed_on, begun_on, invited_on, reviewed_on
from pathway.store.parts.told_us import closed_ways
from pathway.tables import Ask, Assignment, Case, CaseChild, Deadline, Entry, Person, Practitioner
from pathway.tables.cases import AssignmentStatus
from thresholds import Edition
from workflows import Actor, Child, Situation

NAME_NOT_KNOWN = "A child, name not known"


def held_among(these: ColumnElement[bool], offered: ColumnElement[bool]) -> SelectOfScalar[int]:
    """The ids of these cases, and of those of the offered that are open still: by which holders are found.

    Found by the cases alone: asked for either in the assignments themselves, a database reads all there ever was.
    """
    ids = every_case().with_only_columns(col(Case.id))
    return ids.where(or_(these, offered & col(Case.closed_at).is_(None)))  # type: ignore[return-value]


CHILDREN = (
    select(CaseChild, Person)
    .join(Person, col(Person.id) == col(CaseChild.person_id))
    .where(col(CaseChild.case_id) == bindparam("case"), col(CaseChild.until).is_(None))
    .order_by(col(CaseChild.id))
)
HELD = select(Assignment.case_id).where(
    col(Assignment.case_id).in_(held_among(col(Case.id) == bindparam("case"), col(Case.id) == bindparam("target"))),
    col(Assignment.status) == AssignmentStatus.accepted,
    or_(col(Assignment.ends_at).is_(None), col(Assignment.ends_at) > bindparam("now")),
    or_(
        col(Assignment.practitioner_id) == bindparam("viewer"),
        col(Assignment.team_id).in_(bindparam("teams", expanding=True)),
    ),
)
"""Which of a case and the one it is offered to, while that is open, somebody or their teams hold."""


class Later(Mapping[str, str]):
    """A mapping that is read when something is first asked of it."""

    def __init__(self, read: Callable[[], Mapping[str, str]]) -> None:
        self._read = cache(read)

    def __getitem__(self, key: str) -> str:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())


def called(person: Person) -> str:
    """How a person is called on the screen."""
    return f"{person.given_name} {person.family_name}".strip() or NAME_NOT_KNOWN


def situation_of(
    session: Session,
    case: Case,
    viewer: Viewer,
    now: datetime,
    seen: Depth | None,
    running: Sequence[Deadline] | None = None,
) -> Situation:
    """The picture that guards look at, a fixed number of queries however many children there are.

    `seen` is how much of the case the viewer sees, `running` its open clocks where they are known already. What few
    guards ask for is read when the first one does.
    """
    return Situation(
        state=case.state,
        kind=case.kind,
        now=now,
        actor=_actor(session, case, viewer, now),
        children=tuple(child_on(row, person) for row, person in children_on(session, case)),
        done_by=Later(lambda: _done_by(session, case)),
        running=_running(session, case) if running is None else frozenset(one.limit_id for one in running),
        urgency=case.urgency,
        asks=Later(lambda: dict.fromkeys(asks_waiting(session, case), "")),
        closed_ways=Later(lambda: closed_ways(session, case)),
        assessments=Later(lambda: assessed_on(session, [case.id or 0]).get(case.id or 0, {})),
        actions=Later(lambda: actions_on(session, [case.id or 0]).get(case.id or 0, {})),
        agreed=Later(lambda: agreed_on(session, [case.id or 0]).get(case.id or 0, {})),
        reviews=Later(lambda: reviewed_on(session, [case.id or 0]).get(case.id or 0, {})),
        invited=Later(lambda: invited_on(session, [case.id or 0]).get(case.id or 0, {})),
        begun_here=Later(lambda: begun_on(session, [case.id or 0]).get(case.id or 0, {})),
        as_referrer=seen is not Depth.whole,
        **published(edition_of(session, case.authority, case.edition_hash), now),
    )


def published(edition: Edition, now: datetime) -> dict[str, Any]:
    """The part of a situation that the document says, the same for every case on it."""
    return {
        "levels": {level.id: level.name for level in edition.levels_upward},
        "destinations": {destination.id: destination.name for destination in edition.destinations},
        "protects_at": _protects_at(edition, now),
        "urgencies": {band.id: band.name for band in edition.urgencies},
        "second_person": edition.not_alone,
        "assesses": bool(may_begin(edition)),
    }


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
    asked = {"case": case.id, "target": case.offered_to_id, "now": now, "viewer": viewer.id, "teams": viewer.teams}
    return acting(case, viewer, set(session.execute(HELD, asked).scalars().all()))


def acting(case: Case, viewer: Viewer, held: Collection[int]) -> Actor:
    """The viewer on a case, where these are the cases that they or their teams hold."""
    return Actor(
        ref=viewer.ref,
        name=viewer.name,
        roles=viewer.roles,
        answers=case.id in held,
        answers_for_target=case.offered_to_id in held if case.offered_to_id else False,
        is_referrer=case.referrer_id == viewer.id,
    )


def children_on(session: Session, case: Case) -> Sequence[tuple[CaseChild, Person]]:
    """The children of a record as it stands, in the order they came onto it."""
    return [(row, person) for row, person in session.execute(CHILDREN, {"case": case.id}).all()]


def child_on(row: CaseChild, person: Person) -> Child:
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
