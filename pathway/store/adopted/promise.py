"""Is any child without a next step? Every open case, held against the promise at one moment."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import answers_for, every_case
from pathway.store.adopted.processes import process_of
from pathway.tables import Case, CaseChild, Deadline


@dataclass(frozen=True, slots=True)
class Broken:
    """One way in which the promise doesn't hold for one case."""

    case: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.case}: {self.sentence}"


def broken_promises(session: Session, now: datetime) -> tuple[Broken, ...]:
    """Where nobody answers, nothing comes next, no time of ours runs, or nobody would hear that it passed.

    A fixed number of queries, however many cases are open.
    """
    cases = session.exec(every_case().where(col(Case.closed_at).is_(None)).order_by(col(Case.id))).all()
    answering = answers_for(session, [case.id or 0 for case in cases], now)
    running = _running(session)
    undecided = _undecided(session)
    return tuple(
        Broken(case.public_id, sentence)
        for case in cases
        for sentence in _broken(case, case.id in answering, running.get(case.id or 0, []), case.id in undecided)
    )


def _running(session: Session) -> dict[int, list[Deadline]]:
    rows = session.exec(select(Deadline).where(col(Deadline.closed_at).is_(None), col(Deadline.obliged) == "us")).all()
    found: dict[int, list[Deadline]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(row)
    return found


def _undecided(session: Session) -> set[int]:
    """Cases with a child for whom nothing is decided."""
    return set(session.exec(select(CaseChild.case_id).where(col(CaseChild.decision).is_(None)).distinct()).all())


def _broken(case: Case, answered: bool, ours: Iterable[Deadline], undecided: bool) -> Iterator[str]:
    state = process_of(case).state(case.state)
    if not answered:
        yield "nobody answers for it."
    if state.decided and undecided:
        yield f"a child on it has no decision while it is '{state.words}'."
    if not state.next_step:
        yield f"nothing comes next while it is '{state.words}'."
    clocks = [deadline for deadline in ours if deadline.limit_id in state.clocks]
    if not clocks:
        yield f"no time of ours runs while it is '{state.words}'."
    elif not any(_heard(deadline) for deadline in clocks):
        yield f"nobody would hear if '{clocks[0].name}' passed."


def _heard(deadline: Deadline) -> bool:
    """True where somebody hears at the last rung."""
    rungs: list[tuple[str, str, list[str]]] = json.loads(deadline.rungs)
    return bool(rungs) and bool(max(rungs, key=lambda rung: rung[1])[2])
