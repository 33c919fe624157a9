"""Which open cases does somebody want to look at? One shape, from which lists and counts are made alike."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, literal, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import HOLDS, Viewer, seen_whole_by
from pathway.store.staffing.nights import Hours
from pathway.tables import Ask, Assignment, Case
from pathway.tables.cases import AssignmentKind, AssignmentStatus
from pathway.tables.columns import table_of
from workflows import EARLY_HELP, MEETINGS, REFERRAL, SERVICE_REQUEST

NEXT_DUE_AT = table_of(Case).c.next_due_at
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Where a case without anything due stands in the order: last."""

NO_BAND = "none"
"""The band of what nobody has banded yet; no document may name one of its own so."""


class Stage(StrEnum):
    """Where the work on a case stands, as a front door speaks of it."""

    new = "new"
    screening = "screening"
    waiting = "waiting"
    second = "second"
    protection = "protection"
    decided = "decided"
    told = "told"
    early_help = "early_help"
    meeting = "meeting"
    service = "service"

    @property
    def words(self) -> str:
        return STAGE_WORDS[self]


STAGE_WORDS = {
    Stage.new: "New",
    Stage.screening: "Being screened",
    Stage.waiting: "Waiting for others",
    Stage.second: "Waiting for a second person",
    Stage.protection: "Protection",
    Stage.decided: "Decided: tell the referrer",
    Stage.told: "Told: to take up or close",
    Stage.early_help: "Early help",
    Stage.meeting: "Meetings",
    Stage.service: "Asked of one service",
}
STATES: dict[Stage, tuple[str, ...]] = {
    Stage.new: ("taken", "acknowledged"),
    Stage.screening: ("under_screening",),
    Stage.waiting: ("awaiting_worker", "awaiting_other_authority"),
    Stage.second: ("awaiting_second_person",),
    Stage.protection: ("protecting", "protection_taken"),
    Stage.decided: ("decided",),
    Stage.told: ("referrer_told",),
    Stage.early_help: tuple(state.name for state in EARLY_HELP.open_states),
    Stage.meeting: tuple(state.name for state in MEETINGS.open_states),
    Stage.service: tuple(state.name for state in SERVICE_REQUEST.open_states),
}
"""A case waits for others besides, whatever its state, while another agency hasn't answered a question about it."""


NOT_SCREENED = ""
"""The band of what is no contact to be screened."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is chosen; every part at its default is everything the viewer may see whole. `whose`: all, team or mine."""

    whose: str = "all"
    stage: str = ""
    band: str = ""
    overdue: bool = False
    overnight: bool = False

    def conditions(self, facts: Mapping[str, Any]) -> Iterator[Any]:
        """What must hold: of columns in a list, of plain values in a count."""
        if self.whose != "all":
            yield facts[self.whose]
        if self.stage:
            yield facts[self.stage]
        if self.band:
            yield facts["band"] == self.band
        if self.overdue:
            yield facts["overdue"]
        if self.overnight:
            yield facts["overnight"]


@dataclass(frozen=True, slots=True)
class Alike:
    """Open cases that no filter tells apart, and how many they are."""

    facts: Mapping[str, Any]
    count: int


def open_to(viewer: Viewer, now: datetime, wanted: Wanted, night: Hours | None) -> SelectOfScalar[Case]:
    """The open cases that are wanted, of those the viewer may see whole."""
    query = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None))
    return query.where(*wanted.conditions(facts_of(viewer, now, night)))


def alike(session: Session, viewer: Viewer, now: datetime, night: Hours | None) -> tuple[Alike, ...]:
    """All the open cases the viewer may see whole, grouped by everything one may filter by: one query."""
    facts = facts_of(viewer, now, night)
    columns = [fact.label(name) for name, fact in facts.items()]
    inner = open_to(viewer, now, Wanted(), night).with_only_columns(*columns).subquery()
    grouped: Select[Any] = inner.select().with_only_columns(*inner.c, func.count()).group_by(*inner.c)
    rows = session.execute(grouped).all()
    return tuple(Alike(dict(zip(facts, row, strict=False)), int(row[-1])) for row in rows)


def count(groups: tuple[Alike, ...], wanted: Wanted) -> int:
    return sum(group.count for group in groups if all(wanted.conditions(group.facts)))


def facts_of(viewer: Viewer, now: datetime, night: Hours | None) -> dict[str, ColumnElement[Any]]:
    """Everything one may filter by, as columns of a case."""
    asked = exists().where(col(Ask.case_id) == col(Case.id), col(Ask.ended_at).is_(None)).correlate(Case)
    received = col(Case.received_at)
    stages: dict[str, ColumnElement[Any]] = {stage: col(Case.state).in_(states) for stage, states in STATES.items()}
    return stages | {
        "mine": held(viewer, "mine", now),
        "team": held(viewer, "team", now),
        Stage.waiting: or_(stages[Stage.waiting], asked),
        "band": case(
            (col(Case.process) == REFERRAL.name, func.coalesce(col(Case.urgency), literal(NO_BAND))), else_=NOT_SCREENED
        ),
        "overdue": and_(NEXT_DUE_AT.is_not(None), now > NEXT_DUE_AT),
        "overnight": and_(received >= night[0], received < night[1]) if night else false(),
    }


def held(viewer: Viewer, whose: str, now: datetime) -> ColumnElement[bool]:
    """Cases that the viewer holds, covers or has been asked to take; with `team`, those of their teams too."""
    mine = col(Case.id).in_(_holding(now, col(Assignment.practitioner_id) == viewer.id))
    if whose == "mine":
        return mine
    by_team = func.coalesce(col(Assignment.team_id), 0).in_(viewer.teams)
    theirs = _holding(now, col(Assignment.case_id) == col(Case.id), by_team)
    # Asked of each open case by its own assignments, and of nothing that leads to all that a team has ever held: one
    # database goes by the index on teams where it can, and the other reads the lot for whatever is written as `exists`.
    return or_(mine, theirs.limit(1).correlate(Case).scalar_subquery().is_not(None))


def _holding(now: datetime, *of: ColumnElement[bool]) -> SelectOfScalar[int]:
    return select(Assignment.case_id).where(
        *of,
        col(Assignment.status).in_(HOLDS),
        col(Assignment.ended_at).is_(None),
        col(Assignment.ends_at).is_(None) | (col(Assignment.ends_at) > now),
    )


def answered_by(whom: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that an assignment like that says who answers for a case."""
    return (
        exists()
        .where(
            col(Assignment.case_id) == col(Case.id),
            col(Assignment.kind) == AssignmentKind.answerable,
            col(Assignment.status) == AssignmentStatus.accepted,
            col(Assignment.ended_at).is_(None),
            whom,
        )
        .correlate(Case)
    )


def due_first() -> ColumnElement[Any]:
    """When something is due next, with what has nothing due last."""
    return func.coalesce(NEXT_DUE_AT, literal(NEVER, NEXT_DUE_AT.type))


def worst_first() -> tuple[Any, ...]:
    """Immediate, then overdue, then by time left."""
    return (col(Case.immediate).desc(), due_first(), col(Case.public_id))
