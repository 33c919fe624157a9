"""What is the API as one thing? An application of its own, with its own description, mounted at one address."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pathway.acts import Desk
from pathway.api import (
    actions,
    adoptions,
    agreements,
    asks,
    assessments,
    beginnings,
    cases,
    clocks,
    documents,
    links,
    meetings,
    moves,
    on_a_case,
    people,
    published,
    services,
    sign_in,
    tasks,
)
from pathway.api.problems import AS_PROBLEM, Problem, translate_problems
from pathway.api.size import TooLarge
from pathway.api.ways import BASE
from thresholds.reading.schema import clock_times

PARTS = (
    sign_in,
    published,
    documents,
    services,
    cases,
    moves,
    beginnings,
    on_a_case,
    clocks,
    agreements,
    assessments,
    people,
    links,
    adoptions,
    asks,
    actions,
    meetings,
    tasks,
)
DESCRIPTION = """Take worries in, move them on and read them, as the pages do: by the same rules, with the same words.

Sign in at `POST /sign-in` and send the token as `Authorization: Bearer …`. Every error is `application/problem+json`.
A record that isn't yours to know looks like one that doesn't exist. Every look at a record is recorded."""

WRONG: dict[int | str, str] = {
    400: "The body can't be read",
    401: "Not signed in",
    403: "Refused: `reasons` says why, and who can put it right",
    404: "Not there, or not yours to know",
    409: "The record changed since the version named: `since` says who did what",
    413: "Too large",
    415: "Not JSON",
    422: "`faults` says which fields need mending",
    503: "Not just now: the database is away or busy. Send it again after `Retry-After`, under the same key",
    507: "Not just now: there is no room left where records are kept. Send it again later, under the same key",
}
AFTER = {"Retry-After": {"description": "Seconds to wait", "schema": {"type": "string"}}}
HEADERS: dict[int | str, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"description": "Always `Bearer`", "schema": {"type": "string"}}},
    503: AFTER,
    507: AFTER,
}


def create_api(desk: Desk) -> FastAPI:
    app = FastAPI(
        title="Pathway",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        servers=[{"url": BASE}],
        root_path_in_servers=False,
        responses={status: _problem(status) for status in WRONG},
    )
    app.state.desk = desk
    for part in PARTS:
        app.include_router(part.router)
    translate_problems(app)
    app.add_middleware(TooLarge)
    app.add_middleware(NeverStored)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]
    described(app)  # Now rather than at the first request: routes are built with it, one at a time.
    return app


def _problem(status: int | str) -> dict[str, Any]:
    headers = {"headers": HEADERS[status]} if status in HEADERS else {}
    return {"description": WRONG[status], "content": AS_PROBLEM, **headers}


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            servers=app.servers,
        )
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        made["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
        app.openapi_schema = made | {"components": clock_times(made["components"])}
    return app.openapi_schema


class NeverStored:
    """No answer about a child stays in a cache on the way, and none is guessed to be a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self.app(scope, receive, marked)
