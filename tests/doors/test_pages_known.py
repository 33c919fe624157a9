"""Does the contact page show whom we know, to whom it may, and do links need two people on the pages too?"""

import re
from typing import Any

import kept
import made
import pytest
from browsing import FACTS, Page, browser, words_of
from listening import statements
from starlette.testclient import TestClient

from pathway.acts import accept, assign, receive, restrict
from pathway.tables import Person, PersonLink, Viewing

NEW, KNOWN = "/contacts/new", "/contacts/known"
AVA = {"children-0-given_name": "Ava", "children-0-family_name": "Example"}
BORN = {"children-0-born_on-day": "4", "children-0-born_on-month": "12", "children-0-born_on-year": "2019"}


def taken(house: made.House, **child: Any) -> str:
    told = {"given_name": "Ava", "family_name": "Example", "born_on": "2019-04-12"} | child
    return receive(house.desk, house.viewer("ada"), take=made.take(children=(told,))).case


def hide(house: made.House, case: str) -> None:
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("sol").ref)
    accept(house.desk, house.viewer("sol"), case=case)
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="A colleague's child")


def blank(client: TestClient) -> dict[str, Any]:
    return Page(client.get(f"{NEW}?shape=whole").text).form(NEW)


def looked(client: TestClient, form: dict[str, Any]) -> str:
    """The page after the button that looks was pressed, without scripts."""
    return client.get(client.post(NEW, data=form | {"_press": "look"}).headers["location"]).text


def test_typing_shows_whom_we_know_why_and_who_is_around_them(sqlite_house: made.House) -> None:
    case = taken(sqlite_house)
    client = browser(sqlite_house, "ada")
    answer = client.post(KNOWN, data=blank(client) | AVA | BORN)
    page = words_of(answer.text)
    assert "1 child you may see is like this one." in page
    assert "Same date of birth, day and month the other way round" in page
    assert f"Open now: record {case}" in page
    assert "Front Door (team)" in page
    assert "Second contact in 12 weeks; the last is still open." in page
    assert kept.rows(sqlite_house, Person)[0].public_id in answer.text
    assert [one.page for one in kept.rows(sqlite_house, Viewing)] == ["known"]


MUM = {"given_name": "Rosa", "family_name": "Sample", "other_names": "Rosa Maiden", "relation": "mother"}


def test_a_mother_we_know_by_her_maiden_name_is_found_and_linked_by_two(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = receive(house.desk, house.viewer("ada"), take=made.take(adults=(MUM,))).case
    client = browser(house, "ada")
    typed = {"adults-0-given_name": "Rosa", "adults-0-family_name": "Maiden", "_adults": "1"}
    page = words_of(client.post(KNOWN, data=blank(client) | AVA | typed).text)
    assert "1 adult you may see is like this one." in page
    assert "Had the name Maiden before" in page
    assert "The same child is around them: Ava Example" in page
    assert f"Open now: record {case}" in page
    mum = next(one for one in kept.rows(house, Person) if one.given_name == "Rosa")
    again = blank(client) | FACTS | typed | {"adults-0-same_as": mum.public_id}
    assert client.post(NEW, data=again).status_code == 303
    assert [one.same_as_id for one in kept.rows(house, PersonLink)] == [mum.id]


def test_without_scripts_the_button_shows_the_same_and_keeps_what_was_typed(sqlite_house: made.House) -> None:
    taken(sqlite_house)
    client = browser(sqlite_house, "ada")
    page = looked(client, blank(client) | FACTS | AVA | BORN)
    assert "1 child you may see is like this one." in words_of(page)
    again = Page(page).form(NEW)
    assert {name: again[name] for name in (FACTS | AVA | BORN)} == FACTS | AVA | BORN


def test_choosing_the_same_child_saves_a_link_for_a_second_person(sqlite_house: made.House) -> None:
    taken(sqlite_house)
    client = browser(sqlite_house, "ada")
    first = kept.rows(sqlite_house, Person)[0]
    form = blank(client) | FACTS | AVA | {"children-0-same_as": first.public_id}
    answer = client.post(NEW, data=form)
    page = words_of(client.get(answer.headers["location"]).text)
    assert "Second contact in 12 weeks" in page
    assert "Believed to be the same child as Ava Example" in page
    assert "Offer it to Front Door" in page
    assert len(kept.rows(sqlite_house, PersonLink)) == 1


@pytest.mark.parametrize("chosen", ["no", "unsure"])
def test_not_the_same_child_saves_no_link_and_is_remembered_on_the_form(sqlite_house: made.House, chosen: str) -> None:
    taken(sqlite_house)
    client = browser(sqlite_house, "ada")
    form = blank(client) | FACTS | AVA | {"children-0-same_as": chosen}
    assert Page(looked(client, form)).form(NEW)["children-0-same_as"] == chosen
    assert client.post(NEW, data=form).status_code == 303
    assert kept.rows(sqlite_house, PersonLink) == []


def test_a_reference_nobody_can_see_is_said_at_its_child(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    answer = client.post(NEW, data=blank(client) | FACTS | {"children-0-same_as": "NOSUCHONE1"})
    assert answer.status_code == 422
    assert 'href="#children-0-same_as"' in answer.text
    assert 'id="children-0-same_as"' in answer.text
    assert "No child you can see has that reference. Leave it out." in answer.text


def panels(client: TestClient, typed: dict[str, str], form: dict[str, Any]) -> str:
    return re.sub(r"nonce-[\w-]+", "", client.post(KNOWN, data=form | typed).text)


def test_a_restricted_child_is_answered_byte_for_byte_as_nobody(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    form = blank(client)
    nobody = panels(client, AVA | BORN, form)
    hide(sqlite_house, taken(sqlite_house))
    assert panels(client, AVA | BORN, form) == nobody
    assert "No child you may see is like this one." in nobody


@pytest.mark.parametrize("by", ["pat", "zoe", "gil", "lee"])
def test_a_referrer_outside_the_council_is_never_told_that_a_child_is_known(sqlite_house: made.House, by: str) -> None:
    """The referrer may be the abuser, or stand beside one."""
    client = browser(sqlite_house, by)
    form = blank(client) | FACTS | AVA | BORN
    before = looked(client, form)
    taken(sqlite_house)
    receive(sqlite_house.desk, sqlite_house.viewer(by), take=made.take(children=({"given_name": "Ava"},)))
    after = looked(client, form)
    assert len(after) == len(before)
    assert "data-known" not in after
    assert "known-children-0" not in after
    assert client.post(KNOWN, data=form).status_code == 403


@pytest.mark.parametrize("by", ["sid", "dot"])
def test_whoever_takes_no_contacts_gets_an_empty_answer(sqlite_house: made.House, by: str) -> None:
    taken(sqlite_house)
    client = browser(sqlite_house, by)
    answer = client.post(KNOWN, data=blank(client) | AVA | BORN)
    assert (answer.status_code, answer.text.strip()) == (200, "")


def test_half_a_date_and_nonsense_are_no_fault_while_typing(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    typed = {"children-0-born_on-day": "31", "children-0-born_on-month": "2", "children-0-born_on-year": "x²"}
    answer = client.post(KNOWN, data=blank(client) | AVA | typed | {"children-0-age_years": "seven"})
    assert answer.status_code == 200


def two(house: made.House) -> tuple[str, str]:
    return taken(house), taken(house)


def test_from_a_record_one_proposes_and_on_the_page_of_links_another_agrees(sqlite_house: made.House) -> None:
    _, second = two(sqlite_house)
    ada, ben = browser(sqlite_house, "ada"), browser(sqlite_house, "ben")
    page = ada.get(f"/cases/{second}")
    assert "1 child we know may be Ava Example" in words_of(page.text)
    answer = ada.post("/links", data=Page(page.text).form("/links"))
    assert answer.headers["location"] == f"/cases/{second}?done=link_proposed#children"
    (link,) = kept.rows(sqlite_house, PersonLink)
    mine = ada.get("/links").text
    assert "You proposed this, so someone else must agree it." in words_of(mine)
    assert f"/links/{link.public_id}/agree" not in mine
    assert "/links" in ben.get("/tasks").text
    theirs = ben.get("/links").text
    assert "Same date of birth" in theirs
    form = Page(theirs).form(f"/links/{link.public_id}/agree")
    missing = ben.post(f"/links/{link.public_id}/agree", data=form)
    assert missing.status_code == 422
    assert f'href="#reason-{link.public_id}"' in missing.text
    assert ben.post(f"/links/{link.public_id}/agree", data=form | {"reason": "Same mother"}).status_code == 303
    assert "No link waits." in words_of(ben.get("/links").text)
    assert "The same child as Ava Example" in words_of(ben.get(f"/cases/{second}").text)


def test_a_link_is_undone_from_the_record_with_a_reason(sqlite_house: made.House) -> None:
    _, second = two(sqlite_house)
    ada = browser(sqlite_house, "ada")
    ada.post("/links", data=Page(ada.get(f"/cases/{second}").text).form("/links"))
    (link,) = kept.rows(sqlite_house, PersonLink)
    form = Page(ada.get(f"/cases/{second}").text).form(f"/links/{link.public_id}/undo")
    answer = ada.post(f"/links/{link.public_id}/undo", data=form | {"reason": "Twins"})
    assert answer.headers["location"] == f"/cases/{second}?done=link_undone#children"
    assert kept.rows(sqlite_house, PersonLink)[0].undone_by_id == sqlite_house.ids["ada"]


def test_a_link_to_a_record_out_of_sight_is_on_nobodys_page(sqlite_house: made.House) -> None:
    first, second = two(sqlite_house)
    ada = browser(sqlite_house, "ada")
    ada.post("/links", data=Page(ada.get(f"/cases/{second}").text).form("/links"))
    hide(sqlite_house, first)
    assert "No link waits." in words_of(browser(sqlite_house, "ben").get("/links").text)
    page = words_of(ada.get(f"/cases/{second}").text)
    assert first not in page
    assert "Second contact" not in page


def test_offering_it_to_the_worker_fills_in_the_open_record(sqlite_house: made.House) -> None:
    first = taken(sqlite_house)
    assign(sqlite_house.desk, sqlite_house.viewer("ada"), case=first, to=sqlite_house.viewer("sol").ref)
    accept(sqlite_house.desk, sqlite_house.viewer("sol"), case=first)
    second = taken(sqlite_house, same_as=kept.rows(sqlite_house, Person)[0].public_id)
    ada = browser(sqlite_house, "ada")
    address = f"/cases/{second}/moves/offer_to_worker"
    page = ada.get(f"/cases/{second}").text
    assert f"{address}?open_case={first}" in page
    assert "Offer it to Sol Worker" in page
    form = Page(ada.get(f"{address}?open_case={first}").text).form(address)
    assert form["open_case"] == first
    assert ada.post(address, data=form | {"reason": "The same child"}).status_code == 303


def test_the_page_of_links_asks_no_more_as_links_are_added(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ben")
    counts = []
    for _ in range(2):
        two(sqlite_house)
        rows = kept.rows(sqlite_house, Person)
        taken(sqlite_house, same_as=rows[-1].public_id)
        counts.append(statements(sqlite_house, client, "/links"))
    assert counts[0] == counts[1]


def test_undoing_without_a_reason_undoes_nothing_and_says_so(sqlite_house: made.House) -> None:
    _, second = two(sqlite_house)
    ada = browser(sqlite_house, "ada")
    ada.post("/links", data=Page(ada.get(f"/cases/{second}").text).form("/links"))
    (link,) = kept.rows(sqlite_house, PersonLink)
    form = Page(ada.get(f"/cases/{second}").text).form(f"/links/{link.public_id}/undo")
    answer = ada.post(f"/links/{link.public_id}/undo", data=form)
    assert answer.status_code == 422
    assert "Say why, in a sentence." in words_of(answer.text)
    assert kept.rows(sqlite_house, PersonLink)[0].undone_at is None
