"""Is what is erased gone, for good and on the record? And is nothing erased that somebody still needs?"""

from pathlib import Path

import kept
import made
import outsiders
import pytest
import told
from browsing import browser, words_of
from sqlmodel import col, select
from tampering import tamper

from pathway.acts import (
    Conflict,
    NotFound,
    Unacceptable,
    agree_link,
    break_glass,
    erase,
    keep_contact,
    move,
    note,
    propose_link,
    receive,
    tell_more,
)
from pathway.acts.record import Done
from pathway.tables import Draft, Entry, Payload, Person, Task
from workflows import Refused

SECRET = "What nobody should have written: 14 Quarry Lane"
WHY = "About another family; the information governance lead decided"


def taken(house: made.House, **more: object) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(**more)).case


def noted(house: made.House, case: str, text: str = SECRET) -> str:
    return note(house.desk, house.viewer("ada"), case=case, text=text).entry


def erases(house: made.House, entry: str, name: str = "ann", reason: str = WHY) -> Done:
    return erase(house.desk, house.viewer(name), entry=entry, reason=reason)


def payload(house: made.House, entry: str) -> Payload:
    with house.desk.database.reading() as session:
        row = session.exec(select(Entry).where(col(Entry.public_id) == entry)).one()
        return session.exec(select(Payload).where(col(Payload.entry_id) == row.id)).one()


def closed(house: made.House, case: str) -> str:
    move(house.desk, house.viewer("may"), case=case, name="withdraw", facts=made.REASON)
    return case


@pytest.mark.parametrize("name", ["ann", "hal"])
def test_the_text_and_its_salt_are_gone_and_the_chain_says_whose_why_and_by_whom(house: made.House, name: str) -> None:
    case = taken(house)
    entry = noted(house, case)
    done = erases(house, entry, name)
    row = payload(house, entry)
    assert (row.body, row.salt, row.erased_at, row.erased_by_id) == (None, None, house.clock(), house.ids[name])
    says = kept.rows(house, Entry, case=case)[-1]
    assert (says.public_id, says.kind, says.actor_id) == (done.entry, "erased", house.ids[name])
    assert entry in says.effects
    assert WHY in (payload(house, done.entry).body or "")
    assert kept.audited(house) == kept.faults(house) == []


def test_the_page_says_that_it_is_erased_and_by_whom(sqlite_house: made.House) -> None:
    case = taken(sqlite_house)
    entry = noted(sqlite_house, case)
    before = browser(sqlite_house, "ada").get(f"/cases/{case}").text
    erases(sqlite_house, entry)
    shown = words_of(browser(sqlite_house, "ada").get(f"/cases/{case}").text)
    assert SECRET in words_of(before)
    assert SECRET not in shown
    assert "What was written here has been erased." in shown
    assert "Erased what an entry said by Ann Admin" in shown
    assert f"Added a note, 10:00 on 16 November 2026 (entry {entry})" in shown
    assert WHY in shown


def test_every_page_of_a_record_opens_once_what_was_told_is_erased(sqlite_house: made.House) -> None:
    case = taken(sqlite_house)
    outsiders.ask(sqlite_house, case)
    closed(sqlite_house, case)
    for entry in kept.rows(sqlite_house, Entry, case=case):
        erases(sqlite_house, entry.public_id)
    (child, *_) = kept.rows(sqlite_house, Person)
    client = browser(sqlite_house, "ada")
    on_it = ("", "/judgement", "/notes", "/hand-over", "/moves/protect", f"/entries/{entry.public_id}")
    about = ("", "/chronology", "/ties", "/address")
    pages = [*(f"/cases/{case}{one}" for one in on_it), *(f"/people/{child.public_id}{one}" for one in about), "/board"]
    assert {page: client.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
    assert kept.audited(sqlite_house) == []


@pytest.mark.parametrize("name", ["ada", "sol", "may", "sid", "aud", "pat", "zoe"])
def test_nobody_else_erases(house: made.House, name: str) -> None:
    entry = noted(house, taken(house))
    before = kept.everything(house)
    with pytest.raises(Refused, match="administrator or head of service"):
        erases(house, entry, name)
    assert kept.everything(house) == before


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_erased_without_a_reason(sqlite_house: made.House, reason: str) -> None:
    entry = noted(sqlite_house, taken(sqlite_house))
    with pytest.raises(Unacceptable, match="Say why"):
        erases(sqlite_house, entry, reason=reason)
    assert SECRET in (payload(sqlite_house, entry).body or "")


def test_an_entry_that_is_not_there_is_not_found(sqlite_house: made.House) -> None:
    with pytest.raises(NotFound):
        erases(sqlite_house, "0123456789")


def test_a_text_is_erased_once(house: made.House) -> None:
    entry = noted(house, taken(house))
    erases(house, entry)
    with pytest.raises(Refused, match="erased already"):
        erases(house, entry)


def test_a_restricted_record_is_erased_from_by_who_may_not_see_it_and_shows_them_nothing(house: made.House) -> None:
    case = outsiders.restricted(house, taken(house))
    entry = note(house.desk, house.viewer("ada"), case=case, text=SECRET).entry
    done = erases(house, entry)
    assert payload(house, entry).body is None
    assert SECRET not in str(done)
    with pytest.raises(NotFound):
        note(house.desk, house.viewer("ann"), case=case, text="Seen")


def refused(house: made.House, entry: str, why: str) -> None:
    before = kept.everything(house)
    with pytest.raises(Refused, match=why):
        erases(house, entry)
    assert kept.everything(house) == before


def test_a_record_kept_as_evidence_loses_nothing(house: made.House) -> None:
    entry = noted(house, taken(house))
    tamper(house, 'UPDATE "case" SET legal_hold = true')
    refused(house, entry, "kept as evidence")


def test_what_was_told_of_a_child_stays_while_the_record_is_open_until_it_is_told_anew(house: made.House) -> None:
    case = taken(house, worry=SECRET)
    first = kept.rows(house, Entry, case=case)[0].public_id
    refused(house, first, "whose record is open")
    (child,) = kept.children(house, case)
    anew = made.take(children=(made.child(ref=child, given_name="Ava", family_name="Example", age_years=7),))
    tell_more(house.desk, house.viewer("ada"), case=case, take=anew)
    erases(house, first)
    assert payload(house, first).body is None
    second = next(one.public_id for one in kept.rows(house, Entry, case=case) if one.kind == "told_more")
    refused(house, second, "whose record is open")
    erases(house, (closed(house, case), second)[1])
    assert kept.faults(house) == []


def test_a_question_that_waits_keeps_its_words(house: made.House) -> None:
    case = taken(house)
    outsiders.ask(house, case)
    asked = next(one.public_id for one in kept.rows(house, Entry, case=case) if one.kind == "ask")
    refused(house, asked, "has to answer")
    closed(house, case)
    erases(house, asked)


def test_why_a_glass_was_broken_stays_until_somebody_has_reviewed_it(house: made.House) -> None:
    case = outsiders.restricted(house, taken(house))
    reason = "A child may need me tonight"
    entry = break_glass(house.desk, house.viewer("sol"), case=case, reason=reason).entry
    assert [one.about for one in kept.rows(house, Task) if one.kind == "review_break_glass"] == [entry]
    refused(house, entry, "has to answer")


def test_the_forms_that_became_the_record_are_emptied_and_those_being_written_are_not(house: made.House) -> None:
    desk, ada = house.desk, house.viewer("ada")
    begun = keep_contact(desk, ada, body={"worry": [SECRET]}).ref
    case = receive(desk, ada, take=made.take(worry=SECRET), draft=begun).case
    open_still = keep_contact(desk, ada, body={"worry": ["Another child"]}).ref
    erases(house, kept.rows(house, Entry, case=closed(house, case))[0].public_id)
    bodies = {one.public_id: one.body for one in kept.rows(house, Draft)}
    assert bodies[begun] == "{}"
    assert "Another child" in bodies[open_still]


def test_a_reason_on_the_authoritys_own_chain_is_erased_too(house: made.House) -> None:
    for given in ("Ava", "Eva"):
        taken(house, children=(made.child(given_name=given),))
    first, second = [one.public_id for one in kept.rows(house, Person)][:2]
    proposed = propose_link(house.desk, house.viewer("ada"), person=first, same_as=second, reason=SECRET)
    agree_link(house.desk, house.viewer("ben"), link=proposed.named["link"], reason="As proposed")
    done = erases(house, proposed.entry)
    assert payload(house, proposed.entry).body is None
    says = kept.rows(house, Entry)[-1]
    assert (says.public_id, says.kind, says.case_id) == (done.entry, "erased", None)
    assert kept.audited(house) == []


def test_somebody_with_an_older_page_hears_who_erased(house: made.House) -> None:
    case = taken(house)
    version = kept.case(house, case).version
    erases(house, noted(house, case))
    facts = told.facts("start_screening", kept.children(house, case))
    with pytest.raises(Conflict, match="Ann Admin: Erased what an entry said"):
        move(house.desk, house.viewer("ben"), case=case, name="start_screening", facts=facts, version=version)


def test_not_a_letter_of_it_is_left_in_the_file(sqlite_house: made.House, tmp_path: Path) -> None:
    long = f"{SECRET} " * 400
    case = taken(sqlite_house)
    entry = noted(sqlite_house, case, long.strip())
    assert SECRET.encode() in emptied(sqlite_house, tmp_path)
    erases(sqlite_house, entry)
    assert SECRET.encode() not in emptied(sqlite_house, tmp_path)


def emptied(house: made.House, folder: Path) -> bytes:
    """The whole database file, once what waits beside it has been written into it."""
    tamper(house, "PRAGMA wal_checkpoint(TRUNCATE)")
    return b"".join(one.read_bytes() for one in sorted(folder.glob("pathway.db*")))


def test_an_erasure_with_a_key_happens_once(house: made.House) -> None:
    entry = noted(house, taken(house))
    twice = [erase(house.desk, house.viewer("ann"), entry=entry, reason=WHY, key="once") for _ in range(2)]
    assert twice[0] == twice[1]
    assert [one.kind for one in kept.rows(house, Entry)].count("erased") == 1
