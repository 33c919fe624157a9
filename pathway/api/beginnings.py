"""How does a record begin on another? One address for each process that does, made from its table."""

from typing import Annotated, Any

from fastapi import APIRouter, Response

from pathway import acts
from pathway.api.answers import DoneBody
from pathway.api.asked import Key, Ref
from pathway.api.cases import MADE, told
from pathway.api.signed_in import AtDesk, SignedIn
from pathway.api.told import Strictly
from pathway.api.ways import BASE, BEGUN
from workflows import Process

router = APIRouter(tags=["Records"])


def give_address(process: Process) -> None:
    def begin(*, desk: AtDesk, viewer: SignedIn, response: Response, ref: Ref, body: Any, key: Key = None) -> DoneBody:
        done = acts.begin(desk, viewer, on=ref, process=process.name, facts=body, key=key)
        response.headers["Location"] = f"{BASE}/cases/{done.case}"
        return told(done, response)

    begin.__annotations__["body"] = Annotated[process.opening.facts, Strictly()]
    router.post(
        f"/cases/{{ref}}/begin/{process.name}",
        status_code=201,
        responses={201: MADE},
        summary=f"Begin {process.words}",
        description="It gets a record of its own, at `Location`; whoever begins it answers for it.",
        operation_id=f"begin_{process.name}",
    )(begin)


for _process in BEGUN:
    give_address(_process)
