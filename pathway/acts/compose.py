"""What exactly leaves? One delivery in safe words, for as much as its recipient may know."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from notifications import Appointment, Outgoing, Unwritable, kinds, render, thing
from pathway.acts.desk import Work
from pathway.acts.readers import Reader, reader_of
from pathway.tables import Case, Deadline, Delivery, Message

LIMIT_OF = {
    "new_referral": "acknowledgement",
    "referral_acknowledged": "decision",
    "confirm_in_writing": "written_confirmation",
    "second_opinion_wanted": "second_opinion",
    "worker_acceptance_wanted": "worker_acceptance",
    "handover_proposed": "handover_acceptance",
    "handover_proposed_now": "handover_acceptance",
}
"""The limit whose time a message names, where the act that wrote it didn't say."""

SAFE_NOTICE = "something_waits"


def composed(unit: Work, row: Delivery) -> Outgoing | None:
    """The words to send; None where they can't be written or the person has left.

    One who may not see the record is told that something waits, under a reference that isn't the record's.
    """
    message = unit.session.get(Message, row.message_id)
    reader = reader_of(unit, row, message) if message else None
    if message is None or reader is None or message.kind not in kinds():
        return None
    kind = message.kind if reader.sees else SAFE_NOTICE
    try:
        written = render(kind, _fields(unit, message, reader, kinds()[kind].fields))
    except Unwritable:
        return None
    return Outgoing(
        id=row.public_id,
        to=reader.email,
        subject=written.subject,
        body=written.body,
        urgent=kinds()[message.kind].urgent,
        written_at=message.written_at,
        appointment=_appointment(unit, message, reader, kinds()[kind].calendar),
    )


def _appointment(unit: Work, message: Message, reader: Reader, calendar: str | None) -> Appointment | None:
    """What goes into the calendar of one who is invited: nothing but when, and the page to read."""
    meeting = reader.meeting
    cancelled = calendar == "cancel"
    if calendar is None or meeting is None or (reader.over and not cancelled):
        return None
    return Appointment(
        uid=meeting.public_id,
        reference=reader.reference,
        starts_at=meeting.starts_at,
        ends_at=meeting.starts_at + timedelta(minutes=meeting.minutes),
        link=f"{unit.settings.address}{reader.page}",
        written_at=message.written_at,
        changes=meeting.changes + 1 if cancelled else meeting.changes,
        cancelled=cancelled,
    )


def _fields(unit: Work, message: Message, reader: Reader, wanted: tuple[str, ...]) -> dict[str, object]:
    every = {
        "reference": reader.reference,
        "due": reader.meeting.starts_at if reader.meeting else _due(unit.session, message, reader.case),
        "link": f"{unit.settings.address}{reader.page}",
        "ring": unit.settings.ring,
        "what": thing(reader.what or message.about),
        "code": reader.code,
    }
    return {name: every[name] for name in wanted}


def _due(session: Session, message: Message, case: Case | None) -> datetime:
    if message.due_at is not None:
        return message.due_at
    wanted = LIMIT_OF.get(message.kind)
    found = session.exec(
        select(Deadline.due_at)
        .where(col(Deadline.case_id) == message.case_id, col(Deadline.limit_id) == wanted)
        .order_by(col(Deadline.started_at).desc())
    ).first()
    return found or (case.next_due_at if case else None) or message.written_at
