"""Do the pages of managers, auditors and the end of a shift show what they should, to whom they should, and no more?"""

from datetime import timedelta

import kept
import made
import pytest
import told
from browsing import Page, browser, words_of
from listening import statements
from starlette.testclient import TestClient

from pathway.acts import assign, break_glass, move, propose_link, receive, restrict, review_glass, staff
from pathway.acts.tasks import FINISHED_BY
from pathway.tables import Person, PersonLink, Task
from pathway.tables.timing import TaskKind
from pathway.web.door.task_pages import ASKED, PAGES

REASON = "The child is here with me at duty"


def case_of(house: made.House, holder: str = "") -> str:
    case = receive(house.desk, house.viewer("ada"), take=made.take()).case
    if holder:
        assign(house.desk, house.viewer(holder), case=case, to=house.viewer(holder).ref)
    return case


def sent(client: TestClient, address: str, action: str, **typed: object) -> object:
    return client.post(action, data=Page(client.get(address).text).form(action) | typed)


def proposed(house: made.House, by: str) -> str:
    case = case_of(house)
    for name in ("start_screening", "propose_no_further_action"):
        facts = told.facts(name, kept.children(house, case))
        move(house.desk, house.viewer(by), case=case, name=name, facts=facts)
    return case


def broken(house: made.House, by: str = "dot") -> str:
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    break_glass(house.desk, house.viewer(by), case=case, reason=REASON)
    return case


def test_a_manager_gives_two_records_at_one_press(sqlite_house: made.House) -> None:
    house = sqlite_house
    cases, client = [case_of(house), case_of(house)], browser(house, "may")
    answer = sent(client, "/team", "/team/give", cases=cases, to=house.viewer("sol").ref)
    assert answer.headers["location"] == "/team?given=2"
    assert "2 records." in words_of(client.get("/team?given=2").text)


def test_what_was_typed_to_give_or_to_cover_stays_where_it_is_wrong(sqlite_house: made.House) -> None:
    house = sqlite_house
    case, client = case_of(house), browser(house, "may")
    wrong = sent(client, "/team", "/team/give", cases=[case], reason="She knows <them>")
    assert wrong.status_code == 422
    assert "Choose who should take them on." in words_of(wrong.text)
    assert Page(wrong.text).form("/team/give")["reason"] == "She knows <them>"
    assert Page(wrong.text).form("/team/give")["cases"] == case
    cover = sent(client, "/team", "/team/cover", colleague=house.viewer("sol").ref, by=house.viewer("ben").ref)
    assert "Say when cover ends" in words_of(cover.text)


def test_cover_for_a_colleague_says_what_is_left_to_decide(sqlite_house: made.House) -> None:
    house = sqlite_house
    case_of(house, "sol")
    secret = case_of(house, "sol")
    restrict(house.desk, house.viewer("may"), case=secret, names=(house.viewer("sol").ref,), reason="Hers")
    client, until = browser(house, "may"), {"until-day": "20", "until-month": "11", "until-year": "2026"}
    who = {"colleague": house.viewer("sol").ref, "by": house.viewer("ben").ref}
    answer = sent(client, "/team", "/team/cover", **who, **until)
    assert answer.headers["location"] == "/team?covered=1&left=1#restricted"
    page = client.get("/team?covered=1&left=1").text
    assert "1 restricted: decide on each" in words_of(page)
    assert f'href="/cases/{secret}/hand-over"' in page
    assert secret not in browser(house, "sid").get("/team").text


def test_what_waits_for_a_second_person_leaves_out_what_one_proposed(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = proposed(house, "sol")
    assert case not in browser(house, "sol").get("/four-eyes").text
    page = browser(house, "may").get("/four-eyes").text
    assert case in page
    assert "Sol Worker" in page
    assert "left" in words_of(page)


def test_a_link_waits_for_a_second_person_and_leads_to_both_side_by_side(sqlite_house: made.House) -> None:
    house = sqlite_house
    case_of(house)
    case_of(house)
    first, second = (one.public_id for one in kept.rows(house, Person) if one.given_name == "Ava")
    propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason="Same school")
    link = kept.rows(house, PersonLink)[-1].public_id
    own, others = browser(house, "ada").get("/four-eyes").text, browser(house, "ben").get("/four-eyes").text
    assert f"/links#link-{link}" not in own
    assert f"/links#link-{link}" in others


def test_whatever_no_button_finishes_leads_to_where_it_is_seen_to() -> None:
    assert set(PAGES) | set(ASKED) == set(FINISHED_BY)


def test_broken_glass_shows_why_and_what_was_looked_at_and_then_the_review(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = broken(house)
    browser(house, "dot").get(f"/cases/{case}")
    page = words_of(browser(house, "may").get("/glass").text)
    assert REASON in page
    assert "Looked at it 1 time" in page
    assert "Mon 16 Nov 2026, 10:00 : record" in page
    (task,) = (one for one in kept.rows(house, Task) if one.kind is TaskKind.review_break_glass)
    review_glass(house.desk, house.viewer("may"), task=task.public_id, right=True, reason="She was right to")
    page = words_of(browser(house, "may").get("/glass").text)
    assert page.index("Reviewed in the last") < page.index("It was right. She was right to — May Manager")


def test_broken_glass_on_what_one_may_not_see_names_no_record(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = case_of(house, "sol")
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="Hers")
    break_glass(house.desk, house.viewer("dot"), case=case, reason=REASON)
    for name in ("sid", "hal", "aud"):
        page = browser(house, name).get("/glass").text
        assert case not in page


def looked(house: made.House, name: str, query: str) -> str:
    return words_of(browser(house, name).get(f"/looks?{query}").text)


def test_looks_at_a_child_say_who_when_and_whether_they_answered_then(sqlite_house: made.House) -> None:
    house = sqlite_house
    case, other = case_of(house, "ben"), case_of(house)
    for name in ("ben", "dot", "aud"):
        browser(house, name).get(f"/cases/{case}")
    browser(house, "ben").get(f"/cases/{other}")
    page = looked(house, "hal", f"about={case}")
    assert f"Ben Adviser Record {case} Answered" in page
    assert f"Aud Auditor Record {case} Didn’t answer" in page
    child = kept.rows(house, Person)[0].public_id
    assert f"Ben Adviser Record {case} Answered" in looked(house, "hal", f"about={child.lower()}")
    assert f"Record {other}" not in page
    house.clock.forward(days=40)
    assert "Nobody looked in that time" in looked(house, "hal", f"about={case}")
    since = "&since-day=1&since-month=11&since-year=2026"
    assert "Ben Adviser" in looked(house, "hal", f"about={case}{since}")


def test_looks_of_a_practitioner_are_for_those_above_and_their_own_manager(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = case_of(house)
    for name in ("ada", "dot"):
        browser(house, name).get(f"/cases/{case}")
    ada, dot = (f"by={house.viewer(name).ref}" for name in ("ada", "dot"))
    assert case in looked(house, "may", ada)
    assert "no record, child or member of your staff" in looked(house, "may", dot)
    assert "no record, child or member of your staff" not in looked(house, "aud", dot)
    assert "no record, child" in looked(house, "aud", "about=NOBODY")


def test_a_look_at_a_restricted_record_is_told_without_the_record(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = case_of(house, "sol")
    restrict(house.desk, house.viewer("may"), case=case, names=(house.viewer("sol").ref,), reason="Hers")
    browser(house, "sol").get(f"/cases/{case}")
    page = looked(house, "hal", f"by={house.viewer('sol').ref}")
    assert "1 other record" in page
    assert case not in page
    assert "no record, child" in looked(house, "hal", f"about={case}")


@pytest.mark.parametrize("query", ["since-day=x&by=A", "since-day=1&since-month=1&since-year=1999&by=A", "page=x&by=A"])
def test_a_window_that_isnt_one_is_said(sqlite_house: made.House, query: str) -> None:
    assert browser(sqlite_house, "hal").get(f"/looks?{query}").status_code == 422


def test_a_shift_is_handed_over_on_the_page_and_found_by_the_next(sqlite_house: made.House) -> None:
    house = sqlite_house
    case, kept_back = case_of(house, "ada"), case_of(house, "ada")
    client = browser(house, "ada")
    typed = {"to-all": kept.team(house, "emergency"), f"to-{kept_back}": "stay", f"note-{case}": "At her sister’s"}
    assert sent(client, "/shift", "/shift", **typed, note="Ring at six").headers["location"] == "/shift?done=1"
    page = client.get("/shift?done=1").text
    assert kept_back in page
    assert case not in page
    house.clock.forward(hours=7)
    night = words_of(browser(house, "eve").get("/shift").text)
    assert night.index("Handed over to you") < night.index("At her sister’s") < night.index("Ring at six")


def test_how_many_may_be_immediate_is_said_before_a_shift_is_handed_over(sqlite_house: made.House) -> None:
    house = sqlite_house
    client = browser(house, "ada")
    case_of(house, "ada")
    assert "may be immediate" not in client.get("/shift").text
    red = receive(house.desk, house.viewer("ada"), take=made.take(immediate_danger=True)).case
    assign(house.desk, house.viewer("ada"), case=red, to=house.viewer("ada").ref)
    assert "Of the 2 records below, 1 may be immediate" in words_of(client.get("/shift").text)


def test_what_could_not_be_handed_over_stays_typed_beside_its_reason(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = case_of(house, "ada")
    client = browser(house, "ada")
    form = Page(client.get("/shift").text).form("/shift") | {f"to-{case}": "NOBODY", f"note-{case}": "Ring <soon>"}
    answer = client.post("/shift", data=form)
    assert answer.status_code == 422
    assert "Nobody here has that reference" in words_of(answer.text)
    assert Page(answer.text).form("/shift")[f"note-{case}"] == "Ring <soon>"


@pytest.mark.parametrize("path", ["/team", "/four-eyes", "/glass", "/looks?by={ada}", "/shift"])
def test_these_pages_ask_no_more_of_the_database_as_work_grows(sqlite_house: made.House, path: str) -> None:
    house = sqlite_house

    def some() -> None:
        case_of(house)
        case_of(house, "may")
        proposed(house, "sol")
        broken(house)
        browser(house, "ada").get("/board")

    some()
    client, address = browser(house, "may"), path.replace("{ada}", house.viewer("ada").ref)
    few = statements(house, client, address)
    for _ in range(4):
        some()
    assert statements(house, client, address) == few <= 40


def test_no_overdue_thing_looks_like_the_rest_on_the_team_page(sqlite_house: made.House) -> None:
    house = sqlite_house
    case_of(house, "ben")
    house.clock.forward(days=6)
    page = browser(house, "may").get("/team").text
    row = page.split("Ben Adviser")[1].split("</tr>")[0]
    assert "pathway-overdue" in row
    assert "pathway-overdue" not in page.split("Ada Adviser")[1].split("</tr>")[0]


def test_who_is_away_and_until_when_stands_beside_what_they_hold(sqlite_house: made.House) -> None:
    house = sqlite_house
    now, ben = house.clock(), house.viewer("ben")
    staff.set_absence(house.desk, ben, practitioner=ben.ref, starts_at=now, ends_at=now + timedelta(days=1))
    assert "Away until Tue 17 Nov 2026, 10:00" in words_of(browser(house, "may").get("/team").text)


@pytest.mark.parametrize("path", ["/team", "/shift"])
def test_no_school_is_offered_what_the_front_door_holds(sqlite_house: made.House, path: str) -> None:
    for holder in ("", "may"):
        case_of(sqlite_house, holder)
    page = browser(sqlite_house, "may").get(path).text
    chosen = page.split("<select")[1]
    assert "Emergency" in chosen
    assert "School" not in chosen
    assert "Zoe Lead" not in page
