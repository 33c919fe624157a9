"""What needs me first? Open cases, worst first: immediate, then overdue, then by time left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Answerable, Viewer, answers_for, seen_whole_by, visible_to
from pathway.store.details import minutes_left
from pathway.store.editions import edition_of
from pathway.store.processes import process_of
from pathway.store.situations import called
from pathway.store.views import AnswerableView, BoardRow
from pathway.store.words import kind_words
from pathway.tables import Assignment, Case, CaseChild, Deadline, Person
from pathway.tables.cases import AssignmentStatus

PAGE = 50


@dataclass(frozen=True, slots=True)
class Board:
    rows: tuple[BoardRow, ...]
    total: int
    overdue: int
    page: int
    pages: int


def board(session: Session, viewer: Viewer, now: datetime, *, whose: str = "all", page: int = 1) -> Board:
    """One page of the open cases the viewer may see whole. `whose`: all, team or mine. Eight queries at most."""
    query = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None))
    query = query if whose == "all" else query.where(col(Case.id).in_(held(viewer, whose, now)))
    refs = session.execute(query.with_only_columns(col(Case.id), col(Case.next_due_at))).all()
    pages = max(1, -(-len(refs) // PAGE))
    page = min(max(page, 1), pages)
    order = (col(Case.immediate).desc(), col(Case.next_due_at).asc(), col(Case.id).asc())
    cases = session.exec(query.order_by(*order).offset((page - 1) * PAGE).limit(PAGE)).all()
    overdue = sum(1 for _, due_at in refs if due_at is not None and due_at < now)
    return Board(rows_of(session, cases, now), len(refs), overdue, page, pages)


def my_referrals(session: Session, viewer: Viewer, now: datetime) -> Sequence[Case]:
    """The referrals that the viewer, or for a safeguarding lead their agency, has made; newest first."""
    query = visible_to(viewer, now).where(
        (col(Case.referrer_id) == viewer.id) | col(Case.referrer_agency_id).in_(viewer.agencies)
    )
    return session.exec(query.order_by(col(Case.received_at).desc()).limit(PAGE)).all()


def rows_of(session: Session, cases: Sequence[Case], now: datetime) -> tuple[BoardRow, ...]:
    """Board rows for some cases, in a fixed number of queries."""
    ids = [case.id or 0 for case in cases]
    children, due, answering = _children(session, ids), _due(session, ids), answers_for(session, ids, now)
    return tuple(
        _row(session, case, children.get(case.id or 0, []), due.get(case.id or 0), answering, now) for case in cases
    )


def held(viewer: Viewer, whose: str, now: datetime) -> SelectOfScalar[int]:
    mine = col(Assignment.practitioner_id) == viewer.id
    wanted = mine if whose == "mine" else mine | col(Assignment.team_id).in_(viewer.teams)
    live = col(Assignment.status).in_((AssignmentStatus.proposed, AssignmentStatus.accepted))
    lasts = col(Assignment.ends_at).is_(None) | (col(Assignment.ends_at) > now)
    return select(Assignment.case_id).where(wanted, live, lasts)


def _children(session: Session, ids: list[int]) -> dict[int, list[tuple[CaseChild, Person]]]:
    rows = session.exec(
        select(CaseChild, Person)
        .join(Person, col(Person.id) == col(CaseChild.person_id))
        .where(col(CaseChild.case_id).in_(ids))
        .order_by(col(CaseChild.id))
    ).all()
    found: dict[int, list[tuple[CaseChild, Person]]] = {}
    for row, person in rows:
        found.setdefault(row.case_id, []).append((row, person))
    return found


def _due(session: Session, ids: list[int]) -> dict[int, Deadline]:
    rows = session.exec(
        select(Deadline)
        .where(col(Deadline.case_id).in_(ids), col(Deadline.closed_at).is_(None), col(Deadline.obliged) == "us")
        .order_by(col(Deadline.due_at).desc())
    ).all()
    return {row.case_id: row for row in rows}


def _row(
    session: Session,
    case: Case,
    children: list[tuple[CaseChild, Person]],
    due: Deadline | None,
    answering: dict[int, Answerable],
    now: datetime,
) -> BoardRow:
    state = process_of(case).state(case.state)
    levels = edition_of(session, case.authority, case.edition_hash).levels_upward
    stand = {row.level or row.advised_level for row, _ in children}
    highest = next((level.name for level in reversed(levels) if level.id in stand), "Not yet known")
    return BoardRow(
        ref=case.public_id,
        kind=case.kind,
        kind_words=kind_words(case.kind),
        state=case.state,
        state_words=state.words,
        next_step=state.next_step,
        children=tuple(called(person) for _, person in children),
        immediate=case.immediate,
        safe_tonight=case.safe_tonight,
        level_name=highest,
        answerable=answerable_view(answering.get(case.id or 0)),
        received_at=case.received_at,
        due_at=due.due_at if due else None,
        due_name=due.name if due else "",
        left_minutes=minutes_left(due.due_at, now) if due else None,
        restricted=case.restricted,
    )


def answerable_view(found: Answerable | None) -> AnswerableView:
    if found is None:
        return AnswerableView("", is_team=False, covers="")
    return AnswerableView(found.name, is_team=found.is_team, covers=found.covers)
