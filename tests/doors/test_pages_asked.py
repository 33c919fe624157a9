"""How does an agency answer what it is asked, who verifies a referrer, and how is what came back laid out?"""

import kept
import made
import made_api
import outsiders
import pytest
from browsing import Page, browser, words_of

from pathway.acts import answer_asked, move, receive
from pathway.tables import Viewing
from workflows.referral_facts import Acknowledge, TellReferrer, Told

SAID = "Here every day, and well."


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    child = made.child(given_name="Ava", family_name="Example", born_on="2019-03-04")
    return receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(children=(child,))).case


@pytest.fixture
def put(sqlite_house: made.House, case: str) -> str:
    return outsiders.ask(sqlite_house, case, agency=outsiders.agency(sqlite_house, "Primary"))


def test_an_agency_reads_its_questions_and_answers_without_seeing_the_record(
    sqlite_house: made.House, case: str, put: str
) -> None:
    client = browser(sqlite_house, "pat")
    listed, asked = client.get("/asks"), client.get(f"/asks/{put}")
    for page in (listed, asked):
        assert "Ava Example" in page.text
        assert case not in page.text
        assert "hungry" not in page.text
    form = Page(asked.text).form(f"/asks/{put}") | {"learned": SAID}
    answers = [client.post(f"/asks/{put}", data=form) for _ in range(2)]
    assert [one.headers["location"] for one in answers] == ["/asks?done=1"] * 2
    assert "Nothing is waiting" in words_of(client.get("/asks?done=1").text)
    assert client.get(f"/cases/{case}").status_code == 404
    assert SAID in browser(sqlite_house, "ada").get(f"/cases/{case}").text


def test_each_look_at_a_question_is_recorded_against_its_record(sqlite_house: made.House, case: str, put: str) -> None:
    client = browser(sqlite_house, "zoe")
    client.get("/asks")
    client.get(f"/asks/{put}")
    looks = [(one.page, case in one.cases) for one in kept.rows(sqlite_house, Viewing)]
    assert looks == [("asks", True), ("ask", True)]


def test_another_agencys_question_looks_like_one_that_is_not_there(sqlite_house: made.House, put: str) -> None:
    client = browser(sqlite_house, "gil")
    mark = Page(client.get("/asks").text).form("/sign-out")["_csrf"]
    for ref in (put, "N0SVCHREF0"):
        assert client.get(f"/asks/{ref}").status_code == 404
        assert client.post(f"/asks/{ref}", data={"_csrf": mark, "learned": SAID}).status_code == 404
    theirs, nobodys = (words_of(client.get(f"/asks/{ref}").text) for ref in (put, "N0SVCHREF0"))
    assert theirs == nobodys


def test_a_restricted_records_question_is_shown_to_the_safeguarding_lead_alone(
    sqlite_house: made.House, case: str, put: str
) -> None:
    outsiders.restricted(sqlite_house, case)
    assert put in browser(sqlite_house, "zoe").get("/asks").text
    assert put not in browser(sqlite_house, "pat").get("/asks").text
    assert browser(sqlite_house, "pat").get(f"/asks/{put}").status_code == 404


def test_an_empty_answer_is_a_fault_beside_its_field(sqlite_house: made.House, put: str) -> None:
    client = browser(sqlite_house, "pat")
    answer = client.post(f"/asks/{put}", data=Page(client.get(f"/asks/{put}").text).form(f"/asks/{put}"))
    assert answer.status_code == 422
    assert "Write what you know, or say that you know nothing." in words_of(answer.text)


def test_the_api_lists_and_answers_and_a_second_time_answers_the_same(
    sqlite_house: made.House, case: str, put: str
) -> None:
    zoe = made_api.caller(sqlite_house, "zoe")
    (asked,) = zoe.get("asks").json()["asks"]
    assert (asked["ref"], asked["children"]) == (put, [["Ava Example", "born 4 March 2019"]])
    assert case not in zoe.get("asks").text
    key = {"Idempotency-Key": "once"}
    answers = [zoe.post(f"asks/{put}/answer", json={"learned": SAID}, headers=key) for _ in range(2)]
    assert [(one.status_code, one.text) for one in answers] == [(204, "")] * 2
    other = zoe.post(f"asks/{put}/answer", json={"learned": "Another"}, headers=key)
    assert (other.status_code, other.headers["Content-Type"]) == (422, made_api.PROBLEM)
    gone = zoe.post(f"asks/{put}/answer", json={"learned": SAID})
    assert (gone.status_code, gone.json()["type"]) == (404, "urn:pathway:not-found")


def test_the_record_lays_questions_and_answers_side_by_side_those_that_wait_first(
    sqlite_house: made.House, case: str, put: str
) -> None:
    outsiders.ask(sqlite_house, case, email=outsiders.NURSE)
    answer_asked(sqlite_house.desk, sqlite_house.viewer("zoe"), ask=put, learned=SAID)
    page = browser(sqlite_house, "ada").get(f"/cases/{case}").text
    section = words_of(page[page.index('id="asks"') : page.index('id="children"')])
    assert section.index("Waiting") < section.index("Answered")
    assert f"sent to {outsiders.NURSE}" in section
    assert "Zoe Lead, Exampleton Primary, signed in" in section


def test_the_buttons_beside_a_question_know_which_it_is(sqlite_house: made.House, case: str, put: str) -> None:
    other = outsiders.ask(sqlite_house, case)
    client = browser(sqlite_house, "ada")
    for name in ("answer", "stop_asking"):
        address = f"/cases/{case}/moves/{name}"
        assert f"{address}?about={put}" in client.get(f"/cases/{case}").text
        assert Page(client.get(f"{address}?about={put}").text).form(address)["ask"] == put
        assert Page(client.get(f"{address}?about={other}").text).form(address)["ask"] == other


def test_a_referrer_is_verified_on_a_page_that_says_how(sqlite_house: made.House) -> None:
    outsider = outsiders.told_by_mail(sqlite_house)
    client = browser(sqlite_house, "ada")
    case = client.get("/board").text.split('href="/cases/')[1].split('"')[0]
    assert "Not verified" in client.get(f"/cases/{case}").text
    address = f"/cases/{case}/referrers/{outsider.public_id}"
    form = Page(client.get(address).text).form(address)
    assert client.post(address, data=form).status_code == 422
    done = client.post(address, data=form | {"how": "Rang back through the switchboard"})
    record = words_of(client.get(done.headers["location"]).text)
    assert "Verified who the referrer is" in record
    assert "they see where it stands, behind a code" in record


def test_a_way_of_telling_that_is_not_safe_is_not_offered(sqlite_house: made.House, case: str) -> None:
    client = browser(sqlite_house, "ada")
    viewer = sqlite_house.viewer("ada")
    for name, facts in (("start_screening", made.NOTHING), ("decide", made.decide(kept.children(sqlite_house, case)))):
        move(sqlite_house.desk, viewer, case=case, name=name, facts=facts)
    page = client.get(f"/cases/{case}/moves/tell_referrer").text
    assert 'value="voice"' in page
    assert 'value="behind_sign_in"' not in page


def test_a_referrer_who_may_not_agree_reads_whom_to_ring(sqlite_house: made.House) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("pat"), take=made.take(how="online")).case
    facts = TellReferrer(how=Told.behind_sign_in, said="Early help")
    for name, told in (
        ("start_screening", made.NOTHING),
        ("decide", made.decide(kept.children(sqlite_house, case))),
        ("tell_referrer", facts),
    ):
        move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name=name, facts=told)
    said = words_of(browser(sqlite_house, "pat").get(f"/cases/{case}").text)
    assert "you see it differently" in said
    assert f"Ring {sqlite_house.desk.settings.ring} and give the reference" in said


def test_not_acknowledging_in_time_is_our_breach_on_our_board(sqlite_house: made.House, case: str) -> None:
    sqlite_house.clock.forward(days=5)
    client = browser(sqlite_house, "ada")
    assert "1 overdue" in words_of(client.get("/board").text)
    record = client.get(f"/cases/{case}").text
    assert "Acknowledge the referral · Overdue by" in words_of(record[record.index('id="times"') :])


def test_not_telling_the_referrer_in_time_is_our_breach_on_our_board(sqlite_house: made.House, case: str) -> None:
    for step, facts in (
        ("acknowledge", Acknowledge(how=made.HOW)),
        ("start_screening", made.NOTHING),
        ("decide", made.decide(kept.children(sqlite_house, case))),
    ):
        move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name=step, facts=facts)
    sqlite_house.clock.forward(days=5)
    board = words_of(browser(sqlite_house, "ada").get("/board").text)
    assert "Tell the referrer what was decided" in board
    assert "1 overdue" in board
