"""Can a page be misused? Headers, forged posts, sign-in and out, sizes, and markup that somebody typed."""

import dataclasses
from importlib import import_module

import made
import pytest
from browsing import FACTS, Page, browser, nobody, words_of

from pathway.acts import receive
from pathway.web.door.sign_in import own_address

AWKWARD = 'O\'Brien "Zoë" <b>bold</b> 🧸 {{ 7*7 }} & co'


def test_pages_allow_nothing_inline_and_are_never_stored(sqlite_house: made.House) -> None:
    for answer in (browser(sqlite_house, "ada").get("/board"), nobody(sqlite_house).get("/sign-in")):
        policy = answer.headers["content-security-policy"]
        nonce = policy.split("'nonce-")[1].split("'")[0]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert f'nonce="{nonce}"' in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_page_carries_inline_script_or_style(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    for path in ("/board", "/contacts/new", f"/cases/{case}", f"/cases/{case}/moves/acknowledge", "/documents"):
        text = client.get(path).text
        assert " style=" not in text
        assert " onclick=" not in text
        assert all("nonce=" in part or "src=" in part for part in (one[:80] for one in text.split("<script")[1:]))


@pytest.mark.parametrize(
    ("headers", "marked"),
    [
        ({}, False),
        ({"origin": "http://elsewhere.invalid", "sec-fetch-site": ""}, True),
        ({"sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-site"}, True),
    ],
)
def test_a_forged_post_changes_nothing(sqlite_house: made.House, headers: dict[str, str], marked: bool) -> None:
    client = browser(sqlite_house, "ada")
    form = Page(client.get("/contacts/new").text).form("/contacts/new") | FACTS
    if not marked:
        form["_csrf"] = "x.y"
    answer = client.post("/contacts/new", data=form, headers=headers)
    assert answer.status_code == 403
    assert "0 open records" in words_of(client.get("/board").text)


def test_a_mark_made_for_one_session_saves_nothing_in_another(sqlite_house: made.House) -> None:
    theirs = Page(browser(sqlite_house, "ben").get("/contacts/new").text).form("/contacts/new") | FACTS
    assert browser(sqlite_house, "ada").post("/contacts/new", data=theirs).status_code == 403


def test_a_page_left_open_since_an_older_session_keeps_its_words_for_the_same_person(sqlite_house: made.House) -> None:
    older = Page(browser(sqlite_house, "ada").get("/contacts/new").text).form("/contacts/new") | FACTS
    client = browser(sqlite_house, "ada")
    on = client.post("/contacts/new", data=older)
    assert "0 open records" in words_of(client.get("/board").text)
    resumed = client.get(client.get(on.headers["location"]).headers["location"]).text
    assert Page(resumed).form("/contacts/new")["worry"] == FACTS["worry"]


def test_sign_in_sets_a_cookie_no_script_reads_and_sign_out_ends_it(sqlite_house: made.House) -> None:
    client = nobody(sqlite_house)
    form = Page(client.get("/sign-in?next=/tasks").text).form("/sign-in")
    wrong = client.post("/sign-in", data=form | {"_email": made.email("ada"), "_password": "wrong"})
    assert wrong.status_code == 403
    assert made.email("ada") in wrong.text
    answer = client.post("/sign-in", data=form | {"_email": made.email("ada"), "_password": made.PASSWORD})
    assert answer.headers["location"] == "/tasks"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    kept = client.cookies["pathway"]
    client.post("/sign-out", data=Page(client.get("/tasks").text).form("/sign-out"))
    client.cookies.set("pathway", kept)
    assert client.get("/tasks").status_code == 303


def test_too_many_wrong_passwords_are_told_how_long_to_wait(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("pathway.acts.sign_in"), "matches", lambda *_, **__: False)
    client = nobody(sqlite_house)
    sent = {"_email": made.email("ada"), "_password": "wrong"}
    answers = [client.post("/sign-in", data=sent) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [403] * 5 + [429]
    assert "Wait 15 minutes" in words_of(answers[-1].text)


def test_under_https_the_cookie_is_secure_and_held_to_this_host(sqlite_house: made.House) -> None:
    settings = sqlite_house.desk.settings.model_copy(update={"secure_cookies": True})
    house = dataclasses.replace(sqlite_house, desk=dataclasses.replace(sqlite_house.desk, settings=settings))
    client = nobody(house)
    answer = client.post("/sign-in", data={"_email": made.email("ada"), "_password": made.PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-pathway=")
    assert "Secure" in answer.headers["set-cookie"]


@pytest.mark.parametrize("given", ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:1", ""])
def test_sign_in_leads_nowhere_but_here(given: str) -> None:
    assert own_address(given) == "/"


def test_what_is_too_large_is_refused_clearly(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    form = Page(client.get("/contacts/new").text).form("/contacts/new") | FACTS
    large = "a" * (sqlite_house.desk.settings.largest_page_bytes + 1)
    answer = client.post("/contacts/new", data=form | {"worry": large})
    assert answer.status_code == 413
    assert "4 MB at a time" in words_of(answer.text)


def test_a_failure_shows_nothing_of_the_inside(sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ValueError("secret of the inside")

    monkeypatch.setattr("pathway.web.overview.board.board_of", broken)
    answer = browser(sqlite_house, "ada").get("/board")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_what_was_typed_is_shown_as_typed_and_never_run(house: made.House) -> None:
    client = browser(house, "ada")
    form = Page(client.get("/contacts/new").text).form("/contacts/new") | FACTS
    form |= {"worry": AWKWARD, "told_by": AWKWARD, "children-0-given_name": AWKWARD, "strengths": AWKWARD}
    ref = client.post("/contacts/new", data=form).headers["location"].split("?")[0]
    for path in (ref, "/board", f"{ref}/moves/start_screening", f"{ref}/notes"):
        text = client.get(path).text
        assert "<b>" not in text
    told = client.get(ref).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in told
    assert AWKWARD in words_of(told)


def test_what_was_typed_comes_back_exactly_after_a_fault(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    form = Page(client.get("/contacts/new").text).form("/contacts/new") | {"worry": f"{AWKWARD}\n\n</textarea>x"}
    answer = client.post("/contacts/new", data=form)
    assert answer.status_code == 422
    assert Page(answer.text).form("/contacts/new")["worry"] == f"{AWKWARD}\n\n</textarea>x"


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5_000])
def test_no_odd_number_in_a_hidden_field_breaks_a_page(sqlite_house: made.House, number: str) -> None:
    client = browser(sqlite_house, "ada")
    case = receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case
    form = Page(client.get("/contacts/new").text).form("/contacts/new") | FACTS
    move = Page(client.get(f"/cases/{case}/moves/acknowledge").text).form(f"/cases/{case}/moves/acknowledge")
    sent = [
        client.post("/contacts/new", data=form | {"_children": number, "_press": "add"}),
        client.post("/contacts/new", data=form | {"_press": f"remove-{number}"}),
        client.post(f"/cases/{case}/moves/acknowledge", data=move | {"_version": number}),
        client.post(f"/cases/{case}/accept", data={"_csrf": move["_csrf"], "_version": number}),
    ]
    assert max(answer.status_code for answer in sent) < 500
