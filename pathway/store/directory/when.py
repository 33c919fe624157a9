"""Which services are there on a day of the week, or now?"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from pathway.clock import LONDON
from pathway.store.directory.opening import holds_on
from pathway.tables import Service, ServiceDay, ServiceStatus

opens, closes, every = col(ServiceDay.opens_at), col(ServiceDay.closes_at), col(ServiceDay.rule)
past_midnight = opens >= closes


@dataclass(frozen=True, slots=True)
class Times:
    """As the standard asks: a day of the week, opening no earlier, closing no later."""

    weekday: int | None = None
    opens_from: str = ""
    closes_by: str = ""


def on(times: Times) -> ColumnElement[bool]:
    """Services that are there at such a time in some week, however seldom; their schedule says how often."""
    conditions = [] if times.weekday is None else [col(ServiceDay.weekday) == times.weekday]
    conditions += [opens >= times.opens_from, opens != ""] if times.opens_from else []
    conditions += [closes <= times.closes_by, closes != "", ~past_midnight] if times.closes_by else []
    return col(Service.id).in_(select(col(ServiceDay.service_id)).where(and_(*conditions)))


def open_at(session: Session, now: datetime) -> ColumnElement[bool]:
    """Services that say they are open at this moment; one that is temporarily closed isn't, whatever its hours."""
    there = now.astimezone(LONDON)
    today, clock = there.date(), f"{there:%H:%M}"
    yesterday = today - timedelta(days=1)
    in_hours = and_(~past_midnight, opens <= clock, clock < closes)
    conditions = (
        and_(_holds(session, today), or_(in_hours, and_(past_midnight, opens <= clock))),
        and_(_holds(session, yesterday), past_midnight, clock < closes),
    )
    timed = and_(opens != "", closes != "")
    found = select(col(ServiceDay.service_id)).where(timed, or_(*conditions))
    return and_(col(Service.status) == ServiceStatus.active, col(Service.id).in_(found))


def _holds(session: Session, day: date) -> ColumnElement[bool]:
    """Rows of that very day: within their dates, and every week or by a rule that comes to it."""
    weekday = col(ServiceDay.weekday) == day.weekday()
    rules = session.execute(select(every).where(weekday, every != "").distinct()).scalars()
    holding = [one for one in rules if holds_on(one, day)]
    since, until = col(ServiceDay.valid_from), col(ServiceDay.valid_to)
    return and_(
        weekday,
        or_(since.is_(None), since <= day),
        or_(until.is_(None), until >= day),
        or_(every == "", every.in_(holding)),
    )
