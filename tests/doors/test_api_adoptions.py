"""Is a document adopted by two people over the API too?"""

from dataclasses import replace
from pathlib import Path

import made
import made_api
import pytest

BODY = {"in_force_from": "2026-12-01", "reason": made.MINUTE}


def test_one_proposes_another_agrees_and_the_list_says_so(sqlite_house: made.House) -> None:
    hal, ann = (made_api.caller(sqlite_house, name) for name in ("hal", "ann"))
    proposed = hal.post("adoptions", json=BODY)
    assert (proposed.status_code, proposed.json()["stands"]) == (201, "proposed")
    ref, edition = proposed.json()["adoption"], proposed.json()["edition"]
    (waits,) = ann.get("adoptions").json()["adoptions"]["waiting"]
    assert (waits["adoption"]["ref"], waits["adoption"]["mine"], waits["adoption"]["edition"]) == (ref, False, edition)
    own = hal.post(f"adoptions/{ref}/agreement", json={"edition": edition})
    assert (own.status_code, own.headers["Content-Type"]) == (403, made_api.PROBLEM)
    assert "another person must agree" in own.json()["reasons"][0]["sentence"]
    assert ann.post(f"adoptions/{ref}/agreement", json={"edition": edition}).json()["stands"] == "agreed"
    listed = ann.get("adoptions").json()
    assert [one["ref"] for one in listed["adoptions"]["coming"]] == [ref]
    assert (listed["editions"][0]["in_force_from"], listed["broken"]) == ("2026-04-01", [])


def test_a_proposal_is_taken_back_and_not_agreed_after(sqlite_house: made.House) -> None:
    ann = made_api.caller(sqlite_house, "ann")
    proposed = made_api.caller(sqlite_house, "hal").post("adoptions", json=BODY).json()
    path = f"adoptions/{proposed['adoption']}"
    assert ann.post(f"{path}/withdrawal", json={"reason": "A misprint"}).json()["stands"] == "withdrawn"
    assert ann.post(f"{path}/agreement", json={"edition": proposed["edition"]}).status_code == 403


def test_the_same_key_proposes_once(sqlite_house: made.House) -> None:
    hal, key = made_api.caller(sqlite_house, "hal"), {"Idempotency-Key": "once"}
    first, again = (hal.post("adoptions", json=BODY, headers=key).json() for _ in range(2))
    assert first == again
    assert hal.post("adoptions", json=BODY | {"reason": "Other"}, headers=key).status_code == 422


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"in_force_from": "2001-12-01"}, "in_force_from"),
        ({"in_force_from": "1066-12-01"}, "in_force_from"),
        ({"edition": "2026-04-02"}, "edition"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_cannot_be_proposed_is_said_by_field(sqlite_house: made.House, body: dict[str, str], field: str) -> None:
    answer = made_api.caller(sqlite_house, "hal").post("adoptions", json=BODY | body)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["faults"]] == [field]


@pytest.mark.parametrize("name", ["ada", "may", "sid", "pat", "aud"])
def test_only_administrators_and_heads_of_service_see_the_list(sqlite_house: made.House, name: str) -> None:
    assert made_api.caller(sqlite_house, name).get("adoptions").status_code == 403


def test_documents_that_are_broken_are_said_and_the_list_still_comes(sqlite_house: made.House, tmp_path: Path) -> None:
    settings = sqlite_house.desk.settings.model_copy(update={"documents": tmp_path / "gone"})
    house = replace(sqlite_house, desk=replace(sqlite_house.desk, settings=settings))
    hal = made_api.caller(house, "hal")
    listed = hal.get("adoptions").json()
    assert listed["adoptions"]["in_force"]["reason"] == made.MINUTE
    assert ["There is no such folder." in one for one in listed["broken"]] == [True]
    answer = hal.post("adoptions", json=BODY)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:pathway:documents-broken")
