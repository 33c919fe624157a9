"""Does the page of adoptions show what holds, comes, waits and went, and take both acts with everything typed kept?"""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import made
import pytest
from browsing import Page, browser, words_of
from sqlalchemy import delete
from starlette.testclient import TestClient

from pathway.store.adopted.editions import in_force
from pathway.tables import AdoptedEdition
from thresholds.gathering.documents import SHIPPED

HERE = "/documents/adoption"
CHOSEN = {"edition": "2026-04-01", "in_force_from-day": "1", "in_force_from-month": "12", "in_force_from-year": "2026"}


def told(client: TestClient) -> str:
    return words_of(client.get(HERE).text)


def sends(client: TestClient, action: str, **fields: str) -> Any:
    form = Page(client.get(HERE).text).form(action)
    return client.post(action, data={**form, **fields})


def waits(house: made.House, by: str = "hal", **how: Any) -> str:
    return made.proposes(house.desk, house.viewer(by), **({"on": date(2026, 12, 1)} | how)).named["adoption"]


def with_own(house: made.House, tmp_path: Path, old: str = "", new: str = "") -> made.House:
    """The same partnership with a folder of its own, in which there is a later edition."""
    page = tmp_path / "own/exampleton/2026-11-01/document.yaml"
    page.parent.mkdir(parents=True)
    text = (SHIPPED / "exampleton/2026-04-01/document.yaml").read_text()
    page.write_text(text.replace("in_force_from: 2026-04-01", "in_force_from: 2026-11-01").replace(old, new or old))
    settings = house.desk.settings.model_copy(update={"documents": tmp_path / "own"})
    return replace(house, desk=replace(house.desk, settings=settings))


def test_it_is_proposed_by_one_and_agreed_by_another(sqlite_house: made.House) -> None:
    hal, ann = browser(sqlite_house, "hal"), browser(sqlite_house, "ann")
    assert (
        sends(hal, HERE, **CHOSEN, reason="Board, 3 November, minute 7").headers["location"] == f"{HERE}?done=proposed"
    )
    said = told(hal)
    assert "Proposed by Hal Head" in said
    assert "Board, 3 November, minute 7" in said
    assert "You proposed it, so another person must agree" in said
    actions = [form["action"] for form in Page(ann.get(HERE).text).forms]
    agree = next(action for action in actions if action.endswith("/agree"))
    assert agree not in hal.get(HERE).text
    assert sends(ann, agree).headers["location"] == f"{HERE}?done=agreed"
    said = told(ann)
    assert "Nothing waits." in said
    assert (
        "Coming Exampleton Children's Partnership (invented), edition of 1 April 2026 (invented), from 1 December"
        in said
    )
    assert "Agreed by Ann Admin" in said


def test_what_is_missing_is_said_beside_its_field_with_everything_typed_kept(sqlite_house: made.House) -> None:
    client = browser(sqlite_house, "hal")
    answer = sends(client, HERE, **{**CHOSEN, "in_force_from-month": "13"}, reason="Minute 7")
    assert answer.status_code == 422
    assert "Say from which day it is to be in force" in answer.text
    again = Page(answer.text).form(HERE)
    assert (again["reason"], again["edition"], again["in_force_from-month"]) == ("Minute 7", "2026-04-01", "13")
    answer = sends(client, HERE, **CHOSEN)
    assert (answer.status_code, "Say where it was decided" in answer.text) == (422, True)
    answer = client.post(HERE, data={**again, "edition": "", "in_force_from-month": "12"})
    assert (answer.status_code, "Choose which document" in answer.text) == (422, True)


def test_whoever_proposed_it_is_refused_on_the_page_though_no_button_offers_it(sqlite_house: made.House) -> None:
    ref, client = waits(sqlite_house), browser(sqlite_house, "hal")
    form = Page(client.get(HERE).text).form(f"{HERE}/{ref}/withdraw")
    answer = client.post(f"{HERE}/{ref}/agree", data={"_csrf": form["_csrf"], "edition": "0" * 64})
    assert answer.status_code == 409
    assert "another person must agree to it" in words_of(answer.text)


def test_a_proposal_is_taken_back_and_says_why(sqlite_house: made.House) -> None:
    first, second = waits(sqlite_house), waits(sqlite_house, on=date(2027, 1, 4))
    client, action = browser(sqlite_house, "ann"), f"{HERE}/{first}/withdraw"
    answer = sends(client, action)
    assert answer.status_code == 422
    assert f'href="#why-{first}"' in answer.text
    assert f'id="why-{second}-error"' not in answer.text
    assert sends(client, action, **{f"why-{first}": "A misprint on page 3"}).status_code == 303
    assert "Taken back by Ann Admin" in told(client)
    assert "A misprint on page 3" in told(client)


def test_the_second_person_sees_what_would_change(sqlite_house: made.House, tmp_path: Path) -> None:
    house = with_own(sqlite_house, tmp_path, "amount: 4, unit: office_hours", "amount: 3, unit: office_hours")
    client = browser(house, "hal")
    assert sends(client, HERE, **{**CHOSEN, "edition": "2026-11-01"}, reason="Minute 7").status_code == 303
    assert "how long: 4 office hours → 3 office hours" in told(browser(house, "ann"))


def test_an_edition_that_cannot_run_live_says_every_reason(sqlite_house: made.House, tmp_path: Path) -> None:
    house = with_own(sqlite_house, tmp_path, "status: invented", "status: draft")
    client = browser(house, "hal")
    assert "Why the edition of 1 November 2026 can’t run live yet" in told(client)
    answer = sends(client, HERE, **{**CHOSEN, "edition": "2026-11-01"}, reason="Minute 7")
    assert answer.status_code == 409
    assert "is a draft. The partnership must decide it" in words_of(answer.text)


@pytest.mark.parametrize("broken", ["amount: moons", None])
def test_a_broken_folder_shows_its_faults_and_stops_nothing_else(
    sqlite_house: made.House, tmp_path: Path, broken: str | None
) -> None:
    if broken:
        house = with_own(sqlite_house, tmp_path, "amount: 4", broken)
        fault = "own/exampleton/2026-11-01/document.yaml, line"
    else:
        settings = sqlite_house.desk.settings.model_copy(update={"documents": tmp_path / "gone"})
        house = replace(sqlite_house, desk=replace(sqlite_house.desk, settings=settings))
        fault = "There is no such folder."
    ref, client = waits(sqlite_house), browser(house, "ann")
    assert fault in told(client)
    assert "What is in force stays in force" in told(client)
    assert sends(client, f"{HERE}/{ref}/agree").status_code == 303
    assert client.get("/documents").status_code == 200


def test_before_anything_is_in_force_the_page_works_and_the_others_lead_to_it(sqlite_house: made.House) -> None:
    with sqlite_house.desk.database.writing() as session:
        session.execute(delete(AdoptedEdition))
    client = browser(sqlite_house, "ann")
    assert "Nothing can be judged or timed until" in told(client)
    assert HERE in client.get("/documents").text
    assert HERE not in browser(sqlite_house, "aud").get("/documents").text
    ref = waits(sqlite_house, on=date(2026, 4, 1))
    assert "It would be the first that is in force" in told(client)
    sends(client, f"{HERE}/{ref}/agree")
    with sqlite_house.desk.database.reading() as session:
        assert in_force(session, made.AUTHORITY, sqlite_house.clock())


def test_an_authority_without_a_document_is_told_where_its_own_goes(
    sqlite_house: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("thresholds.Catalogue.dates", lambda catalogue, authority: ())
    assert "PATHWAY_DOCUMENTS" in told(browser(sqlite_house, "ann"))


def test_the_task_of_whoever_is_to_agree_leads_to_the_page(sqlite_house: made.House) -> None:
    waits(sqlite_house)
    page = browser(sqlite_house, "ann").get("/tasks").text
    assert "Hal Head proposed the document of Exampleton" in page
    assert f'href="{HERE}"' in page
    assert "/finish" not in page


def test_what_one_person_adopted_before_says_so(sqlite_house: made.House) -> None:
    with sqlite_house.desk.database.writing() as session:
        session.execute(AdoptedEdition.__table__.update().values(reason=None))  # type: ignore[attr-defined]
    assert "Adopted by Hal Head" in told(browser(sqlite_house, "ann"))
