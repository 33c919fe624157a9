"""Can everybody who signs in read every published document, searched, side by side and in print?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import quote

import everyshire
import kept
import made
import pytest
from browsing import browser, words_of
from sqlmodel import select
from starlette.testclient import TestClient

from pathway.acts import move, receive
from pathway.store.adopted.published import held_documents
from pathway.tables import Viewing
from pathway.web.published.browsing import PARTS, grid
from thresholds.gathering.documents import SHIPPED
from thresholds.gathering.shelf import named
from workflows.referral_facts import Decision

EXAMPLETON = "/documents/exampleton/2026-04-01"
NOTTINGHAM = "/documents/nottingham-city/2014-07-02"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return everyshire.folder(tmp_path)


@pytest.fixture
def house(sqlite_house: made.House, own: Path) -> made.House:
    """A partnership with a folder of its own, in which every section has something."""
    settings = sqlite_house.desk.settings.model_copy(update={"documents": own})
    sqlite_house.desk = replace(sqlite_house.desk, settings=settings)
    return sqlite_house


@pytest.fixture
def reader(house: made.House) -> TestClient:
    return browser(house, "gil")


def said(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words_of(answer.text)


@pytest.mark.parametrize("name", [name for name, *_ in made.STAFF])
def test_everybody_may_read_what_is_published(house: made.House, name: str) -> None:
    client = browser(house, name)
    for path in ("/documents", EXAMPLETON, f"{EXAMPLETON}/needs", "/documents/compare?a=exampleton&b=england"):
        assert client.get(path).status_code == 200


def test_the_list_says_what_is_in_force_what_else_is_held_and_why_it_may_not_run(reader: TestClient) -> None:
    page = said(reader, "/documents")
    assert "Invented, in force from 1 April 2026. This is the text as it was adopted" in page
    assert page.index("In force here") < page.index("Exampleton Children") < page.index("What else is held")
    assert "Everyshire (invented) , from 1 June 2026 1 June 2026 Draft History and teaching only" in page
    assert "is a draft." in page
    assert "Not decided yet: How soon a record is closed." in page
    assert "For others to build on" in page


def test_nothing_adopted_still_shows_what_is_held(house: made.House) -> None:
    house.clock.forward(days=-365)
    assert "Nothing has been adopted yet" in said(browser(house, "ada"), "/documents")


def test_own_documents_that_are_broken_show_their_faults_beside_what_pathway_brings(
    house: made.House, reader: TestClient, own: Path
) -> None:
    assert held_documents(house.desk.settings).faults == ()
    page = own / "everyshire/2026-06-01/document.yaml"
    page.write_text(page.read_text("utf-8").replace("amount: 8", "amount: eight"), "utf-8")
    shown = said(reader, "/documents")
    assert "The authority’s own folder can’t be read" in shown
    assert "everyshire/2026-06-01/document.yaml:" in shown
    assert "amount can't be read" in shown
    assert "Nottingham City" in shown
    assert reader.get(everyshire.ADDRESS).status_code == 404


@pytest.mark.parametrize("part", [one.id for one in PARTS])
def test_each_part_shows_every_entry_of_its_sections(reader: TestClient, own: Path, part: str) -> None:
    edition = named(everyshire.catalogue(own), everyshire.KEY, everyshire.DAY).edition
    text = reader.get(f"{everyshire.ADDRESS}/{part}").text
    for section in next(one.sections for one in PARTS if one.id == part):
        for entry in getattr(edition, section):
            assert text.count(f'id="{section}-{entry.id}"') == 1


def test_the_whole_of_it_stands_on_one_page(reader: TestClient) -> None:
    whole = reader.get(f"{everyshire.ADDRESS}/whole").text
    assert all(f'id="part-{one.id}"' in whole for one in PARTS)
    ids = [piece.split('"')[0] for piece in whole.split(' id="')[1:]]
    assert sorted(ids) == sorted(set(ids))


def test_ladders_are_shown_stage_by_stage_with_gaps_as_gaps(reader: TestClient) -> None:
    page = said(reader, f"{everyshire.ADDRESS}/disagreements")
    assert "A practitioner with the team manager. They talk. Within 2 working days." in page
    assert "They decide. Gap No time is published. How long the second stage may take." in page
    assert "If somebody can’t be reached: Ring whoever is on call." in page


def test_the_source_map_says_what_was_left_out_split_and_put_together(reader: TestClient) -> None:
    page = said(reader, f"{everyshire.ADDRESS}/sources")
    assert "Lines 1 to 21, every one accounted for: 21 places, 1 left out" in page
    assert "l.21: Telephone numbers" in page
    assert "indicators/hungry: l.5, l.7" in page


def test_todays_word_stands_with_the_documents_own_beside_it(reader: TestClient) -> None:
    text = reader.get(f"{everyshire.ADDRESS}/needs").text
    assert 'Help by an <span class="pathway-term" tabindex="0">early help assessment' in text
    assert '<span class="pathway-own"> (“CAF”, 2026)</span></span>.' in text


def test_examples_are_narrowed_by_level_and_side(own: Path) -> None:
    edition = named(everyshire.catalogue(own), "nottingham-city", everyshire.DAY).edition
    every, one = grid(edition), grid(edition, "extensive", "self-care")
    shown = [each for group in every.groups for row in group.rows for cell in row.cells for each in cell]
    shown += [each for _, those in every.apart for each in those]
    assert sorted(each.id for each in shown) == sorted(each.id for each in edition.indicators)
    assert [(row.side.id, len(row.cells)) for group in one.groups for row in group.rows] == [("self-care", 1)]
    assert [level.id for level in every.silent] == ["child-in-need"]


@pytest.mark.parametrize(
    "query", ["level=extensive", "side=self-care", "level=nonsense&side=%00", "level=extensive&side=health"]
)
def test_any_filter_gives_a_page(reader: TestClient, query: str) -> None:
    assert "Examples of need" in said(reader, f"{NOTTINGHAM}/needs?{query}")


def test_a_search_leads_to_the_very_place(reader: TestClient) -> None:
    text = reader.get(f"{everyshire.ADDRESS}?q=bullied").text
    link = f"{everyshire.ADDRESS}/practice#checklists-reasons-to-start-bullied"
    assert f'href="{link}"' in text
    assert 'id="checklists-reasons-to-start-bullied"' in reader.get(link).text


def test_a_search_says_why_it_found_what_it_found(reader: TestClient) -> None:
    page = said(reader, f"{everyshire.ADDRESS}?q=early+help+assessment")
    assert "“early help assessment” was “CAF” in 2026" in page
    assert "Nothing in this document has any of these words" in said(reader, f"{EXAMPLETON}?q=zebra")


@pytest.mark.parametrize("asked", ["<b>x</b>", "' or 1=1", "\x00", "é" * 400, '"><script>'])
def test_whatever_is_asked_is_shown_as_text(reader: TestClient, asked: str) -> None:
    answer = reader.get(f"{EXAMPLETON}?q={quote(asked)}")
    assert answer.status_code == 200
    assert "<b>x" not in answer.text
    assert "><script>" not in answer.text.split("<main")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/documents/atlantis/2026-04-01",
        "/documents/exampleton/2026-04-02",
        "/documents/exampleton/never",
        f"{EXAMPLETON}/nowhere",
    ],
)
def test_a_document_that_is_not_there_is_said(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_two_are_laid_side_by_side(reader: TestClient) -> None:
    page = said(reader, f"/documents/compare?a=nottingham-city@2014-07-02&b={everyshire.KEY}")
    assert "Levels of need, from the lowest up" in page
    assert "How long may it take?" in page
    assert "Shorter in the second" in page
    assert "They say the same." in said(reader, "/documents/compare?a=england&b=england")


@pytest.mark.parametrize("query", ["", "?a=exampleton", "?a=exampleton@x&b=england", "?a=%00&b=%00"])
def test_two_that_are_not_both_there_bring_the_list_back(reader: TestClient, query: str) -> None:
    answer = reader.get(f"/documents/compare{query}")
    assert answer.status_code == 404
    assert "That document isn’t here." in words_of(answer.text)
    assert "Two side by side" in words_of(answer.text)


def test_what_is_adopted_is_read_and_not_its_folder(house: made.House, own: Path) -> None:
    page = own / "exampleton/2026-11-01/document.yaml"
    page.parent.mkdir(parents=True)
    shipped = (SHIPPED / "exampleton/2026-04-01/document.yaml").read_text("utf-8")
    later = shipped.replace("in_force_from: 2026-04-01", "in_force_from: 2026-11-01")
    page.write_text(later, "utf-8")
    made.adopts(house, catalogue=everyshire.catalogue(own), on=date(2026, 11, 1))
    page.write_text(later.replace("within 5 working days of", "some day after"), "utf-8")
    assert "some day after" in str(held_documents(house.desk.settings).catalogue.written["exampleton"])
    assert "Close the record within 5 working days" in said(
        browser(house, "gil"), "/documents/exampleton/2026-11-01/times"
    )


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    child = made.child(given_name="Ava", family_name="Example", age_years=7, observed=("poor-attendance-or-exclusion",))
    return receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(children=(child,))).case


def decided(house: made.House, case: str, level: str) -> None:
    ada = house.viewer("ada")
    move(house.desk, ada, case=case, name="start_screening", facts=made.NOTHING)
    (child,) = kept.children(house, case)
    move(house.desk, ada, case=case, name="decide", facts=made.decide([child], Decision.early_help_assessment, level))


def test_the_judgement_is_printed_with_document_reasons_times_and_what_was_unknown(
    sqlite_house: made.House, case: str
) -> None:
    page = said(browser(sqlite_house, "ada"), f"/cases/{case}/judgement")
    for words in (
        f"Record {case} The judgement, as it was given",
        "A person decides.",
        "Exampleton Children's Partnership (invented) Invented, in force from 1 April 2026",
        "Judged Mon 16 Nov 2026, 10:00 , when Ada Adviser took the worry in",
        "Advised Additional",
        "Decided by a person Not yet",
        "Attends school poorly or has been excluded (2014)",
        "l.1383 [published]",
        "By Tue 17 Nov 2026, 17:00",
        "Not known then",
        "What would change it",
        "Family support with an early help assessment (“CAF”, 2014)",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("level", "words"), [("additional", "Why: "), ("extensive", "Why it differs from the advice: ")]
)
def test_a_decision_stands_beside_the_advice_with_its_reason(
    sqlite_house: made.House, case: str, level: str, words: str
) -> None:
    decided(sqlite_house, case, level)
    page = said(browser(sqlite_house, "ada"), f"/cases/{case}/judgement")
    assert "Advised Additional" in page
    assert f"Early help assessment , {level.capitalize()}" in page
    assert "Ada Adviser, Mon 16 Nov 2026, 10:00" in page
    assert f"{words}As discussed" in page


def test_a_referrer_who_sees_their_own_view_does_not_see_the_judgement(sqlite_house: made.House) -> None:
    case = receive(sqlite_house.desk, sqlite_house.viewer("pat"), take=made.take()).case
    assert browser(sqlite_house, "pat").get(f"/cases/{case}").status_code == 200
    assert browser(sqlite_house, "pat").get(f"/cases/{case}/judgement").status_code == 404


def test_looking_at_the_judgement_is_recorded_and_its_title_names_no_child(sqlite_house: made.House, case: str) -> None:
    text = browser(sqlite_house, "ada").get(f"/cases/{case}/judgement").text
    assert f"<title>Judgement for record {case} – Pathway</title>" in text
    with sqlite_house.desk.database.reading() as session:
        (row,) = session.exec(select(Viewing)).all()
    assert (row.page, case in row.cases) == ("judgement", True)


def test_the_judgement_stays_as_it_was_given(sqlite_house: made.House, case: str) -> None:
    before = said(browser(sqlite_house, "may"), f"/cases/{case}/judgement")
    sqlite_house.clock.forward(days=30)
    after = said(browser(sqlite_house, "may"), f"/cases/{case}/judgement")
    assert before.split("Shown")[0] == after.split("Shown")[0]
