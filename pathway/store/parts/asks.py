"""What have other agencies been asked about one case, and what did they say? Side by side, as views."""

import json
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.store.parts.details import minutes_left
from pathway.store.parts.veil import Veil
from pathway.store.parts.views import AskView
from pathway.tables import Agency, Ask, Case, Deadline, DeadlineEvent, Entry, Payload, Practitioner


def asks_of(session: Session, case: Case, veil: Veil, now: datetime) -> tuple[AskView, ...]:
    """Every question of a case, those that wait first and the soonest due of them before the rest."""
    rows = session.exec(
        select(Ask, Payload, Practitioner.name, Agency.name)
        .join(Payload, col(Payload.entry_id) == col(Ask.entry_id))
        .join(Practitioner, col(Practitioner.id) == col(Ask.asked_by_id))
        .join(Agency, col(Agency.id) == col(Ask.agency_id), isouter=True)
        .where(col(Ask.case_id) == case.id)
        .order_by(col(Ask.id))
    ).all()
    answers, clocks, chases = veil.on(_answers(session, case)), _clocks(session, case), _chases(session, case)
    views = (
        _view(ask, _said(payload, veil), name, agency, clocks.get(ask.public_id), answers, chases, now)
        for ask, payload, name, agency in rows
    )
    return tuple(sorted(views, key=lambda one: (not one.waits, one.due_at or one.asked_at)))


def _clocks(session: Session, case: Case) -> dict[str, Deadline]:
    rows = session.exec(select(Deadline).where(col(Deadline.case_id) == case.id, col(Deadline.about) != "")).all()
    return {row.about: row for row in rows}


def _chases(session: Session, case: Case) -> dict[str, int]:
    """By question: how often its time has passed and whoever was asked has heard of it again."""
    rows = session.exec(
        select(Deadline.about, func.count(func.distinct(DeadlineEvent.entry_id)))
        .join(DeadlineEvent, col(DeadlineEvent.deadline_id) == col(Deadline.id))
        .where(col(Deadline.case_id) == case.id, col(Deadline.about) != "", col(DeadlineEvent.what) != "due_soon")
        .group_by(col(Deadline.about))
    ).all()
    return dict(rows)


def _answers(session: Session, case: Case) -> dict[str, tuple[str, str]]:
    """By question: what was said, and who said or recorded it."""
    rows = session.exec(
        select(Payload.body, Practitioner.name)
        .join(Entry, col(Entry.id) == col(Payload.entry_id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id) == case.id, col(Entry.kind).in_(("answer", "stop_asking")))
    ).all()
    found = [(json.loads(body), name) for body, name in rows if body]
    return {
        said["ask"]: (said.get("learned") or said.get("reason", ""), said.get("by") or name) for said, name in found
    }


def _said(payload: Payload, veil: Veil) -> dict[str, str]:
    return veil.on(json.loads(payload.body)) if payload.body else {}


def _view(
    row: Ask,
    said: dict[str, str],
    asked_by: str,
    agency: str | None,
    clock: Deadline | None,
    answers: dict[str, tuple[str, str]],
    chases: dict[str, int],
    now: datetime,
) -> AskView:
    answer, by = answers.get(row.public_id, ("", ""))
    return AskView(
        ref=row.public_id,
        asked_of=said.get("asked_of", ""),
        agency=agency or "",
        email=said.get("email", ""),
        question=said.get("question", ""),
        asked_by=asked_by,
        asked_at=row.asked_at,
        due_at=clock.due_at if clock else None,
        left_minutes=minutes_left(clock.due_at, now) if clock else None,
        ended_at=row.ended_at,
        ended_how=row.ended_how,
        answer=answer,
        answered_by=by,
        chases=chases.get(row.public_id, 0),
    )
