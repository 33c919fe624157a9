"""What waits to be done by itself, and how late is it? Counts for whoever runs the service: no name, no reference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.access import every_case
from pathway.tables import Case, Deadline, Delivery, Message, Task
from pathway.tables.outbox import DeliveryStatus

ON_THE_WAY = (DeliveryStatus.waiting, DeliveryStatus.claimed, DeliveryStatus.uncertain)


@dataclass(frozen=True, slots=True)
class Backlog:
    """`late` is nought where nothing waits."""

    open_cases: int
    overdue_cases: int
    overdue_tasks: int
    messages_waiting: int
    deliveries: Mapping[str, int]
    late: timedelta


def backlog(session: Session, now: datetime) -> Backlog:
    still_open = every_case().where(col(Case.closed_at).is_(None)).with_only_columns(func.count(col(Case.id)))
    overdue = select(func.count(col(Task.id))).where(col(Task.done_at).is_(None), col(Task.due_at) < now)
    waiting = select(func.count(col(Message.id))).where(col(Message.resolved_at).is_(None))
    deliveries = select(Delivery.status, func.count()).where(col(Delivery.status).in_(ON_THE_WAY))
    rows = session.execute(deliveries.group_by(col(Delivery.status))).all()
    return Backlog(
        open_cases=session.execute(still_open).scalar_one(),
        overdue_cases=session.execute(still_open.where(col(Case.next_due_at) < now)).scalar_one(),
        overdue_tasks=session.exec(overdue).one(),
        messages_waiting=session.exec(waiting).one(),
        deliveries={one.value: 0 for one in ON_THE_WAY} | {status.value: count for status, count in rows},
        late=lateness(session, now),
    )


def lateness(session: Session, now: datetime) -> timedelta:
    """How long the oldest thing has waited that a worker should have done: a message, a delivery, a time that came."""
    oldest = (
        select(func.min(Message.written_at)).where(col(Message.resolved_at).is_(None)),
        select(func.min(Delivery.next_at)).where(col(Delivery.status).in_(ON_THE_WAY)),
        select(func.min(Deadline.next_rung_at)).where(col(Deadline.closed_at).is_(None)),
    )
    since = [at for at in (session.exec(one).one() for one in oldest) if at is not None]
    return max(now - min(since, default=now), timedelta())
