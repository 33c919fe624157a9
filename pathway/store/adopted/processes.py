"""By which table does a case run? The one whose hash it pins, so that a release can't change the ground under it."""

from collections.abc import Iterator

from sqlalchemy import func
from sqlmodel import Session, col

from pathway.access import every_case
from pathway.tables import Case
from workflows import TABLES, Process, process_pinned


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
