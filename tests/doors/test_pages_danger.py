"""Does any page keep danger out? Not a slip in a form, a colleague's change, an old page, nor words too long."""

import kept
import made
import pytest
from browsing import FACTS, Page, browser, form_of, nobody

from pathway.tables import Case, Voice

NEW = "/contacts/new"
BAD_DAY = {"children-0-born_on-day": "31", "children-0-born_on-month": "2", "children-0-born_on-year": "2020"}


def states(house: made.House) -> list[str]:
    return [one.state for one in kept.rows(house, Case)]


@pytest.mark.parametrize(
    "slip", [BAD_DAY, {"children-0-age_years": "seven"}, {"told_by": "A" * 300}, {"siblings": "x"}]
)
def test_a_slip_on_the_page_keeps_no_danger_out(sqlite_house: made.House, slip: dict[str, str]) -> None:
    client = browser(sqlite_house, "ada")
    blank = form_of(client, f"{NEW}?shape=whole", NEW)
    typed = blank | FACTS | slip | {"immediate_danger": "yes", "children-0-given_name": "Ava"}
    answer = client.post(NEW, data=typed)
    assert answer.status_code == 303
    assert states(sqlite_house) == ["protecting"]


def test_a_colleague_who_changed_the_draft_meanwhile_keeps_no_danger_out(sqlite_house: made.House) -> None:
    ada, ben = browser(sqlite_house, "ada"), browser(sqlite_house, "ben")
    at = ada.post(NEW, data=form_of(ada, f"{NEW}?shape=whole", NEW) | {"worry": "One", "_press": "later"})
    assert at.status_code == 303
    draft = Page(ada.get("/drafts").text).html.split("/drafts/")[1][:10]
    mine, theirs = (form_of(one, f"{NEW}?draft={draft}", NEW) for one in (ada, ben))
    ben.post(NEW, data=theirs | {"worry": "Two", "_press": "later"})
    answer = ada.post(NEW, data=mine | {"worry": "Three", "immediate_danger": "yes", "_press": "save"})
    assert "/cases/" in answer.headers["location"]
    assert states(sqlite_house) == ["protecting"]


def test_once_it_is_protected_a_slip_is_said_beside_its_field_again(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    blank = form_of(client, f"{NEW}?shape=whole", NEW)
    saved = client.post(NEW, data=blank | FACTS | {"immediate_danger": "yes"}).headers["location"].partition("?")[0]
    answer = client.post(f"{saved}/contact", data=form_of(client, f"{saved}/contact") | BAD_DAY)
    assert answer.status_code == 422
    assert 'href="#children-0-born_on"' in answer.text


@pytest.mark.parametrize("which", ["one", "two"])
def test_a_child_or_parent_in_danger_is_never_asked_to_shorten_anything(sqlite_house: made.House, which: str) -> None:
    client, long = nobody(sqlite_house), {"name": "A" * 300, "how": "h" * 3_000, "said": "s" * 20_000, "age": "9" * 250}
    answer = client.post(f"/help/{which}", data=form_of(client, f"/help/{which}") | long | {"safe": "danger"})
    assert answer.status_code == 200
    assert states(sqlite_house) == ["protecting"]


@pytest.mark.parametrize("said", ["", "s" * 20_000])
def test_somebody_who_isnt_safe_now_needs_no_words(sqlite_house: made.House, said: str) -> None:
    client = nobody(sqlite_house)
    answer = client.post("/help/three", data=form_of(client, "/help/three") | {"said": said, "unsafe": "yes"})
    assert answer.status_code == 200
    assert states(sqlite_house) == ["protecting"]
    assert len(kept.rows(sqlite_house, Voice)) == 1
