"""Are these two one person? Proposed by one practitioner, agreed by a second, undone by either."""

from fastapi import APIRouter

from pathway import acts
from pathway.acts import Done
from pathway.api.answers import Linked, Links
from pathway.api.asked import Key, Ref
from pathway.api.bodies import LinkBody, ReasonGiven
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.store.people.links import links_waiting, records_on

router = APIRouter(prefix="/links", tags=["Links between persons"])


@router.post("", status_code=201, summary="Propose that two persons are one", operation_id="propose_link")
def propose(desk: AtDesk, viewer: SignedIn, body: Told[LinkBody], key: Key = None) -> Linked:
    """Nothing joins until a second practitioner agrees."""
    done = acts.propose_link(desk, viewer, person=body.person, same_as=body.same_as, reason=body.reason, key=key)
    return _linked(done)


@router.post("/{ref}/agreement", summary="Agree a link", operation_id="agree_link")
def agree(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[ReasonGiven], key: Key = None) -> Linked:
    """For anybody who may link but the one who proposed it."""
    return _linked(acts.agree_link(desk, viewer, link=ref, reason=body.reason, key=key))


@router.post("/{ref}/undoing", summary="Undo a link", operation_id="undo_link")
def undo(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[ReasonGiven], key: Key = None) -> Linked:
    """The two stand apart again, and the history says so."""
    return _linked(acts.undo_link(desk, viewer, link=ref, reason=body.reason, key=key))


@router.get("", summary="List links that wait", operation_id="links")
def waiting(desk: AtDesk, viewer: SignedIn) -> Links:
    """Both persons side by side, with the reasons. Only where the caller may link, and may see both."""
    acts.check_may_link(viewer)
    with desk.database.reading() as session:
        links = links_waiting(session, viewer, desk.clock())
    acts.look(desk, viewer, page="api links", cases=sorted(records_on(links)))
    return Links(links=links)


def _linked(done: Done) -> Linked:
    return Linked(link=done.named["link"], entry=done.entry)
