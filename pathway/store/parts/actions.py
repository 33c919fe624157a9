"""What has been taken on for a family, by whom, by when, and what came of it? For a record, and for whoever has it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.store.parts.details import minutes_left
from pathway.store.parts.veil import Veil, veil_over
from pathway.store.parts.views import ActionView
from pathway.store.staffing.staff import names_of
from pathway.tables import Case, Deadline, Entry, Payload, PlanAction, Practitioner

OVER = ("end_action", "action_over")
"""The kinds of entry that say what came of one."""


def actions_of(session: Session, case: Case, veil: Veil, now: datetime) -> tuple[ActionView, ...]:
    """Everything that was taken on, what is open first and the soonest due of that before the rest."""
    rows = session.exec(select(PlanAction).where(col(PlanAction.case_id) == case.id).order_by(col(PlanAction.id))).all()
    return _in_order(_views(session, rows, now, veil)) if rows else ()


def actions_named(session: Session, ids: Iterable[int], veil: Veil) -> Iterable[tuple[int, Mapping[str, str]]]:
    """For each action on these cases, by its reference, what it is."""
    rows = session.exec(select(PlanAction).where(col(PlanAction.case_id).in_(tuple(ids)))).all()
    said = _said(session, {one.entry_id for one in rows}, veil)
    return ((one.case_id, {one.public_id: said.get(one.entry_id, {}).get("what", "")}) for one in rows)


@dataclass(frozen=True, slots=True)
class Mine:
    """Something that the viewer took on, and the record it is for, which they needn't be able to see."""

    case: str
    action: ActionView


def my_actions(session: Session, viewer: Viewer, now: datetime) -> tuple[Mine, ...]:
    """What the viewer has taken on and hasn't done yet, on whatever record: their own part of it, and nothing more."""
    rows = session.exec(
        select(PlanAction, Case.public_id)
        .join(Case, col(Case.id) == col(PlanAction.case_id))
        .where(col(PlanAction.owner_id) == viewer.id, col(PlanAction.ended_at).is_(None))
        .order_by(col(PlanAction.id))
    ).all()
    of = {one.public_id: case for one, case in rows}
    actions = [one for one, _ in rows]
    veil = veil_over(session, {one.case_id for one in actions})
    views = _in_order(_views(session, actions, now, veil)) if rows else ()
    return tuple(Mine(of[one.ref], one) for one in views)


def how_many_taken_on(session: Session, viewer: Viewer) -> int:
    mine = (col(PlanAction.owner_id) == viewer.id, col(PlanAction.ended_at).is_(None))
    return session.exec(select(func.count()).select_from(PlanAction).where(*mine)).one()


def _in_order(views: Iterable[ActionView]) -> tuple[ActionView, ...]:
    return tuple(sorted(views, key=lambda one: (one.ended_at is not None, one.due_on, one.ref)))


def _views(session: Session, rows: Iterable[PlanAction], now: datetime, veil: Veil) -> Iterable[ActionView]:
    actions = list(rows)
    said = _said(session, {one.entry_id for one in actions}, veil)
    over = _over(session, {one.case_id for one in actions if one.ended_at}, veil)
    due = _due(session, {one.case_id for one in actions})
    names = names_of(session, {one.owner_id for one in actions})
    for one in actions:
        told, (how_it_went, by) = said.get(one.entry_id, {}), over.get(one.public_id, ({}, ""))
        yield ActionView(
            ref=one.public_id,
            what=told.get("what", ""),
            who=told.get("who", ""),
            owner=names.get(one.owner_id, ""),
            due_on=one.due_on,
            left_minutes=minutes_left(due[one.public_id], now) if one.public_id in due else None,
            ended_at=one.ended_at,
            ended_how=one.ended_how,
            came_of=how_it_went.get("came_of", ""),
            said_by=by,
        )


def _said(session: Session, entries: Iterable[int], veil: Veil) -> dict[int, dict[str, Any]]:
    rows = session.exec(select(Payload.entry_id, Payload.body).where(col(Payload.entry_id).in_(entries))).all()
    return {entry: veil.on(json.loads(body)) for entry, body in rows if body}


def _over(session: Session, cases: Iterable[int], veil: Veil) -> dict[str, tuple[dict[str, Any], str]]:
    """By action: what came of it, and who said so."""
    rows = session.exec(
        select(Payload.body, Practitioner.name)
        .join(Entry, col(Entry.id) == col(Payload.entry_id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id).in_(cases), col(Entry.kind).in_(OVER))
        .order_by(col(Entry.id))
    ).all()
    found = [(veil.on(json.loads(body)), name) for body, name in rows if body]
    return {said["action"]: (said, name) for said, name in found}


def _due(session: Session, cases: Iterable[int]) -> Mapping[str, datetime]:
    """By what each clock of these cases is about, when it is due."""
    running = select(Deadline.about, Deadline.due_at).where(col(Deadline.case_id).in_(cases), col(Deadline.about) != "")
    return dict(session.exec(running.where(col(Deadline.closed_at).is_(None))).all())
