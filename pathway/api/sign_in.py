"""How does a program sign in? With an address and a password, for a token that ends by itself or by DELETE."""

from typing import Any

from fastapi import APIRouter, Request, Response

from pathway import acts
from pathway.api.answers import Token
from pathway.api.bodies import SignInBody
from pathway.api.problems import AS_PROBLEM
from pathway.api.signed_in import AtDesk, Given, SignedIn
from pathway.api.told import Told

router = APIRouter(tags=["Signing in"])


SLOW_DOWN: dict[int | str, dict[str, Any]] = {
    429: {
        "description": "Too many sign-ins failed",
        "content": AS_PROBLEM,
        "headers": {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "string"}}},
    }
}


@router.post("/sign-in", status_code=201, responses=SLOW_DOWN, summary="Sign in", operation_id="sign_in")
def sign_in(desk: AtDesk, request: Request, response: Response, body: Told[SignInBody]) -> Token:
    """401 for every way it can fail, so that it tells nobody whose address is known; 429 after repeated failures."""
    address = request.client.host if request.client else "unknown"
    opened = acts.sign_in(desk, email=body.email, password=body.password, address=address[:60])
    return Token(token=opened.token, name=opened.viewer.name, ref=opened.viewer.ref)


@router.delete("/sign-in", status_code=204, summary="Sign out", operation_id="sign_out")
def sign_out(desk: AtDesk, viewer: SignedIn, given: Given) -> None:
    """The token opens nothing from now on."""
    if given:
        acts.sign_out(desk, given.credentials)
