"""By when, and who hears if it passes? Deadlines are computed once, from the limit the case's edition publishes."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select

from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.store.history.chain import canonical_json, moment
from pathway.tables import Case, Deadline
from pathway.tables.columns import public_id
from thresholds import Edition


def running(work: Work, case: Case) -> tuple[Deadline, ...]:
    """The case's open deadlines."""
    found = work.session.exec(
        select(Deadline).where(col(Deadline.case_id) == case.id, col(Deadline.closed_at).is_(None))
    )
    return tuple(found.all())


def start(patch: Patch, edition: Edition, limits: Iterable[str], since: datetime, about: str = "") -> None:
    """Start a clock for each limit, from `since`; `about` says of what on the case, where several of one may run."""
    for limit_id in sorted(limits):
        patch.add("deadline", public_id(), about=about, **_computed(edition, limit_id, since))


def stop(patch: Patch, deadlines: Iterable[Deadline], at: datetime, how: str | None = None) -> None:
    """Stop clocks; `how` says so where they were neither met nor missed, as when a record ends."""
    for deadline in deadlines:
        outcome = how or ("met" if at <= deadline.due_at else "late")
        patch.change(
            "deadline", deadline.public_id, closed_at=at, closed_how=outcome, next_rung=None, next_rung_at=None
        )


def _computed(edition: Edition, limit_id: str, since: datetime) -> dict[str, object]:
    limit, found = edition.limit(limit_id), edition.due(limit_id, since)
    in_order = sorted(found.rungs, key=lambda rung: rung[1])
    rungs = [[rung, moment(at), list(hears)] for rung, at, hears in in_order]
    first = in_order[0] if in_order else None
    return {
        "limit_id": limit.id,
        "name": limit.name,
        "obliged": limit.obliged,
        "started_at": since,
        "due_at": found.due_at,
        "predicted": found.predicted,
        "explanation": canonical_json(list(found.explanation)),
        "rungs": canonical_json(rungs),
        "next_rung": first[0] if first else None,
        "next_rung_at": first[1] if first else None,
    }
