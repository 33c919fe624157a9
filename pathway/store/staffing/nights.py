"""When did the office last close, and when does it open again? By the document in force."""

from datetime import datetime

from sqlmodel import Session

from pathway.clock import day_of
from pathway.store.adopted.editions import NothingAdopted, in_force
from thresholds import Edition, Unpublished

Hours = tuple[datetime, datetime]


def last_night(edition: Edition | None, now: datetime) -> Hours | None:
    """From when the office last closed until it opened again, or will; None where nothing published says."""
    if edition is None:
        return None
    try:
        calendar = edition.calendar()
        day = day_of(now)
        while (window := calendar.window(day)) is None or window[1] > now:
            day = calendar.working_day_from(day, -1)
    except Unpublished:
        return None
    opens = calendar.next_opening(window[1])
    return (window[1], opens) if opens else None


def next_opening(edition: Edition | None, now: datetime) -> datetime | None:
    """When the office opens next; None where nothing published says."""
    try:
        return edition.calendar().next_opening(now) if edition else None
    except Unpublished:
        return None


def edition_now(session: Session, authority: str, now: datetime) -> Edition | None:
    """The edition in force; None where nothing has been adopted, so that a list is shown all the same."""
    try:
        return in_force(session, authority, now)[1]
    except NothingAdopted:
        return None
