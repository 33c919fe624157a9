"""By which table does a case run? The one whose hash it pins, so that a release can't change the ground under it."""

from collections.abc import Iterator

from sqlalchemy import func, or_
from sqlmodel import Session, col

from pathway.access import every_case
from pathway.tables import Case
from workflows import PROCESSES, TABLES, Process, process_pinned


def process_of(case: Case) -> Process:
    return process_pinned(case.process, case.process_hash)


def lost_tables(session: Session) -> Iterator[str]:
    """A sentence for each table that open cases run on and that this release doesn't hold."""
    counted = (
        every_case()
        .with_only_columns(col(Case.process), col(Case.process_hash), func.count())
        .where(col(Case.closed_at).is_(None), col(Case.process_hash).not_in(TABLES))
        .group_by(col(Case.process), col(Case.process_hash))
    )
    for process, pinned, cases in session.execute(counted).all():
        many = "1 open record runs" if cases == 1 else f"{cases} open records run"
        yield (
            f"{many} on a table of '{process}' that this release no longer holds ({pinned[:12]}). Put that table back "
            "under workflows/past/ and list it there; until then, run the release before this one."
        )


def lost_states(session: Session) -> Iterator[str]:
    """A sentence for each state in which records stand or have ended, and which the table they go by doesn't know."""
    columns = col(Case.process), col(Case.process_hash), col(Case.state)
    open_still = col(Case.closed_at).is_(None)
    counted = (
        every_case()
        .with_only_columns(*columns, func.count())
        .where(or_(col(Case.process_hash).in_(TABLES), ~open_still))
        .group_by(*columns)
    )
    named = {process.name for process in PROCESSES}
    for process, pinned, state, cases in session.execute(counted.order_by(*columns)).all():
        known = process in named and state in {one.name for one in process_pinned(process, pinned).states}
        if not known:
            many = "1 record stands" if cases == 1 else f"{cases} records stand"
            yield (
                f"{many} in the state '{state}' of '{process}', which the table it goes by doesn't know. A state in "
                "which records are keeps its name: put it back."
            )
