"""What was left half typed? A viewer's own drafts, and the contacts that their team has half taken."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer, visible_to
from pathway.store.staffing.staff import names_of
from pathway.tables import Case, Draft, Task
from pathway.tables.timing import TaskKind

CONTACT = "/contacts/new"
"""The form that a contact is taken on, in either of its shapes."""

MOST = 50
HALF_TAKEN = col(Draft.team_id).is_not(None) | (col(Draft.form) == CONTACT)


@dataclass(frozen=True, slots=True)
class DraftView:
    """`form` is the address of the page it belongs to. `shared`: the team may see it and go on with it."""

    ref: str
    form: str
    saved_at: datetime
    fields: dict[str, list[str]]
    version: int
    began_by: str
    saved_by: str
    shared: bool
    mine: bool
    used: bool = False


def theirs(viewer: Viewer) -> SelectOfScalar[Draft]:
    """Every draft that is this viewer's own, their team's, or their team's task to go on with, used or not."""
    given = select(Task.about).where(
        col(Task.kind) == TaskKind.contact_half_taken,
        col(Task.done_at).is_(None),
        col(Task.team_id).in_(viewer.contact_teams) | (col(Task.practitioner_id) == viewer.id),
    )
    teams = col(Draft.team_id).in_(viewer.contact_teams) | col(Draft.public_id).in_(given)
    return select(Draft).where(
        col(Draft.authority) == viewer.authority, (col(Draft.practitioner_id) == viewer.id) | teams
    )


def my_drafts(session: Session, viewer: Viewer) -> tuple[DraftView, ...]:
    """Drafts that this viewer began and that haven't become a record yet, newest first."""
    return _unfinished(session, viewer, theirs(viewer).where(col(Draft.practitioner_id) == viewer.id))


def team_drafts(session: Session, viewer: Viewer) -> tuple[DraftView, ...]:
    """Contacts half taken in the viewer's teams, by whomever, newest first."""
    return _unfinished(session, viewer, theirs(viewer).where(col(Draft.team_id).is_not(None)))


def half_taken(session: Session, viewer: Viewer) -> tuple[DraftView, ...]:
    """Contacts half taken, the viewer's own and their teams', newest first."""
    return _unfinished(session, viewer, theirs(viewer).where(HALF_TAKEN))


def how_many_half_taken(session: Session, viewer: Viewer) -> int:
    """How many there are, without reading what was typed: a board asks for this again and again."""
    open_now = theirs(viewer).where(HALF_TAKEN, col(Draft.used_at).is_(None))
    return session.exec(select(func.count()).select_from(open_now.subquery())).one()


def draft(session: Session, viewer: Viewer, ref: str) -> DraftView | None:
    """One that can be gone on with."""
    found = any_draft(session, viewer, ref)
    return None if found is None or found.used else found


def any_draft(session: Session, viewer: Viewer, ref: str) -> DraftView | None:
    """One draft, also where it has been used or set aside since."""
    row = session.exec(theirs(viewer).where(col(Draft.public_id) == ref)).first()
    return next(iter(_views(session, viewer, [row])), None) if row else None


def became(session: Session, viewer: Viewer, ref: str, now: datetime) -> str | None:
    """The record that a draft was turned into, where the viewer may see it."""
    row = session.exec(theirs(viewer).where(col(Draft.public_id) == ref)).first()
    if row is None or row.case_id is None:
        return None
    case = session.exec(visible_to(viewer, now).where(col(Case.id) == row.case_id)).first()
    return case.public_id if case else None


def _unfinished(session: Session, viewer: Viewer, query: SelectOfScalar[Draft]) -> tuple[DraftView, ...]:
    newest = query.where(col(Draft.used_at).is_(None)).order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())
    return _views(session, viewer, session.exec(newest.limit(MOST)).all())


def _views(session: Session, viewer: Viewer, rows: Iterable[Draft]) -> tuple[DraftView, ...]:
    rows = list(rows)
    wanted = {one for row in rows for one in (row.practitioner_id, row.saved_by_id)}
    names = names_of(session, wanted)
    return tuple(_view(row, viewer, names) for row in rows)


def _view(row: Draft, viewer: Viewer, names: dict[int | None, str]) -> DraftView:
    body = json.loads(row.body)
    return DraftView(
        ref=row.public_id,
        form=row.form,
        saved_at=row.saved_at,
        fields={name: [str(value) for value in values] for name, values in body.items() if isinstance(values, list)},
        version=row.version,
        began_by=names.get(row.practitioner_id, ""),
        saved_by=names.get(row.saved_by_id or row.practitioner_id, ""),
        shared=row.team_id is not None,
        mine=row.practitioner_id == viewer.id,
        used=row.used_at is not None,
    )
