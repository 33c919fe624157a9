"""By when, and who hears if it passes? Deadlines are computed once, from the limit the case's edition publishes."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.patch import Patch
from pathway.store.history.chain import canonical_json, moment
from pathway.tables import Case, Deadline
from pathway.tables.columns import public_id
from thresholds import Due, Edition, MadeLonger, PastTheCalendar, StoodStill
from workflows import Audience, Process

Changes = tuple[StoodStill | MadeLonger, ...]
STOOD_STILL, MADE_LONGER = "stood_still", "made_longer"
GOES_ON = "goes_on"
"""The rung at which a time that stood still goes on by itself."""

NO_DAYS: Mapping[str, date] = MappingProxyType({})

RUNNING = select(Deadline).where(col(Deadline.case_id) == bindparam("case"), col(Deadline.closed_at).is_(None))


def running(work: Work, case: Case) -> tuple[Deadline, ...]:
    """The case's open deadlines."""
    return tuple(work.session.execute(RUNNING, {"case": case.id}).scalars().all())


def start(patch: Patch, edition: Edition, limits: Iterable[str], since: datetime, about: str = "") -> None:
    """Start a clock for each limit, from `since`; `about` says of what on the case, where several of one may run."""
    for limit_id in sorted(limits):
        patch.add("deadline", public_id(), about=about, **_computed(edition, limit_id, since))


def start_of(
    patch: Patch,
    edition: Edition,
    process: Process,
    limits: Iterable[str],
    since: datetime,
    due_on: Mapping[str, date] = NO_DAYS,
) -> None:
    """Start the clocks of a process, but for those that run only where a document has them, and this one hasn't.

    Those that people agreed for a day themselves fall due on it. Raises `Unacceptable` where no calendar reaches it.
    """
    published = {limit.id for limit in edition.limits}
    starting = frozenset(one for one in limits if one in published or one not in process.if_published)
    start(patch, edition, starting - due_on.keys(), since)
    for limit_id in sorted(starting & due_on.keys()):
        try:
            start_for(patch, edition, limit_id, since, due_on[limit_id])
        except PastTheCalendar:
            sentence = "The published calendar doesn’t reach that far. Agree a day that is nearer."
            raise Unacceptable(FieldFault("on", sentence)) from None


def start_for(
    patch: Patch, edition: Edition, limit_id: str, since: datetime, day: date, *, about: str = "", obliged: str = ""
) -> datetime:
    """Start the clock of something that people agreed for a day themselves, and say when it falls due; the limit says
    who hears of it, and who owes it where `obliged` doesn't.
    """
    found = edition.due_on(limit_id, since, day)
    values = _values(edition, limit_id, since, found) | {"changes": "[]", "paused_until": None}
    values |= {"obliged": obliged} if obliged else {}
    patch.add("deadline", public_id(), about=about, **values)
    return found.due_at


def stop(patch: Patch, deadlines: Iterable[Deadline], at: datetime, how: str | None = None) -> None:
    """Stop clocks; `how` says so where they were neither met nor missed, as when a record ends."""
    for deadline in deadlines:
        outcome = how or ("met" if at <= deadline.due_at else "late")
        patch.change(
            "deadline", deadline.public_id, closed_at=at, closed_how=outcome, next_rung=None, next_rung_at=None
        )


def change(
    patch: Patch,
    edition: Edition,
    row: Deadline,
    changes: Changes,
    at: datetime,
    how: str,
    paused_until: datetime | None = None,
) -> datetime:
    """A clock goes on as another with the same start, after all these changes; returns when that falls due.

    A rung that has come on the first doesn't come again on the second, but where its time is yet to come; none comes
    while it stands still.
    """
    found = edition.due_after(row.limit_id, row.started_at, changes)
    past, still = {rung for rung, _, _ in rungs_gone(row)}, paused_until or at
    rungs = [(rung, max(when, still), hears) for rung, when, hears in found.rungs if when > at or rung not in past]
    goes_on = [] if paused_until is None else [(GOES_ON, paused_until, (Audience.holder.value,))]
    stop(patch, [row], at, how=how)
    values = _values(edition, row.limit_id, row.started_at, replace(found, rungs=(*goes_on, *rungs)))
    values |= {"changes": written(changes), "paused_until": paused_until}
    patch.add("deadline", public_id(), about=row.about, **values)
    return found.due_at


def rungs_gone(row: Deadline) -> list[tuple[str, datetime, list[str]]]:
    """The rungs that have come already."""
    left = {rung for rung, _, _ in rungs_left(row)}
    return [rung for rung in rungs_on(row) if rung[0] not in left]


def rungs_left(row: Deadline) -> list[tuple[str, datetime, list[str]]]:
    every = rungs_on(row)
    names = [name for name, _, _ in every]
    return every[names.index(row.next_rung) :] if row.next_rung in names else []


def rungs_on(row: Deadline) -> list[tuple[str, datetime, list[str]]]:
    return [(name, datetime.fromisoformat(at), hears) for name, at, hears in json.loads(row.rungs)]


def changes_of(row: Deadline) -> Changes:
    """How it stood still and was made longer so far, in order."""
    return tuple(_change(kind, *more) for kind, *more in json.loads(row.changes))


def _change(kind: str, one: Any, other: Any) -> StoodStill | MadeLonger:
    if kind == STOOD_STILL:
        return StoodStill(datetime.fromisoformat(one), datetime.fromisoformat(other))
    return MadeLonger(one, other)


def written(changes: Changes) -> str:
    return canonical_json(
        [
            [STOOD_STILL, moment(one.since), moment(one.until)]
            if isinstance(one, StoodStill)
            else [MADE_LONGER, one.amount, one.unit]
            for one in changes
        ]
    )


def _computed(edition: Edition, limit_id: str, since: datetime) -> dict[str, object]:
    return _values(edition, limit_id, since, edition.due(limit_id, since)) | {"changes": "[]", "paused_until": None}


def _values(edition: Edition, limit_id: str, since: datetime, found: Due) -> dict[str, object]:
    limit = edition.limit(limit_id)
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
