"""What happens when a time comes? Each rung of a deadline once, even after an outage; people above hear."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Integer, bindparam, insert
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from pathway.access import Viewer, every_case, takers
from pathway.acts.actions import OWN
from pathway.acts.audience import NAMED, people_for
from pathway.acts.clocks import GOES_ON, rungs_left
from pathway.acts.desk import Desk, Work, work
from pathway.acts.holding import answers, holder
from pathway.acts.outsiders import everybody_asked
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.tasks_pass import tasks_pass
from pathway.store.adopted.editions import edition_of
from pathway.tables import Case, Deadline, DeadlineEvent, Entry, PlanAction
from pathway.tables.columns import table_of
from workflows import Audience

REMINDS = {"referrer_chase": "chase_us", "written_confirmation": "confirm_in_writing"}
"""Clocks that the referrer holds: when one runs out the referrer hears as well."""

DEADLINE = table_of(Deadline)

ASKS_AGAIN = "question_again"
"""A clock about a question is kept by whoever was asked: when it runs out they hear as well."""

Come = tuple[str, datetime, list[str]]
"""A rung that has come: its name, its moment and who hears."""

COME = (
    core_select(DEADLINE.c.authority, DEADLINE.c.id)
    .where(DEADLINE.c.closed_at.is_(None), DEADLINE.c.next_rung_at <= bindparam("now", type_=DEADLINE.c.due_at.type))
    .order_by(DEADLINE.c.next_rung_at)
    .limit(bindparam("most", type_=Integer))
)
"""Made once, and sent every two seconds by every worker."""

DUE_SOON = "due_soon"
OVERDUE = "overdue"


def due_rungs(
    session: Session, now: datetime, limit: int = 100, besides: Collection[int] = ()
) -> tuple[tuple[str, int], ...]:
    """Deadlines with a rung that has come: the authority and the deadline's id, soonest first.

    `besides` names those that could not be rung just now, so that they never stand before the rest.
    """
    query = COME if not besides else COME.where(DEADLINE.c.id.not_in(besides))
    rows = session.connection().execute(query, {"now": now, "most": limit})
    return tuple((authority, deadline) for authority, deadline in rows)


def next_rung_at(session: Session) -> datetime | None:
    """When the next rung of all comes; None while no clock runs."""
    query = select(Deadline.next_rung_at).where(
        col(Deadline.closed_at).is_(None), col(Deadline.next_rung_at).is_not(None)
    )
    return session.exec(query.order_by(col(Deadline.next_rung_at))).first()


def ring(desk: Desk, system: Viewer, *, deadline_id: int) -> Done | None:
    """Let every rung of a deadline that has come happen; None where another worker was first."""
    with work(desk, system) as unit:
        case = _locked(unit, deadline_id)
        row = unit.session.get(Deadline, deadline_id, populate_existing=True)
        if case is None or row is None or row.closed_at is not None:
            return None
        come = [rung for rung in rungs_left(row) if rung[1] <= unit.now]
        return _rung(unit, case, row, come) if come else None


def _locked(unit: Work, deadline_id: int) -> Case | None:
    holding = select(Deadline.case_id).where(col(Deadline.id) == deadline_id)
    query = every_case().where(col(Case.id).in_(holding)).with_for_update(skip_locked=True)
    return unit.session.exec(query.execution_options(populate_existing=True)).first()


def _rung(unit: Work, case: Case, row: Deadline, come: list[Come]) -> Done:
    left = [rung for rung in rungs_left(row) if rung not in come]
    patch = Patch()
    patch.change(
        "deadline",
        row.public_id,
        next_rung=left[0][0] if left else None,
        next_rung_at=left[0][1] if left else None,
    )
    said = {
        "time": row.name,
        "rungs": [rung for rung, _, _ in come],
        "minutes_late": int((unit.now - come[0][1]).total_seconds() // 60),
    }
    tells = (*_tells(unit.session, row, come), *_taken_over(unit, case, row, come, patch))
    line = Line("time_passed", patch, said=said, tells=tells, by_officer=False)
    done = record(unit, case, line)
    entry = select(Entry.id).where(col(Entry.public_id) == done.entry).scalar_subquery()
    for rung, _, _ in come:
        unit.session.execute(
            insert(table_of(DeadlineEvent)).values(
                authority=row.authority, deadline_id=row.id, what=rung, at=unit.now, entry_id=entry
            )
        )
    return done


def _tells(session: Session, row: Deadline, come: list[Come]) -> Iterator[Telling]:
    """After an outage several rungs come at once: everybody whom any of them names hears, once, of the last."""
    last = come[-1][0]
    taken_on = _taken_on(session, row)
    for whom in dict.fromkeys(_whom(taken_on, role) for _, _, hears in come for role in hears):
        about = row.about if whom.startswith(NAMED) else row.limit_id
        yield Telling(_kind(last), whom, about, row.due_at)
    if last in (DUE_SOON, GOES_ON):
        return
    if row.limit_id in REMINDS:
        yield Telling(REMINDS[row.limit_id], "referrer", row.limit_id, row.due_at)
    if row.about:
        for asked in everybody_asked(session, row.about):
            yield Telling(ASKS_AGAIN, asked, row.about, row.due_at)


def _taken_on(session: Session, row: Deadline) -> PlanAction | None:
    """What somebody took on, where the clock is about that."""
    if row.limit_id not in OWN:
        return None
    return session.exec(select(PlanAction).where(col(PlanAction.public_id) == row.about)).first()


def _whom(taken_on: PlanAction | None, role: str) -> str:
    """The part as the ladder names it. The owner of something taken on is told by name; a family's own part, or that
    of anybody without an account, is for whoever leads to ask about, and never reported above them.
    """
    if taken_on is None or (taken_on.owner_id is not None and role != Audience.owner):
        return role
    return f"{NAMED}{taken_on.owner_id}" if taken_on.owner_id else Audience.holder.value


def _taken_over(unit: Work, case: Case, row: Deadline, come: list[Come], patch: Patch) -> Iterator[Telling]:
    """Where the ladder says that somebody takes over, whoever plays that part and is there answers from now on.

    Never on a restricted record: who may know of it is decided by a person.
    """
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    ladder = {rung.id: rung.takes_over for rung in edition.limit(row.limit_id).rungs}
    part = next((ladder[rung] for rung, _, _ in reversed(come) if ladder.get(rung)), None)
    if part is None or case.restricted:
        return
    people = people_for(unit, case, Audience(part)) & takers(unit.session, unit.now)
    before = holder(unit, case)
    if not people or (before is not None and before.practitioner_id in people):
        return
    tasks_pass(unit, case, practitioner_id=min(people))
    answers(unit, case, patch, practitioner_id=min(people))
    yield Telling("taken_over", f"practitioner:{min(people)}")
    if before is not None and before.practitioner_id is not None:
        yield Telling("taken_from_you", f"practitioner:{before.practitioner_id}")


def _kind(rung: str) -> str:
    return {DUE_SOON: DUE_SOON, GOES_ON: "time_goes_on"}.get(rung, OVERDUE)
