"""What have I taken on? One's own part of plans, and how it went, without the records they are for."""

from fastapi import APIRouter

from pathway import acts
from pathway.api.answers import Actions
from pathway.api.asked import Key, Ref
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.parts.actions import my_actions
from workflows.early_help_facts import ActionOver

router = APIRouter(prefix="/actions", tags=["What I took on"])


@router.get("", summary="List what I took on", operation_id="actions")
def list_actions(desk: AtDesk, viewer: SignedIn) -> Actions:
    """Soonest due first; what is done or no longer needed isn't listed. The look is recorded."""
    with desk.database.reading() as session:
        mine = my_actions(session, viewer, desk.clock())
    acts.look(desk, viewer, page="api actions", cases=[one.case for one in mine])
    return Actions(actions=tuple(one.action for one in mine))


@router.post("/{ref}/over", status_code=204, summary="Say how it went", operation_id="say_action_over")
def over(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[ActionOver], key: Key = None) -> None:
    """Done, or no longer needed, and what came of it; whoever leads hears."""
    acts.say_action_over(desk, viewer, action=ref, over=body, key=key)
