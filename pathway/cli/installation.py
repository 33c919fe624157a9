"""Which installation does a command act on? The one that the settings name, as the system."""

from collections.abc import Iterator
from contextlib import contextmanager

from pathway.access import Viewer
from pathway.acts import Desk, staff
from pathway.acts.desk import system_viewer
from pathway.cli.published import fail
from pathway.database import Database
from pathway.migrations import upgrade
from pathway.settings import Settings
from pathway.store.staffing.accounts import account_of


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


@contextmanager
def as_person(email: str) -> Iterator[tuple[Desk, Viewer]]:
    """The same, with somebody who has an account as the actor. Whoever sits at the terminal is taken at their word."""
    with as_system() as (desk, system):
        with desk.database.reading() as session:
            person = account_of(session, system.authority, email, desk.clock())
        if person is None:
            raise fail(f"Nobody here has an account with the address {email}. 'pathway user list' lists who has.")
        yield desk, person
