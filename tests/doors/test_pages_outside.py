"""What does somebody without an account see, and what never? Link, code, question, receipt and status."""

from dataclasses import replace

import kept
import made
import outsiders
import pytest
from browsing import Page, browser, nobody, words_of
from starlette.testclient import TestClient

from pathway.acts import move, receive, verify_referrer
from pathway.store.records.outside import seen_by
from pathway.tables import Ask, Entry, OneTimeCode, Outsider, Viewing
from workflows.referral_facts import StopAsking, TellReferrer, Told

SAID = "Seen on Monday, well and cheerful."
START = "We’ll send a code to the address we have"


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    child = made.child(given_name="Ava", family_name="Example", born_on="2019-03-04")
    take = made.take(children=(child,), address="1 Mill Lane", address_sealed=True)
    return receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=take).case


@pytest.fixture
def nurse(sqlite_house: made.House, case: str) -> Outsider:
    return outsiders.asked_nurse(sqlite_house, case)


def come_in(house: made.House, outsider: Outsider) -> TestClient:
    """A browser in which the outsider has asked for a code and typed it."""
    client = nobody(house)
    here = f"/outside/{outsider.public_id}"
    on = client.post(f"{here}/code", data=Page(client.get(here).text).form(f"{here}/code"))
    form = Page(client.get(on.headers["location"]).text).form(f"{here}/visit")
    answer = client.post(f"{here}/visit", data=form | {"code": str(kept.rows(house, OneTimeCode)[-1].code)})
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    return client


def of(house: made.House, outsider: Outsider) -> str:
    with house.desk.database.reading() as session:
        return seen_by(session, outsider, house.clock()).case


def here(outsider: Outsider) -> str:
    return f"/outside/{outsider.public_id}"


def test_a_link_survives_opening_and_opening_writes_nothing(sqlite_house: made.House, nurse: Outsider) -> None:
    """Mail scanners open links."""
    before = kept.everything(sqlite_house)
    for _ in range(3):
        for path in (here(nurse), f"{here(nurse)}/code"):
            page = nobody(sqlite_house).get(path)
            assert page.status_code == 200
            assert not [word for word in ("Ava", "Example", outsiders.QUESTION, nurse.email) if word in page.text]
    assert kept.everything(sqlite_house) == before
    assert "What do you know?" in come_in(sqlite_house, nurse).get(here(nurse)).text


def answers_of(house: made.House, ref: str) -> list[tuple[int, str, list[tuple[str, str]]]]:
    """Everything a stranger gets to see of a reference: status, headers and bytes, but for what is new each time."""
    client = nobody(house)
    seen = []
    for method, path, data in (
        ("GET", "", None),
        ("POST", "/code", {}),
        ("GET", "/code", None),
        ("POST", "/visit", {"code": "2222-2222"}),
        ("POST", "", {"learned": "Something", "_key": "x", "_csrf": "x.y"}),
        *((("POST", "/code", {}),) * 5),
        *((("POST", "/visit", {"code": "2222-2222"}),) * 5),
    ):
        answer = client.request(method, f"/outside/{ref}{path}", data=data)
        nonce = answer.headers.get("content-security-policy", "").partition("nonce-")[2].partition("'")[0]
        plain = answer.text.replace(ref, "REF").replace(nonce or "no nonce", "NONCE")
        headers = sorted(
            (name, value.replace(ref, "REF").replace(nonce or "no nonce", "NONCE"))
            for name, value in answer.headers.items()
        )
        seen.append((answer.status_code, plain, headers))
    return seen


def test_an_unknown_reference_looks_the_same_to_the_byte(sqlite_house: made.House, nurse: Outsider) -> None:
    known, unknown = answers_of(sqlite_house, nurse.public_id), answers_of(sqlite_house, "N0SVCHREF0")
    assert known == unknown
    assert [status for status, _, _ in known][:5] == [200, 303, 200, 403, 200]
    assert known[-1][0] == known[9][0] == 429


def test_whoever_was_asked_reads_the_question_and_answers_it_once(
    sqlite_house: made.House, case: str, nurse: Outsider
) -> None:
    client = come_in(sqlite_house, nurse)
    page = client.get(here(nurse))
    said = words_of(page.text)
    assert "Ava Example, born 4 March 2019" in said
    assert outsiders.QUESTION in said
    assert not [word for word in ("hungry", "Mill Lane", case) if word in page.text]
    form = Page(page.text).form(here(nurse)) | {"learned": SAID}
    answers = [client.post(here(nurse), data=form) for _ in range(2)]
    assert [one.headers["location"] for one in answers] == [f"{here(nurse)}?done=1"] * 2
    assert "Thank you: we have your answer" in client.get(answers[0].headers["location"]).text
    assert "Ava" not in client.get(here(nurse)).text
    assert [one.kind for one in kept.rows(sqlite_house, Entry, case=case)].count("answer") == 1
    record = words_of(browser(sqlite_house, "ada").get(f"/cases/{case}").text)
    assert f"Answered 10am Monday 16 November 2026 {SAID}" in record or SAID in record


def test_knowing_nothing_is_one_press(sqlite_house: made.House, case: str, nurse: Outsider) -> None:
    client = come_in(sqlite_house, nurse)
    form = Page(client.get(here(nurse)).text).form(here(nurse)) | {"_press": "nothing"}
    assert client.post(here(nurse), data=form).status_code == 303
    assert "We know nothing about this." in browser(sqlite_house, "ada").get(f"/cases/{case}").text


def test_an_empty_answer_is_a_fault_beside_its_field(sqlite_house: made.House, nurse: Outsider) -> None:
    client = come_in(sqlite_house, nurse)
    answer = client.post(here(nurse), data=Page(client.get(here(nurse)).text).form(here(nurse)))
    assert answer.status_code == 422
    assert 'href="#learned"' in answer.text
    assert kept.rows(sqlite_house, Ask)[0].ended_at is None


def test_what_was_typed_when_the_visit_ended_comes_back_after_the_next_code(
    sqlite_house: made.House, case: str, nurse: Outsider
) -> None:
    client = come_in(sqlite_house, nurse)
    form = Page(client.get(here(nurse)).text).form(here(nurse)) | {"learned": f"{SAID}\nAnd <b>twice</b>"}
    sqlite_house.clock.forward(minutes=31)
    ended = client.post(here(nurse), data=form)
    assert "Nothing you typed is lost" in words_of(ended.text)
    code = client.post(f"{here(nurse)}/code", data=Page(ended.text).form(f"{here(nurse)}/code"))
    visit = Page(code.text).form(f"{here(nurse)}/visit")
    back = client.post(
        f"{here(nurse)}/visit", data=visit | {"code": str(kept.rows(sqlite_house, OneTimeCode)[-1].code)}
    )
    again = Page(back.text).form(here(nurse))
    assert again["learned"] == f"{SAID}\nAnd <b>twice</b>"
    assert client.post(here(nurse), data=again).headers["location"] == f"{here(nurse)}?done=1"


@pytest.mark.parametrize(
    ("headers", "marked"),
    [
        ({}, False),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"origin": "http://e.invalid", "sec-fetch-site": ""}, True),
    ],
)
def test_a_forged_answer_saves_nothing(
    sqlite_house: made.House, nurse: Outsider, headers: dict[str, str], marked: bool
) -> None:
    client = come_in(sqlite_house, nurse)
    form = Page(client.get(here(nurse)).text).form(here(nurse)) | {"learned": SAID}
    if not marked:
        form["_csrf"] = f"{nurse.public_id}.0000"
    assert client.post(here(nurse), data=form, headers=headers).status_code == 403
    assert kept.rows(sqlite_house, Ask)[0].ended_at is None


def test_another_site_can_send_nobody_a_code(sqlite_house: made.House, nurse: Outsider) -> None:
    answer = nobody(sqlite_house).post(f"{here(nurse)}/code", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert kept.rows(sqlite_house, OneTimeCode) == []


def test_a_visit_to_one_is_no_visit_to_another_and_no_sign_in(
    sqlite_house: made.House, case: str, nurse: Outsider
) -> None:
    client = come_in(sqlite_house, nurse)
    other = outsiders.asked_nurse(sqlite_house, case)
    assert START in client.get(here(other)).text
    assert client.get(f"/cases/{case}").status_code == 303
    client.cookies.set("pathway", client.cookies["pathway-outside"])
    assert client.get(f"/cases/{case}").headers["location"].startswith("/sign-in")


def test_two_browsers_two_visits(sqlite_house: made.House, nurse: Outsider) -> None:
    first, second = come_in(sqlite_house, nurse), come_in(sqlite_house, nurse)
    for client in (first, second):
        assert "What do you know?" in client.get(here(nurse)).text
    form = Page(second.get(here(nurse)).text).form(here(nurse))
    assert first.post(here(nurse), data=form | {"learned": SAID}).status_code == 403
    assert second.post(here(nurse), data=form | {"learned": SAID}).status_code == 303


def test_a_code_wrong_five_times_opens_nothing(sqlite_house: made.House, nurse: Outsider) -> None:
    client = nobody(sqlite_house)
    client.post(f"{here(nurse)}/code")
    answers = [client.post(f"{here(nurse)}/visit", data={"code": "2222-2222"}) for _ in range(6)]
    assert [one.status_code for one in answers] == [403] * 5 + [429]
    assert kept.rows(sqlite_house, OneTimeCode)[0].code is None


def test_a_question_no_longer_awaited_says_so_and_keeps_what_was_typed(
    sqlite_house: made.House, case: str, nurse: Outsider
) -> None:
    client = come_in(sqlite_house, nurse)
    form = Page(client.get(here(nurse)).text).form(here(nurse)) | {"learned": SAID}
    facts = StopAsking(ask=nurse.about, reason="They rang us")
    move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="stop_asking", facts=facts)
    answer = client.post(here(nurse), data=form)
    assert answer.status_code == 409
    said = words_of(answer.text)
    assert "isn't waiting for an answer any more, so nothing was saved" in said
    assert SAID in said
    assert "Ava" not in said


def test_one_who_is_not_verified_sees_only_the_receipt(sqlite_house: made.House) -> None:
    """The referrer may be the abuser, or stand beside one."""
    outsider = outsiders.told_by_mail(sqlite_house)
    client = come_in(sqlite_house, outsider)
    before = words_of(client.get(here(outsider)).text)
    case = of(sqlite_house, outsider)
    through(sqlite_house, case, Told.voice)
    after = words_of(client.get(here(outsider)).text)
    assert before == after
    assert case in after
    assert not [word for word in ("Ava", "Acknowledged", "decided", "decision", "child") if word in after]


def through(house: made.House, case: str, how: Told) -> None:
    """Screened, decided, and the referrer told."""
    facts = TellReferrer(how=how, said="Early help, with the school nurse")
    steps = (
        ("start_screening", made.NOTHING),
        ("decide", made.decide(kept.children(house, case))),
        ("tell_referrer", facts),
    )
    for name, told in steps:
        move(house.desk, house.viewer("ada"), case=case, name=name, facts=told)


def verified(house: made.House) -> tuple[str, Outsider]:
    outsider = outsiders.told_by_mail(house)
    case = of(house, outsider)
    how = "Rang back through the switchboard"
    verify_referrer(house.desk, house.viewer("ada"), case=case, referrer=outsider.public_id, how=how)
    return case, outsider


def test_a_verified_professional_sees_where_it_stands_and_whom_to_ring(sqlite_house: made.House) -> None:
    case, outsider = verified(sqlite_house)
    client = come_in(sqlite_house, outsider)
    said = words_of(client.get(here(outsider)).text)
    assert "We have it and are looking at it" in said
    assert "Decision due by" in said
    assert f"Ring {sqlite_house.desk.settings.ring} and give the reference" in said
    through(sqlite_house, case, Told.behind_sign_in)
    assert "Early help, with the school nurse" in words_of(client.get(here(outsider)).text)
    assert "Ava" not in client.get(here(outsider)).text


def test_what_was_told_by_voice_is_not_repeated_in_writing(sqlite_house: made.House) -> None:
    case, outsider = verified(sqlite_house)
    through(sqlite_house, case, Told.voice)
    said = words_of(come_in(sqlite_house, outsider).get(here(outsider)).text)
    assert "by voice or letter" in said
    assert "school nurse" not in said


def test_each_look_from_outside_is_recorded(sqlite_house: made.House, case: str, nurse: Outsider) -> None:
    come_in(sqlite_house, nurse).get(here(nurse))
    looks = [one for one in kept.rows(sqlite_house, Viewing) if one.page == f"outside {nurse.public_id}"]
    assert [(one.practitioner_id, case in one.cases) for one in looks] == [(sqlite_house.system.id, True)]


def test_every_page_from_outside_has_an_exit_and_is_never_stored(sqlite_house: made.House, nurse: Outsider) -> None:
    client = come_in(sqlite_house, nurse)
    unverified = outsiders.told_by_mail(sqlite_house)
    pages = [
        nobody(sqlite_house).get(here(nurse)),
        nobody(sqlite_house).get(f"{here(nurse)}/code"),
        client.get(here(nurse)),
        come_in(sqlite_house, unverified).get(here(unverified)),
    ]
    for page in pages:
        assert 'data-module="govuk-exit-this-page"' in page.text
        assert "https://www.bbc.co.uk/weather" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert "unsafe" not in page.headers["content-security-policy"]
        assert " style=" not in page.text


def test_under_https_the_visits_cookie_is_secure_and_held_to_this_host(
    sqlite_house: made.House, nurse: Outsider
) -> None:
    settings = sqlite_house.desk.settings.model_copy(update={"secure_cookies": True})
    house = replace(sqlite_house, desk=replace(sqlite_house.desk, settings=settings))
    code = outsiders.code(house, nurse)
    answer = nobody(house).post(f"{here(nurse)}/visit", data={"code": code})
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-pathway-outside=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie


def test_whoever_is_signed_in_at_the_same_machine_stands_on_no_page_from_outside(
    sqlite_house: made.House, nurse: Outsider
) -> None:
    page = browser(sqlite_house, "ada").get(here(nurse)).text
    assert "Ada Adviser" not in page
    assert "Sign out" not in page


@pytest.mark.parametrize("ref", ["x" * 300, "%00", "A B", "'; drop table", "é"])
def test_a_reference_that_is_none_is_answered_like_any_other(sqlite_house: made.House, ref: str) -> None:
    client = nobody(sqlite_house)
    assert client.get(f"/outside/{ref}").status_code == 200
    assert client.post(f"/outside/{ref}/code").status_code == 303
    assert client.post(f"/outside/{ref}/visit", data={"code": "é" * 100}).status_code == 403
