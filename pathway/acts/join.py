"""What becomes of a worry that belongs to an open record? Its children go on there, and none is missed."""

from sqlmodel import col, select

from pathway.access import every_case
from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.acts.record import Line, Telling, record
from pathway.acts.tasks import raise_task
from pathway.tables import Case, CaseChild
from pathway.tables.columns import public_id
from pathway.tables.timing import TaskKind


def take_on(unit: Work, case: Case) -> None:
    """Add the children of a case that has joined to the record it joined, undecided, with a task to decide.

    A child already on that record stays one child there; linking two rows of one child is a second person's to agree.
    """
    target = unit.session.exec(every_case().where(col(Case.id) == case.offered_to_id)).one()
    known = set(_persons(unit, target))
    patch = Patch()
    for child in _children(unit, case):
        if child.person_id not in known:
            patch.add("case_child", public_id(), **_undecided(unit, child))
    if case.immediate and not target.immediate:
        patch.change("case", target.public_id, immediate=True)
    tells = (Telling("task_given", "holder"),)
    record(unit, target, Line("took_on", patch, said={"record": case.public_id}, tells=tells))
    words = "A worry has joined this record. Decide for any child who is new on it, and ask about others."
    about = f"{target.public_id} {case.public_id}"
    raise_task(unit, TaskKind.children_to_ask_about, about, words, case_id=target.id, practitioner_id=unit.viewer.id)


def _children(unit: Work, case: Case) -> list[CaseChild]:
    rows = select(CaseChild).where(col(CaseChild.case_id) == case.id).order_by(col(CaseChild.id))
    return list(unit.session.exec(rows).all())


def _persons(unit: Work, case: Case) -> list[int]:
    return [child.person_id for child in _children(unit, case)]


def _undecided(unit: Work, child: CaseChild) -> dict[str, object]:
    return {
        "person_id": child.person_id,
        "since": unit.now,
        "immediate": child.immediate,
        "advised_level": child.advised_level,
        "advised_destination": child.advised_destination,
        "level": None,
        "decision": None,
        "destination": None,
        "proposed_decision": None,
        "proposed_level": None,
        "proposed_destination": None,
        "decided_at": None,
        "decided_by_id": None,
        "taken_up_at": None,
    }
