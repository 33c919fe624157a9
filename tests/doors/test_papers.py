"""Do a child's own page and a history leave as files that can be read, say what for, and hold nothing dangerous?"""

import csv
import io

import families
import helping
import kept
import made
import pytest
from browsing import browser, form_of, words_of
from pypdf import PdfReader

from pathway.acts import erase, note
from pathway.tables import Entry, Person, Viewing
from pathway.web.door.paper import paper

SAID = {"why": "Mornings are hard", "happens": "Breakfast with Żaneta and Łukasz", "ask": "Sol, any Friday"}


def words_in(content: bytes) -> str:
    """What a PDF says, as whoever reads it sees it."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.fixture
def written(sqlite_house: made.House) -> str:
    """Early help on which a child's own page was written."""
    case = helping.supported(sqlite_house)
    client, address = browser(sqlite_house, "sol"), f"/cases/{case}/moves/write_page"
    typed = form_of(client, address) | SAID | {"child": kept.children(sqlite_house, case)[0]}
    assert client.post(address, data=typed).headers["location"] == f"/cases/{case}?done=write_page"
    return case


def own_page(house: made.House, case: str) -> str:
    return f"/cases/{case}/childs-page/{kept.children(house, case)[0]}"


def test_a_childs_page_holds_what_was_written_for_them_and_nothing_else(sqlite_house: made.House, written: str) -> None:
    page = words_of(browser(sqlite_house, "sol").get(own_page(sqlite_house, written)).text.split("<main", 1)[1])
    for words in (*SAID.values(), "Why are people helping me?", "You can say any time"):
        assert words in page
    assert "Additional" not in page  # no level of need


def test_a_childs_page_goes_onto_paper_with_every_letter_of_a_name(sqlite_house: made.House, written: str) -> None:
    answer = browser(sqlite_house, "sol").get(f"{own_page(sqlite_house, written)}?as=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment")
    said = words_in(answer.content)
    assert "Breakfast with Żaneta and Łukasz" in said
    assert written in said


def test_where_nobody_has_written_one_it_says_who_does(sqlite_house: made.House) -> None:
    case = helping.supported(sqlite_house)
    answer = browser(sqlite_house, "sol").get(f"{own_page(sqlite_house, case)}?as=pdf")
    assert "Nobody has written this page yet." in words_of(answer.text)


def test_what_was_erased_is_on_no_page(sqlite_house: made.House, written: str) -> None:
    entry = next(one for one in kept.rows(sqlite_house, Entry, case=written) if one.kind == "write_page")
    erase(sqlite_house.desk, sqlite_house.viewer("ann"), entry=entry.public_id, reason="Not theirs to keep")
    assert "Nobody has written this page yet." in browser(sqlite_house, "sol").get(own_page(sqlite_house, written)).text


@pytest.mark.parametrize("name", ["pat", "gil"])
def test_nobody_reads_a_childs_page_who_may_not_see_the_record(
    sqlite_house: made.House, written: str, name: str
) -> None:
    assert browser(sqlite_house, name).get(own_page(sqlite_house, written)).status_code == 404


def history(house: made.House, shape: str, purpose: str = "court", name: str = "ada") -> object:
    person = kept.rows(house, Person)[0].public_id
    return browser(house, name).get(f"/people/{person}/chronology?purpose={purpose}&as={shape}")


def test_a_history_leaves_as_a_spreadsheet_that_says_what_for_and_runs_nothing(sqlite_house: made.House) -> None:
    case = families.fled(sqlite_house).case
    note(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, text="=HYPERLINK(1)")
    answer = history(sqlite_house, "csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["When", "Written down", "Record", "What happened", "Who", "What was said"]
    assert rows[-1][0].startswith("For: Court · Ada Adviser")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert "=HYPERLINK(1)" in answer.text
    assert families.REFUGE not in answer.text
    assert "chronology printed: court" in {one.page for one in kept.rows(sqlite_house, Viewing)}


def test_a_history_leaves_as_paper_that_says_what_for_on_every_page(sqlite_house: made.House) -> None:
    case = families.fled(sqlite_house).case
    for number in range(60):
        note(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, text=f"Rang the school, {number}")
    reader = PdfReader(io.BytesIO(history(sqlite_house, "pdf").content))
    assert len(reader.pages) > 1
    assert all("For: Court · Ada Adviser" in page.extract_text() for page in reader.pages)
    said = "\n".join(page.extract_text() for page in reader.pages)
    assert "Rang the school, 59" in said
    assert families.REFUGE not in said


@pytest.mark.parametrize("shape", ["csv", "pdf"])
def test_without_a_purpose_no_file_leaves(sqlite_house: made.House, shape: str) -> None:
    families.fled(sqlite_house)
    assert history(sqlite_house, shape, purpose="").headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("words", ["", "a" * 20_000, "emoji 🙂 and 漢字", "line\nline", "\u202eright to left"])
def test_any_words_go_onto_paper(words: str) -> None:
    assert paper("A title", [("Heading", words)], "foot").startswith(b"%PDF")
