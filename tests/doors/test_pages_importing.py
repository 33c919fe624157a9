"""Can a spreadsheet of contacts be sent, checked, taken in and put right on the pages and at the terminal?"""

import re
from pathlib import Path

import kept
import made
import pytest
import spreadsheets
from browsing import Page, browser, words_of
from spreadsheets import BAD, GOOD, line, two_hundred, xlsx
from starlette.testclient import TestClient
from typer.testing import CliRunner

from pathway.acts import FieldFault, Unacceptable
from pathway.cli import app
from pathway.tables import Case

IMPORT = "/contacts/import"


def sends(client: TestClient, content: bytes, name: str = "autumn.xlsx"):
    form = Page(client.get(IMPORT).text).form(IMPORT)
    return client.post(IMPORT, data=form, files={"sheet": (name, content)})


def checking(client: TestClient, content: bytes) -> str:
    """Sent; the address of its check."""
    answer = sends(client, content)
    assert answer.status_code == 303, words_of(answer.text)
    return str(answer.headers["location"])


def test_two_hundred_are_checked_taken_in_and_the_rest_given_back(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    check = checking(client, xlsx(two_hundred()))
    page = client.get(check).text
    assert f"{GOOD} can come in. {BAD} can’t." in words_of(page)
    assert not kept.rows(sqlite_house, Case)
    form = Page(page).form(check)
    taken = [words_of(client.post(check, data=form).text) for _ in range(2)]
    assert f"{GOOD} contacts are in." in taken[0]
    assert f"{GOOD} contacts are in." in taken[1]
    assert len(kept.rows(sqlite_house, Case)) == GOOD
    back = client.get(f"{check}/put-right")
    assert "To%20put%20right%2C%20autumn.xlsx" in back.headers["content-disposition"]
    assert len(spreadsheets.opened(back.content)) == 1 + BAD
    assert "Contacts from a spreadsheet: autumn.xlsx" in words_of(client.get("/drafts").text)


def test_when_all_are_in_the_file_is_no_draft_any_more(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    check = checking(client, xlsx([line(1)]))
    assert client.get(f"/drafts/{check.rpartition('/')[2]}").headers["location"] == check
    done = client.post(check, data=Page(client.get(check).text).form(check)).text
    assert re.search(r'href="/cases/[0-9A-Z]{10}"', done)
    assert "No drafts." in client.get("/drafts").text


def test_danger_stands_first_on_the_page(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    rows = [line(1, worry=None), line(2), line(3, danger="yes"), line(3, danger="yes")]
    check = checking(client, xlsx(rows))
    page = words_of(client.get(check).text)
    assert "These come in first" in page
    assert page.index("Row 4 · in danger now") < page.index("What can’t come in yet")
    assert "Danger now, and not taken in" not in page


def test_danger_that_cannot_come_in_is_said_before_all_else(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unjudged(*_: object) -> None:
        raise Unacceptable(FieldFault("children", "This can't be judged."))

    client = browser(sqlite_house, "ada")
    check = checking(client, xlsx([line(1, danger="yes")]))
    monkeypatch.setattr("pathway.acts.importing.taking.judged", unjudged)
    assert "Danger now, and not taken in: row 2. Take each by itself now" in words_of(client.get(check).text)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsm", b"PK\x03\x04", "holds macros"),
        ("a.pdf", b"%PDF-1.7", "no headings"),
        ("", b"", "Choose a file first"),
        ("a.csv", b"Who told us,Worrry\n", "Did you mean “What is the worry”?"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_file(
    sqlite_house: made.House, name: str, content: bytes, says: str
) -> None:
    answer = sends(browser(sqlite_house, "ada"), content, name or "x")
    assert answer.status_code == 422
    assert says in words_of(answer.text)


def test_forty_megabytes_are_refused_in_words(sqlite_house: made.House) -> None:
    answer = sends(browser(sqlite_house, "ada"), b"x" * 40_000_000)
    assert answer.status_code == 413
    assert "We can take 5 MB at a time" in words_of(answer.text)


def test_a_file_is_its_senders_alone_and_others_are_told_who_may(sqlite_house: made.House) -> None:
    check = checking(browser(sqlite_house, "ada"), xlsx([line(1)]))
    for address in (check, f"{check}/put-right"):
        assert browser(sqlite_house, "ben").get(address).status_code == 404
    assert browser(sqlite_house, "dot").get(IMPORT).status_code == 409
    assert browser(sqlite_house, "pat").get(IMPORT).status_code == 403


def test_the_template_comes_as_a_file_to_save(sqlite_house: made.House) -> None:
    answer = browser(sqlite_house, "ada").get(f"{IMPORT}/template")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert spreadsheets.opened(answer.content) == [spreadsheets.TITLES]


def test_markup_in_a_cell_is_shown_as_it_was_typed(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "ada")
    page = client.get(checking(client, xlsx([line(1)], [*spreadsheets.TITLES[:-1], "<b>x</b>"]))).text
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_the_terminal_takes_in_what_is_good_and_writes_the_rest(
    sqlite_house: made.House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATHWAY_DATABASE", sqlite_house.desk.database.url)
    monkeypatch.setenv("PATHWAY_FILES", str(tmp_path))
    file, rest = tmp_path / "autumn.xlsx", tmp_path / "rest.xlsx"
    file.write_bytes(xlsx([line(1), line(2, worry=None)]))
    who = ["import", "contacts", str(file), "--as", made.email("ada")]
    checked = CliRunner().invoke(app, [*who, "--check"])
    assert "Row 2: can come in" in checked.output
    assert not kept.rows(sqlite_house, Case)
    done = CliRunner().invoke(app, [*who, "--put-right", str(rest)])
    assert "1 in, 1 to put right." in done.output
    assert "Row 3: What is the worry: This is empty" in done.output
    assert done.exit_code == 1
    assert len(spreadsheets.opened(rest.read_bytes())) == 2
    assert len(kept.rows(sqlite_house, Case)) == 1
    assert "team that takes contacts" in CliRunner().invoke(app, [*who[:-1], made.email("dot")]).output
    assert "no file" in CliRunner().invoke(app, ["import", "contacts", "nowhere.csv", *who[3:]]).output
