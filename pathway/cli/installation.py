"""Which installation does a command act on? The one that the settings name: as the system, as somebody, or to read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from pathway.access import Viewer
from pathway.acts import Desk, staff
from pathway.acts.desk import system_viewer
from pathway.cli.published import fail
from pathway.database import Database
from pathway.migrations import head, revision_of, upgrade
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


@contextmanager
def to_read() -> Iterator[Desk]:
    """The desk, for commands that change nothing: not a table is made, and nobody is founded."""
    settings = Settings()
    where = make_url(settings.database)
    if where.get_backend_name() == "sqlite" and not Path(where.database or "").is_file():
        raise fail(f"There is no database at {where.database}. PATHWAY_DATABASE says where it is.")
    desk = Desk(Database(settings.database), settings)
    try:
        check_same_tables(revision_of(desk.database.engine))
        yield desk
    finally:
        desk.database.dispose()


def check_same_tables(revision: str | None) -> None:
    """Only tables of this release can be read whole."""
    if revision != head():
        stands = f"The database is at revision {revision}" if revision else "The database has no tables of ours"
        raise fail(
            f"{stands}, and this release at {head()}. Use the release that serves it, or serve it with this one."
        )
