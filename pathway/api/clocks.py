"""May a time wait, or be longer? What the document allows of one clock of a record."""

from fastapi import APIRouter, Response

from pathway import acts
from pathway.api.answers import DoneBody
from pathway.api.asked import IfMatch, Key, Ref, version_in
from pathway.api.bodies import ExtensionBody, PauseBody
from pathway.api.cases import TAGGED, told
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told

router = APIRouter(prefix="/cases/{ref}/clocks/{clock}", tags=["On a record"])


@router.post("/pause", responses={200: TAGGED}, summary="Let a time stand still", operation_id="pause_clock")
def pause(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    clock: Ref,
    body: Told[PauseBody],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """As long as the document allows at most; then it goes on by itself."""
    version = version_in(if_match)
    done = acts.pause_clock(
        desk, viewer, case=ref, clock=clock, waits_for=body.waits_for, reason=body.reason, version=version, key=key
    )
    return told(done, response)


@router.post("/resumption", responses={200: TAGGED}, summary="Let a time go on", operation_id="resume_clock")
def resume(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    clock: Ref,
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    version = version_in(if_match)
    return told(acts.resume_clock(desk, viewer, case=ref, clock=clock, version=version, key=key), response)


@router.post("/extension", responses={200: TAGGED}, summary="Allow more time", operation_id="extend_clock")
def extend(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    clock: Ref,
    body: Told[ExtensionBody],
    key: Key = None,
    if_match: IfMatch = None,
) -> DoneBody:
    """All extensions of a time together are never more than the document allows."""
    version = version_in(if_match)
    done = acts.extend_clock(
        desk, viewer, case=ref, clock=clock, by=body.by, reason=body.reason, version=version, key=key
    )
    return told(done, response)
