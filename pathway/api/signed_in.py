"""Who is asking? The bearer of a token that a sign-in gave, and the desk they are served at."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from pathway.access import Viewer
from pathway.acts import Desk, signed_in
from pathway.api.problems import NotSignedIn

bearer = HTTPBearer(auto_error=False, scheme_name="token", description="The token that POST /sign-in answers with")
Given = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(desk_of)]


def viewer_of(desk: AtDesk, given: Given) -> Viewer:
    found = signed_in(desk, given.credentials) if given else None
    if found is None:
        raise NotSignedIn
    return found


SignedIn = Annotated[Viewer, Depends(viewer_of)]
