"""What must I do? The caller's own tasks and their teams', and the saying that one is done."""

from fastapi import APIRouter

from pathway import acts
from pathway.api.answers import Tasks
from pathway.api.asked import Key, Ref
from pathway.api.bodies import KnownBody, ReasonGiven, ReviewBody
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.parts.tasks import my_tasks

router = APIRouter(prefix="/tasks", tags=["Tasks"])


@router.get("", summary="List my tasks", operation_id="tasks")
def list_tasks(desk: AtDesk, viewer: SignedIn) -> Tasks:
    """Soonest due first. The look is recorded."""
    with desk.database.reading() as session:
        found = my_tasks(session, viewer, desk.clock())
    acts.look(desk, viewer, page="api tasks", cases=[task.case for task in found if task.case])
    return Tasks(tasks=found)


@router.post("/{ref}/done", status_code=204, summary="Finish a task", operation_id="finish_task")
def finish(desk: AtDesk, viewer: SignedIn, ref: Ref, key: Key = None) -> None:
    """For its owner, one of the team that owns it, or a manager who may see the record."""
    acts.finish_task(desk, viewer, task=ref, key=key)


@router.post("/{ref}/review", status_code=204, summary="Review a broken glass", operation_id="review_glass")
def review(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[ReviewBody], key: Key = None) -> None:
    """For a manager who didn't break it. It finishes the task; the words stay on the record."""
    acts.review_glass(desk, viewer, task=ref, right=body.right, reason=body.reason, key=key)


@router.post("/{ref}/known-here", status_code=204, summary="Say whether somebody is known", operation_id="known_here")
def known_here(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[KnownBody], key: Key = None) -> None:
    """For whoever was asked, about a new contact and their restricted record. A no shows on that record alone; the
    words of a yes stand on the contact, whose readers don't know of the record."""
    acts.say_whether_known(desk, viewer, task=ref, known=body.known, words=body.words, key=key)


@router.post("/{ref}/apart", status_code=204, summary="Say that two aren't one person", operation_id="say_apart")
def apart(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[ReasonGiven], key: Key = None) -> None:
    """For whoever was given a link about a restricted record; they needn't be able to see both, nor to link."""
    acts.say_apart(desk, viewer, task=ref, reason=body.reason, key=key)
