"""Who looked at a child's records, or what did a practitioner look at? The look log, for whoever answers for it.

Bounded by a window of dates, and found by the record (`ViewedRecord`), by whoever looked, or by the window itself.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer, person_visible_to, posts_held, seen_whole_by
from pathway.access.visible import WHOLE_AUTHORITY
from pathway.clock import day_of
from pathway.store.lists.board import PAGE
from pathway.store.parts.same import same_as
from pathway.tables import Assignment, Case, CaseChild, Post, Practitioner, ViewedRecord, Viewing
from pathway.tables.cases import AssignmentStatus

MOST_RECORDS = 100


@dataclass(frozen=True, slots=True)
class SeenRecord:
    ref: str
    answered: bool
    """Whether whoever looked, or their team, held or covered the record then."""


@dataclass(frozen=True, slots=True)
class Look:
    """One page looked at. `others` are records on it that the viewer may not see, or that weren't asked for."""

    at: datetime
    who: str
    page: str
    records: tuple[SeenRecord, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Looks:
    looks: tuple[Look, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """`about` is a record's or a child's reference, `by` a practitioner's; the window ends before `until`."""

    since: datetime
    until: datetime
    about: str = ""
    by: str = ""
    page: int = 1

    @property
    def last_day(self) -> datetime:
        return self.until - timedelta(days=1)


def looks(session: Session, viewer: Viewer, now: datetime, searched: Searched) -> Looks | None:
    """One page of looks, newest first; None where there is no such record, child or member of staff to be seen."""
    query = select(Viewing, Practitioner.name).join(Practitioner, col(Practitioner.id) == col(Viewing.practitioner_id))
    query = query.where(col(Viewing.authority) == viewer.authority)
    staff = own_staff(session, viewer, now)
    if staff is not None:
        query = query.where(col(Viewing.practitioner_id).in_(staff))
    if searched.by:
        by = _practitioner(session, viewer, searched.by)
        if by is None or (staff is not None and by not in staff):
            return None
        query = query.where(col(Viewing.practitioner_id) == by)
    about = _records_about(session, viewer, now, searched.about) if searched.about else None
    if about is not None:
        if not about:
            return None
        at = _at(about, searched).distinct().subquery()
        query = query.join(at, at.c.viewing_id == col(Viewing.id))
    else:
        query = query.where(col(Viewing.at) >= searched.since, col(Viewing.at) < searched.until)
    start = (searched.page - 1) * PAGE
    rows = session.exec(
        query.order_by(col(Viewing.at).desc(), col(Viewing.id).desc()).offset(start).limit(PAGE + 1)
    ).all()
    shown = _shown(session, viewer, now, rows[:PAGE], about)
    return Looks(shown, searched.page, len(rows) > PAGE)


def _at(about: frozenset[str], searched: Searched) -> SelectOfScalar[int]:
    """The looks at any of these records within the window."""
    seen = col(ViewedRecord.at)
    return select(ViewedRecord.viewing_id).where(
        col(ViewedRecord.ref).in_(about), seen >= searched.since, seen < searched.until
    )


def own_staff(session: Session, viewer: Viewer, now: datetime) -> frozenset[int] | None:
    """Whose looks the viewer may read: None is everybody's; a team manager's are those in the teams they manage."""
    if viewer.roles & WHOLE_AUTHORITY:
        return None
    posts = posts_held(session, now)
    return frozenset(one.practitioner_id for one in posts if one.team_id in viewer.managed_teams)


def _practitioner(session: Session, viewer: Viewer, ref: str) -> int | None:
    own = col(Practitioner.authority) == viewer.authority
    return session.exec(select(Practitioner.id).where(col(Practitioner.public_id) == ref, own)).first()


def _records_about(session: Session, viewer: Viewer, now: datetime, ref: str) -> frozenset[str]:
    """The record of that reference, or all the records of the child of that reference, that the viewer may see."""
    seen = seen_whole_by(viewer, now)
    record = session.exec(seen.where(col(Case.public_id) == ref)).first()
    if record is not None:
        return frozenset({record.public_id})
    child = session.exec(person_visible_to(viewer, now, ref)).first()
    if child is None:
        return frozenset()
    rows = same_as(session, [child.id or 0])
    on = session.exec(select(CaseChild.case_id).where(col(CaseChild.person_id).in_(rows))).all()
    cases = session.exec(seen.where(col(Case.id).in_(on)).order_by(col(Case.id).desc()).limit(MOST_RECORDS)).all()
    return frozenset(case.public_id for case in cases)


def _shown(
    session: Session,
    viewer: Viewer,
    now: datetime,
    rows: Sequence[tuple[Viewing, str]],
    about: frozenset[str] | None,
) -> tuple[Look, ...]:
    named = {one.id: json.loads(one.cases) for one, _ in rows}
    wanted = {ref for refs in named.values() for ref in refs if about is None or ref in about}
    cases = session.exec(seen_whole_by(viewer, now).where(col(Case.public_id).in_(wanted))).all()
    ids = {case.public_id: case.id or 0 for case in cases}
    held = _Held(session, ids.values(), {one.practitioner_id for one, _ in rows})
    return tuple(
        Look(
            at=one.at,
            who=name,
            page=one.page,
            records=tuple(SeenRecord(ref, held.by(ids[ref], one)) for ref in named[one.id] if ref in ids),
            others=sum(ref not in ids for ref in named[one.id]),
        )
        for one, name in rows
    )


class _Held:
    """Who held or covered some records, and which teams some practitioners were in, at any moment."""

    def __init__(self, session: Session, cases: Iterable[int], people: Iterable[int]) -> None:
        held = select(Assignment).where(
            col(Assignment.case_id).in_(list(cases)), col(Assignment.accepted_at).is_not(None)
        )
        self._by_case: dict[int, list[Assignment]] = {}
        for row in session.exec(held).all():
            self._by_case.setdefault(row.case_id, []).append(row)
        self._posts = session.exec(select(Post).where(col(Post.practitioner_id).in_(list(people)))).all()

    def by(self, case: int, look: Viewing) -> bool:
        on = day_of(look.at)
        teams = {
            post.team_id
            for post in self._posts
            if post.practitioner_id == look.practitioner_id
            and post.starts_on <= on
            and (post.ends_on is None or post.ends_on >= on)
        }
        return any(
            row.practitioner_id == look.practitioner_id or row.team_id in teams
            for row in self._by_case.get(case, [])
            if _lasted(row, look.at)
        )


def _lasted(row: Assignment, at: datetime) -> bool:
    began = row.accepted_at is not None and row.accepted_at <= at
    ends = [one for one in (row.ended_at, row.ends_at) if one is not None]
    return began and row.status is not AssignmentStatus.declined and all(one > at for one in ends)
