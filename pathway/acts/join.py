"""What becomes of a worry that belongs to an open record? Its children go on there, and none is missed."""

from sqlmodel import col, select

from pathway.acts.children import undecided
from pathway.acts.desk import Work
from pathway.acts.patch import Patch
from pathway.acts.record import Telling
from pathway.acts.tasks import raise_task
from pathway.tables import Case, CaseChild
from pathway.tables.timing import TaskKind


def newcomers(unit: Work, case: Case, target: Case) -> Patch:
    """The children whom `target` didn't have yet, undecided there, with a task to whoever takes them on.

    A child already on that record stays one child there; linking two rows of one child is a second person's to agree.
    """
    known = {child.person_id for child in _children(unit, target)}
    patch = Patch()
    for child in _children(unit, case):
        if child.person_id not in known:
            undecided(unit, patch, child.person_id, child.immediate, child.advised_level, child.advised_destination)
    if case.immediate:
        patch.change("case", target.public_id, immediate=True)
    words = "A worry has joined this record. Decide for any child who is new on it, and ask about others."
    about = f"{target.public_id} {case.public_id}"
    kind = TaskKind.children_to_ask_about
    raise_task(unit, kind, about, words, case_id=target.id, practitioner_id=unit.viewer.id)
    return patch


def join_tells(case: Case) -> tuple[Telling, ...]:
    """Danger that joins a record is told anew, to social work and to the manager there."""
    if not case.immediate:
        return ()
    return Telling("protection_needed", "social_work"), Telling("protection_needed", "manager")


def _children(unit: Work, case: Case) -> list[CaseChild]:
    rows = select(CaseChild).where(col(CaseChild.case_id) == case.id).order_by(col(CaseChild.id))
    return list(unit.session.exec(rows).all())
