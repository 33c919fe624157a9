"""What does an act work with? The installation's parts, and one unit of work that commits or undoes whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Depth, Viewer, viewer_of
from pathway.clock import Clock
from pathway.clock import now as real_now
from pathway.database import Database
from pathway.settings import Settings
from pathway.tables import Practitioner


@dataclass(frozen=True)
class Desk:
    """The database, the settings and the clock of one installation."""

    database: Database
    settings: Settings
    clock: Clock = real_now


@dataclass
class Work:
    """One transaction at one moment by one viewer. Acts own it; inner functions never commit."""

    session: Session
    now: datetime
    viewer: Viewer
    settings: Settings
    depths: dict[str, Depth] = field(default_factory=dict)
    """How much the viewer sees of each case that was opened in it, by reference."""


@contextmanager
def work(desk: Desk, viewer: Viewer) -> Iterator[Work]:
    """A unit of work: committed when the block ends, undone whole when it raises."""
    with desk.database.writing() as session:
        yield Work(session, desk.clock(), viewer, desk.settings)


def system_viewer(session: Session, authority: str, now: datetime) -> Viewer:
    """The system itself, as the actor of jobs."""
    found = session.exec(
        select(Practitioner.id).where(col(Practitioner.authority) == authority, col(Practitioner.is_system).is_(True))
    ).one()
    viewer = viewer_of(session, found or 0, now)
    if viewer is None:
        raise LookupError(f"The system's own practitioner is missing for {authority}.")
    return viewer
