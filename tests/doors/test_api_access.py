"""Does every way into the API ask who is there, and show nobody what isn't theirs to know?"""

from importlib import import_module
from typing import Any

import made
import made_api
import pytest
import told
from httpx2 import Response

from pathway.api.application import described
from pathway.api.ways import WAYS, Open, Way

PROTECTED = [way for way in WAYS if way.to is not Open.to_anyone]
BY_REFERENCE = [way for way in WAYS if way.to is Open.by_reference]
WRITES = [way for way in WAYS if way.writes]
BODIES: dict[str, dict[str, Any]] = {
    "/cases": made_api.told(),
    **{f"/cases/{{ref}}/begin/{process}": said for process, said in told.BEGUN.items()},
    "/cases/{ref}/told": made_api.told(),
    "/cases/{ref}/notes": {"text": "A note"},
    "/cases/{ref}/corrections": {"entry": "ENTRY", "text": "What is right"},
    "/cases/{ref}/assignments": {"to": "SOMEBODY"},
    "/cases/{ref}/refusal": {"reason": "On leave"},
    "/cases/{ref}/cover": {"by": "SOMEBODY", "until": "2026-11-20T10:00:00Z"},
    "/cases/{ref}/restriction": {"names": [], "reason": "A colleague's child"},
    "/cases/{ref}/clocks/{clock}/pause": {"waits_for": "The parents", "reason": "They think"},
    "/cases/{ref}/clocks/{clock}/extension": {"by": 1, "reason": "No place before"},
    "/cases/{ref}/agreements": {"who": "SOMEBODY", "to": "support", "what": "A parenting course", "reply": "given"},
    "/cases/{ref}/agreements/{agreement}/withdrawal": {"how": "By telephone"},
    "/cases/{ref}/agreements/{agreement}/judgement": {"grows": "no", "manager": "May", "reason": "School helps"},
    "/cases/{ref}/sharing": {"what": "Health", "whom": "GP", "shares": "not_shared", "reason": "No need to know"},
    "/cases/{ref}/assessments": {"form": "early-help-assessment", "extent": "light"},
    "/cases/{ref}/assessments/{assessment}/answers": {"answers": [{"question": "tried", "value": "A club"}]},
    "/cases/{ref}/verification": {"referrer": "SOMEBODY", "how": "Rang back through the switchboard"},
    "/meetings/{ref}/reply": {"reply": "coming"},
    "/actions/{ref}/over": {"how": "done", "came_of": "They come each day"},
    "/asks/{ref}/answer": {"learned": "Nothing known"},
    "/tasks/{ref}/review": {"right": True, "reason": "The child was with her"},
    "/tasks/{ref}/known-here": {"known": True, "words": "Ring me first"},
    "/tasks/{ref}/apart": {"reason": "Two Avas"},
    "/links": {"person": "ONE", "same_as": "OTHER", "reason": "Same birthday"},
    "/links/{ref}/agreement": {"reason": "Same birthday"},
    "/links/{ref}/undoing": {"reason": "Twins"},
    "/adoptions": {"in_force_from": "2027-01-04", "reason": made.MINUTE},
    "/adoptions/{ref}/agreement": {"edition": "0" * 64},
    "/adoptions/{ref}/withdrawal": {"reason": "A misprint"},
}


def named(way: Way) -> str:
    return f"{way.method} {way.path}"


def knock(house: made.House, way: Way, name: str | None, ref: str = "NOSUCHREF") -> Response:
    path = way.path.format(
        ref=ref,
        limit="decision",
        document_ref="NOSUCHDOC",
        clock="NOSUCHTIME",
        agreement="NOSUCHWORD",
        assessment="NOSUCHFORM",
        authority=made.AUTHORITY,
        dated="2026-04-01",
    )
    sent: dict[str, Any] = {"json": BODIES[way.path]} if way.path in BODIES else {}
    if "/moves/" in path:
        sent = {"json": made_api.facts_of(path.rpartition("/")[2])}
    if path.endswith("/documents"):
        sent = {"files": {"document": ("a.txt", b"words")}}
    return made_api.caller(house, name).request(way.method, path.lstrip("/"), **sent)


def test_every_route_is_declared_and_every_declared_route_is_there(sqlite_house: made.House) -> None:
    paths = described(made_api.api_at(sqlite_house.desk))["paths"]
    there = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert there | {("GET", "/openapi.json")} == {(way.method, way.path) for way in WAYS}


@pytest.mark.parametrize("way", PROTECTED, ids=named)
def test_without_a_token_nobody_comes_in(sqlite_house: made.House, way: Way) -> None:
    answer = knock(sqlite_house, way, None)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["Content-Type"] == made_api.PROBLEM


@pytest.mark.parametrize("way", BY_REFERENCE, ids=named)
def test_another_agencys_record_looks_like_one_that_is_not_there(sqlite_house: made.House, way: Way) -> None:
    ref = made_api.taken(sqlite_house, "pat").case
    hidden, missing = (knock(sqlite_house, way, "gil", one) for one in (ref, "NOSUCHREF"))
    assert (hidden.status_code, hidden.text) == (missing.status_code, missing.text)
    assert hidden.status_code == (403 if way.path.startswith(("/links", "/adoptions")) else 404)
    assert ref not in hidden.text


@pytest.mark.parametrize("way", WRITES, ids=named)
def test_an_auditor_changes_nothing(sqlite_house: made.House, way: Way) -> None:
    done = made_api.taken(sqlite_house)
    answer = knock(sqlite_house, way, "aud", done.case)
    assert answer.status_code in (403, 404)
    assert made_api.caller(sqlite_house, "aud").get(f"cases/{done.case}").json()["record"]["version"] == done.version


def test_an_ended_or_invented_token_opens_nothing(sqlite_house: made.House) -> None:
    ada = made_api.caller(sqlite_house, "ada")
    assert ada.delete("sign-in").status_code == 204
    assert ada.get("tasks").status_code == 401
    assert ada.get("tasks", headers={"Authorization": "Bearer invented"}).status_code == 401


def test_a_password_gives_a_token_and_a_wrong_one_does_not_say_why(sqlite_house: made.House) -> None:
    nobody = made_api.caller(sqlite_house)
    right = nobody.post("sign-in", json={"email": made.email("ada"), "password": made.PASSWORD})
    wrong = nobody.post("sign-in", json={"email": made.email("ada"), "password": "something else"})
    unknown = nobody.post("sign-in", json={"email": "nobody@exampleton.invalid", "password": "something else"})
    assert nobody.get("tasks", headers={"Authorization": f"Bearer {right.json()['token']}"}).status_code == 200
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


def test_too_many_wrong_passwords_are_told_how_long_to_stay_away(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("pathway.acts.sign_in"), "matches", lambda *_, **__: False)
    nobody = made_api.caller(sqlite_house)
    sent = {"email": made.email("ada"), "password": "something else"}
    answers = [nobody.post("sign-in", json=sent) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "900"
    assert "Wait 15 minutes" in answers[-1].json()["detail"]
