"""Does a record's page show where it stands, the way it came, and where it can go, as a picture and as a table?"""

import re

import kept
import made
import pytest
import told
from browsing import browser, words_of

from pathway import acts
from pathway.store.records import cases
from pathway.web.on_record.way import Step, Way, way_of
from workflows import REFERRAL
from workflows.referral_facts import Protect


def moved(house: made.House, case: str, *moves: str, by: str = "ada") -> None:
    for name in moves:
        house.clock.forward(hours=1)
        facts = told.facts(name, kept.children(house, case))
        acts.move(house.desk, house.viewer(by), case=case, name=name, facts=facts)


@pytest.fixture
def case(sqlite_house: made.House) -> str:
    return acts.receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take()).case


def shown(house: made.House, case: str, name: str = "ada") -> str:
    """The part of the page that shows the way."""
    page = browser(house, name).get(f"/cases/{case}").text
    return re.search(r'<details class="govuk-details" id="way">.*?</details>', page, re.DOTALL)[0]


def way(house: made.House, case: str, name: str = "ada") -> Way:
    with house.desk.database.reading() as session:
        return way_of(REFERRAL, cases.case(session, house.viewer(name), case, house.clock()))


def states(steps: tuple[Step, ...]) -> list[str]:
    return [step.state for step in steps]


def test_the_states_it_passed_stand_in_order_with_who_and_when(sqlite_house: made.House, case: str) -> None:
    moved(sqlite_house, case, "acknowledge", "start_screening", "propose_no_further_action")
    moved(sqlite_house, case, "return_to_screening", by="sol")
    part = shown(sqlite_house, case)
    assert re.findall(r'"Step">(\d)</td><th [^>]*>([\w ]+?)(?: <strong>|</th>)', part) == [
        ("1", "Taken"),
        ("2", "Acknowledged"),
        ("3", "Under screening"),
        ("4", "Waiting for a second person"),
        ("5", "Under screening"),
    ]
    assert "(now) Returned it to screening, by Sol Worker Mon 16 Nov 2026, 14:00" in words_of(part)


def test_what_leaves_it_where_it_is_is_no_step(sqlite_house: made.House, case: str) -> None:
    moved(sqlite_house, case, "start_screening", "huddle", "acknowledge", "band")
    acts.note(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, text="Rang them")
    assert states(way(sqlite_house, case).steps) == ["taken", "under_screening"]


def test_a_worry_of_danger_now_shows_both_that_it_was_taken_and_that_it_is_protected(sqlite_house: made.House) -> None:
    case = acts.receive(sqlite_house.desk, sqlite_house.viewer("ada"), take=made.take(immediate_danger=True)).case
    assert states(way(sqlite_house, case).steps) == ["taken", "protecting"]


def test_where_it_can_go_is_what_this_viewer_may_do_and_leads_elsewhere(sqlite_house: made.House, case: str) -> None:
    mine, managers = way(sqlite_house, case).onward, way(sqlite_house, case, "may").onward
    assert [one.words for one in mine if one.leads] == ["Acknowledge to the referrer"]
    assert {one.state for one in managers} - {one.state for one in mine} == {"withdrawn"}
    assert [one.state for one in mine if one.protective] == ["protecting"]
    assert not any(one.state == "taken" for one in mine)


def test_the_picture_has_a_name_and_the_table_says_what_it_shows(sqlite_house: made.House, case: str) -> None:
    moved(sqlite_house, case, "start_screening")
    part = shown(sqlite_house, case)
    assert f'<title id="way-title">Record {case}: Under screening</title>' in part
    assert 'role="img" aria-labelledby="way-title way-desc"' in part
    assert part.count("pathway-map__line--been") == 1
    table = words_of(part.split("</svg>")[1])
    for state in REFERRAL.states:
        assert state.words in table


def test_a_record_that_has_ended_can_still_be_protected_and_reopened(sqlite_house: made.House, case: str) -> None:
    moved(sqlite_house, case, "withdraw", by="may")
    assert {(one.state, one.protective) for one in way(sqlite_house, case).onward} == {
        ("under_screening", False),
        ("protecting", True),
    }


def test_where_the_history_ends_elsewhere_the_record_is_shown_where_it_stands(sqlite_house: made.House, case: str):
    with sqlite_house.desk.database.writing() as session:
        row = kept.the(session, case)
        row.state = "decided"
        session.add(row)
    assert states(way(sqlite_house, case).steps) == ["taken", "decided"]
    assert "Not told by the history" in shown(sqlite_house, case)


def test_a_referrer_is_shown_no_such_thing(sqlite_house: made.House) -> None:
    case = acts.receive(sqlite_house.desk, sqlite_house.viewer("pat"), take=made.take()).case
    acts.move(sqlite_house.desk, sqlite_house.viewer("ada"), case=case, name="protect", facts=Protect())
    page = browser(sqlite_house, "pat").get(f"/cases/{case}").text
    assert case in page
    assert "pathway-map" not in page
    assert "Immediate protection" not in page
