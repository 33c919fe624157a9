"""What must I do? The caller's own tasks and their teams', and the saying that one is done."""

from fastapi import APIRouter

from pathway import acts
from pathway.api.answers import Tasks
from pathway.api.asked import Ref
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.store.tasks import my_tasks

router = APIRouter(prefix="/tasks", tags=["Tasks"])


@router.get("", summary="List my tasks", operation_id="tasks")
def list_tasks(desk: AtDesk, viewer: SignedIn) -> Tasks:
    """Soonest due first. The look is recorded."""
    with desk.database.reading() as session:
        found = my_tasks(session, viewer, desk.clock())
    acts.look(desk, viewer, page="api tasks", cases=[task.case for task in found if task.case])
    return Tasks(tasks=found)


@router.post("/{ref}/done", status_code=204, summary="Finish a task", operation_id="finish_task")
def finish(desk: AtDesk, viewer: SignedIn, ref: Ref) -> None:
    """For its owner, a member of the team that owns it, or a manager."""
    acts.finish_task(desk, viewer, task=ref)
