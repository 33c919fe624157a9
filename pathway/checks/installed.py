"""What can only the database tell? What is adopted and pinned here, what was lost, who is missing, what waits."""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.checks.proofs import Finding, of_edition
from pathway.clock import now as present
from pathway.database import Database
from pathway.settings import Settings
from pathway.store.adopted.adoptions import waiting_sentences
from pathway.store.adopted.editions import NothingAdopted, in_force
from pathway.store.adopted.in_use import in_use
from pathway.store.adopted.processes import lost_states, lost_tables
from pathway.store.staffing.unplayed import unplayed
from pathway.tables import Authority


def live_findings(settings: Settings, now: datetime | None = None) -> tuple[Finding, ...]:
    """Whether every table and state that records run on is still here and fits what is in use, and what is missing."""
    now = now or present()
    database = Database(settings.database)
    try:
        with database.reading() as session:
            return (*_lost(session), *_fitting(session, now), *_missing(session, now), *_waiting(session))
    finally:
        database.dispose()


def _lost(session: Session) -> Iterator[Finding]:
    for sentences, proven in (
        (lost_tables(session), "open records: each runs on a table that this release holds"),
        (lost_states(session), "records: each stands in a state that its table knows"),
    ):
        broken = tuple(Finding("broken", sentence) for sentence in sentences)
        yield from broken or (Finding("proven", proven),)


def _fitting(session: Session, now: datetime) -> Iterator[Finding]:
    """A gap that a live case needs breaks an edition that is in use."""
    for one in in_use(session, now):
        yield from of_edition(one.process, one.edition, live=one.how)


def _missing(session: Session, now: datetime) -> Iterator[Finding]:
    """Who is missing today; the sweep makes a task of it, and nothing is kept from starting."""
    for authority in session.exec(select(Authority.id).order_by(col(Authority.id))).all():
        try:
            _, edition = in_force(session, authority, now)
        except NothingAdopted:
            continue
        yield from (
            Finding("gap", f"{authority}: {one.sentence}") for one in unplayed(session, authority, edition, now)
        )


def _waiting(session: Session) -> Iterator[Finding]:
    yield from (Finding("gap", sentence) for sentence in waiting_sentences(session))
