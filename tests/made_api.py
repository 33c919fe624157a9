"""Plain functions for the tests of the API: a service that is nothing but the API, and who calls it."""

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import made
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic.fields import FieldInfo

from pathway.acts import Desk, Done, receive
from pathway.api.application import create_api
from pathway.api.ways import BASE
from pathway.tables import SignIn
from workflows import TABLES, Facts

BUILT: list[FastAPI] = []
PROBLEM = "application/problem+json"


def service(house: made.House) -> FastAPI:
    app = FastAPI(openapi_url=None)
    app.mount(BASE, api_at(house.desk))
    return app


def api_at(desk: Desk) -> FastAPI:
    """The API at this desk; building it takes half a second, so it is built once."""
    if not BUILT:
        BUILT.append(create_api(desk))
    BUILT[0].state.desk = desk
    return BUILT[0]


def caller(house: made.House, name: str | None = None) -> TestClient:
    """A client of the API, signed in as somebody of the made partnership, or as nobody."""
    headers = {"Authorization": f"Bearer {token(house, name)}"} if name else {}
    return TestClient(service(house), f"http://testserver{BASE}/", headers=headers)


def token(house: made.House, name: str) -> str:
    """A session opened without the half second that a password takes."""
    words, now = f"{name}'s token", house.clock()
    with house.desk.database.writing() as session:
        session.merge(
            SignIn(
                id=house.ids[name],
                authority=made.AUTHORITY,
                token_hash=hashlib.sha256(words.encode()).hexdigest(),
                practitioner_id=house.ids[name],
                created_at=now,
                last_seen_at=now,
                expires_at=now + timedelta(hours=1),
            )
        )
    return words


def taken(house: made.House, name: str = "ada", **told: Any) -> Done:
    return receive(house.desk, house.viewer(name), take=made.take(**told))


def told(**facts: Any) -> dict[str, Any]:
    """The body of a plain worry."""
    return made.take(**facts).model_dump(mode="json", exclude_unset=True)


def facts_of(move: str) -> dict[str, Any]:
    """The least that a move must be told, whatever its model is."""
    found = (process.move(move) for process in TABLES.values())
    return next(least(one.facts) for one in found if one is not None)


def least(facts: type[Facts]) -> dict[str, Any]:
    return dict(_needed(facts))


def _needed(facts: type[Facts]) -> Iterator[tuple[str, Any]]:
    for name, field in facts.model_fields.items():
        if field.is_required():
            yield name, _plain(field)


def _plain(field: FieldInfo) -> Any:
    if field.annotation is date:
        return made.MONDAY.date().isoformat()
    if field.examples:
        return field.examples[0]
    words = getattr(field.annotation, "__members__", None)
    return next(iter(words.values())).value if words else "Invented words"
