"""Who must do something about it? Tasks that a named practitioner or a team owns, each raised once."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from pathway.access import Viewer, there
from pathway.access.viewer import live_post
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.clock import LONDON
from pathway.tables import Entry, Post, Practitioner, Task
from pathway.tables.columns import public_id, table_of
from pathway.tables.timing import TaskKind
from workflows import Role, refuse

TASK = table_of(Task)
DO_WITHIN = timedelta(hours=24)
"""How long a task may wait: a proposed default, no source sets it."""

LADDER = (Role.team_manager, Role.service_manager, Role.head_of_service, Role.administrator)


def raise_task(
    unit: Work,
    kind: TaskKind,
    about: str,
    words: str,
    *,
    case_id: int | None = None,
    team_id: int | None = None,
    practitioner_id: int | None = None,
    besides: int | None = None,
) -> None:
    """Raise a task, once while it is open; without an owner it falls to the first manager who is there.

    `besides` is somebody whom it mustn't fall to, because it is about what they did.
    """
    open_already = select(Task.id).where(col(Task.kind) == kind, col(Task.about) == about, col(Task.done_at).is_(None))
    if unit.session.exec(open_already).first() is not None:
        return
    if team_id is None and practitioner_id is None:
        practitioner_id = someone_above(unit, besides)
    with suppress(IntegrityError), unit.session.begin_nested():  # another act raised it this very moment
        unit.session.execute(
            insert(TASK).values(
                public_id=public_id(),
                authority=unit.viewer.authority,
                case_id=case_id,
                kind=kind,
                about=about,
                words=words,
                practitioner_id=practitioner_id if team_id is None else None,
                team_id=team_id,
                raised_at=unit.now,
                due_at=unit.now + DO_WITHIN,
            )
        )


def someone_above(unit: Work, besides: int | None = None) -> int:
    """A practitioner who can put things right: whoever is there first, then anybody in post, then the system."""
    return someone_there(unit, besides) or _anybody(unit, besides)


def someone_there(unit: Work, besides: int | None = None) -> int | None:
    """The first manager who is there, an administrator after them; None where there is none."""
    present = frozenset().union(*there(unit.session, unit.now).values(), frozenset())
    rows = _in_post(unit, besides)
    for role in LADDER:
        for held, practitioner_id in sorted(rows, key=lambda row: row[1]):
            if held == role and practitioner_id in present:
                return practitioner_id
    return None


def _in_post(unit: Work, besides: int | None) -> Sequence[tuple[str, int]]:
    return unit.session.exec(
        select(Post.role, Post.practitioner_id).where(
            col(Post.authority) == unit.viewer.authority,
            col(Post.practitioner_id) != (besides or 0),
            live_post(unit.now.astimezone(LONDON).date()),
        )
    ).all()


def _anybody(unit: Work, besides: int | None) -> int:
    anybody = [practitioner for _, practitioner in _in_post(unit, besides)]
    if anybody:
        return min(anybody)
    system = select(Practitioner.id).where(
        col(Practitioner.authority) == unit.viewer.authority, col(Practitioner.is_system)
    )
    return unit.session.exec(system).one() or 0


def finish_task(desk: Desk, viewer: Viewer, *, task: str) -> None:
    """Say that a task is done. Its owner may, or a member of the team that owns it, or a manager."""
    with work(desk, viewer) as unit:
        row = unit.session.exec(
            select(Task).where(col(Task.public_id) == task, col(Task.authority) == viewer.authority).with_for_update()
        ).first()
        if row is None or row.done_at is not None:
            raise NotFound("task")
        check_owns(viewer, row)
        check_not_about_oneself(unit, row)
        row.done_at, row.done_by_id = unit.now, viewer.id
        unit.session.add(row)


def check_owns(viewer: Viewer, task: Task) -> None:
    mine = task.practitioner_id == viewer.id or task.team_id in viewer.teams
    if not mine and not viewer.has(Role.team_manager, Role.service_manager):
        raise refuse("This task is someone else's.", who_can="Ask its owner or a manager to finish it.")


def check_not_about_oneself(unit: Work, task: Task) -> None:
    """Whoever broke the glass can't also say that it was right."""
    actor = select(Entry.actor_id).where(col(Entry.public_id) == task.about)
    if task.kind is TaskKind.review_break_glass and unit.session.exec(actor).first() == unit.viewer.id:
        raise refuse("This is about what you did, so someone else must review it.", who_can="Ask another manager.")
