"""How did something I took on go? Whoever has it says so themselves, and needn't see the record it is for."""

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts import actions
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.once import once
from pathway.acts.opened import opened_by
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.acts.worded import check_text
from pathway.tables import PlanAction
from workflows import Audience
from workflows.early_help_facts import ActionEnd, ActionOver

SAY = "Write what came of it, in a sentence."


def say_action_over(desk: Desk, viewer: Viewer, *, action: str, over: ActionOver, key: str | None = None) -> Done:
    """Say that something the viewer took on is done, or is no longer needed; whoever leads hears.

    Raises `NotFound` where it isn't theirs, or is open no longer.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("say_action_over", action, over), lambda: _over(unit, action, over))


def _over(unit: Work, ref: str, over: ActionOver) -> Done:
    words = check_text(over.came_of, "came_of", SAY)
    case = opened_by(unit, select(PlanAction.case_id).where(col(PlanAction.public_id) == ref))
    own = select(PlanAction).where(
        col(PlanAction.public_id) == ref, col(PlanAction.owner_id) == unit.viewer.id, col(PlanAction.ended_at).is_(None)
    )
    if case is None or unit.session.exec(own).first() is None:
        raise NotFound("action")
    patch = Patch()
    actions.end(unit, case, patch, ref, dropped=over.how is ActionEnd.not_needed)
    said = {"action": ref, "how": over.how.value, "came_of": words}
    tells = (Telling("action_over", Audience.holder.value),)
    return record(unit, case, Line("action_over", patch, said=said, tells=tells, by_officer=False))
