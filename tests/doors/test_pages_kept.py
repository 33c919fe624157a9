"""Is anything that somebody typed ever lost, whatever form it was and whatever went wrong?"""

from collections.abc import Callable

import made
import pytest
from browsing import Page, browser
from starlette.testclient import TestClient

from pathway import acts
from pathway.acts import Conflict, KeyReused, NotFound, assign, receive
from workflows import refuse

WORDS = "Rang the school twice; nobody has seen her since Monday."
WRONG: dict[str, Exception] = {
    "refused": refuse("It can't be done.", who_can="Ask a manager."),
    "changed": Conflict((), 2),
    "sent before": KeyReused(),
    "gone": NotFound(),
    "our fault": ValueError("inside"),
}
FORMS: dict[str, tuple[str, str, dict[str, str]]] = {
    "note": ("may", "notes", {"text": WORDS}),
    "correct": ("may", "entries/{entry}", {"text": WORDS}),
    "decline": ("ben", "decline", {"reason": WORDS}),
    "assign": ("may", "hand-over", {"to": "SOMEBODY", "reason": WORDS}),
    "restrict": ("may", "restrict", {"reason": WORDS}),
    "break_glass": ("dot", "", {"reference": "{case}", "reason": WORDS}),
    "move": ("may", "moves/ask", {"asked_of": "The GP", "question": WORDS}),
}


def offered(house: made.House) -> tuple[str, str]:
    """A record that Ben is asked to take on, and its last entry."""
    case = receive(house.desk, house.viewer("pat"), take=made.take()).case
    return case, assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("ben").ref).entry


def sent(house: made.House, act: str) -> tuple[TestClient, str, dict[str, str]]:
    """Who sends the form, where to, and what."""
    name, path, typed = FORMS[act]
    case, entry = offered(house)
    client = browser(house, name)
    mark = Page(client.get("/drafts").text).form("/sign-out")["_csrf"]
    address = f"/cases/{case}/{path.format(entry=entry)}" if path else "/break-glass"
    return client, address, {one: said.format(case=case) for one, said in typed.items()} | {"_csrf": mark, "_key": "k"}


def failing(wrong: Exception) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise wrong

    return fail


@pytest.mark.parametrize("why", WRONG)
@pytest.mark.parametrize("act", FORMS)
def test_whatever_goes_wrong_the_words_are_still_there(
    sqlite_house: made.House, act: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address, form = sent(sqlite_house, act)
    monkeypatch.setattr(acts, act, failing(WRONG[why]))
    answer = client.post(address, data=form)
    assert 400 <= answer.status_code < 600
    if WORDS not in answer.text:
        draft = client.get("/drafts/" + answer.text.split('href="/drafts/')[1].split('"')[0])
        on = client.get(draft.headers["location"]) if draft.status_code == 303 else draft
        assert WORDS in on.text


def test_what_was_kept_can_be_sent_once_it_may_and_is_no_draft_any_more(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address, form = sent(sqlite_house, "note")
    with monkeypatch.context() as broken:
        broken.setattr(acts, "note", failing(KeyReused()))
        failed = client.post(address, data=form).text
    draft = "/drafts/" + failed.split('href="/drafts/')[1].split('"')[0]
    again = Page(client.get(draft).text).form(address)
    assert client.post(address, data=again).status_code == 303
    assert WORDS in client.get(address.removesuffix("/notes")).text
    assert "No drafts." in client.get("/drafts").text


def test_when_even_the_drafts_fail_the_words_stand_on_the_page(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address, form = sent(sqlite_house, "note")
    monkeypatch.setattr(acts, "note", failing(ValueError("inside")))
    monkeypatch.setattr("pathway.web.door.wrong.keep", failing(ValueError("inside")))
    assert WORDS in client.post(address, data=form).text
