"""Which installation does a command act on? The one that the settings name, as the system."""

from collections.abc import Iterator
from contextlib import contextmanager

from pathway.access import Viewer
from pathway.acts import Desk, staff
from pathway.acts.desk import system_viewer
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.settings import Settings


@contextmanager
def as_system() -> Iterator[tuple[Desk, Viewer]]:
    """The desk, its tables up to date and its authority founded, and the system as the actor."""
    settings = Settings()
    upgrade(settings.database)
    desk = Desk(Database(settings.database), settings)
    staff.found_authority(desk, authority=settings.authority, name=settings.authority.replace("-", " ").title())
    with desk.database.reading() as session:
        system = system_viewer(session, settings.authority, desk.clock())
    try:
        yield desk, system
    finally:
        desk.database.dispose()
