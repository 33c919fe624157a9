"""Can a child be found, looked at, and their family put right on pages? Finding, forms, looks, and the API's answer."""

import json

import families
import kept
import made
import made_api
import pytest
from browsing import Page, browser, form_of, words_of
from listening import statements
from starlette.testclient import TestClient

from pathway.acts import receive
from pathway.tables import Entry, Tie, Viewing
from workflows.referral_facts import Relation


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    return families.fled(sqlite_house).case


def found(client: TestClient, asked: str) -> str:
    return words_of(client.get("/people", params={"q": asked}).text)


@pytest.mark.parametrize("asked", ["ava", "EXAM", "Example, Ava", "av ex", "4 3 2023", "2023-03-04", "4/3/2023"])
def test_a_child_is_found_by_the_beginning_of_a_name_or_the_day_of_birth(
    sqlite_house: made.House, case: str, asked: str
) -> None:
    wanted = "Theo Example" if asked[0].isdigit() else "Ava Example"
    assert wanted in found(browser(sqlite_house, "ada"), asked)


def test_a_record_or_a_person_is_found_by_reference_and_other_names_count(sqlite_house: made.House) -> None:
    child = made.child(given_name="Ivy", family_name="Sample", other_names="Ivy Invented\nPoppy", age_years=3)
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(children=(child,))).case
    client = browser(sqlite_house, "ada")
    for asked in (case, case.lower(), families.refs(sqlite_house)["Ivy"], "Poppy", "invented"):
        assert "1 found" in found(client, asked), asked


@pytest.mark.parametrize("asked", ["Kathryn O’Brian", "zoe", "obrien-smith", "Catherine"])
def test_a_child_is_found_by_the_sound_of_a_name_however_it_is_spelled(sqlite_house: made.House, asked: str) -> None:
    child = made.child(given_name="Catherine", family_name="O'Brien-Smith", other_names="Zoë", age_years=3)
    receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(children=(child,)))
    assert "Catherine O'Brien-Smith" in found(browser(sqlite_house, "ada"), asked)


def test_names_that_begin_as_typed_come_before_those_that_sound_so(sqlite_house: made.House) -> None:
    for name in ("Smyth", "Smith"):
        child = made.child(given_name="Invented", family_name=name, age_years=3)
        receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(children=(child,)))
    said = found(browser(sqlite_house, "ada"), "Smyth")
    assert said.index("Invented Smyth") < said.index("Invented Smith")


@pytest.mark.parametrize("asked", ["Mia", "%", "_", "31 2 2020", "x" * 500, "'; --"])
def test_what_is_nobodys_name_finds_nobody_and_says_that_there_may_be_more(
    sqlite_house: made.House, case: str, asked: str
) -> None:
    assert "There may be records here that aren’t yours to see" in found(browser(sqlite_house, "ada"), asked)


def test_a_search_finds_nobody_whom_one_may_not_see_and_the_look_is_recorded(
    sqlite_house: made.House, case: str
) -> None:
    assert "0 found" in found(browser(sqlite_house, "lee"), "Example")
    assert "Ava Example" in found(browser(sqlite_house, "ada"), "Example")
    look = kept.rows(sqlite_house, Viewing)[-1]
    assert (look.page, json.loads(look.cases)) == ("find a child", [case])
    assert browser(sqlite_house, "gil").get("/people?q=Ava").status_code == 403


def test_a_search_asks_no_more_as_more_are_found(sqlite_house: made.House, case: str) -> None:
    client = browser(sqlite_house, "ada")
    few = statements(sqlite_house, client, "/people?q=Example")
    families.fled(sqlite_house)
    assert statements(sqlite_house, client, "/people?q=Example") == few <= 16


@pytest.mark.parametrize("path", ["", "/chronology", "/ties", "/address"])
def test_somebody_who_is_not_yours_to_know_looks_like_nobody(sqlite_house: made.House, case: str, path: str) -> None:
    client = browser(sqlite_house, "gil")
    ava = families.refs(sqlite_house)["Ava"]
    hidden, missing = (client.get(f"/people/{one}{path}") for one in (ava, "NOSUCHREF0"))
    assert hidden.status_code == missing.status_code == 404
    assert words_of(hidden.text) == words_of(missing.text)


def test_a_childs_page_shows_family_records_and_picture_and_the_look_names_every_record(
    sqlite_house: made.House, case: str
) -> None:
    text = browser(sqlite_house, "ada").get(f"/people/{families.refs(sqlite_house)['Ava']}").text
    words = words_of(text)
    assert "Known to live together: Ava Example, Theo Example, Rosa Example." in words
    assert 'role="img"' in text
    assert "style=" not in text.split("<main", 1)[1]
    look = kept.rows(sqlite_house, Viewing)[-1]
    assert (look.page, json.loads(look.cases)) == ("person", [case])


def test_the_record_leads_to_each_child_and_says_who_the_family_is(sqlite_house: made.House, case: str) -> None:
    text = browser(sqlite_house, "ada").get(f"/cases/{case}").text
    assert f'href="/people/{families.refs(sqlite_house)["Ava"]}"' in text
    assert "Rosa Example , mother of Ava Example (lives with them)" in words_of(text)


def test_a_brother_is_added_from_the_childs_page_and_nothing_typed_is_lost(sqlite_house: made.House, case: str) -> None:
    client, ava = browser(sqlite_house, "ada"), families.refs(sqlite_house)["Ava"]
    path = f"/people/{ava}/ties"
    typed = form_of(client, path) | {"who": "new", "new-kind": "child", "new-given_name": "Noah", "of": ava}
    again = client.post(path, data=typed | {"since-day": "31", "since-month": "2", "since-year": "2020"})
    assert again.status_code == 422
    assert Page(again.text).form(path)["new-given_name"] == "Noah"
    wrong = client.post(path, data=typed | {"relation": "half_sibling", "new-age_years": "old"})
    assert "whole numbers" in words_of(wrong.text)
    right = client.post(path, data=typed | {"relation": "half_sibling", "new-age_years": "12"})
    assert right.headers["location"] == f"/people/{ava}?done=tied#family"
    page = words_of(client.get(f"/people/{ava}").text)
    assert "Noah , 12, as told: Half-sibling" in page


def test_a_tie_is_put_right_and_ended_on_its_page_with_what_was_told_filled_in(
    sqlite_house: made.House, case: str
) -> None:
    client, found_in = browser(sqlite_house, "ada"), families.refs(sqlite_house)
    tie = next(one for one in kept.rows(sqlite_house, Tie) if one.relation is Relation.father)
    path = f"/people/{found_in['Dan']}/ties/{tie.public_id}"
    told = form_of(client, path)
    assert (told["relation"], told["lives_with"]) == ("father", "no")
    assert "Say how you know" in words_of(client.post(path, data=told | {"relation": "step_parent"}).text)
    assert client.post(path, data=told | {"relation": "step_parent", "reason": "He said so"}).status_code == 303
    ended = {"act": "end", "ended-day": "5", "ended-month": "1", "ended-year": "2026", "what": "They parted"}
    assert client.post(path, data=form_of(client, path) | ended | {"_key": "other"}).status_code == 303
    row = next(one for one in kept.rows(sqlite_house, Tie) if one.public_id == tie.public_id)
    assert (row.relation, str(row.until)) == (Relation.step_parent, "2026-01-05")


def test_an_address_is_sealed_and_unsealed_by_two_on_its_page(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = families.fled(house, by="ada", address_sealed=False).case
    path = f"/people/{families.refs(house)['Ava']}/address"
    ada, may = browser(house, "ada"), browser(house, "may")
    assert "Say why" in words_of(ada.post(path, data=form_of(ada, path) | {"act": "seal"}).text)
    for client, act in ((ada, "seal"), (ada, "unseal"), (may, "agree")):
        answer = client.post(path, data=form_of(client, path) | {"act": act, "reason": "Because it must be so"})
        assert answer.status_code == 303, act
        if act == "unseal":
            asked = [may.get("/tasks"), may.get(f"/cases/{case}")]
            assert ["An address to unseal." in words_of(page.text) for page in asked] == [True, True]
    kinds = [one.kind for one in kept.rows(house, Entry, case=case)]
    assert kinds[-3:] == ["address_sealed", "unsealing_asked", "address_unsealed"]
    assert families.REFUGE in ada.get(f"/cases/{case}").text


def test_who_only_reads_is_offered_no_form(sqlite_house: made.House, case: str) -> None:
    ava, client = families.refs(sqlite_house)["Ava"], browser(sqlite_house, "aud")
    assert f"/people/{ava}/ties" not in client.get(f"/people/{ava}").text
    assert "<textarea" not in client.get(f"/people/{ava}/address").text


def test_the_chronology_keeps_its_filters_in_the_address_and_prints_with_who_when_and_what_for(
    sqlite_house: made.House, case: str
) -> None:
    client, ava = browser(sqlite_house, "ada"), families.refs(sqlite_house)["Ava"]
    path = f"/people/{ava}/chronology"
    page = client.get(f"{path}?kind=contact&kind=nothing&words=hungry&since=1+1+2026").text
    assert "1 entry" in words_of(page)
    assert "hungry" in page
    assert "Write a date such as" in words_of(client.get(f"{path}?since=yesterday").text)
    paper = words_of(client.get(f"{path}?purpose=court").text)
    assert "Printed for: Court · Printed by Ada Adviser, Mon 16 Nov 2026, 10:00" in paper
    assert kept.rows(sqlite_house, Viewing)[-1].page == "chronology printed: court"
    assert "Printed for" not in words_of(client.get(f"{path}?purpose=anything").text)


def test_the_chronology_asks_no_more_as_it_grows(sqlite_house: made.House, case: str) -> None:
    client, path = browser(sqlite_house, "ada"), f"/people/{families.refs(sqlite_house)['Ava']}/chronology"
    few = statements(sqlite_house, client, path)
    families.decided(sqlite_house, case)
    assert statements(sqlite_house, client, path) == few <= 24


def test_the_api_answers_with_the_same_person_and_records_the_look(house: made.House) -> None:
    case = families.fled(house).case
    ada, ava = made_api.caller(house, "ada"), families.refs(house)["Ava"]
    answer = ada.get(f"people/{ava}").json()["person"]
    assert (answer["person"]["name"], answer["person"]["address"]) == ("Ava Example", "")
    assert {one["relation"] for one in answer["relations"]} == {"mother", "father"}
    look = kept.rows(house, Viewing)[-1]
    assert (look.page, json.loads(look.cases)) == ("api person", [case])
