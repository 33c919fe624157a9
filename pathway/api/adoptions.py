"""Which document is in force, and which shall be? Proposed by one person, agreed by another, taken back by either."""

from fastapi import APIRouter

from pathway import acts
from pathway.acts import Done
from pathway.acts.going_live import choosable, documents_here
from pathway.acts.proposals import check_may_adopt
from pathway.api.answers import Adopted, AdoptionsBody
from pathway.api.asked import Key, Ref
from pathway.api.bodies import AgreementBody, ProposalBody, ReasonGiven
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Told
from pathway.clock import day_of
from pathway.store.adopted.adoptions import adoptions

router = APIRouter(prefix="/adoptions", tags=["Adopting a document"])


@router.get("", summary="List what is in force, coming, and waiting", operation_id="adoptions")
def list_adoptions(desk: AtDesk, viewer: SignedIn) -> AdoptionsBody:
    """For administrators and heads of service, with what could be proposed and every reason why something can't."""
    check_may_adopt(viewer)
    now = desk.clock()
    with desk.database.reading() as session:
        found = adoptions(session, viewer, now)
    can = choosable(desk.settings, viewer.authority, day_of(now))
    return AdoptionsBody(adoptions=found, editions=can.editions, broken=tuple(map(str, can.broken)))


@router.post("", status_code=201, summary="Propose a document", operation_id="propose_edition")
def propose(desk: AtDesk, viewer: SignedIn, body: Told[ProposalBody], key: Key = None) -> Adopted:
    """Nothing is in force by it until another person agrees. 403 gives every reason why it can't run live."""
    check_may_adopt(viewer)
    done = acts.propose_edition(
        desk,
        viewer,
        catalogue=documents_here(desk.settings),
        on=body.in_force_from,
        edition=body.edition,
        reason=body.reason,
        key=key,
    )
    return _adopted(done)


@router.post("/{ref}/agreement", summary="Agree to a document", operation_id="agree_edition")
def agree(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[AgreementBody], key: Key = None) -> Adopted:
    """For anybody who may adopt but the one who proposed it. From its date it is in force."""
    return _adopted(acts.agree_edition(desk, viewer, adoption=ref, edition=body.edition, key=key))


@router.post("/{ref}/withdrawal", summary="Take a proposal back", operation_id="withdraw_edition")
def withdraw(desk: AtDesk, viewer: SignedIn, ref: Ref, body: Told[ReasonGiven], key: Key = None) -> Adopted:
    """One's own or another's, before it is agreed. It stays in the list, with who took it back and why."""
    return _adopted(acts.withdraw_edition(desk, viewer, adoption=ref, reason=body.reason, key=key))


def _adopted(done: Done) -> Adopted:
    named = done.named
    return Adopted(adoption=named["adoption"], edition=named["edition"], stands=named["stands"], entry=done.entry)
