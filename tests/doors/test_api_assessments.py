"""Does the API tell and take the same of an assessment as the pages, and say what is wrong field by field?"""

from typing import Any

import assessing
import kept
import made
import made_api
import pytest
from assessing import answers, begun, given, person

from pathway.tables import Answer, Assessment


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    return assessing.record(sqlite_house, "Ava")


def path(case: str, *rest: str) -> str:
    return "/".join(("cases", case, "assessments", *rest))


def asked(answer: Any, field: str) -> dict[str, Any]:
    sections = answer.json()["assessment"]["sections"]
    return next(one for section in sections for one in section["asked"] if one["field"] == field)


def test_an_assessment_goes_from_its_beginning_to_its_end(sqlite_house: made.House, case: str) -> None:
    ada = made_api.caller(sqlite_house, "ada")
    before = ada.get(path(case)).json()
    assert before == {"assessments": [], "forms": {assessing.FORM: "Early help assessment"}, "open_now": True}
    done = ada.post(path(case), json={"form": assessing.FORM, "extent": "light"})
    assert done.status_code == 201
    ref = done.json()["named"]["assessment"]
    why = asked(ada.get(path(case, ref)), "why-now.FAMILY")
    confirmed = {"question": "why-now", "offered": why["offer"]["ref"]}
    saved = ada.post(path(case, ref, "answers"), json={"confirmed": [confirmed]})
    assert saved.status_code == 201
    assert saved.headers["ETag"] == f'"{kept.case(sqlite_house, case).version}"'
    assert asked(ada.get(path(case, ref)), "why-now.FAMILY")["answer"]["said"] == "Often hungry and tired."
    assert ada.post(path(case, ref, "widening")).status_code == 201
    assessing.filled(sqlite_house, case, ref)
    left = ada.post(path(case, ref, "completion"))
    field = f"how-much-help.{person(sqlite_house, 'Ava')}"
    assert [one["field"] for one in left.json()["faults"]] == [f"{field}.reason"]
    stands = asked(ada.get(path(case, ref)), field)["answer"]
    why_otherwise = given("how-much-help", stands["value"], field.partition(".")[2], reason="The therapist sees her")
    told = {"answers": [why_otherwise | {"based_on": stands["ref"]}]}
    assert ada.post(path(case, ref, "answers"), json=told).status_code == 201
    assert ada.post(path(case, ref, "completion")).status_code == 201
    (listed,) = ada.get(path(case)).json()["assessments"]
    assert (listed["ref"], listed["completed_by"]) == (ref, "Ada Adviser")


def test_what_is_wrong_is_said_field_by_field(sqlite_house: made.House, case: str) -> None:
    ada, ref = made_api.caller(sqlite_house, "ada"), begun(sqlite_house, case)
    told = [given("shoe-size", "38"), given("why-now", "x" * 60_000), given("family-wants", "Sleep")]
    wrong = ada.post(path(case, ref, "answers"), json={"answers": told})
    assert (wrong.status_code, wrong.headers["Content-Type"]) == (422, made_api.PROBLEM)
    assert [one["field"] for one in wrong.json()["faults"]] == [
        "shoe-size.FAMILY", "why-now.FAMILY", "family-wants.FAMILY.readers",
    ]  # fmt: skip


def test_an_answer_over_another_says_who_answered(sqlite_house: made.House, case: str) -> None:
    ada, ref = made_api.caller(sqlite_house, "ada"), begun(sqlite_house, case)
    answers(sqlite_house, case, ref, given("why-now", "Ben's words"), name="ben")
    wrong = ada.post(path(case, ref, "answers"), json={"answers": [given("why-now", "Ada's words")]})
    assert wrong.status_code == 409
    (since,) = wrong.json()["since"]
    assert since["who"] == "Ben Adviser"
    assert "What makes help worth offering now?" in since["what"]


def test_the_same_key_acts_once(sqlite_house: made.House, case: str) -> None:
    ada, key = made_api.caller(sqlite_house, "ada"), {"Idempotency-Key": "once"}
    body = {"form": assessing.FORM, "extent": "full"}
    first, second = (ada.post(path(case), json=body, headers=key) for _ in range(2))
    assert first.json() == second.json()
    assert len(kept.rows(sqlite_house, Assessment)) == 1
    assert ada.post(path(case), json=body | {"extent": "light"}, headers=key).status_code == 422


@pytest.mark.parametrize("name", ["aud", "pat", "gil", "ann"])
def test_who_may_not_write_answers_nothing(sqlite_house: made.House, case: str, name: str) -> None:
    ref = begun(sqlite_house, case)
    someone = made_api.caller(sqlite_house, name)
    for address, body in ((path(case, ref, "answers"), {"answers": [given("tried", "x")]}), (path(case), None)):
        told = body or {"form": assessing.FORM, "extent": "full"}
        assert someone.post(address, json=told).status_code in (403, 404)
    assert kept.rows(sqlite_house, Answer) == []
