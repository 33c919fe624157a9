"""Which meetings am I invited to, and can I come? What those who meet let me read, and nothing of the record."""

from fastapi import APIRouter

from pathway import acts
from pathway.api.answers import Meetings
from pathway.api.asked import Key, Ref
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.parts.meetings import my_meetings
from workflows.meeting_facts import Replied

router = APIRouter(prefix="/meetings", tags=["My meetings"])


@router.get("", summary="List the meetings I am invited to", operation_id="meetings")
def list_meetings(desk: AtDesk, viewer: SignedIn) -> Meetings:
    """Soonest first; what came of one stays here for four weeks. The look is recorded."""
    with desk.database.reading() as session:
        mine = my_meetings(session, viewer, desk.clock())
    acts.look(desk, viewer, page="api meetings", cases=[one.case for one in mine])
    return Meetings(meetings=mine)


@router.post("/{ref}/reply", status_code=204, summary="Say whether I come", operation_id="reply_to_meeting")
def reply(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[Replied], key: Key = None) -> None:
    """Coming, or apologies, and what should be read out; the last answer counts."""
    acts.reply_to_meeting(desk, viewer, invitation=ref, told=body, key=key)
