"""Can somebody without the record read a meeting, answer it and read what came of it? Does the lead see who comes?"""

from datetime import timedelta

import helping
import kept
import made
import offering
from browsing import Page, browser, form_of, words_of

from pathway.tables import Case, Invitation, Service


def shown(house: made.House, name: str, path: str) -> str:
    answer = browser(house, name).get(path)
    assert answer.status_code == 200, path
    return words_of(answer.text.split("<main", 1)[1])


def test_a_teacher_answers_an_invitation_and_reads_the_minutes(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = helping.met(house, helping.supported(house), "sol", "pat")
    client = browser(house, "pat")
    assert "Not answered yet" in shown(house, "pat", "/meetings")
    link = f"/meetings/{kept.rows(house, Invitation)[-1].public_id}"
    assert link in client.get("/meetings").text
    page = shown(house, "pat", link)
    assert "School" in page
    assert "Ava’s mornings" in page
    answer = client.post(link, data=form_of(client, link) | {"reply": "apologies", "word": "All is well in class"})
    assert answer.headers["location"] == "/meetings?done=1"
    record = shown(house, "sol", f"/cases/{case}")
    assert "Can’t come All is well in class" in record
    assert "No account here: tell them yourself" in record
    helping.moved(house, case, "hold", "send_minutes")
    assert "It goes on as it is" in shown(house, "pat", link)
    assert browser(house, "pat").get(f"/cases/{case}").status_code == 404


def test_an_answer_that_says_nothing_is_asked_for_again(sqlite_house: made.House) -> None:
    house = sqlite_house
    helping.met(house, helping.supported(house), "sol", "pat")
    client = browser(house, "pat")
    link = f"/meetings/{kept.rows(house, Invitation)[-1].public_id}"
    assert link in client.get("/meetings").text
    answer = client.post(link, data=form_of(client, link) | {"word": "Ring me"})
    assert answer.status_code == 422
    assert "“Can you come?” needs an answer." in words_of(answer.text)
    assert Page(answer.text).form(link)["word"] == "Ring me"


def test_an_answer_after_the_meeting_says_whom_to_ring(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = helping.met(house, helping.supported(house), "sol", "pat")
    client = browser(house, "pat")
    link = f"/meetings/{kept.rows(house, Invitation)[-1].public_id}"
    assert link in client.get("/meetings").text
    typed = form_of(client, link) | {"reply": "coming"}
    helping.moved(house, case, "call_off")
    answer = client.post(link, data=typed)
    assert answer.status_code == 409
    assert "Ring whoever arranged it" in words_of(answer.text)


def test_who_came_is_ticked_from_those_who_are_invited(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = helping.met(house, helping.supported(house), "sol", "pat")
    client, address = browser(house, "sol"), f"/cases/{case}/moves/hold"
    page = words_of(client.get(address).text)
    assert page.count("Pat, with an account") == 2  # came, or sent apologies
    said = {"others": "Una", "they_said": "Fine", "decided": "It goes on", "next_on-day": "21", "next_on-month": "1"}
    typed = form_of(client, address) | said | {"next_on-year": "2027"}
    answer = client.post(address, data=typed)
    assert answer.status_code == 409
    assert "The next meeting has a day and no time." in words_of(answer.text)
    answer = client.post(address, data=typed | {"next_at": "half three"})
    assert answer.status_code == 422
    assert "such as 15:30" in words_of(answer.text)
    assert client.post(address, data=typed | {"next_at": "15.30"}).headers["location"] == f"/cases/{case}?done=hold"
    assert len([one for one in kept.rows(house, Case) if one.process == "meeting"]) == 2


def test_what_is_asked_of_a_service_is_filled_in_from_the_directory(sqlite_house: made.House) -> None:
    house = sqlite_house
    offering.imports(house, offering.body(1, name="Sleep clinic", email="clinic@sleep.invalid"))
    (service,) = kept.rows(house, Service)
    case = helping.supported(house)
    page = browser(house, "sol").get(f"/services/{service.public_id}")
    address = f"/cases/{case}/begin/service_request?service={service.public_id}"
    assert address in page.text
    form = form_of(browser(house, "sol"), address, f"/cases/{case}/begin/service_request")
    assert form["asked_of"] == "Sleep clinic, Invented Charity"
    assert form["email"] == "clinic@sleep.invalid"
    assert form["service"] == service.public_id


def test_a_service_page_offers_nothing_to_whoever_may_ask_nobody(sqlite_house: made.House) -> None:
    offering.imports(sqlite_house, offering.body(1))
    (service,) = kept.rows(sqlite_house, Service)
    assert "on a record of mine" not in shown(sqlite_house, "pat", f"/services/{service.public_id}")


def test_what_came_of_a_meeting_leaves_the_list_after_four_weeks(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = helping.met(house, helping.supported(house), "sol", "pat")
    helping.moved(house, case, "call_off")
    assert "Called off" in shown(house, "pat", "/meetings")
    house.clock.moment += timedelta(days=29)
    assert "You are invited to no meeting." in shown(house, "pat", "/meetings")
