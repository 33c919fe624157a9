"""Who must do something about it? Tasks that a named practitioner or a team owns, each raised once."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from pathway.access import InPost, Viewer, everybody_there, posts_held, seen_whole_by
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.once import once
from pathway.acts.record import Done
from pathway.tables import AdoptedEdition, Case, Entry, Message, Practitioner, Task
from pathway.tables.columns import public_id, table_of
from pathway.tables.timing import TaskKind
from workflows import Role, refuse
from workflows.roles import MANAGERS

TASK = table_of(Task)
MESSAGE = table_of(Message)
DO_WITHIN = timedelta(hours=24)
"""How long a task may wait: a proposed default, no source sets it."""

ABOUT_A_TASK = "task"
"""What a message about a task is about. One that fails raises no other: the task stands, and climbs when overdue."""

TOLD = {TaskKind.nobody_answerable: "nobody_answers"}
"""Kinds of task whose owner hears in urgent words."""

FINISHED_BY = {
    TaskKind.review_break_glass: ("somebody says whether it was right", "A manager says so on the task."),
    TaskKind.known_here: ("you say whether it is about somebody on this record", "Answer it on the task itself."),
    TaskKind.contact_half_taken: (
        "the contact is saved, or its draft isn't needed any more",
        "Anybody in the team does either, among the drafts.",
    ),
    TaskKind.edition_waits: (
        "the document is agreed or taken back",
        "An administrator or head of service does either, on the page of adoptions.",
    ),
    TaskKind.address_to_unseal: (
        "a manager agrees, or leaves the address sealed",
        "A manager does either, on the page of the child whose address it is.",
    ),
    TaskKind.family_says: ("they have had an answer", "Answer it on its own page."),
    TaskKind.help_declined: (
        "somebody records what was judged with a manager",
        "Whoever answers for the record does so, among its agreements.",
    ),
    TaskKind.link_to_agree: (
        "somebody agrees the link, or says that they aren't one person",
        "Another adviser or social worker does either, on the page of links.",
    ),
}
"""Kinds of task that another act finishes, and no button: until what, and who does that."""

MANAGERS_UPWARD = (Role.team_manager, Role.service_manager, Role.head_of_service)
LADDER = (*MANAGERS_UPWARD, Role.administrator)
ANYBODY = (Role.social_worker, Role.triage_adviser)
ADOPTING = (Role.head_of_service, Role.administrator)
"""To whom a proposed document falls, in this order."""


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
    due_at: datetime | None = None,
    told: str | None = None,
) -> None:
    """Raise a task, once while it is open, and tell its owner; without one it falls to the first manager there.

    `besides` is somebody whom it mustn't fall to, because it is about what they did. `told` is the kind of message
    by which its owner hears, where it isn't the usual one.
    """
    open_already = select(Task.id).where(col(Task.kind) == kind, col(Task.about) == about, col(Task.done_at).is_(None))
    if unit.session.exec(open_already).first() is not None:
        return
    if team_id is None and practitioner_id is None:
        practitioner_id = someone_above(unit, besides)
    practitioner_id = practitioner_id if team_id is None else None
    due_at = due_at or unit.now + DO_WITHIN
    with suppress(IntegrityError), unit.session.begin_nested():  # another act raised it this very moment
        unit.session.execute(
            insert(TASK).values(
                public_id=public_id(),
                authority=unit.viewer.authority,
                case_id=case_id,
                kind=kind,
                about=about,
                words=words,
                practitioner_id=practitioner_id,
                team_id=team_id,
                raised_at=unit.now,
                due_at=due_at,
            )
        )
        owner = f"team:{team_id}" if practitioner_id is None else f"practitioner:{practitioner_id}"
        tell_of_task(unit, told or TOLD.get(kind, "task_given"), owner, case_id, due_at)


def finish_about(unit: Work, kind: TaskKind, about: str) -> None:
    """A task is done by the act that it waited for."""
    unit.session.execute(
        update(TASK)
        .where(TASK.c.kind == kind, TASK.c.about == about, TASK.c.done_at.is_(None))
        .values(done_at=unit.now, done_by_id=unit.viewer.id)
    )


def tell_of_task(unit: Work, kind: str, audience: str, case_id: int | None, due_at: datetime) -> None:
    """Write a message about a task, in the act's own transaction."""
    unit.session.execute(
        insert(MESSAGE).values(
            public_id=public_id(),
            authority=unit.viewer.authority,
            case_id=case_id,
            kind=kind,
            audience=audience,
            about=ABOUT_A_TASK,
            due_at=due_at,
            written_at=unit.now,
        )
    )


def someone_above(unit: Work, besides: int | None = None) -> int:
    """Who can put things right: a manager or administrator who is there, else in post, else anybody."""
    posts, present = _posts(unit, besides), everybody_there(unit.session, unit.now)
    here = [one for one in posts if one.practitioner_id in present]
    return _first(here, LADDER) or _first(posts, LADDER) or _first(posts, ANYBODY) or _system(unit)


def someone_who_may_agree(unit: Work, besides: int | None) -> int | None:
    """Whom a proposed document waits for: another who may adopt one, there if possible; None where nobody else may."""
    posts, present = _posts(unit, besides), everybody_there(unit.session, unit.now)
    return _first([one for one in posts if one.practitioner_id in present], ADOPTING) or _first(posts, ADOPTING)


def someone_there(unit: Work) -> int | None:
    """The first of the council's managers who is there, to answer for a record; None where there is none."""
    present = everybody_there(unit.session, unit.now)
    return _first([one for one in _posts(unit, None) if one.practitioner_id in present], MANAGERS_UPWARD)


def _posts(unit: Work, besides: int | None) -> list[InPost]:
    posts = posts_held(unit.session, unit.now)
    return [one for one in posts if one.authority == unit.viewer.authority and one.practitioner_id != besides]


def _first(posts: list[InPost], roles: tuple[Role, ...]) -> int | None:
    wanted = [(roles.index(one.role), one.practitioner_id) for one in posts if one.role in roles]
    return min(wanted)[1] if wanted else None


def _system(unit: Work) -> int:
    system = select(Practitioner.id).where(
        col(Practitioner.authority) == unit.viewer.authority, col(Practitioner.is_system)
    )
    return unit.session.exec(system).one() or 0


def finish_task(desk: Desk, viewer: Viewer, *, task: str, key: str | None = None) -> Done:
    """Say that a task is done: its owner, one of the team that owns it, or a manager who may see the record."""
    with work(desk, viewer) as unit:
        return once(unit, key, ("finish_task", task), lambda: _finished(unit, task))


def _finished(unit: Work, ref: str) -> Done:
    row = open_task(unit, ref)
    check_owns(unit, row)
    check_not_about_oneself(unit, row)
    check_needs_no_more(row)
    finished(unit, row)
    return Done("", 0, "", 0)


def finished(unit: Work, task: Task) -> None:
    """A task is done by whoever acts."""
    task.done_at, task.done_by_id = unit.now, unit.viewer.id
    unit.session.add(task)


def open_task(unit: Work, ref: str, kind: TaskKind | None = None) -> Task:
    """A task that isn't done yet, of this kind where one is named, locked for this transaction."""
    row = unit.session.exec(
        select(Task).where(col(Task.public_id) == ref, col(Task.authority) == unit.viewer.authority).with_for_update()
    ).first()
    if row is None or row.done_at is not None or kind not in (None, row.kind):
        raise NotFound("task")
    return row


def check_needs_no_more(task: Task) -> None:
    if task.kind in FINISHED_BY:
        until, who_can = FINISHED_BY[task.kind]
        raise refuse(f"This isn't finished until {until}.", who_can=who_can)


def check_owns(unit: Work, task: Task) -> None:
    """Raises `NotFound` where it isn't the viewer's to know of: its record isn't, or its owner alone was asked."""
    viewer = unit.viewer
    if task.practitioner_id == viewer.id or task.team_id in viewer.teams:
        return
    if task.kind is TaskKind.known_here or not _may_see(unit, task.case_id):
        raise NotFound("task")
    if not viewer.has(*MANAGERS):
        raise refuse("This task is someone else's.", who_can="Ask its owner or a manager to finish it.")


def _may_see(unit: Work, case_id: int | None) -> bool:
    seen = seen_whole_by(unit.viewer, unit.now).where(col(Case.id) == case_id)
    return case_id is None or unit.session.exec(seen).first() is not None


def check_not_about_oneself(unit: Work, task: Task) -> None:
    """Whoever broke the glass can't also say that it was right."""
    if whose_deed(unit, task) == unit.viewer.id:
        raise refuse("This is about what you did, so someone else must review it.", who_can="Ask another manager.")


def whose_deed(unit: Work, task: Task) -> int | None:
    """Whom a review is about, or who proposed what waits."""
    if task.kind is TaskKind.edition_waits:
        proposed = select(AdoptedEdition.proposed_by_id).where(col(AdoptedEdition.public_id) == task.about)
        return unit.session.exec(proposed).first()
    if task.kind is not TaskKind.review_break_glass:
        return None
    return unit.session.exec(select(Entry.actor_id).where(col(Entry.public_id) == task.about)).first()
