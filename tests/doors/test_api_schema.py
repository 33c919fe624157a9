"""Does the API do what its description says, whatever is sent to it?"""

from typing import Any

import made
import made_api
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from pathway.api.ways import BASE

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
ANSWERED = {"attach", "break_glass", "case", "cases", "choices", "note", "receive", "sign_out", "tasks"}
"""What must have been done at least once, or nothing behind the refusals was tried."""


def config(token: str, ref: str) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "headers": {"Authorization": f"Bearer {token}"},
            "parameters": {"path.ref": ref},
            "checks": CHECKS,
            "operations": [ATTACH],
            "generation": {"max-examples": 4, "deterministic": True, "no-shrink": True},
            "continue-on-failure": True,
        }
    )


def test_the_api_keeps_to_its_description(sqlite_house: made.House) -> None:
    ref = made_api.taken(sqlite_house).case
    token = made_api.token(sqlite_house, "ada")
    app = made_api.service(sqlite_house)
    schema = schemathesis.openapi.from_asgi(f"{BASE}/openapi.json", app, config=config(token, ref))

    @schema.hook
    def after_call(context: Any, case: schemathesis.Case, response: Any) -> None:
        if case.method == "DELETE":
            made_api.token(sqlite_house, "ada")

    found = [event for event in from_schema(schema).execute() if isinstance(event, events.ScenarioFinished)]
    assert "\n".join(filter(None, map(said, found))) == ""
    assert {one for event in found for one in answered(event)} >= ANSWERED


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
