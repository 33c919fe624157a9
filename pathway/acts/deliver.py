"""Has it gone? A message becomes deliveries, a delivery is leased, sent outside any transaction, and settled."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy import insert, update
from sqlmodel import col, select

from notifications import Outcome, Outgoing, Result, next_attempt_at
from pathway.access import Viewer
from pathway.acts.audience import may_be_nobody, recipients
from pathway.acts.compose import composed
from pathway.acts.desk import Desk, Work, work
from pathway.acts.readers import is_over
from pathway.acts.tasks import ABOUT_A_TASK, raise_task
from pathway.tables import Delivery, Message
from pathway.tables.columns import public_id, table_of
from pathway.tables.outbox import DeliveryStatus
from pathway.tables.timing import TaskKind
from pathway.trouble import trouble_in

log = structlog.get_logger()

T = TypeVar("T")

DELIVERY = table_of(Delivery)
MESSAGE = table_of(Message)

NEVER_CAME = "A message about this record couldn't be delivered. Tell the person another way."
MAY_HAVE_COME = "Nobody can say whether a message about this record has arrived. Tell the person another way."

MOST_LEASES = 12
"""A delivery that so many workers took up and none settled would be taken up for ever; people see to it instead."""


@dataclass(frozen=True, slots=True)
class Leased:
    """A delivery that this worker alone may send until the lease runs out."""

    id: int
    outgoing: Outgoing
    attempts: int
    again: bool
    """True where an earlier attempt's fate is unknown, so that it must be looked up before it is sent again."""

    until: datetime


def resolve(desk: Desk, system: Viewer, *, channel: str, limit: int = 100) -> int:
    """Find the people behind waiting messages; returns how many messages were resolved."""
    with work(desk, system) as unit:
        rows = unit.session.exec(
            select(Message)
            .where(col(Message.resolved_at).is_(None), col(Message.authority) == system.authority)
            .order_by(col(Message.written_at), col(Message.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        for message in rows:
            if not _apart(unit, partial(_resolved, unit, message, channel)):
                _unheard(unit, message)
        return len(rows)


def _apart(unit: Work, do: Callable[[], T]) -> T | None:
    """Do one thing of a batch so that its fault undoes nothing else; None where it failed.

    A full disk or a database that is gone is no fault of that one's: it undoes the whole batch, to be done again.
    """
    try:
        with unit.session.begin_nested():
            return do()
    except Exception as fault:
        if trouble_in(fault):
            raise
        log.exception("one_of_a_batch_failed")
        return None


def _resolved(unit: Work, message: Message, channel: str) -> bool:
    """True once everybody who should hear has a delivery; False where there is nobody."""
    people = recipients(unit, message)
    if not people and not may_be_nobody(message):
        return False
    for one in people:
        unit.session.execute(
            insert(DELIVERY).values(
                public_id=public_id(),
                authority=message.authority,
                message_id=message.id,
                practitioner_id=one.practitioner_id,
                outsider_id=one.outsider_id,
                channel=channel,
                status=DeliveryStatus.waiting,
                next_at=unit.now,
            )
        )
    _settle_message(unit, message)
    return True


def _unheard(unit: Work, message: Message) -> None:
    """A message that nobody can hear is a task that somebody owns."""
    words = "A message about this record has nobody to hear it. Find out who should know, and tell them."
    raise_task(unit, TaskKind.message_unheard, message.public_id, words, case_id=message.case_id)
    _settle_message(unit, message)


def _settle_message(unit: Work, message: Message) -> None:
    unit.session.execute(update(MESSAGE).where(MESSAGE.c.id == message.id).values(resolved_at=unit.now))


def lease(desk: Desk, system: Viewer, *, worker: str, limit: int = 20) -> tuple[Leased, ...]:
    """Lease deliveries that are due: waiting, uncertain, or held by a worker whose lease has run out."""
    with work(desk, system) as unit:
        rows = unit.session.exec(
            select(Delivery)
            .where(
                col(Delivery.authority) == system.authority,
                col(Delivery.status).in_((DeliveryStatus.waiting, DeliveryStatus.claimed, DeliveryStatus.uncertain)),
                col(Delivery.next_at) <= unit.now,
            )
            .order_by(col(Delivery.next_at), col(Delivery.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()
        return tuple(found for row in rows if (found := _leased(unit, row, worker)) is not None)


def _leased(unit: Work, row: Delivery, worker: str) -> Leased | None:
    if is_over(unit, row):
        _became(unit, row, DeliveryStatus.failed, settled_at=unit.now, last_error="The code had run out.")
        return None
    outgoing = _apart(unit, partial(composed, unit, row))
    if outgoing is None:
        _failed(unit, row, "It can't be put into words, or the person has left.")
        return None
    if row.attempts >= MOST_LEASES:
        _failed(unit, row, "It was taken up again and again, and nobody could say what became of it.", MAY_HAVE_COME)
        return None
    until = unit.now + timedelta(seconds=unit.settings.lease_seconds)
    unit.session.execute(
        update(DELIVERY)
        .where(DELIVERY.c.id == row.id)
        .values(
            status=DeliveryStatus.claimed,
            claimed_by=worker,
            claimed_until=until,
            next_at=until,
            attempts=row.attempts + 1,
        )
    )
    return Leased(row.id or 0, outgoing, row.attempts + 1, again=row.status is not DeliveryStatus.waiting, until=until)


def settle(desk: Desk, system: Viewer, *, leased: Leased, outcome: Outcome, worker: str) -> DeliveryStatus | None:
    """Write down what came of a sending; None where the lease had run out and another worker holds it."""
    with work(desk, system) as unit:
        row = unit.session.exec(select(Delivery).where(col(Delivery.id) == leased.id).with_for_update()).one()
        if row.claimed_by != worker or row.attempts != leased.attempts or row.status is not DeliveryStatus.claimed:
            return None
        return _settled(unit, row, outcome, leased)


def _settled(unit: Work, row: Delivery, outcome: Outcome, leased: Leased) -> DeliveryStatus:
    if outcome.result is Result.SENT:
        return _became(unit, row, DeliveryStatus.sent, sent_at=unit.now, settled_at=unit.now, last_error=None)
    again = next_attempt_at(row.attempts, unit.now, urgent=leased.outgoing.urgent)
    uncertain = outcome.result is Result.UNCERTAIN
    if outcome.result is Result.FAILED or again is None:
        return _failed(unit, row, outcome.reason, MAY_HAVE_COME if uncertain or leased.again else NEVER_CAME)
    status = DeliveryStatus.uncertain if uncertain else DeliveryStatus.waiting
    return _became(unit, row, status, next_at=again, last_error=outcome.reason)


def _failed(unit: Work, row: Delivery, reason: str, words: str = NEVER_CAME) -> DeliveryStatus:
    """A message that reached nobody is a task that somebody owns; one about a task is that task already."""
    message = unit.session.get(Message, row.message_id)
    if message is None or message.about != ABOUT_A_TASK:
        _undelivered(unit, row, message, words)
    return _became(unit, row, DeliveryStatus.failed, settled_at=unit.now, last_error=reason)


def _undelivered(unit: Work, row: Delivery, message: Message | None, words: str) -> None:
    raise_task(
        unit,
        TaskKind.delivery_failed,
        row.public_id,
        words,
        case_id=message.case_id if message else None,
        besides=row.practitioner_id,
    )


def _became(unit: Work, row: Delivery, status: DeliveryStatus, **values: object) -> DeliveryStatus:
    freed = {"status": status, "claimed_by": None, "claimed_until": None}
    unit.session.execute(update(DELIVERY).where(DELIVERY.c.id == row.id).values(**freed, **values))
    return status
