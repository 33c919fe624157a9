"""May this viewer read what a family told us? Whoever sees the record may; never whoever a complaint is about."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, true
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access.viewer import Viewer
from pathway.access.visible import WHOLE_AUTHORITY, seen_whole_by
from pathway.tables import Assignment, Case, Task, Voice, VoiceKind
from pathway.tables.cases import AssignmentStatus
from pathway.tables.timing import TaskKind
from workflows.roles import FRONT_DOOR

HELD = (AssignmentStatus.accepted, AssignmentStatus.ended)


def voices_visible_to(viewer: Viewer, now: datetime) -> SelectOfScalar[Voice]:
    """What is about a record, found or only named by them, is seen with the record; the rest by the front door."""
    cases = seen_whole_by(viewer, now).with_only_columns(col(Case.id))
    about = func.coalesce(col(Voice.case_id), col(Voice.claims_id))
    given = select(Task.about).where(
        col(Task.kind) == TaskKind.family_says,
        col(Task.practitioner_id) == viewer.id,
        col(Task.done_at).is_(None),
    )
    seen = or_(about.in_(cases), and_(about.is_(None), _at_the_door(viewer)), col(Voice.public_id).in_(given))
    return select(Voice).where(
        col(Voice.authority) == viewer.authority,
        seen,
        or_(col(Voice.kind) != VoiceKind.complaint, about.is_(None), about.not_in(held_by(viewer.id))),
    )


def held_by(practitioner_id: int) -> SelectOfScalar[int]:
    """The records that somebody answers or has answered for, themselves and not as one of a team."""
    return select(Assignment.case_id).where(
        col(Assignment.practitioner_id) == practitioner_id, col(Assignment.status).in_(HELD)
    )


def _at_the_door(viewer: Viewer) -> ColumnElement[bool]:
    takes = bool(viewer.contact_teams) and viewer.has(*FRONT_DOOR)
    return true() if takes or viewer.roles & WHOLE_AUTHORITY else false()
