"""Who has opened a record that wasn't theirs, why, what did they look at, and was it right? For whoever reviews it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, or_, select

from pathway.access import Viewer, every_case
from pathway.store.lists.board import PAGE
from pathway.store.parts.seen import cases_seen
from pathway.tables import Case, Entry, Grant, GrantWhy, Payload, Practitioner, Task, Viewing
from pathway.tables.timing import TaskKind

KEPT_IN_SIGHT = timedelta(days=90)
"""How long a reviewed opening still stands on the page: a proposed default, no source sets it."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One broken glass. `record` is None where the viewer may not see it; `looked` is when and at which page."""

    record: str | None
    who: str
    reason: str
    opened_at: datetime
    until: datetime | None
    looked: tuple[tuple[datetime, str], ...]
    task: str | None
    by_viewer: bool
    reviewed_at: datetime | None
    reviewed_by: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Openings:
    waiting: tuple[Opening, ...]
    reviewed: tuple[Opening, ...]


def openings(session: Session, viewer: Viewer, now: datetime) -> Openings:
    """Openings of records the viewer may see whole, and those whose review is theirs; newest first.

    Six queries, however many there are.
    """
    found = _rows(session, viewer, now)
    ids = {row.grant.case_id for row in found}
    seen = cases_seen(session, viewer, ids, now)
    theirs = [row for row in found if row.grant.case_id in seen or _owns(viewer, row.task)]
    refs = {one.id: one.public_id for one in session.exec(every_case().where(col(Case.id).in_(ids))).all()}
    looks, reviews = _looks(session, theirs), _reviews(session, ids)
    made = []
    for row in theirs:
        grant = row.grant
        by, verdict = reviews.get((grant.case_id, grant.reviewed_at), ("", ""))
        made.append(
            Opening(
                record=refs[grant.case_id] if grant.case_id in seen else None,
                who=row.who,
                reason=row.reason,
                opened_at=grant.given_at,
                until=grant.until,
                looked=tuple(_during(looks, grant, refs[grant.case_id])),
                task=row.task.public_id if row.task and row.task.done_at is None else None,
                by_viewer=grant.practitioner_id == viewer.id,
                reviewed_at=grant.reviewed_at,
                reviewed_by=by,
                verdict=verdict,
            )
        )
    waiting = tuple(one for one in made if one.reviewed_at is None)
    return Openings(waiting, tuple(one for one in made if one.reviewed_at is not None))


@dataclass(frozen=True, slots=True)
class _Row:
    grant: Grant
    reason: str
    who: str
    task: Task | None


def _rows(session: Session, viewer: Viewer, now: datetime) -> list[_Row]:
    """What waits for a review, however old, and what was reviewed not long ago."""
    rows = session.exec(
        select(Grant, Payload.body, Practitioner.name, Task)
        .join(Entry, col(Entry.id) == col(Grant.entry_id))
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .join(Practitioner, col(Practitioner.id) == col(Grant.practitioner_id))
        .join(
            Task,
            (col(Task.kind) == TaskKind.review_break_glass) & (col(Task.about) == col(Entry.public_id)),
            isouter=True,
        )
        .where(
            col(Grant.authority) == viewer.authority,
            col(Grant.why) == GrantWhy.break_glass,
            or_(col(Grant.reviewed_at).is_(None), col(Grant.reviewed_at) > now - KEPT_IN_SIGHT),
        )
        .order_by(col(Grant.reviewed_at).is_not(None), col(Grant.given_at).desc())
        .limit(PAGE)
    ).all()
    return [_Row(grant, _said(body).get("reason", ""), who, task) for grant, body, who, task in rows]


def _owns(viewer: Viewer, task: Task | None) -> bool:
    return task is not None and (task.practitioner_id == viewer.id or task.team_id in viewer.teams)


def _said(body: str | None) -> dict[str, str]:
    return dict(json.loads(body)) if body else {}


def _looks(session: Session, rows: Iterable[_Row]) -> Sequence[Viewing]:
    """The looks of those who broke a glass, from when each did until it closed again."""
    during = [
        (col(Viewing.practitioner_id) == row.grant.practitioner_id)
        & col(Viewing.at).between(row.grant.given_at, row.grant.until)
        for row in rows
    ]
    if not during:
        return ()
    return session.exec(select(Viewing).where(or_(*during)).order_by(col(Viewing.at))).all()


def _during(looks: Iterable[Viewing], grant: Grant, ref: str) -> Iterator[tuple[datetime, str]]:
    for one in looks:
        within = one.at >= grant.given_at and (grant.until is None or one.at <= grant.until)
        if one.practitioner_id == grant.practitioner_id and within and ref in json.loads(one.cases):
            yield one.at, one.page


def _reviews(session: Session, cases: Iterable[int]) -> dict[tuple[int | None, datetime | None], tuple[str, str]]:
    """Who reviewed and what they said, by the record and the moment."""
    rows = session.exec(
        select(Entry, Payload.body, Practitioner.name)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .join(Practitioner, col(Practitioner.id) == col(Entry.actor_id))
        .where(col(Entry.case_id).in_(cases), col(Entry.kind) == "glass_reviewed")
    ).all()
    said = ((entry, _said(body), name) for entry, body, name in rows)
    return {
        (entry.case_id, entry.recorded_at): (name, f"{one.get('verdict', '')}. {one.get('reason', '')}")
        for entry, one, name in said
    }
