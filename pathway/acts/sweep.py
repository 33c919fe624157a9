"""Is anybody left without somebody answerable? What depends on the day is swept for, and made somebody's task."""

from datetime import timedelta
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from pathway.access import Viewer, answers_for, every_case
from pathway.acts.climb import climb, finish_answered
from pathway.acts.codes import forget_codes
from pathway.acts.desk import Desk, Work, work
from pathway.acts.drafts import raise_half_taken
from pathway.acts.staffed import raise_unstaffed
from pathway.acts.tasks import raise_task
from pathway.store.history.chain import rooted
from pathway.tables import Anchor, Authority, Case, Entry
from pathway.tables.timing import TaskKind

T = TypeVar("T")

BATCH = 500
SETTLED = timedelta(minutes=5)
"""Entries younger than this may still have unfinished neighbours with lower numbers, so an anchor leaves them."""


def sweep(desk: Desk, system: Viewer) -> int:
    """Raise a task, once, for every open case that nobody answers for; returns how many stand so.

    A task that is overdue climbs; an alarm for a case that somebody answers for again is over; a contact that lies
    half taken is the team's to go on with; a part that nobody is there to play is a task until somebody is; old codes
    are forgotten.
    """
    with work(desk, system) as unit:
        climb(unit)
        finish_answered(unit)
        forget_codes(unit)
        raise_half_taken(unit)
        raise_unstaffed(unit)
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
        since, root = (before.last_entry_id, before.root) if before else (0, "")
        upto = _settled(unit, since)
        if upto == since:
            return None
        covered = _own(select(Entry.hash), system, since).where(col(Entry.id) <= upto).order_by(col(Entry.id))
        hashes = unit.session.exec(covered.execution_options(yield_per=BATCH))
        chains = select(func.count(func.distinct(Entry.case_id))).where(
            col(Entry.authority) == system.authority, col(Entry.id) <= upto
        )
        row = Anchor(
            authority=system.authority,
            anchored_at=unit.now,
            chains=unit.session.exec(chains).one(),
            last_entry_id=upto,
            root=rooted(root, hashes),
        )
        unit.session.add(row)
        return row.root


def _settled(unit: Work, since: int) -> int:
    """The last entry before the first that is too young: one with a lower number may be the younger of the two, and
    it would never be anchored if another had gone before it.
    """
    own = _own(select(func.min(Entry.id)), unit.viewer, since)
    young = unit.session.exec(own.where(col(Entry.recorded_at) >= unit.now - SETTLED)).one()
    old = _own(select(func.max(Entry.id)), unit.viewer, since)
    return unit.session.exec(old if young is None else old.where(col(Entry.id) < young)).one() or since


def _own(query: SelectOfScalar[T], system: Viewer, since: int) -> SelectOfScalar[T]:
    return query.where(col(Entry.authority) == system.authority, col(Entry.id) > since)


def _alone(unit: Work) -> None:
    """Two workers anchor one after the other: the second rests on what the first has written."""
    unit.session.exec(select(Authority).where(col(Authority.id) == unit.viewer.authority).with_for_update()).one()
