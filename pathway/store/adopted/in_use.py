"""Which tables run on which editions here? What can begin on what is in force or agreed, and what open records pin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from pathway.access import every_case
from pathway.clock import day_of
from pathway.store.adopted.adoptions import holding
from pathway.store.adopted.editions import AGREED, NEWEST_FIRST, edition_of
from pathway.tables import AdoptedEdition, Authority, Case
from thresholds import Edition
from workflows import PROCESSES, TABLES, Process
from workflows.fitness import undecided


@dataclass(frozen=True, slots=True)
class InUse:
    """A table on an edition, and how they come to run together, in words."""

    process: Process
    edition: Edition
    how: str


def in_use(session: Session, now: datetime) -> tuple[InUse, ...]:
    """Each pair once: what new records begin by, now or from a day to come, before what older ones go on by."""
    found: dict[tuple[str, str], InUse] = {}
    for one in (*_begun_by(session, now), *_pinned(session)):
        found.setdefault((one.process.hash, one.edition.hash), one)
    return tuple(found.values())


def _begun_by(session: Session, now: datetime) -> Iterator[InUse]:
    today = day_of(now)
    for authority in session.exec(select(Authority.id).order_by(col(Authority.id))).all():
        own = select(AdoptedEdition).where(col(AdoptedEdition.authority) == authority, AGREED).order_by(*NEWEST_FIRST)
        for row in holding(session.exec(own).all(), today):
            edition = edition_of(session, authority, row.edition_hash)
            so = "in force here from" if row.in_force_from <= today else "agreed here from"
            how = f"{so} {row.in_force_from:%-d %B %Y}"
            yield from (InUse(process, edition, how) for process in PROCESSES if can_begin(process, edition))


def can_begin(process: Process, edition: Edition) -> bool:
    """A worry is always taken in, so all that it needs must be decided; other records begin where all theirs is."""
    return process.taken_in or not undecided(process, edition)


def _pinned(session: Session) -> Iterator[InUse]:
    """Of tables that are lost nothing can be asked; `lost_tables` says which."""
    columns = col(Case.authority), col(Case.process_hash), col(Case.edition_hash)
    counted = (
        every_case().with_only_columns(*columns, func.count()).where(col(Case.closed_at).is_(None)).group_by(*columns)
    )
    for authority, table, edition, cases in session.execute(counted.order_by(*columns)).all():
        if table in TABLES:
            pinned = edition_of(session, authority, edition)
            many = "1 open record runs" if cases == 1 else f"{cases} open records run"
            yield InUse(TABLES[table], pinned, f"of {pinned.in_force_from:%-d %B %Y}, on which {many}")
