"""How does a case move? One move of it, and what that leads to: a record joined, danger taken in, the next meeting."""

from dataclasses import replace

from sqlmodel import col

from pathway.access import Viewer, every_case
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.join import join_tells, newcomers
from pathway.acts.making import make
from pathway.acts.meet_again import hold_parent, meet_again
from pathway.acts.once import once
from pathway.acts.opened import opened
from pathway.acts.patch import Patch
from pathway.acts.record import Done
from pathway.acts.refer import hold_contact, refer
from pathway.store.adopted.processes import process_of
from pathway.tables import Case
from workflows import PROCESSES, Facts, NoFacts
from workflows.meeting_facts import Held

PROTECTIVE = frozenset(one.name for process in PROCESSES for one in process.moves if one.protective)
"""Moves that neither an old page nor a used key keeps out."""

REFERS = frozenset(one.name for process in PROCESSES for one in process.moves if one.refers)
"""Moves that take danger in at the front door."""

RENEWS = frozenset(one.name for process in PROCESSES for one in process.moves if one.renews)
"""Moves that arrange the next of their kind on the record where this one began."""


def move(
    desk: Desk,
    viewer: Viewer,
    *,
    case: str,
    name: str,
    facts: Facts,
    version: int | None = None,
    key: str | None = None,
) -> Done:
    """Make the move `name` on a case. Where it takes danger in at the front door, `named` gives that `contact`.

    Raises `Refused` with every reason, `NotFound`, `Conflict` where `version` is stale, `Unacceptable`.
    """
    with work(desk, viewer) as unit:
        asked, urgent = ("move", case, name, facts), name in PROTECTIVE
        return once(unit, key, asked, lambda: _moved(unit, case, name, facts, version), urgent=urgent)


def _moved(unit: Work, reference: str, name: str, facts: Facts, version: int | None) -> Done:
    if name in REFERS:
        hold_contact(unit, reference)
    if name in RENEWS:
        hold_parent(unit, reference)
    case = opened(unit, reference, None if name in PROTECTIVE else version)
    _hold_target(unit, case)
    wanted = process_of(case).move(name)
    if wanted is not None and wanted.follows:
        raise NotFound("step")
    done = make(unit, case, name, facts, Patch())
    if wanted is not None and wanted.joins:
        _take_on(unit, case)
    if wanted is not None and wanted.refers:
        return refer(unit, case, facts, done)
    if wanted is not None and wanted.renews and isinstance(facts, Held):
        return replace(done, named={**done.named, **meet_again(unit, case, facts)})
    return done


def _hold_target(unit: Work, case: Case) -> None:
    """The open record that a case may join stays as it is until this move is through: it can't close meanwhile."""
    if case.offered_to_id is not None:
        unit.session.exec(every_case().where(col(Case.id) == case.offered_to_id).with_for_update()).one()


def _take_on(unit: Work, case: Case) -> None:
    """The record that a case joined goes on with its children too."""
    target = unit.session.exec(every_case().where(col(Case.id) == case.offered_to_id)).one()
    make(unit, target, "take_on", NoFacts(), newcomers(unit, case, target), tells=join_tells(case))
