"""Who reads one delivery, where does it reach them, and which page may they open? Somebody here, or outside."""

from dataclasses import dataclass

from sqlmodel import col, select

from pathway.access import Viewer, asks_put_to, case_of, every_case, viewer_of
from pathway.acts.actions import LIMIT
from pathway.acts.audience import NAMED, may_see
from pathway.acts.codes import CODE, standing
from pathway.acts.desk import Work
from pathway.tables import Ask, Case, Delivery, Invitation, Meeting, Message, Outsider, PlanAction
from workflows.meeting_guards import ARRANGED

TO_INVITED = frozenset(
    {
        "meeting_invitation", "meeting_moved", "meeting_called_off", "meeting_without_you", "meeting_missed",
        "meeting_minutes",
    }
)  # fmt: skip
"""What those hear who are invited to a meeting, because they are."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`reference` is how what it is about is called to them, `page` where they look; `case` None where they mayn't."""

    email: str
    reference: str
    page: str
    case: Case | None = None
    sees: bool = True
    code: str = ""
    what: str = ""
    """The kind of thing it is about, where the message names one thing by its reference."""

    meeting: Meeting | None = None
    """The meeting it is about, where they are invited to one."""

    over: bool = False
    """Whether that isn't to come any more, for them or for anybody."""


def reader_of(unit: Work, row: Delivery, message: Message) -> Reader | None:
    """None where they have left, or where there is nothing left to read."""
    if row.outsider_id is not None:
        return _outside(unit, row.outsider_id, message)
    viewer = viewer_of(unit.session, row.practitioner_id or 0, unit.now)
    if viewer is None:
        return None
    own = _asked(unit, viewer, message) or _taken_on(unit, viewer, message) or _invited(unit, viewer, message)
    return own or _here(unit, viewer, row, message)


def is_over(unit: Work, row: Delivery) -> bool:
    """True for a code that was used, spent or replaced before it went: nobody need be told of it another way."""
    message = unit.session.get(Message, row.message_id)
    return message is not None and message.kind == CODE and standing(unit, message.about) is None


def _outside(unit: Work, outsider_id: int, message: Message) -> Reader | None:
    """One who was asked hears the question's reference and never the record's; a referrer was given the record's."""
    outsider = unit.session.exec(select(Outsider).where(col(Outsider.id) == outsider_id)).one()
    case = unit.session.exec(case_of(outsider)).one()
    code = standing(unit, message.about) if message.kind == CODE else ""
    reference = outsider.about or case.public_id
    return Reader(outsider.email, reference, f"/outside/{outsider.public_id}", case, code=code or "")


def _asked(unit: Work, viewer: Viewer, message: Message) -> Reader | None:
    """One whose agency was asked opens the question, and never the record."""
    ask = unit.session.exec(asks_put_to(viewer).where(col(Ask.public_id) == message.about)).first()
    return Reader(viewer.email, ask.public_id, f"/asks/{ask.public_id}") if ask else None


def _taken_on(unit: Work, viewer: Viewer, message: Message) -> Reader | None:
    """One who has taken something on, and is told so by name, opens that and never the record."""
    if not message.audience.startswith(NAMED):
        return None
    own = select(PlanAction).where(
        col(PlanAction.public_id) == message.about,
        col(PlanAction.owner_id) == viewer.id,
        col(PlanAction.ended_at).is_(None),
    )
    action = unit.session.exec(own).first()
    return Reader(viewer.email, action.public_id, f"/actions/{action.public_id}", what=LIMIT) if action else None


def _invited(unit: Work, viewer: Viewer, message: Message) -> Reader | None:
    """One who is invited to a meeting opens that, and need never see the record."""
    if message.kind not in TO_INVITED:
        return None
    mine = (
        select(Invitation, Meeting, Case)
        .join(Meeting, col(Meeting.case_id) == col(Invitation.case_id))
        .join(Case, col(Case.id) == col(Invitation.case_id))
        .where(col(Invitation.case_id) == message.case_id, col(Invitation.practitioner_id) == viewer.id)
        .order_by(col(Invitation.id).desc())
    )
    found = unit.session.exec(mine).first()
    if found is None:
        return None
    invitation, meeting, case = found
    if case.restricted and not may_see(unit, viewer, case.id):
        return None
    page = "/meetings" if invitation.ended_at else f"/meetings/{invitation.public_id}"
    over = invitation.ended_at is not None or case.state != ARRANGED
    return Reader(viewer.email, case.public_id, page, meeting=meeting, over=over)


def _here(unit: Work, viewer: Viewer, row: Delivery, message: Message) -> Reader:
    case = unit.session.exec(every_case().where(col(Case.id) == message.case_id)).first()
    if not may_see(unit, viewer, message.case_id):
        return Reader(viewer.email, row.public_id, "/tasks", sees=False)
    if case is None:
        return Reader(viewer.email, row.public_id, "/tasks")
    return Reader(viewer.email, case.public_id, f"/cases/{case.public_id}", case)
