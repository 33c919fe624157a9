"""Are the traps that lie on a record's own pages closed? What docs/safety.md names, where no other test held it."""

import re
from collections.abc import Iterator

import agreeing
import assessing
import kept
import made
import outsiders
import pytest
from browsing import browser, words_of

from pathway.acts import attach, note, receive, tell_more
from pathway.store.adopted.editions import in_force
from pathway.store.parts.told import told_on
from pathway.tables import Agreement, Assessment, Deadline, Entry, Person
from pathway.web.door.who_may import ACCESS
from workflows.referral_facts import Missing

OF_A_RECORD = sorted(one.removeprefix("GET ") for one in ACCESS if one.startswith("GET /cases/{reference}"))
MOVES = ("acknowledge", "start_screening", "protect", "ask", "band", "huddle", "withdraw")
FILE = "GET /cases/{reference}/documents/{document}"
"""What was attached is shown as it is: a file, no page of ours."""


def taken(house: made.House, **told: object) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(**told)).case


def page(house: made.House, name: str, path: str) -> str:
    answer = browser(house, name).get(path)
    assert answer.status_code == 200, path
    return words_of(answer.text.split("<main", 1)[1])


def screens(house: made.House, case: str) -> Iterator[str]:
    """Every page there is of a record."""
    entry = kept.rows(house, Entry, case=case)[0].public_id
    outsider, clock = outsiders.last(house).public_id, kept.rows(house, Deadline, case=case)[0].public_id
    for address in OF_A_RECORD:
        if f"GET {address}" == FILE:
            continue
        for move in MOVES if "{name}" in address else [""]:
            filled = {"reference": case, "entry": entry, "outsider": outsider, "name": move, "clock": clock}
            filled["process"] = "early_help"
            filled["child"] = kept.children(house, case)[0]
            filled["agreement"] = kept.rows(house, Agreement, case=case)[0].public_id
            filled |= {"assessment": kept.rows(house, Assessment, case=case)[-1].public_id, "section": "agreed"}
            yield re.sub(r"\{(\w+)\}", lambda one, filled=filled: filled[one[1]], address)


def test_the_reference_stands_on_every_screen_of_a_record(sqlite_house: made.House) -> None:
    """Alerts that identify nobody get missed: whoever reads one finds the same letters wherever they look."""
    case = outsiders_case(sqlite_house)
    asked = list(screens(sqlite_house, case))
    assert len(asked) > 12
    lacking = [path for path in asked if case not in page(sqlite_house, "may", path)]
    assert lacking == []
    for path in ("/board", f"/people/{kept.rows(sqlite_house, Person)[0].public_id}"):
        assert case in page(sqlite_house, "may", path), path


def outsiders_case(house: made.House) -> str:
    outsiders.told_by_mail(house)
    case = kept.rows(house, kept.Case)[-1].public_id
    agreeing.agreed(house, case)
    assessing.worked_on(house, case)
    note(house.desk, house.viewer("ada"), case=case, text="Rang the school")
    attach(house.desk, house.viewer("ada"), case=case, name="letter.txt", content=b"A letter")
    return str(case)


@pytest.mark.parametrize("example", ["frequent-moves", "poor-attendance-or-exclusion"])
def test_labels_that_stick(sqlite_house: made.House, example: str) -> None:
    """An example is the document's, with its year, where the judgement is read; on no list and not on the child."""
    case = taken(sqlite_house, children=(made.child(given_name="Ava", age_years=7, observed=(example,)),))
    with sqlite_house.desk.database.reading() as session:
        words = in_force(session, made.AUTHORITY, sqlite_house.clock())[1].indicator(example).words
    assert f"{words} (2014)" in page(sqlite_house, "ada", f"/cases/{case}/judgement")
    person = kept.rows(sqlite_house, Person)[0].public_id
    for path in ("/board", "/tasks", "/people?q=Ava", f"/people/{person}"):
        assert words not in page(sqlite_house, "ada", path), path


@pytest.mark.parametrize(
    "example", ["forced-marriage-risk", "honour-based-abuse-risk", "illness-fabricated-or-induced"]
)
def test_honour_based_abuse_the_record_says_dont_ask_the_family_and_who_must_not_help(
    sqlite_house: made.House, example: str
) -> None:
    case = taken(sqlite_house, children=(made.child(given_name="Ava", age_years=15, observed=(example,)),))
    said = page(sqlite_house, "ada", f"/cases/{case}")
    assert "Don't ask the family to agree and don't tell them" in said
    assert "No interpreter from their community" in said
    assert "anybody here who is related to them says so" in said
    assert "Whether the family agrees" not in said


def test_looked_after_child_the_record_says_whose_they_are_and_who_hears(sqlite_house: made.House) -> None:
    child = made.child(given_name="Ava", age_years=12, involvement="in_our_care")
    said = page(sqlite_house, "ada", f"/cases/{taken(sqlite_house, children=(child,))}")
    assert "their own social worker, their reviewing officer and the authority responsible for them hear of it" in said
    assert "Carers aren't parents" in said


def test_missing_being_found_closes_nothing_and_the_time_before_stays_on_the_record(sqlite_house: made.House) -> None:
    child = made.child(given_name="Ava", age_years=14, missing="missing_now")
    case = taken(sqlite_house, children=(child,))
    assert "the police hear at once" in page(sqlite_house, "ada", f"/cases/{case}")
    with sqlite_house.desk.database.reading() as session:
        told = told_on(session, kept.the(session, case))
    assert told is not None
    found = told.children[0].model_copy(update={"missing": Missing.found})
    before = kept.case(sqlite_house, case)
    tell_more(
        sqlite_house.desk, sqlite_house.viewer("ada"), case=case, take=told.model_copy(update={"children": (found,)})
    )
    after = kept.case(sqlite_house, case)
    assert (after.state, after.closed_at, after.next_due_at) == (before.state, None, before.next_due_at)
    said = page(sqlite_house, "ada", f"/cases/{case}")
    assert "Being found closes nothing" in said
    assert [one.kind for one in kept.rows(sqlite_house, Entry, case=case)] == ["received", "told_more"]
