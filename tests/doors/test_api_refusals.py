"""Does every error say what is wrong, field by field, in a sentence, and never how the service is made?"""

from typing import Any

import made
import made_api
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from pathway import api

AT = "2026-11-16T10:00:00Z"
PRESENTING: dict[str, Any] = {"authority": made.AUTHORITY, "at": AT, "children": [{"ref": "Ava"}]}


def faults(answer: Any) -> dict[str, str]:
    assert answer.headers["Content-Type"] == made_api.PROBLEM
    assert answer.status_code == answer.json()["status"] == 422
    return {fault["field"]: fault["sentence"] for fault in answer.json()["faults"]}


def child(**told: Any) -> dict[str, Any]:
    return made_api.told() | {"children": [told]}


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        (child(observed=[{"indicator": "no-such-thing"}]), "children[0].observed[0].indicator", "no-such-thing"),
        (child(age_years=-1), "children[0]", "less than 0"),
        (child(age_years=18), "children[0]", "adult social care"),
        (child(age_years="7"), "children[0].age_years", "whole number"),
        (child(born_on=0), "children[0].born_on", "such as 2026-12-04"),
        (child(born_on="2026-02-30"), "children[0].born_on", "such as 2026-12-04"),
        (made_api.told() | {"occurred_at": "2026-11-17T10:00:00Z"}, "occurred_at", "hasn't come yet"),
        (made_api.told() | {"occurred_at": "2026-11-16T09:00:00"}, "occurred_at", "zone"),
        (made_api.told() | {"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at", "year"),
        (made_api.told() | {"worry": "x" * 2_000_000}, "worry", "attach it as a document"),
        (made_api.told() | {"worry": "a\x00b"}, "worry", "can't be kept"),
        (made_api.told() | {"worry": " "}, "worry", "Write something"),
        (made_api.told() | {"safe_tonight": "perhaps"}, "safe_tonight", "Choose from"),
        (made_api.told() | {"wory": "misspelt"}, "wory", "check the spelling"),
        (made_api.told() | {"source_code": "10 or so"}, "source_code", "longer than 4"),
        (child(given_name="é" * 200, family_name="é"), "children[0].name", "longer than 200"),
        ({}, "told_by", "needed"),
        ([], "body", "JSON object"),
    ],
)
def test_a_worry_that_cannot_be_taken_says_which_field_and_why(
    sqlite_house: made.House, sent: Any, field: str, words: str
) -> None:
    found = faults(made_api.caller(sqlite_house, "ada").post("cases", json=sent))
    assert words in found[field]
    assert "children" not in found


def test_half_of_a_character_is_refused_before_it_reaches_the_database(house: made.House) -> None:
    broken = '{"told_by": "\\ud800", "worry": "w", "safe_tonight": "yes", "ring_back": "r"}'
    ada = made_api.caller(house, "ada")
    assert "told_by" in faults(ada.post("cases", content=broken, headers={"Content-Type": "application/json"}))


@pytest.mark.parametrize("content", [b'{"told_by": ', b"\xff\xfe", b"[" * 100_000, b"1" * 5_000])
def test_a_body_that_is_not_json_is_said_to_be_unreadable(sqlite_house: made.House, content: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = made_api.caller(sqlite_house, "ada").post("cases", content=content, headers=headers)
    assert answer.status_code == 400
    assert "can" in answer.json()["detail"]
    assert answer.headers["Content-Type"] == made_api.PROBLEM


def test_a_body_of_another_kind_is_refused(sqlite_house: made.House) -> None:
    answer = made_api.caller(sqlite_house, "ada").post("cases", data={"told_by": "A form"})
    assert answer.status_code == 415
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_over_the_size_is_refused_whether_or_not_it_says_so(sqlite_house: made.House, whole: bool) -> None:
    much = b'"' + b"x" * 4_000_001 + b'"'
    content = much if whole else iter([much[:3_000_000], much[3_000_000:]])
    headers = {"Content-Type": "application/json"}
    answer = made_api.caller(sqlite_house, "ada").post("cases", content=content, headers=headers)
    assert answer.status_code == 413
    assert "larger than 4.0 MB" in answer.json()["detail"]


def test_a_document_may_be_larger_than_a_page_and_says_when_it_is_too_large(sqlite_house: made.House) -> None:
    path = f"cases/{made_api.taken(sqlite_house).case}/documents"
    ada, pdf = made_api.caller(sqlite_house, "ada"), b"%PDF-"
    assert ada.post(path, files={"document": ("a.pdf", pdf.ljust(5_000_000))}).status_code == 201
    assert "Split it" in faults(ada.post(path, files={"document": ("a.pdf", pdf.ljust(20_000_001))}))["document"]
    assert ada.post(path, files={"document": ("a.pdf", pdf.ljust(20_200_000))}).status_code == 413
    assert "kind of file" in faults(ada.post(path, files={"document": ("a.exe", b"MZ\x00\xff")}))["document"]


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({"at": "2026-11-17T10:00:00Z"}, "at", "hasn't come yet"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at", "between the years"),
        ({"at": "2026-11-16T10:00:00"}, "at", "zone"),
        ({"authority": "elsewhere"}, "authority", "exampleton"),
        ({"children": []}, "children", "at least 1"),
    ],
)
def test_a_judgement_that_cannot_be_given_says_why(sqlite_house: made.House, sent: Any, field: str, words: str) -> None:
    assert words in faults(made_api.caller(sqlite_house, "ada").post("judgements", json=PRESENTING | sent))[field]


def test_nothing_noted_is_not_yet_known_and_never_universal(sqlite_house: made.House) -> None:
    judgement = made_api.caller(sqlite_house, "ada").post("judgements", json=PRESENTING).json()
    assert judgement["children"][0]["level"] is None
    assert judgement["level_name"] == "Not yet known"


def test_a_limit_says_when_it_falls_due_and_why(sqlite_house: made.House) -> None:
    ada = made_api.caller(sqlite_house, "ada")
    due = ada.get("limits/decision/due", params={"from": AT}).json()
    assert due["due_at"].startswith("2026-11-17")
    assert len(due["explanation"]) > 1
    assert "Did you mean decision" in ada.get("limits/decisions/due", params={"from": AT}).json()["detail"]
    assert "zone" in faults(ada.get("limits/decision/due", params={"from": "2026-11-16T10:00:00"}))["from"]
    assert "calendar" in faults(ada.get("limits/decision/due", params={"from": "2099-12-31T10:00:00Z"}))["from"]


@pytest.mark.parametrize("cursor", ["x", "MSBub3cgQQ", "MSAyMDI2LTExLTE2VDEwOjAwOjAwIEE"])
def test_a_cursor_that_is_not_ours_is_refused(sqlite_house: made.House, cursor: str) -> None:
    answer = made_api.caller(sqlite_house, "ada").get("cases", params={"cursor": cursor})
    assert faults(answer)["cursor"].startswith("This isn't a page of ours")


@pytest.mark.parametrize("header", ["Idempotency-Key", "If-Match"])
def test_a_header_that_cannot_be_meant_is_refused(sqlite_house: made.House, header: str) -> None:
    path = f"cases/{made_api.taken(sqlite_house).case}/moves/protect"
    assert header in faults(made_api.caller(sqlite_house, "ada").post(path, headers={header: 'W/"x y"'}))


def test_an_address_that_is_not_there_says_where_to_look(sqlite_house: made.House) -> None:
    ada = made_api.caller(sqlite_house, "ada")
    for path in ("nowhere", "cases/", "cases/AB/moves/no_such_move"):
        assert "openapi.json" in ada.get(path).json()["detail"]
    wrong = ada.put("cases")
    assert (wrong.status_code, wrong.headers["Allow"]) == (405, "GET, POST")


def test_an_error_of_ours_is_told_without_how_the_service_is_made(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathway.api.tasks.my_tasks", lambda *about: 1 / 0)
    headers = {"Authorization": f"Bearer {made_api.token(sqlite_house, 'ada')}"}
    quiet = TestClient(made_api.service(sqlite_house), raise_server_exceptions=False, headers=headers)
    answer = quiet.get("/api/v1/tasks")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, made_api.PROBLEM)
    assert "division" not in answer.text


def test_the_service_mounts_it_at_its_own_desk(sqlite_house: made.House) -> None:
    app = FastAPI(openapi_url=None)
    app.state.desk = sqlite_house.desk
    api.mount(app)
    described = TestClient(app).get("/api/v1/openapi.json").json()
    assert described["servers"] == [{"url": "/api/v1"}]
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


def test_the_longest_words_that_the_schema_lets_in_can_be_kept(house: made.House) -> None:
    short, long = "é" * 200, "👩" * 50_000
    sent = made_api.told() | {"told_by": short, "ring_back": short, "source_code": "10", "worry": long}
    sent |= {"children": [{"given_name": short[:100], "family_name": short[:99]}]}
    answer = made_api.caller(house, "ada").post("cases", json=sent)
    assert answer.status_code == 201, answer.text
