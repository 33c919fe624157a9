"""Does the API do what its description says, whatever is sent to it?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import kept
import made
import made_api
import offering
import pytest
import schemathesis
import told
from fastapi.testclient import TestClient
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from pathway.acts import move
from pathway.api.ways import BASE
from pathway.tables import Person, Service
from workflows import REFERRAL

CHECKS = {
    # No schema can say which indicators are published or which day is still to come: a body that fits the
    # schema may still be refused, field by field.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "401", "403", "404", "409", "422"]}
}


ATTACH = {
    # In a form the file "null" is four letters of text, whatever the schema calls them.
    "include-operation-id": "attach",
    "checks": {"negative_data_rejection": {"enabled": False}},
}
PUBLISHED = [
    {"include-operation-id": "due", "parameters": {"path.limit": "decision"}},
    {
        "include-operation-id": "published_document",
        "parameters": {"path.authority": "exampleton", "path.dated": "2026-04-01"},
    },
    {"include-operation-id": "compare_documents", "parameters": {"query.a": "exampleton", "query.b": "england"}},
]
ADVISER = {
    "assign", "attach", "break_glass", "case", "cases", "choices", "compare_documents", "cover", "decide", "due",
    "judge", "note", "propose_link", "protect", "published_document", "published_documents", "receive", "service",
    "services", "sign_out", "start_screening", "tasks",
}  # fmt: skip
REFERRER = {
    "case", "chase", "choices", "confirm_in_writing", "judge", "protect", "published_documents", "receive", "sign_out",
}  # fmt: skip
ADMINISTRATOR = {"adoptions", "agree_edition", "propose_edition", "withdraw_edition"}
"""What each must have done at least once, or nothing behind the refusals was tried."""


@dataclass
class Placed:
    """Records in the states that operations need, and a body that is right for each."""

    refs: dict[str, str]
    bodies: dict[str, dict[str, Any]]


def placed(house: made.House, name: str) -> Placed:
    taker = name if house.viewer(name).roles & REFERRAL.opening.who else "ada"
    plain, new, screened, held, protected = (made_api.taken(house, taker).case for _ in range(5))
    move(house.desk, house.viewer("ada"), case=screened, name="start_screening", facts=made.NOTHING)
    (child,) = kept.children(house, screened)
    ben, now = house.viewer("ben").ref, house.clock()
    waits, back = (made.proposes(house.desk, house.viewer("hal"), on=date(2027, day, 1)) for day in (1, 2))
    one, other = [row.public_id for row in kept.rows(house, Person)[:2]]
    bodies = {
        "decide": told.facts("decide", [child]).model_dump(mode="json"),
        "assign": {"to": ben},
        "cover": {"by": ben, "until": (now + timedelta(hours=4)).isoformat()},
        "propose_link": {"person": one, "same_as": other, "reason": "One child, spelt two ways"},
        "propose_edition": {"in_force_from": "2027-01-04", "reason": made.MINUTE},
        "agree_edition": {"edition": waits.named["edition"]},
        "judge": {"authority": made.AUTHORITY, "at": now.isoformat(), "children": [{"ref": "one"}]},
    }
    refs = {"decide": screened, "assign": held, "cover": held, "protect": protected, "start_screening": new}
    offering.imports(house, offering.body(service_at_locations=offering.at(), attributes=offering.classed("Debt")))
    refs |= {"service": kept.rows(house, Service)[0].public_id}
    refs |= {"agree_edition": waits.named["adoption"], "withdraw_edition": back.named["adoption"]}
    return Placed({"*": plain, **refs}, bodies)


def config(token: str, refs: dict[str, str], examples: int) -> SchemathesisConfig:
    own = [{"include-operation-id": one, "parameters": {"path.ref": ref}} for one, ref in refs.items() if one != "*"]
    return SchemathesisConfig.from_dict(
        {
            "headers": {"Authorization": f"Bearer {token}"},
            "parameters": {"path.ref": refs["*"]},
            "checks": CHECKS,
            "operations": [ATTACH, *PUBLISHED, *own],
            "phases": {"coverage": {"enabled": examples > 1}, "stateful": {"enabled": examples > 1}},
            "generation": {"max-examples": examples, "deterministic": True, "no-shrink": True},
            "continue-on-failure": True,
        }
    )


@pytest.mark.parametrize(
    ("name", "examples", "done"), [("ada", 4, ADVISER), ("pat", 1, REFERRER), ("ann", 1, ADMINISTRATOR)]
)
def test_the_api_keeps_to_its_description(sqlite_house: made.House, name: str, examples: int, done: set[str]) -> None:
    here = placed(sqlite_house, name)
    token = made_api.token(sqlite_house, name)
    app = made_api.service(sqlite_house)
    raw = TestClient(app).get(f"{BASE}/openapi.json").json()
    for _, operation in operations(raw):
        if operation["operationId"] in here.bodies:
            operation["requestBody"]["content"]["application/json"]["example"] = here.bodies[operation["operationId"]]
    schema = schemathesis.openapi.from_dict(raw, config=config(token, here.refs, examples))
    schema.app = app

    @schema.hook
    def after_call(context: Any, case: schemathesis.Case, response: Any) -> None:
        if case.method == "DELETE":
            made_api.token(sqlite_house, name)

    found = [event for event in from_schema(schema).execute() if isinstance(event, events.ScenarioFinished)]
    assert "\n".join(filter(None, map(said, found))) == ""
    assert done - {one for event in found for one in answered(event)} == set()


def operations(raw: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for ways in raw["paths"].values():
        yield from ((how, one) for how, one in ways.items() if "operationId" in one)


def said(event: events.ScenarioFinished) -> str:
    """What failed in a scenario, as schemathesis says it."""
    if event.status is Status.SUCCESS:
        return ""
    failures = [check.failure_info for checks in event.recorder.checks.values() for check in checks]
    return "\n".join(f"{event.label}: {one.failure}" for one in failures if one is not None)


def answered(event: events.ScenarioFinished) -> list[str]:
    """The operations that were done, not refused."""
    cases, done = event.recorder.cases, event.recorder.interactions
    return [
        cases[ref].value.operation.definition.raw["operationId"]
        for ref, one in done.items()
        if one.response is not None and one.response.status_code < 300
    ]
