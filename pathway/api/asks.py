"""What is my agency asked? Questions that wait for it, and its answers, without the record they are about."""

from fastapi import APIRouter

from pathway import acts
from pathway.api.answers import Questions
from pathway.api.asked import Key, Ref
from pathway.api.bodies import LearnedBody
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.records.outside import questions_put_to

router = APIRouter(prefix="/asks", tags=["Questions to an agency"])


@router.get("", summary="List what my agency is asked", operation_id="asks")
def list_asks(desk: AtDesk, viewer: SignedIn) -> Questions:
    """Soonest due first; what is answered or awaited no longer isn't listed. The look is recorded."""
    with desk.database.reading() as session:
        put = questions_put_to(session, viewer, desk.clock())
    acts.look(desk, viewer, page="api asks", cases=[one.case for one in put])
    return Questions(asks=tuple(one.question for one in put))


@router.post("/{ref}/answer", status_code=204, summary="Answer for my agency", operation_id="answer_asked")
def answer(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[LearnedBody], key: Key = None) -> None:
    """The first answer ends the question. Knowing nothing is an answer: say so."""
    acts.answer_asked(desk, viewer, ask=ref, learned=body.learned, key=key)
