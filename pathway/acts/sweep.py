"""Is anybody left without somebody answerable? What depends on the day is swept for, and made somebody's task."""

import hashlib
from datetime import timedelta

from sqlalchemy import func
from sqlmodel import col, select

from pathway.access import Viewer, answers_for, every_case
from pathway.acts.climb import climb, finish_answered
from pathway.acts.codes import forget_codes
from pathway.acts.desk import Desk, Work, work
from pathway.acts.drafts import raise_half_taken
from pathway.acts.tasks import raise_task
from pathway.store.history.chain import canonical_json
from pathway.tables import Anchor, Authority, Case, Entry
from pathway.tables.timing import TaskKind

BATCH = 500
SETTLED = timedelta(minutes=5)
"""Entries younger than this may still have unfinished neighbours with lower numbers, so an anchor leaves them."""


def sweep(desk: Desk, system: Viewer) -> int:
    """Raise a task, once, for every open case that nobody answers for; returns how many stand so.

    A task that is overdue climbs; an alarm for a case that somebody answers for again is over; a contact that lies
    half taken is the team's to go on with; old codes are forgotten.
    """
    with work(desk, system) as unit:
        climb(unit)
        finish_answered(unit)
        forget_codes(unit)
        raise_half_taken(unit)
    alarms, last = 0, 0
    while True:
        with work(desk, system) as unit:
            query = every_case().where(
                col(Case.closed_at).is_(None), col(Case.authority) == system.authority, col(Case.id) > last
            )
            cases = unit.session.exec(query.order_by(col(Case.id)).limit(BATCH)).all()
            if not cases:
                return alarms
            last = cases[-1].id or 0
            alarms += _alarm(unit, list(cases))


def _alarm(unit: Work, cases: list[Case]) -> int:
    answering = answers_for(unit.session, [case.id or 0 for case in cases], unit.now)
    alone = [case for case in cases if case.id not in answering]
    for case in alone:
        words = "Nobody answers for this child now. Take it on, or hand it to somebody who is there."
        raise_task(unit, TaskKind.nobody_answerable, case.public_id, words, case_id=case.id)
    return len(alone)


def anchor(desk: Desk, system: Viewer) -> str | None:
    """Anchor the entries written since the last anchor, each root resting on the one before; None if there are none."""
    with work(desk, system) as unit:
        _alone(unit)
        before = unit.session.exec(
            select(Anchor).where(col(Anchor.authority) == system.authority).order_by(col(Anchor.id).desc())
        ).first()
        hashes = unit.session.exec(
            select(Entry.id, Entry.hash)
            .where(
                col(Entry.authority) == system.authority,
                col(Entry.id) > (before.last_entry_id if before else 0),
                col(Entry.recorded_at) < unit.now - SETTLED,
            )
            .order_by(col(Entry.id))
        ).all()
        if not hashes:
            return None
        text = canonical_json([before.root if before else "", [digest for _, digest in hashes]])
        root = hashlib.sha256(text.encode()).hexdigest()
        chains = unit.session.exec(
            select(func.count(func.distinct(Entry.case_id))).where(col(Entry.authority) == system.authority)
        ).one()
        unit.session.add(
            Anchor(
                authority=system.authority,
                anchored_at=unit.now,
                chains=chains,
                last_entry_id=hashes[-1][0] or 0,
                root=root,
            )
        )
        return root


def _alone(unit: Work) -> None:
    """Two workers anchor one after the other: the second rests on what the first has written."""
    unit.session.exec(select(Authority).where(col(Authority.id) == unit.viewer.authority).with_for_update()).one()
