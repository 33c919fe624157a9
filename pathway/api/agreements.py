"""Who agreed to what, and what is shared? The acts of a record's agreements."""

from fastapi import APIRouter, Response

from pathway import acts
from pathway.api.answers import DoneBody
from pathway.api.asked import Key, Ref
from pathway.api.cases import told
from pathway.api.on_a_case import MADE
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from workflows.agreement_facts import AskedToAgree, RefusalWeighed, SharingDecided, Withdrawn

router = APIRouter(prefix="/cases/{ref}", tags=["On a record"])


@router.post(
    "/agreements",
    status_code=201,
    responses=MADE,
    summary="Record what somebody agreed to",
    operation_id="ask_to_agree",
)
def ask_to_agree(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[AskedToAgree], key: Key = None
) -> DoneBody:
    """One person, one question. Declining is a right: it raises no level by itself."""
    return told(acts.ask_to_agree(desk, viewer, case=ref, told=body, key=key), response)


@router.post(
    "/agreements/{agreement}/withdrawal",
    status_code=201,
    responses=MADE,
    summary="Record that agreement is withdrawn",
    operation_id="withdraw_agreement",
)
def withdraw(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, agreement: Ref, body: Told[Withdrawn], key: Key = None
) -> DoneBody:
    """What rests on it ends, and nothing else."""
    return told(acts.withdraw_agreement(desk, viewer, case=ref, agreement=agreement, told=body, key=key), response)


@router.post(
    "/agreements/{agreement}/judgement",
    status_code=201,
    responses=MADE,
    summary="Record what declining means for the need",
    operation_id="weigh_refusal",
)
def weigh(
    desk: AtDesk,
    viewer: SignedIn,
    response: Response,
    ref: Ref,
    agreement: Ref,
    body: Told[RefusalWeighed],
    key: Key = None,
) -> DoneBody:
    """Judged with a manager: will the need grow without the help that was declined?"""
    return told(acts.weigh_refusal(desk, viewer, case=ref, agreement=agreement, told=body, key=key), response)


@router.post(
    "/sharing",
    status_code=201,
    responses=MADE,
    summary="Record what is shared, or isn't",
    operation_id="decide_sharing",
)
def decide_sharing(
    desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Told[SharingDecided], key: Key = None
) -> DoneBody:
    """Sharing without agreement and not sharing both need a reason; what is shared needs a lawful basis."""
    return told(acts.decide_sharing(desk, viewer, case=ref, told=body, key=key), response)
