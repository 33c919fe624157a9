"""Address of a refuge, a placement or a fleeing parent: does it stand nowhere but where a look at it is recorded?"""

import json
import re
from collections.abc import Iterator

import assessing
import families
import kept
import made
import made_api
import pytest
from browsing import browser

from pathway.acts import (
    accept,
    answer_unsealing,
    ask_to_unseal,
    assign,
    break_glass,
    finish_task,
    note,
    receive,
    restrict,
    seal_address,
    tell_more,
)  # fmt: skip
from pathway.acts.sealing import check_may_answer
from pathway.api.ways import WAYS
from pathway.store.parts.told import told_on, told_to
from pathway.store.people.keys import ADDRESS
from pathway.store.people.whereabouts import AddressView, address_of
from pathway.tables import Entry, PersonKey, Task, Tie, Viewing
from pathway.tables.timing import TaskKind
from pathway.web.door.who_may import ACCESS
from workflows import Refused

EVERYBODY = sorted(name for name, *_ in made.STAFF)
WHY = "Their father is looking for them"
TOLD_TOO = f"They are at {families.REFUGE.lower()}; the taxi knows 14  Invented Row."


def looked_at(house: made.House, name: str, person: str) -> AddressView | None:
    with house.desk.database.reading() as session:
        return address_of(session, house.viewer(name), person, house.clock())


def may_look(house: made.House, name: str, person: str) -> bool:
    found = looked_at(house, name, person)
    return found is not None and found.address == families.REFUGE


def assessed(house: made.House, case: str) -> str:
    """An assessment in which somebody wrote the address, and on whose page what was told is offered."""
    ref = assessing.begun(house, case)
    assessing.answers(house, case, ref, assessing.given("tried", TOLD_TOO))
    return ref


def pages(house: made.House, case: str) -> Iterator[str]:
    """Every page of the record and its people, and every page about no record, filled as far as can be."""
    entries = [one.public_id for one in kept.rows(house, Entry, case=case)]
    ref = assessed(house, case)
    ties = [one.public_id for one in kept.rows(house, Tie, case=case)]
    people = list(families.refs(house).values())
    for address in (one.removeprefix("GET ") for one in ACCESS if one.startswith("GET ")):
        if address == "/people/{person}/address":
            continue
        for person in people if "{person}" in address else [""]:
            for move in ("decide", "ask", "huddle") if "{name}" in address else [""]:
                known = {"person": person, "entry": entries[0], "tie": ties[0], "reference": case, "name": move}
                known |= {"assessment": ref, "section": "agreed"}
                yield re.sub(r"\{([\w:]+)\}", lambda one, known=known: known.get(one[1], "nowhere"), address)
    yield from (f"/people?q={asked}" for asked in ("Invented+Row", "EX1+2ZZ", "Ava"))
    yield from (f"/people/{one}/chronology?words=Invented" for one in people)
    yield from (f"/people/{one}/chronology?purpose=court" for one in people)


@pytest.mark.parametrize("name", EVERYBODY)
def test_it_stands_on_no_page_for_anybody(sqlite_house: made.House, name: str) -> None:
    house = sqlite_house
    case = families.fled(house, household=TOLD_TOO, worry=f"Fled to {families.REFUGE}").case
    note(house.desk, house.viewer("ada"), case=case, text=TOLD_TOO)
    client = browser(house, name)
    asked = list(pages(house, case))
    assert len(asked) > 40
    shown = 0
    for path in asked:
        answer = client.get(path, follow_redirects=True)
        assert answer.status_code < 500, path
        shown += answer.status_code == 200 and "Ava" in answer.text
        said = re.sub(r'value="[^"]*"|“[^”]*”', "", answer.text) if "?q=" in path else answer.text
        assert [one for one in families.GIVES_AWAY if one.lower() in said.lower()] == [], path
    assert shown >= (20 if name in families.SEE_WHOLE else 0)


@pytest.mark.parametrize("name", EVERYBODY)
def test_it_stands_in_no_answer_of_the_api_for_anybody(sqlite_house: made.House, name: str) -> None:
    house = sqlite_house
    case = families.fled(house, household=TOLD_TOO).case
    note(house.desk, house.viewer("ada"), case=case, text=TOLD_TOO)
    client, assessment = made_api.caller(house, name), assessed(house, case)
    for way in (one for one in WAYS if one.method == "GET"):
        for ref in (case, *families.refs(house).values()):
            filled_in = way.path.format(
                ref=ref,
                limit="decision",
                document_ref="NONE",
                assessment=assessment,
                authority=made.AUTHORITY,
                dated="2026-04-01",
            )
            text = client.get(filled_in.lstrip("/")).text
            assert [one for one in families.GIVES_AWAY if one.lower() in text.lower()] == [], filled_in


def test_the_one_page_that_shows_it_records_the_look_as_its_own(sqlite_house: made.House) -> None:
    house = sqlite_house
    case = families.fled(house).case
    ava = families.refs(house)["Ava"]
    for name, told, page in (("ada", True, "sealed address"), ("aud", False, "sealed address, not shown")):
        text = browser(house, name).get(f"/people/{ava}/address").text
        assert (families.REFUGE in text) is told
        look = kept.rows(house, Viewing)[-1]
        assert (look.page, json.loads(look.cases), look.practitioner_id) == (page, [case], house.ids[name])


def test_whoever_answers_their_managers_and_social_work_on_it_may_look_and_nobody_else(house: made.House) -> None:
    families.fled(house)
    ava = families.refs(house)["Ava"]
    may = {name for name in EVERYBODY if may_look(house, name, ava)}
    assert may == {"ada", "ben", "sol", "may", "sid", "hal"}


def test_once_one_person_holds_it_only_they_and_their_managers_may_look(house: made.House) -> None:
    case = families.fled(house).case
    ava = families.refs(house)["Ava"]
    assign(house.desk, house.viewer("ada"), case=case, to=house.viewer("dot").ref)
    assert not may_look(house, "dot", ava)
    accept(house.desk, house.viewer("dot"), case=case)
    assert {name for name in EVERYBODY if may_look(house, name, ava)} == {"dot", "sid", "hal"}


def test_a_social_worker_may_look_where_a_child_is_in_danger_now(house: made.House) -> None:
    families.fled(house, immediate_danger=True)
    ava = families.refs(house)["Ava"]
    assert may_look(house, "eve", ava)
    assert may_look(house, "dot", ava)
    assert not may_look(house, "aud", ava)


def test_breaking_the_glass_shows_the_record_and_not_where_they_live(house: made.House) -> None:
    case = families.fled(house).case
    ava = families.refs(house)["Ava"]
    may = house.viewer("may")
    assign(house.desk, may, case=case, to=may.ref)
    restrict(house.desk, may, case=case, names=(), reason=WHY)
    break_glass(house.desk, house.viewer("ada"), case=case, reason="The school rang about her tonight")
    assert families.page(house, "ada", ava) is not None
    assert not may_look(house, "ada", ava)


def plain(house: made.House) -> str:
    """The same family, and nobody thought of sealing where they live."""
    return families.fled(house, by="ada", address_sealed=False).case


def sealed(house: made.House) -> set[str]:
    return {one.given_name for one in families.people(house) if one.address_sealed}


def test_one_person_seals_at_once_for_everybody_who_lives_there(house: made.House) -> None:
    case = plain(house)
    found = families.refs(house)
    assert families.shown(house, "ada", found["Ava"]).person.address == families.REFUGE
    seal_address(house.desk, house.viewer("ben"), person=found["Ava"], reason=WHY)
    assert sealed(house) == {"Ava", "Theo", "Rosa"}
    assert families.shown(house, "ada", found["Rosa"]).person.address == ""
    assert kept.rows(house, Entry, case=case)[-1].kind == "address_sealed"
    assert families.REFUGE not in made_api.caller(house, "ada").get(f"cases/{case}").text
    assert kept.faults(house) == []


def test_a_sealed_address_finds_nobody_from_that_moment_on(house: made.House) -> None:
    plain(house)
    by_address = {one.key for one in kept.rows(house, PersonKey) if one.key.startswith(ADDRESS)}
    seal_address(house.desk, house.viewer("ben"), person=families.refs(house)["Ava"], reason=WHY)
    assert by_address
    assert by_address.isdisjoint(one.key for one in kept.rows(house, PersonKey))


def test_sealing_reaches_every_row_of_the_person_and_records_one_may_not_see(
    house: made.House,
) -> None:
    plain(house)
    ava = families.refs(house)["Ava"]
    again = made.child(given_name="Ava", family_name="Example", age_years=7)
    hidden = receive(house.desk, house.viewer("ada"), take=made.take(children=(again,), address=families.REFUGE)).case
    families.agreed(house, ava, families.refs(house)["Ava"])
    may = house.viewer("may")
    assign(house.desk, may, case=hidden, to=may.ref)
    restrict(house.desk, may, case=hidden, names=(), reason="A colleague's child")
    seal_address(house.desk, house.viewer("ada"), person=ava, reason=WHY)
    assert all(one.address_sealed for one in families.people(house) if one.given_name == "Ava")
    assert families.REFUGE not in made_api.caller(house, "may").get(f"cases/{hidden}").text


def test_a_row_that_only_may_be_the_same_is_covered_too(house: made.House) -> None:
    families.fled(house)
    told = made.child(given_name="Ava", age_years=7, same_as=families.refs(house)["Ava"])
    case = receive(house.desk, house.viewer("ada"), take=made.take(children=(told,), address=families.REFUGE)).case
    newest = families.refs(house)["Ava"]
    assert families.shown(house, "ada", newest).person.address == ""
    assert families.REFUGE not in made_api.caller(house, "ada").get(f"cases/{case}").text


def test_advice_about_nobody_by_name_keeps_the_address_that_was_told_as_sealed(house: made.House) -> None:
    take = made.take(kind="advice", children=(), address=families.REFUGE, address_sealed=True)
    case = receive(house.desk, house.viewer("ada"), take=take).case
    assert families.REFUGE not in made_api.caller(house, "ada").get(f"cases/{case}").text


@pytest.mark.parametrize("address", ["?", ",", "a", "12"])
def test_an_address_of_a_letter_or_two_hides_itself_and_no_words(house: made.House, address: str) -> None:
    told = made.take(address=address, address_sealed=True, worry="A baby, 12 weeks old, was shaken?")
    case = receive(house.desk, house.viewer("ada"), take=told).case
    with house.desk.database.reading() as session:
        found = told_to(session, house.viewer("ada"), case, house.clock())
    assert found is not None
    assert found[0].worry == told.worry
    assert found[0].address == "Sealed"


def test_telling_more_neither_shows_a_sealed_address_nor_unseals_nor_loses_it(house: made.House) -> None:
    case = families.fled(house, worry=f"Fled to {families.REFUGE}").case
    ada = house.viewer("ada")
    with house.desk.database.reading() as session:
        shown, _ = told_to(session, ada, case, house.clock()) or pytest.fail("not shown")
    assert [one for one in families.GIVES_AWAY if one in shown.model_dump_json()] == []
    tell_more(house.desk, ada, case=case, take=shown.model_copy(update={"address_sealed": False, "siblings": 1}))
    with house.desk.database.reading() as session:
        kept_as = told_on(session, kept.the(session, case))
    assert kept_as is not None
    assert (kept_as.address, kept_as.worry, kept_as.siblings) == (families.REFUGE, f"Fled to {families.REFUGE}", 1)
    assert sealed(house) == {"Ava", "Theo", "Rosa"}
    assert may_look(house, "ada", families.refs(house)["Ava"])


def asked(house: made.House, by: str = "ada") -> str:
    families.fled(house)
    ava = families.refs(house)["Ava"]
    ask_to_unseal(house.desk, house.viewer(by), person=ava, reason="They have moved on")
    return ava


def test_unsealing_takes_a_manager_who_did_not_ask(house: made.House) -> None:
    ava = asked(house)
    assert "Ava" in sealed(house)
    with pytest.raises(Refused, match="manager's decision"):
        answer_unsealing(house.desk, house.viewer("ben"), person=ava, agree=True, reason=WHY)
    answer_unsealing(house.desk, house.viewer("may"), person=ava, agree=True, reason="Moved, seen by us")
    assert sealed(house) == set()
    assert families.shown(house, "ada", ava).person.address == families.REFUGE
    assert [one.done_at for one in kept.rows(house, Task) if one.kind is TaskKind.address_to_unseal] != [None]
    assert kept.faults(house) == []


def test_a_manager_who_asked_can_not_agree_too(house: made.House) -> None:
    ava = asked(house, "may")
    with pytest.raises(Refused, match="someone else must agree"):
        answer_unsealing(house.desk, house.viewer("may"), person=ava, agree=True, reason=WHY)
    answer_unsealing(house.desk, house.viewer("sid"), person=ava, agree=False, reason="Not safe yet")
    assert "Ava" in sealed(house)


def test_it_is_asked_once_and_is_not_finished_by_ticking_it_off(house: made.House) -> None:
    ava = asked(house)
    with pytest.raises(Refused, match="asked already"):
        ask_to_unseal(house.desk, house.viewer("ben"), person=ava, reason=WHY)
    task = next(one for one in kept.rows(house, Task) if one.kind is TaskKind.address_to_unseal)
    with pytest.raises(Refused, match="isn't finished until a manager agrees"):
        finish_task(house.desk, house.viewer("may"), task=task.public_id)


def test_who_only_reads_neither_seals_nor_asks(sqlite_house: made.House) -> None:
    families.fled(sqlite_house)
    ava, aud = families.refs(sqlite_house)["Ava"], sqlite_house.viewer("aud")
    for act in (seal_address, ask_to_unseal):
        with pytest.raises(Refused):
            act(sqlite_house.desk, aud, person=ava, reason=WHY)
    with pytest.raises(Refused):
        check_may_answer(aud, 0)
