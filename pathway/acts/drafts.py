"""What was half typed? A draft is kept, resumed, taken up by the team or used; nothing ever deletes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import insert, update
from sqlmodel import col, select

from pathway.access import Viewer, by_reference
from pathway.acts.desk import Desk, Work, work
from pathway.acts.front_door import front_door
from pathway.acts.record import Done
from pathway.acts.tasks import finish_about, raise_task
from pathway.store.adopted.editions import in_force
from pathway.store.history.chain import canonical_json
from pathway.store.lists.drafts import CONTACT, theirs
from pathway.tables import Draft
from pathway.tables.columns import public_id, table_of
from pathway.tables.timing import TaskKind
from thresholds import PastTheCalendar
from workflows import Refused

DRAFT = table_of(Draft)
HALF_TAKEN_AFTER = timedelta(minutes=30)
"""How long a team's half-taken contact may lie untouched before it is somebody's task: a proposed default, no source
sets it. A call seldom pauses for longer, and a worry that nobody has saved has no other clock.
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the words stand now. `beside` is the draft that somebody else changed or used since: this one is apart."""

    ref: str
    version: int
    beside: str | None = None


def keep_draft(
    desk: Desk,
    viewer: Viewer,
    *,
    form: str,
    body: Mapping[str, object],
    draft: str | None = None,
) -> str:
    """Keep what was typed so far, for its writer alone; a new draft where `draft` is a record already."""
    with work(desk, viewer) as unit:
        row = _open(unit, draft)
        return (_saved(unit, row, body) if row else _begun(unit, form, body)).ref


def keep_contact(
    desk: Desk, viewer: Viewer, *, body: Mapping[str, object], draft: str | None = None, version: int | None = None
) -> Kept:
    """Keep a contact half taken; one begun by a member of a team that takes contacts is the team's to go on with.

    Where somebody else saved or used `draft` since `version`, theirs stays as it is and this is kept beside it.
    """
    with work(desk, viewer) as unit:
        team = min(viewer.contact_teams, default=None)
        before = _theirs(unit, draft)
        if before is None:
            return _begun(unit, CONTACT, body, team)
        by_others = (before.saved_by_id or before.practitioner_id) != viewer.id
        if before.used_at is None and not (by_others and before.version != version):
            return _saved(unit, before, body)
        if by_others and before.body == canonical_json(body) and before.used_at is None:
            return Kept(before.public_id, before.version)
        made = _begun(unit, CONTACT, body, team)
        return Kept(made.ref, made.version, before.public_id if by_others else None)


def set_aside(desk: Desk, viewer: Viewer, *, draft: str) -> None:
    """Take a draft off the list of what is unfinished; it is kept all the same."""
    with work(desk, viewer) as unit:
        used(unit, draft)


def used(unit: Work, draft: str | None, done: Done | None = None) -> None:
    """Mark a draft as turned into a record, in the transaction of that record; what asked for it is over."""
    row = _open(unit, draft)
    if row is None:
        return
    case = unit.session.exec(by_reference(unit.viewer, done.case)).one() if done else None
    values = {"used_at": unit.now, "saved_by_id": unit.viewer.id, "case_id": case.id if case else row.case_id}
    unit.session.execute(update(DRAFT).where(DRAFT.c.id == row.id).values(**values))
    finish_about(unit, TaskKind.contact_half_taken, row.public_id)


def raise_half_taken(unit: Work) -> None:
    """A worry that somebody began to take, and nobody has touched since, becomes the team's task; at night, of
    whoever takes contacts then.
    """
    left = select(Draft).where(
        col(Draft.authority) == unit.viewer.authority,
        col(Draft.team_id).is_not(None),
        col(Draft.used_at).is_(None),
        col(Draft.saved_at) < unit.now - HALF_TAKEN_AFTER,
    )
    words = "A worry was half taken and isn't saved. Go on with it among the drafts, or say there that it isn't needed."
    rows = unit.session.exec(left.order_by(col(Draft.id))).all()
    person, at_night = _by_night(unit) if rows else (None, None)
    for row in rows:
        team = None if person else at_night or row.team_id
        raise_task(unit, TaskKind.contact_half_taken, row.public_id, words, practitioner_id=person, team_id=team)


def _by_night(unit: Work) -> tuple[int | None, int | None]:
    """Who takes contacts while the front door is shut; nobody while it is open, or where there is no such team."""
    _, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    try:
        return (None, None) if edition.calendar().is_open(unit.now) else front_door(unit, edition)
    except (PastTheCalendar, Refused):
        return None, None


def _saved(unit: Work, row: Draft, body: Mapping[str, object]) -> Kept:
    values = {
        "body": canonical_json(body),
        "version": row.version + 1,
        "saved_at": unit.now,
        "saved_by_id": unit.viewer.id,
    }
    unit.session.execute(update(DRAFT).where(DRAFT.c.id == row.id).values(**values))
    return Kept(row.public_id, row.version + 1)


def _begun(unit: Work, form: str, body: Mapping[str, object], team_id: int | None = None) -> Kept:
    ref = public_id()
    unit.session.execute(
        insert(DRAFT).values(
            public_id=ref,
            authority=unit.viewer.authority,
            practitioner_id=unit.viewer.id,
            form=form,
            body=canonical_json(body),
            team_id=team_id,
            version=1,
            saved_at=unit.now,
            saved_by_id=unit.viewer.id,
        )
    )
    return Kept(ref, 1)


def _open(unit: Work, draft: str | None) -> Draft | None:
    row = _theirs(unit, draft)
    return row if row and row.used_at is None else None


def _theirs(unit: Work, draft: str | None) -> Draft | None:
    """The draft, locked for this transaction, where it is the viewer's own or their team's."""
    if not draft:
        return None
    query = theirs(unit.viewer).where(col(Draft.public_id) == draft)
    return unit.session.exec(query.with_for_update()).first()
