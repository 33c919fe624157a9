"""Is more told on the same form, by whoever may, with nothing typed lost? And does a team see what it half took?"""

import kept
import made
from browsing import FACTS, Page, browser, words_of
from made_api import caller, told
from starlette.testclient import TestClient
from taking import NEW, press, shown

from pathway.acts import move, note, receive

HURT = "injury-not-independently-mobile"


def taken(house: made.House, name: str = "ada") -> str:
    return receive(house.desk, house.viewer(name), take=made.take()).case


def opened(client: TestClient, case: str) -> dict[str, object]:
    return shown(client, f"/cases/{case}/contact")


def test_the_form_is_filled_with_what_was_told_and_adds_to_it(sqlite_house: made.House) -> None:
    case = taken(sqlite_house)
    client = browser(sqlite_house, "ada")
    assert "Add to what was told" in client.get(f"/cases/{case}").text
    form = opened(client, case)
    assert (form["worry"], form["children-0-given_name"]) == ("Often hungry and tired.", "Ava")
    more = {"children-0-observed": HURT, f"children-0-seen-{HURT}": "A burn", "_press": "save"}
    saved = client.post(f"/cases/{case}/contact", data=form | more)
    page = words_of(client.get(saved.headers["location"]).text)
    for said in ("Was told more", "Seen: A burn", "Immediate", "The children"):
        assert said in page


def test_a_decision_stands_and_the_page_says_that_the_advice_now_differs(sqlite_house: made.House) -> None:
    case, ada = taken(sqlite_house), sqlite_house.viewer("ada")
    move(sqlite_house.desk, ada, case=case, name="start_screening", facts=made.NOTHING)
    facts = made.decide(kept.children(sqlite_house, case))
    move(sqlite_house.desk, ada, case=case, name="decide", facts=facts)
    sqlite_house.clock.forward(minutes=5)
    client = browser(sqlite_house, "ada")
    more = {"children-0-observed": "substantial-lifelong-disability"}
    page = words_of(client.get(press(client, f"/cases/{case}/contact", "save", **more)).text)
    assert "Early help assessment" in page
    assert "what is advised now differs from it" in page
    assert "The decision stands until somebody looks." in page


def test_a_child_is_added_to_the_record_from_the_form(sqlite_house: made.House) -> None:
    case, client = taken(sqlite_house), browser(sqlite_house, "ada")
    at = press(client, f"/cases/{case}/contact", "add")
    saved = press(client, at, "save", **{"children-1-given_name": "Bo"})
    assert "Bo" in words_of(client.get(saved).text)


def test_somebody_else_acting_meanwhile_loses_no_word(sqlite_house: made.House) -> None:
    case, client = taken(sqlite_house), browser(sqlite_house, "ada")
    form = opened(client, case)
    note(sqlite_house.desk, sqlite_house.viewer("ben"), case=case, text="Rang the school.")
    answer = client.post(f"/cases/{case}/contact", data=form | {"strengths": "Grandad", "_press": "save"})
    assert answer.status_code == 409
    assert "Ben Adviser: Added a note" in words_of(answer.text)
    again = Page(answer.text).form(f"/cases/{case}/contact")
    assert again["strengths"] == "Grandad"
    assert client.post(f"/cases/{case}/contact", data=again | {"_press": "save"}).status_code == 303


def test_what_was_half_added_is_kept_for_its_writer_alone(sqlite_house: made.House) -> None:
    case, client = taken(sqlite_house), browser(sqlite_house, "ada")
    form = opened(client, case)
    draft = client.post("/contacts/draft", data=form | {"strengths": "Half"}).json()["draft"]
    on = client.get(f"/drafts/{draft}").headers["location"]
    assert shown(client, on)["strengths"] == "Half"
    assert browser(sqlite_house, "ben").get(f"/drafts/{draft}").status_code == 404


def test_a_referrer_and_a_stranger_find_no_such_page_and_an_auditor_is_refused(sqlite_house: made.House) -> None:
    case = taken(sqlite_house, "pat")
    for name, status in (("pat", 404), ("gil", 404), ("aud", 409)):
        assert browser(sqlite_house, name).get(f"/cases/{case}/contact").status_code == status


def test_the_api_takes_more_at_the_version_that_was_read(sqlite_house: made.House) -> None:
    api, case = caller(sqlite_house, "ada"), taken(sqlite_house)
    child = first_child(api, case)
    body = told() | {"worry": "More than that.", "children": [{"ref": child, "given_name": "Ava"}]}
    answer = api.post(f"cases/{case}/told", json=body, headers={"If-Match": '"1"', "Idempotency-Key": "key-of-one"})
    assert answer.status_code == 200, answer.text
    record = api.get(f"cases/{case}").json()["record"]
    assert record["take"]["worry"] == "More than that."
    assert [one["ref"] for one in record["children"]] == [child]
    stale = api.post(f"cases/{case}/told", json=body, headers={"If-Match": '"1"'})
    assert stale.status_code == 409


def first_child(api: TestClient, case: str) -> str:
    return str(api.get(f"cases/{case}").json()["record"]["children"][0]["ref"])


def test_the_team_sees_who_began_a_contact_and_goes_on_with_it(sqlite_house: made.House) -> None:
    ada, ben = browser(sqlite_house, "ada"), browser(sqlite_house, "ben")
    press(ada, f"{NEW}/danger", safe_tonight="no")
    drafts = ben.get("/drafts").text
    assert "Begun by others in your team" in words_of(drafts)
    assert "by Ada Adviser" in words_of(drafts)
    at = ben.get("/drafts/" + drafts.split('href="/drafts/')[1].split('"')[0]).headers["location"]
    assert at.startswith(f"{NEW}/danger?draft=")
    assert press(ben, press(ben, at), "save", told_by="x", worry="x", ring_back="x").startswith("/cases/")
    assert "No drafts." in ada.get("/drafts").text


def test_two_people_taking_the_same_contact_are_told_of_each_other_and_lose_nothing(sqlite_house: made.House) -> None:
    ada, ben = browser(sqlite_house, "ada"), browser(sqlite_house, "ben")
    at = press(ada, f"{NEW}/danger", safe_tonight="no")
    hers, his = shown(ada, at), shown(ben, at)
    ben.post(f"{NEW}/worry", data=his | {"worry": "Ben's words", "_press": "on"})
    apart = ada.post(f"{NEW}/worry", data=hers | {"worry": "Ada's words", "_press": "save"}).headers["location"]
    page = words_of(ada.get(apart).text)
    assert "Ben Adviser changed this contact too" in page
    assert "nothing is lost" in page
    assert shown(ada, apart)["worry"] == "Ada's words"
    assert shown(ben, at)["worry"] == "Ben's words"


def test_who_is_too_late_is_led_to_the_record_that_the_other_saved(sqlite_house: made.House) -> None:
    ada, ben = browser(sqlite_house, "ada"), browser(sqlite_house, "ben")
    at = press(ada, f"{NEW}?shape=whole", "add", **FACTS)
    hers = shown(ada, at)
    record = press(ben, at, "save").partition("?")[0]
    apart = ada.post(NEW, data=hers | {"strengths": "Grandad", "_press": "save"}).headers["location"]
    page = ada.get(apart).text
    assert f'href="{record}/contact"' in page
    assert "1 open record," in words_of(ada.get("/board").text)
