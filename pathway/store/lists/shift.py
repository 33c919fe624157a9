"""What do I hold as my shift ends, what must be done before the office opens, and what was handed to us?"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from pathway.access import Viewer, seen_whole_by
from pathway.store.lists.board import PAGE
from pathway.store.lists.drafts import DraftView, half_taken
from pathway.store.lists.wanted import answered_by, due_first, worst_first
from pathway.store.parts.rows import rows_of
from pathway.store.parts.tasks import my_tasks
from pathway.store.parts.views import BoardRow, TaskView
from pathway.store.staffing.nights import edition_now, next_opening
from pathway.tables import Assignment, Case, Entry, Payload, Practitioner

LOOKED_BACK = timedelta(hours=24)
"""For how long what was handed over stands on top of the page: longer than any shift."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A record handed to the viewer or their team, with the note for it and the note for everything."""

    row: BoardRow
    by: str
    at: datetime
    note: str
    for_all: str


@dataclass(frozen=True, slots=True)
class Shift:
    """`mine` and `team` are what may be handed over; `handed` what has come. `opens` is None where nothing says."""

    mine: tuple[BoardRow, ...]
    team: tuple[BoardRow, ...]
    tasks: tuple[TaskView, ...]
    drafts: tuple[DraftView, ...]
    handed: tuple[HandedOver, ...]
    opens: datetime | None


def shift(session: Session, viewer: Viewer, now: datetime) -> Shift:
    """Everything the viewer holds, and of their teams' what can't wait until the office opens.

    A fixed number of queries, however much that is.
    """
    opens = next_opening(edition_now(session, viewer.authority, now), now)
    held = seen_whole_by(viewer, now).where(col(Case.closed_at).is_(None))
    own = answered_by(col(Assignment.practitioner_id) == viewer.id)
    mine = session.exec(held.where(own).order_by(*worst_first())).all()
    urgent = or_(due_first() < (opens or now), col(Case.immediate), col(Case.safe_tonight) == "no")
    ours = answered_by(col(Assignment.team_id).in_(viewer.teams))
    team = session.exec(held.where(ours, urgent).order_by(*worst_first()).limit(PAGE)).all()
    said = _said(session, viewer, now)
    came = session.exec(held.where(col(Case.id).in_(list(said))).order_by(*worst_first())).all()
    rows = rows_of(session, viewer, [*mine, *team, *came], now)
    first, second = len(mine), len(mine) + len(team)
    handed = (HandedOver(row, *said[case.id or 0]) for case, row in zip(came, rows[second:], strict=True))
    tasks, drafts = _tasks(session, viewer, now), half_taken(session, viewer)
    return Shift(rows[:first], rows[first:second], tasks, drafts, tuple(handed), opens)


def _tasks(session: Session, viewer: Viewer, now: datetime) -> tuple[TaskView, ...]:
    """The viewer's own tasks that go by themselves: one about a record goes along with it."""
    return tuple(task for task in my_tasks(session, viewer, now) if task.own and not task.of_a_record)


def _said(session: Session, viewer: Viewer, now: datetime) -> dict[int, tuple[str, datetime, str, str]]:
    """By case: who handed it to the viewer or their team of late, when, and with which notes; the last word holds."""
    to_us = or_(col(Assignment.practitioner_id) == viewer.id, col(Assignment.team_id).in_(viewer.teams))
    given = select(Assignment.case_id).where(
        to_us, col(Assignment.ended_at).is_(None), col(Assignment.starts_at) > now - LOOKED_BACK
    )
    rows: Sequence[tuple[Entry, str | None, str]] = session.exec(
        select(Entry, Payload.body, Practitioner.name)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(
            col(Entry.case_id).in_(given),
            col(Entry.kind) == "handed_over",
            col(Entry.recorded_at) > now - LOOKED_BACK,
            col(Entry.actor_id) != viewer.id,
        )
        .order_by(col(Entry.id))
    ).all()
    found: dict[int, tuple[str, datetime, str, str]] = {}
    for entry, body, name in rows:
        notes = json.loads(body) if body else {}
        found[entry.case_id or 0] = (name, entry.recorded_at, notes.get("note", ""), notes.get("for_all", ""))
    return found
