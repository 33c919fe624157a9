"""What happens when a time comes? Each rung of a deadline once, even after an outage; people above hear."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import insert
from sqlmodel import Session, col, select

from pathway.access import Viewer, every_case
from pathway.acts.desk import Desk, Work, work
from pathway.acts.outsiders import everybody_asked
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.tables import Case, Deadline, DeadlineEvent, Entry
from pathway.tables.columns import table_of

REMINDS = {"referrer_chase": "chase_us", "written_confirmation": "confirm_in_writing"}
"""Clocks that the referrer holds: when one runs out the referrer hears as well."""

ASKS_AGAIN = "question_again"
"""A clock about a question is kept by whoever was asked: when it runs out they hear as well."""

DUE_SOON = "due_soon"
OVERDUE = "overdue"


def due_rungs(
    session: Session, now: datetime, limit: int = 100, besides: Collection[int] = ()
) -> tuple[tuple[str, int], ...]:
    """Deadlines with a rung that has come: the authority and the deadline's id, soonest first.

    `besides` names those that could not be rung just now, so that they never stand before the rest.
    """
    rows = session.exec(
        select(Deadline.authority, Deadline.id)
        .where(
            col(Deadline.closed_at).is_(None),
            col(Deadline.next_rung_at) <= now,
            col(Deadline.id).not_in(besides),
        )
        .order_by(col(Deadline.next_rung_at))
        .limit(limit)
    ).all()
    return tuple((authority, deadline or 0) for authority, deadline in rows)


def next_rung_at(session: Session) -> datetime | None:
    """When the next rung of all comes; None while no clock runs."""
    query = select(Deadline.next_rung_at).where(
        col(Deadline.closed_at).is_(None), col(Deadline.next_rung_at).is_not(None)
    )
    return session.exec(query.order_by(col(Deadline.next_rung_at))).first()


def ring(desk: Desk, system: Viewer, *, deadline_id: int) -> Done | None:
    """Let every rung of a deadline that has come happen; None where another worker was first."""
    with work(desk, system) as unit:
        case = _locked(unit, deadline_id)
        row = unit.session.get(Deadline, deadline_id, populate_existing=True)
        if case is None or row is None or row.closed_at is not None:
            return None
        come = [rung for rung in _rungs_left(row) if rung[1] <= unit.now]
        return _rung(unit, case, row, come) if come else None


def _locked(unit: Work, deadline_id: int) -> Case | None:
    holding = select(Deadline.case_id).where(col(Deadline.id) == deadline_id)
    query = every_case().where(col(Case.id).in_(holding)).with_for_update(skip_locked=True)
    return unit.session.exec(query.execution_options(populate_existing=True)).first()


def _rungs_left(row: Deadline) -> list[tuple[str, datetime, list[str]]]:
    rungs = [(name, datetime.fromisoformat(at), hears) for name, at, hears in json.loads(row.rungs)]
    names = [name for name, _, _ in rungs]
    return rungs[names.index(row.next_rung) :] if row.next_rung in names else []


def _rung(unit: Work, case: Case, row: Deadline, come: list[tuple[str, datetime, list[str]]]) -> Done:
    left = [rung for rung in _rungs_left(row) if rung not in come]
    patch = Patch()
    patch.change(
        "deadline",
        row.public_id,
        next_rung=left[0][0] if left else None,
        next_rung_at=left[0][1] if left else None,
    )
    said = {
        "time": row.name,
        "rungs": [rung for rung, _, _ in come],
        "minutes_late": int((unit.now - come[0][1]).total_seconds() // 60),
    }
    line = Line("time_passed", patch, said=said, tells=tuple(_tells(unit.session, row, come)), by_officer=False)
    done = record(unit, case, line)
    entry = select(Entry.id).where(col(Entry.public_id) == done.entry).scalar_subquery()
    for rung, _, _ in come:
        unit.session.execute(
            insert(table_of(DeadlineEvent)).values(
                authority=row.authority, deadline_id=row.id, what=rung, at=unit.now, entry_id=entry
            )
        )
    return done


def _tells(session: Session, row: Deadline, come: list[tuple[str, datetime, list[str]]]) -> Iterator[Telling]:
    """After an outage several rungs come at once: everybody whom any of them names hears, once, of the last."""
    last = come[-1][0]
    for role in dict.fromkeys(role for _, _, hears in come for role in hears):
        yield Telling(_kind(last), role, row.limit_id, row.due_at)
    if last == DUE_SOON:
        return
    if row.limit_id in REMINDS:
        yield Telling(REMINDS[row.limit_id], "referrer", row.limit_id, row.due_at)
    if row.about:
        for asked in everybody_asked(session, row.about):
            yield Telling(ASKS_AGAIN, asked, row.about, row.due_at)


def _kind(rung: str) -> str:
    return rung if rung == DUE_SOON else OVERDUE
