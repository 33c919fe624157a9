"""What went wrong, and who can put it right? Every error is one kind of answer: problem details (RFC 9457)."""

import math
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from pathway.acts import Conflict, KeyReused, NotFound, SignInRefused, Unacceptable
from pathway.acts.sentences import faults_of, unreadable
from pathway.api.ways import methods_at
from pathway.store.adopted.editions import NothingAdopted
from pathway.trouble import Trouble, trouble_in
from thresholds import BrokenDocument, PastTheCalendar, Unpublished
from workflows import Refused

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"
AS_PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
SIGN_IN_FIRST = "You aren't signed in, or your sign-in has ended. Sign in at POST /api/v1/sign-in."

SEND_AGAIN = "Send it again under the same Idempotency-Key, and it is done once."
NOT_NOW = {
    Trouble.away: f"The database can't be reached just now, so it can't be said whether this was saved. {SEND_AGAIN}",
    Trouble.busy: f"Too much is being written just now, so nothing was saved. {SEND_AGAIN}",
    Trouble.full: "There is no room left where records are kept, so nothing was saved. Whoever runs this service must "
    f"make room. {SEND_AGAIN}",
}
AFTER_SECONDS = {Trouble.away: "10", Trouble.busy: "2", Trouble.full: "60"}


class ReasonBody(BaseModel):
    """One reason why it can't be done now, who can put it right, and the move that does, if there is one."""

    sentence: str
    who_can: str
    where: str


class FaultBody(BaseModel):
    """One field that needs mending."""

    field: str
    sentence: str


class SinceBody(BaseModel):
    """One thing that happened since the version you named."""

    who: str
    what: str
    at: str


class Problem(BaseModel):
    """Problem details. `detail` is for people and says everything; the lists say it apart."""

    type: str = Field(description="'about:blank', or what kind of problem it is, such as 'urn:pathway:refused'")
    title: str
    status: int
    detail: str
    reasons: list[ReasonBody] | None = Field(default=None, description="With 403: every reason at once")
    faults: list[FaultBody] | None = Field(default=None, description="With 422: every field that needs mending")
    since: list[SinceBody] | None = Field(default=None, description="With 409: who did what since your version")
    version: int | None = Field(default=None, description="With 409: the version that stands now")


class NotSignedIn(Exception):
    """No token came, or one that opens nothing any more."""


class Problems(JSONResponse):
    media_type = MEDIA_TYPE


def answer(status: int, kind: str, detail: str, headers: dict[str, str] | None = None, **lists: Any) -> Problems:
    title = HTTPStatus(status).phrase
    named = f"urn:pathway:{kind}" if kind else "about:blank"
    body = Problem(type=named, title=title, status=status, detail=detail, **lists)
    return Problems(body.model_dump(exclude_none=True), status, headers)


def not_signed_in(request: Request, wrong: Exception) -> Problems:
    return answer(401, "not-signed-in", str(wrong) or SIGN_IN_FIRST, {"WWW-Authenticate": "Bearer"})


def sign_in_refused(request: Request, wrong: SignInRefused) -> Problems:
    if wrong.wait is None:
        return not_signed_in(request, wrong)
    seconds = math.ceil(wrong.wait.total_seconds())
    return answer(429, "slow-down", str(wrong), {"Retry-After": str(seconds)})


def refused(request: Request, wrong: Refused) -> Problems:
    reasons = [ReasonBody(sentence=one.sentence, who_can=one.who_can, where=one.where) for one in wrong.refusals]
    return answer(403, "refused", str(wrong), reasons=reasons)


def not_found(request: Request, wrong: Exception) -> Problems:
    return answer(404, "not-found", str(wrong))


def conflict(request: Request, wrong: Conflict) -> Problems:
    since = [SinceBody(who=one.who, what=one.what, at=one.at) for one in wrong.since]
    return answer(409, "changed-since", str(wrong), since=since, version=wrong.version)


def key_reused(request: Request, wrong: KeyReused) -> Problems:
    fault = FaultBody(field="Idempotency-Key", sentence=str(wrong))
    return answer(422, "key-reused", str(wrong), faults=[fault])


def nothing_in_force(request: Request, wrong: Exception) -> Problems:
    return answer(409, "nothing-in-force", str(wrong))


def documents_broken(request: Request, wrong: Exception) -> Problems:
    return answer(409, "documents-broken", str(wrong))


def unacceptable(request: Request, wrong: Unacceptable) -> Problems:
    faults = [FaultBody(field=one.field, sentence=one.sentence) for one in wrong.faults]
    return answer(422, "unacceptable", str(wrong), faults=faults)


def unfit(request: Request, wrong: RequestValidationError) -> Problems:
    broken = unreadable(wrong.errors())
    if broken:
        return answer(400, "unreadable", broken)
    return unacceptable(request, Unacceptable(*faults_of(wrong.errors(), skip=1)))


def plain(request: Request, wrong: HTTPException) -> Problems:
    if wrong.status_code == 400:
        return answer(400, "unreadable", "The body can't be read. Send it whole, in UTF-8, as its Content-Type says.")
    if wrong.status_code == 404:
        return answer(404, "not-found", "There is nothing at this address. See /api/v1/openapi.json for what there is.")
    if wrong.status_code == 405:
        methods = ", ".join(methods_at(request.url.path))
        return answer(405, "", f"This address answers to {methods} only.", {"Allow": methods})
    return answer(wrong.status_code, "", wrong.detail, dict(wrong.headers or {}))


def not_now(request: Request, wrong: Exception) -> Problems:
    """Where the fault is one of the place where things are kept; any other goes on to be ours."""
    trouble = trouble_in(wrong)
    if trouble is None:
        raise wrong
    log.error("not_now", trouble=trouble.value, exc_info=wrong)
    status = 507 if trouble is Trouble.full else 503
    return answer(status, trouble, NOT_NOW[trouble], {"Retry-After": AFTER_SECONDS[trouble]})


def our_fault(request: Request, wrong: Exception) -> Problems:
    words = "Something went wrong here and nothing was saved. Try again; if it goes on, ring whoever runs this service."
    return answer(500, "our-fault", words)


def translate_problems(app: FastAPI) -> None:
    """Every exception that an act, a guard or the framework raises becomes problem details."""
    for kind, handler in (
        (NotSignedIn, not_signed_in),
        (SignInRefused, sign_in_refused),
        (Refused, refused),
        (NotFound, not_found),
        (Unpublished, not_found),
        (Conflict, conflict),
        (NothingAdopted, nothing_in_force),
        (BrokenDocument, documents_broken),
        (KeyReused, key_reused),
        (Unacceptable, unacceptable),
        (PastTheCalendar, nothing_in_force),
        (RequestValidationError, unfit),
        (HTTPException, plain),
        (SQLAlchemyError, not_now),
        (OSError, not_now),
        (Exception, our_fault),
    ):
        app.add_exception_handler(kind, handler)  # type: ignore[arg-type]
