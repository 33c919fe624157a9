"""How does a program sign in? With an address and a password, for a token that ends by itself or by DELETE."""

from fastapi import APIRouter, Request, Response

from pathway import acts
from pathway.api.answers import Token
from pathway.api.bodies import SignInBody
from pathway.api.signed_in import AtDesk, Given, SignedIn
from pathway.api.told import Told

router = APIRouter(tags=["Signing in"])


@router.post("/sign-in", status_code=201, summary="Sign in", operation_id="sign_in")
def sign_in(desk: AtDesk, request: Request, response: Response, body: Told[SignInBody]) -> Token:
    """After repeated failures the account rests for some minutes; the answer is 401 for every way it can fail."""
    address = request.client.host if request.client else "unknown"
    opened = acts.sign_in(desk, email=body.email, password=body.password, address=address[:60])
    return Token(token=opened.token, name=opened.viewer.name, ref=opened.viewer.ref)


@router.delete("/sign-in", status_code=204, summary="Sign out", operation_id="sign_out")
def sign_out(desk: AtDesk, viewer: SignedIn, given: Given) -> None:
    """The token opens nothing from now on."""
    if given:
        acts.sign_out(desk, given.credentials)
