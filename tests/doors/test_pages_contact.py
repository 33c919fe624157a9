"""Is a contact taken once, whole, and without losing a word?"""

import made
import pytest
from browsing import FACTS, Page, browser, words_of
from starlette.testclient import TestClient

NEW = "/contacts/new"


def blank(client: TestClient) -> dict[str, object]:
    return Page(client.get(f"{NEW}?shape=whole").text).form(NEW)


def test_four_facts_save_it(house: made.House) -> None:
    client = browser(house, "ada")
    answer = client.post(NEW, data=blank(client) | FACTS)
    assert answer.status_code == 303
    page = words_of(client.get(answer.headers["location"]).text)
    assert "Front Door (team)" in page
    assert "It advises; a person decides." in page


def test_a_double_press_makes_one_case(house: made.House) -> None:
    client = browser(house, "ada")
    form = blank(client) | FACTS
    first, second = (client.post(NEW, data=form) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    assert "1 open record," in words_of(client.get("/board").text)


def test_the_same_form_changed_after_it_was_saved_says_so_and_keeps_the_words(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    form = blank(client) | FACTS
    client.post(NEW, data=form)
    answer = client.post(NEW, data=form | {"worry": "Something else"})
    assert answer.status_code == 409
    again = Page(answer.text).form(NEW)
    assert again["worry"] == "Something else"
    assert again["_key"] != form["_key"]


def test_every_missing_fact_is_named_beside_its_field(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    answer = client.post(NEW, data=blank(client) | {"household": "Mum and two boys"})
    assert answer.status_code == 422
    for field in FACTS:
        assert f'href="#{field}"' in answer.text
        assert f'id="{field}"' in answer.text
    assert Page(answer.text).form(NEW)["household"] == "Mum and two boys"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (
            {"children-0-born_on-day": "31", "children-0-born_on-month": "2", "children-0-born_on-year": "2020"},
            "born_on",
        ),
        ({"children-0-age_years": "seven"}, "age_years"),
        ({"children-0-given_name": "x" * 300}, "given_name"),
    ],
)
def test_a_fault_about_a_child_stands_at_that_child(
    sqlite_house: made.House, typed: dict[str, str], fault: str
) -> None:
    client = browser(sqlite_house, "ada")
    answer = client.post(NEW, data=blank(client) | FACTS | typed)
    assert answer.status_code == 422
    assert f'href="#children-0-{fault}"' in answer.text
    assert f'id="children-0-{fault}"' in answer.text
    back = Page(answer.text).form(NEW)
    assert {name: back[name] for name in typed} == typed


def test_two_megabytes_are_kept_and_answered_with_a_clear_sentence(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    long = "word " * 400_000
    answer = client.post(NEW, data=blank(client) | FACTS | {"worry": long})
    assert answer.status_code == 422
    assert "longer than 50,000 letters" in words_of(answer.text[:20_000])
    assert Page(answer.text).form(NEW)["worry"] == long


def test_another_child_is_added_without_scripts_and_nothing_is_lost(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    form = blank(client) | {"worry": "Hungry", "children-0-given_name": "Ava", "_press": "add"}
    more = Page(client.get(client.post(NEW, data=form).headers["location"]).text).form(NEW)
    assert more["worry"] == "Hungry"
    assert more["children-1-given_name"] == ""
    more |= {"children-1-given_name": "Bo", "_press": "remove-0"}
    fewer = Page(client.get(client.post(NEW, data=more).headers["location"]).text).form(NEW)
    assert fewer["children-0-given_name"] == "Bo"
    assert "children-1-given_name" not in fewer


def test_a_ticked_example_is_judged_and_quoted_with_its_year(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    ticked = {"children-0-observed": "injury-not-independently-mobile"}
    ticked |= {"children-0-seen-injury-not-independently-mobile": "A burn on the wrist"}
    answer = client.post(NEW, data=blank(client) | FACTS | ticked)
    page = words_of(client.get(answer.headers["location"]).text)
    assert "“A bruise, burn, mark or other injury" in page
    assert "Seen: A burn on the wrist" in page
    assert "Immediate" in page


def test_a_draft_is_kept_on_every_post_and_taken_up_again(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    form = blank(client) | {"worry": "Half a sentence", "_press": "later"}
    assert client.post(NEW, data=form).headers["location"] == "/drafts?kept=1"
    page = client.get("/drafts").text
    assert "Half a sentence" in page
    link = page.split('href="/drafts/')[1].split('"')[0]
    resumed = client.get(client.get(f"/drafts/{link}").headers["location"]).text
    assert Page(resumed).form(NEW)["worry"] == "Half a sentence"
    client.post(NEW, data=Page(resumed).form(NEW) | FACTS)
    assert "No drafts." in client.get("/drafts").text


def test_a_partners_draft_is_its_writers_alone(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "pat")
    draft = client.post("/contacts/draft", data=blank(client) | {"worry": "Mine"}).json()["draft"]
    other = browser(sqlite_house, "zoe")
    assert other.get(f"/contacts/new?draft={draft}").status_code == 404
    assert other.get(f"/drafts/{draft}").status_code == 404


def test_a_session_that_ends_half_way_loses_nothing(house: made.House) -> None:
    client = browser(house, "ada")
    form = blank(client) | FACTS | {"worry": 'Half "typed" <b>\nand more'}
    house.clock.forward(hours=2)
    ended = client.post(NEW, data=form)
    assert ended.status_code == 401
    assert "Nothing you typed is lost" in words_of(ended.text)
    back = Page(ended.text).form("/sign-in") | {"_email": made.email("ada"), "_password": made.PASSWORD}
    on = client.post("/sign-in", data=back).headers["location"]
    again = Page(client.get(client.get(on).headers["location"]).text).form(NEW)
    assert again["worry"] == form["worry"]
    assert client.post(NEW, data=again).status_code == 303


def test_what_one_person_typed_is_not_given_to_the_next_to_sign_in(sqlite_house: made.House) -> None:
    theirs = browser(sqlite_house, "ben")
    form = blank(theirs) | {"worry": "Ben's words"}
    sqlite_house.clock.forward(hours=2)
    back = Page(theirs.post(NEW, data=form).text).form("/sign-in")
    back |= {"_email": made.email("ada"), "_password": made.PASSWORD}
    assert theirs.post("/sign-in", data=back).headers["location"] == "/"
    assert "Ben's words" not in theirs.get("/drafts").text
    assert "No drafts." in theirs.get("/drafts").text


def test_a_partner_gets_a_receipt_and_then_only_their_own_view(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "pat")
    taken = client.post(NEW, data=blank(client) | FACTS | {"children-0-given_name": "Ava"}).headers["location"]
    reference = taken.split("/")[2]
    assert reference in client.get(taken).text
    assert reference in client.get("/referrals").text
    assert "Ava" in client.get("/referrals").text
    page = words_of(client.get(f"/cases/{reference}").text)
    assert "We have it and are looking at it" in page
    for inside in ("Front Door", "Advised", "Because", "screening", "Taken"):
        assert inside not in page
