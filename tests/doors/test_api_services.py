"""Does the API answer for services as Open Referral UK does, with where each is from?"""

import kept
import made
import made_api
import pytest
from offering import at, body, classed, imports, week

from pathway.tables import Service


@pytest.fixture
def filled(sqlite_house: made.House) -> made.House:
    imports(
        sqlite_house,
        body(1, name="Debt advice", minimum_age=16, service_at_locations=at(), attributes=classed("Money"), url="https://e.org"),
        body(2, name="Sleep clinic", maximum_age=4, schedules=[week("MO", "09:00", "17:00")]),
        body(3, name="Food share", status="temporarily closed"),
        body(4, name="Toy library", status="defunct"),
    )  # fmt: skip
    return sqlite_house


def asked(house: made.House, query: str = "") -> dict:
    answer = made_api.caller(house, "pat").get(f"services{query}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_page_has_the_standards_counts_and_names(filled: made.House) -> None:
    page = asked(filled, "?per_page=2&page=2")
    counts = {name: page[name] for name in page if name != "contents"}
    assert counts == {
        "total_items": 3, "total_pages": 2, "page_number": 2, "size": 1, "first_page": False, "last_page": True,
        "empty": False,
    }  # fmt: skip
    (one,) = page["contents"]
    assert (one["name"], one["status"]) == ("Food share", "temporarily closed")
    assert one["organization"] == {"id": "organisation-1", "name": "Invented Charity", "description": "Invented."}
    assert (one["pathway_source"], one["pathway_source_id"]) == ("services.json", "service-3")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?search=debts", ["Debt advice"]),
        ("?taxonomy_term_id=term-Money", ["Debt advice"]),
        ("?taxonomy_id=tax", ["Debt advice"]),
        ("?minimum_age=10", ["Debt advice"]),
        ("?maximum_age=5", ["Sleep clinic"]),
        ("?day=MO", ["Sleep clinic"]),
        ("?day=MO&start_time=08:00&end_time=17:00", ["Sleep clinic"]),
        ("?start_time=10:00", []),
        ("?search=archery", []),
    ],
)
def test_the_standards_own_questions(filled: made.House, query: str, names: list[str]) -> None:
    page = asked(filled, query)
    assert [one["name"] for one in page["contents"]] == names
    assert page["empty"] == (not names)


def test_one_service_is_whole_and_says_when_it_is_gone(filled: made.House) -> None:
    ref = kept.rows(filled, Service)[0].public_id
    one = asked(filled, f"/{ref}")
    assert one["id"] == ref
    assert one["attributes"][0]["taxonomy_term"]["name"] == "Money"
    assert one["service_at_locations"][0]["location"]["addresses"][0]["postal_code"] == "ZZ1 1AA"
    assert "pathway_gone_since" not in one
    imports(filled, body(2), body(3), body(4))
    assert asked(filled, f"/{ref}")["pathway_gone_since"].startswith("2026-11-16T10:00")
    assert made_api.caller(filled, "pat").get("services/NOSUCHREF0").status_code == 404


@pytest.mark.parametrize("query", ["?page=0", "?per_page=500", "?day=Monday", "?minimum_age=x", "?start_time=25:00"])
def test_a_question_that_is_none_says_which_part(filled: made.House, query: str) -> None:
    answer = made_api.caller(filled, "pat").get(f"services{query}")
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["field"] in query
