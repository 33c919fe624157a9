"""How does a meeting get into somebody's calendar? As an entry that says when, and where to read what it is about."""

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Pathway//Meetings//EN"


@dataclass(frozen=True)
class Appointment:
    """A meeting as a calendar has it: nothing but its reference, its time and its page. `changes` counts how often it
    was moved, so that a calendar takes the later one for the one it knows.
    """

    uid: str
    reference: str
    starts_at: datetime
    ends_at: datetime
    link: str
    written_at: datetime
    changes: int = 0
    cancelled: bool = False

    @property
    def method(self) -> str:
        return "CANCEL" if self.cancelled else "REQUEST"


def calendar_of(one: Appointment, organiser: str, to: str) -> bytes:
    """The entry as RFC 5545 and 5546 have it, from `organiser` to one address; the same whenever it is written."""
    event = Event()
    event.add("uid", f"{one.uid}@{organiser.partition('@')[2]}")
    event.add("dtstamp", one.written_at)
    event.add("dtstart", one.starts_at)
    event.add("dtend", one.ends_at)
    event.add("sequence", one.changes)
    event.add("summary", f"Meeting {one.reference}")
    event.add("url", one.link)
    event.add("description", f"Sign in to read where it is and what it is about: {one.link}")
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{organiser}"))
    attendee = vCalAddress(f"mailto:{to}")
    attendee.params["RSVP"] = "FALSE"  # they answer on the page, where whoever meets sees it
    event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", one.method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
