"""Can a service be found and read on the pages, safely and as it was published, and is what is wrong seen?"""

import re
from pathlib import Path

import kept
import made
import offering
import pytest
from browsing import browser, words_of
from offering import FeedServer, at, body, classed, feeding, imports, week
from typer.testing import CliRunner

from pathway.cli import app
from pathway.tables import DirectoryImport, Service

CHECKED = {"assured_date": "2026-10-01"}
HOSTILE = "<script>alert('x')</script><b>Bold</b> \" onmouseover=alert(1) {{ 7 * 7 }}"


def page(house: made.House, address: str = "/services", name: str = "pat") -> str:
    return words_of(browser(house, name).get(address).text)


def filled(house: made.House) -> None:
    monday = [week("MO", "09:00", "17:00")]
    imports(
        house,
        body(1, name="Debt advice", minimum_age=16, service_at_locations=at(), wait_time="2 weeks", **CHECKED),
        body(2, name="Sleep clinic", maximum_age=4, schedules=monday, attributes=classed("Sleep")),
        body(3, name="Food share", status="temporarily closed", alert="Closed until May."),
        body(4, name="Toy library", status="defunct"),
    )


def test_the_list_says_what_helps_to_choose(sqlite_house: made.House) -> None:
    filled(sqlite_house)
    said = page(sqlite_house)
    assert "3 services in the directory." in said
    assert "16 and over" in said
    assert "Up to 4" in said
    assert "2 weeks" in said
    assert "1 October 2026 6 weeks ago" in said
    assert "Not said It may be out of date" in said
    assert said.index("Sleep clinic") < said.index("Food share Temporarily closed")
    assert "Also not offered any more 1" in said
    assert "Toy library" not in said


def test_filters_stand_in_the_address_and_counts_match_the_list(sqlite_house: made.House) -> None:
    filled(sqlite_house)
    client = browser(sqlite_house, "pat")
    html = client.get("/services?q=sleep&age=3&day=now").text
    assert "1 service found." in words_of(html)
    assert re.findall(r'data-ref="(\w+)"', html) == [kept.rows(sqlite_house, Service)[1].public_id]
    (link,) = re.findall(r'href="(/services\?[^"]*ended=yes[^"]*)"', client.get("/services?q=toy").text)
    assert "Toy library Not offered any more" in words_of(client.get(link.replace("&amp;", "&")).text)


def test_an_age_that_is_none_is_said_beside_its_field(sqlite_house: made.House) -> None:
    for typed in ("seven", "-1", "26", "3.5"):
        answer = browser(sqlite_house, "pat").get(f"/services?age={typed}")
        assert answer.status_code == 422
        assert "Write the child’s age in whole years" in words_of(answer.text)


def test_nothing_found_says_what_else_to_try(sqlite_house: made.House) -> None:
    assert "The directory is empty." in page(sqlite_house)
    filled(sqlite_house)
    assert "No service here fits all of that." in page(sqlite_house, "/services?q=archery")
    assert "how far it is can’t be told" in page(sqlite_house, "/services?place=Nowhereton&within=5")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "place=%00",
        "q=%F0%9F%8D%9E",
        "place=%27%3B--",
        "q=" + "a" * 5000,
        "page=999999",
        "within=7&day=x",
        "q=%25_",
    ],
)
def test_whatever_is_asked_is_answered(house: made.House, query: str) -> None:
    imports(house, body(1))
    assert browser(house, "pat").get(f"/services?{query}").status_code == 200


def test_a_services_own_page_says_all_that_it_published_and_where_it_is_from(sqlite_house: made.House) -> None:
    filled(sqlite_house)
    refs = [row.public_id for row in kept.rows(sqlite_house, Service)]
    said = page(sqlite_house, f"/services/{refs[0]}")
    for words in (
        "Ages: 16 and over",
        "1 Invented Road, Exampleton, ZZ1 1AA",
        "It came from services.json",
        "service-1",
    ):
        assert words in said
    closed = page(sqlite_house, f"/services/{refs[2]}")
    assert "Temporarily closed. It says so itself." in closed
    assert "Closed until May." in closed
    imports(sqlite_house, body(1), body(2), body(3))
    gone = page(sqlite_house, f"/services/{refs[3]}")
    assert "Not published any more. services.json has left it out since Mon 16 Nov 2026" in gone


def test_no_markup_that_was_published_reaches_a_page(sqlite_house: made.House) -> None:
    place = at()
    place[0]["location"]["name"] = HOSTILE
    imports(
        sqlite_house,
        body(1, name=HOSTILE, description=HOSTILE, alert=HOSTILE, wait_time=HOSTILE, service_at_locations=place),
        body(2, status=HOSTILE, name=HOSTILE),
    )
    ref = kept.rows(sqlite_house, Service)[0].public_id
    for who, address in (("pat", "/services"), ("pat", f"/services/{ref}"), ("ann", "/services/sources")):
        html = browser(sqlite_house, who).get(address).text
        assert "alert('x')" not in html
        assert "<b>Bold" not in html
        assert '" onmouseover=alert(1)' not in html.replace("&#34;", "'")
        assert "{{ 7 * 7 }}" in html


def test_whoever_keeps_the_directory_sees_its_sources_and_what_was_sent_back(sqlite_house: made.House) -> None:
    imports(sqlite_house, body(1), body(2, status="open", name="Broken"))
    said = page(sqlite_house, "/services/sources", "ann")
    assert "1 published" in said
    assert "2 found, 1 new" in said
    assert "2 Broken status Choose from: 'active', 'inactive', 'defunct', 'temporarily closed'." in said
    assert browser(sqlite_house, "ada").get("/services/sources").status_code == 403


@pytest.fixture
def here(sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PATHWAY_DATABASE", sqlite_house.desk.database.url)
    monkeypatch.setenv("PATHWAY_FEEDS_WITHOUT_HTTPS", "true")
    monkeypatch.setenv("PATHWAY_FEED_PAUSE_SECONDS", "0")
    return tmp_path


def command(*said: str):
    return CliRunner().invoke(app, ["directory", "import", *said])


def test_a_file_is_imported_at_a_terminal(sqlite_house: made.House, here: Path) -> None:
    file = here / "autumn.json"
    file.write_bytes(offering.sent(body(1), body(2, status="?")))
    done = command(str(file), "--as", made.email("ann"), "--source", "Our list")
    assert done.exit_code == 1
    assert "2 found: 1 new, 0 changed, 0 back again, 0 gone, 1 sent back." in done.output
    assert "2 Invented service 2: status: Choose from:" in done.output
    file.write_bytes(offering.sent(body(1)))
    assert command(str(file), "--source", "Our list").exit_code == 0
    assert "isn't part of your role" in command(str(file), "--as", made.email("ada")).output
    file.write_bytes(b"[")
    assert "isn’t JSON" in command(str(file), "--source", "Our list").output
    assert "isn’t JSON" in kept.rows(sqlite_house, DirectoryImport)[-1].refused
    assert "There is no file" in command(str(here / "nowhere.json")).output


def test_a_feed_is_imported_at_a_terminal(
    sqlite_house: made.House, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with feeding(FeedServer([body(number) for number in range(3)])) as server:
        assert "3 found: 3 new" in command(f"{server.address}/services").output
        server.services = [body(0)]
        refused = command(server.address)
        assert refused.exit_code == 1
        assert "less than half" in refused.output
        assert "2 gone" in command(server.address, "--fewer").output
        monkeypatch.setenv("PATHWAY_FEEDS_WITHOUT_HTTPS", "false")
        assert "over HTTPS alone" in command(server.address).output
