"""Do the rows come back from the entries, whatever was done to them, and never where history itself isn't whole?"""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import kept
import made
import psycopg
import pytest
from browsing import browser, words_of
from living import lived
from sqlmodel import SQLModel
from tampering import intruder, tamper

from pathway.acts import Conflict, erase, move, note, put_right, receive
from pathway.acts.put_right import WORDS, Righted, put_all_right
from pathway.store.history.folding import BESIDE, FOLLOWS, REBUILT
from pathway.store.history.rebuilt import every_difference
from pathway.tables import Assignment, Case, CaseChild, Deadline, DeadlineEvent, Entry, Payload, Person
from workflows import Refused

IN_ORDER = ("case_child", "tie")
NUMBERED = set(FOLLOWS) - {"next_due_at"}


def taken(house: made.House, **more: object) -> str:
    return receive(house.desk, house.viewer("ada"), take=made.take(**more)).case


def test_every_table_that_is_put_right_is_called_something() -> None:
    assert set(WORDS) == {*REBUILT, "case", "payload"}


def righted(house: made.House, name: str = "ann") -> list[Righted]:
    return list(put_all_right(house.desk, house.viewer(name)))


def conveniences(house: made.House) -> dict[str, list[dict[str, Any]]]:
    """Everything that rebuilds, as it stands: where pages show rows in the order they came, in that order."""
    found = {}
    for name in REBUILT:
        table = next(one for one in SQLModel.__subclasses__() if getattr(one, "__tablename__", "") == name)
        rows = [row.model_dump(exclude={"id"}) for row in kept.rows(house, table)]
        found[name] = rows if name in IN_ORDER else sorted(rows, key=lambda row: row["public_id"])
        found[name].sort(key=lambda row: row["case_id"])
    found["case"] = [row.model_dump(exclude=NUMBERED) for row in kept.rows(house, Case)]
    return found


def scrambled(house: made.House, dice: random.Random) -> None:
    """Rows of every table that rebuilds changed, swapped, taken out, put in and moved, where the database lets it."""
    with intruder(house) as connection:
        for name in ("case", *REBUILT):
            for statement in _statements(name, dice):
                with suppress(sqlite3.IntegrityError, psycopg.IntegrityError):
                    connection.execute(statement)


def _statements(name: str, dice: random.Random) -> Iterator[str]:
    table = SQLModel.metadata.tables[name]
    own = [one.name for one in table.c if one.name not in {"id", "public_id", "case_id", "authority"}]
    if name == "case":
        own = [one for one in own if one not in {*BESIDE, "sequence", "head"}]
    for column in dice.sample(own, 5 if len(own) >= 5 else len(own)):
        which = f"id % {dice.randint(2, 4)} = {dice.randint(0, 1)}"
        other = f'(SELECT {column} FROM "{name}" ORDER BY id DESC LIMIT 1)'
        yield f'UPDATE "{name}" SET {column} = {dice.choice([other, "NULL"])} WHERE {which}'
    if name == "case":
        return
    nth = dice.randint(2, 4)
    columns = ", ".join(one.name for one in table.c if one.name not in {"id", "public_id"})
    yield f'DELETE FROM "{name}" WHERE id % {nth} = {dice.randint(0, 1)}'
    yield f'INSERT INTO "{name}" (public_id, {columns}) SELECT \'X\' || id, {columns} FROM "{name}" WHERE id % 5 = 2'
    yield f'UPDATE "{name}" SET case_id = (SELECT min(id) FROM "case") WHERE id % 6 = 1'


@pytest.mark.parametrize("seed", range(3))
def test_after_any_acts_and_any_tampering_with_rows_the_rows_come_back(house: made.House, seed: int) -> None:
    lived(house, seed, acts_=40)
    assert kept.faults(house) == []
    before, dice = conveniences(house), random.Random(seed)
    for _ in range(2):
        scrambled(house, dice)
        assert conveniences(house) != before
        done = righted(house)
        assert [one.refused for one in done if one.refused] == []
        assert conveniences(house) == before
        assert kept.faults(house) == kept.audited(house) == []
        assert righted(house) == []


def test_differences_are_listed_and_nothing_is_changed(house: made.House) -> None:
    case = taken(house)
    tamper(house, "UPDATE \"case\" SET state = 'closed', urgency = 'red'", "UPDATE case_child SET level = 'complex'")
    before = kept.everything(house)
    with house.desk.database.at_one_moment() as session:
        (found,) = every_difference(session)
    assert found.case["public_id"] == case
    assert f"case {case}: state is 'closed' in the rows, 'taken' in the entries." in found.sentences
    assert f"case {case}: urgency is 'red' in the rows, None in the entries." in found.sentences
    assert kept.everything(house) == before


def test_what_was_put_right_stands_on_the_record_with_who_did_it(house: made.House) -> None:
    case = taken(house)
    tamper(house, "UPDATE assignment SET status = 'ended'", "UPDATE deadline SET due_at = started_at WHERE id = 1")
    version = kept.case(house, case).version
    (done,) = righted(house)
    says = kept.rows(house, Entry, case=case)[-1]
    assert (says.public_id, says.kind, says.actor_id) == (done.entry, "put_right", house.ids["ann"])
    body = next(one.body for one in kept.rows(house, Payload) if one.entry_id == says.id) or ""
    assert "status is 'ended' in the rows, 'accepted' in the entries" in body
    assert "who answers for it" in body
    with pytest.raises(Conflict, match="Ann Admin: Put the record right from its history"):
        move(house.desk, house.viewer("ada"), case=case, name="start_screening", facts=made.NOTHING, version=version)


def test_pages_say_in_plain_words_what_was_put_right(sqlite_house: made.House) -> None:
    case = taken(sqlite_house)
    tamper(sqlite_house, "UPDATE assignment SET status = 'ended'", "UPDATE deadline SET rungs = '[]'")
    righted(sqlite_house)
    (child,) = kept.rows(sqlite_house, CaseChild, case=case)
    person = next(one for one in kept.rows(sqlite_house, Person) if one.id == child.person_id).public_id
    for page in (f"/cases/{case}", f"/people/{person}/chronology"):
        shown = words_of(browser(sqlite_house, "ada").get(page).text)
        assert "Put the record right from its history" in shown
        assert "Put right who answers for it, a time by which something is due" in shown
        assert "in the rows" not in shown


def test_a_row_that_no_entry_knows_is_taken_out_and_what_it_was_is_kept(house: made.House) -> None:
    case = taken(house)
    columns = "authority, case_id, person_id, since, immediate"
    tamper(house, f"INSERT INTO case_child (public_id, {columns}) SELECT 'STRANGER', authority, case_id, "
                  "(SELECT min(id) FROM person) + 100, since, immediate FROM case_child")  # fmt: skip
    (done,) = righted(house)
    assert done.differences == ("case_child STRANGER stands in the rows, and no entry brought it about.",)
    assert "STRANGER" not in [one.public_id for one in kept.rows(house, CaseChild, case=case)]
    assert "STRANGER" in (kept.rows(house, Payload)[-1].body or "")


def test_children_come_back_in_the_order_in_which_they_were_told_of(house: made.House) -> None:
    named = tuple(made.child(given_name=name) for name in ("Ava", "Ben", "Cal", "Dee"))
    case = taken(house, children=named)
    before = kept.children(house, case)
    tamper(house, f"DELETE FROM case_child WHERE public_id IN ('{before[0]}', '{before[2]}')")
    righted(house)
    assert kept.children(house, case) == before


def test_a_time_that_was_taken_out_comes_back_with_what_has_rung(house: made.House) -> None:
    lived(house, 5, acts_=40)
    rung = kept.rows(house, DeadlineEvent)
    assert rung
    before = {one.id: one.public_id for one in kept.rows(house, Deadline)}
    tamper(house, f"DELETE FROM deadline WHERE id = {rung[0].deadline_id}")
    righted(house)
    after = {one.id: one.public_id for one in kept.rows(house, Deadline)}
    assert after[rung[0].deadline_id] == before[rung[0].deadline_id]


def test_who_answers_swapped_between_two_is_put_back(house: made.House) -> None:
    lived(house, 1, acts_=40)
    before = conveniences(house)
    tamper(
        house,
        "UPDATE assignment SET kind = 'cover'",
        "UPDATE assignment SET kind = 'answerable', status = 'accepted', ended_at = NULL, ended_by_id = NULL "
        "WHERE id IN (SELECT max(id) FROM assignment GROUP BY case_id)",
    )
    righted(house)
    assert conveniences(house) == before


def test_two_times_swapped_are_put_back(house: made.House) -> None:
    """Each stands where only the other may, until both have gone."""
    taken(house)
    before = conveniences(house)
    first, second = kept.rows(house, Deadline)[:2]
    assert first.limit_id != second.limit_id
    swap = f"CASE id WHEN {first.id} THEN '{second.limit_id}' ELSE '{first.limit_id}' END"
    open_now = f"id IN ({first.id}, {second.id})"
    tamper(
        house,
        f"UPDATE deadline SET closed_at = due_at WHERE {open_now}",
        f"UPDATE deadline SET limit_id = {swap} WHERE {open_now}",
        f"UPDATE deadline SET closed_at = NULL WHERE {open_now}",
    )
    righted(house)
    assert conveniences(house) == before


BROKEN = {
    "an entry edited": "UPDATE entry SET kind = 'x' WHERE id = (SELECT min(id) FROM entry WHERE case_id IS NOT NULL)",
    "a lost tail": "DELETE FROM entry WHERE id = (SELECT max(id) FROM entry WHERE case_id IS NOT NULL)",
    "an anchor edited": "UPDATE anchor SET root = 'x'",
    "the authority's own chain": "UPDATE authority SET head = 'x'",
}


@pytest.mark.parametrize("what", BROKEN)
def test_nothing_is_laid_from_a_history_that_is_not_whole(house: made.House, what: str) -> None:
    lived(house, 2, acts_=12)
    tamper(house, "UPDATE assignment SET starts_at = proposed_at", "UPDATE tie SET relation = 'father'", BROKEN[what])
    before = kept.everything(house)
    with pytest.raises(Refused, match="History itself isn't whole"):
        righted(house)
    assert kept.everything(house) == before


def test_one_record_alone_is_put_right_only_where_its_own_history_is_whole(house: made.House) -> None:
    case = taken(house)
    tamper(house, "UPDATE case_child SET immediate = true", 'UPDATE "case" SET sequence = 7')
    with pytest.raises(Refused, match="its head counts 7"):
        put_right(house.desk, house.viewer("ann"), case=case)


def test_a_text_that_was_changed_keeps_no_rows_from_being_put_right(house: made.House) -> None:
    case = taken(house)
    tamper(house, "UPDATE payload SET body = '{}'", "UPDATE case_child SET immediate = true")
    assert [one.case for one in righted(house)] == [case]


def test_an_erased_text_that_was_put_back_is_erased_again(house: made.House) -> None:
    case = taken(house)
    entry = note(house.desk, house.viewer("ada"), case=case, text="What nobody should have written").entry
    erase(house.desk, house.viewer("ann"), entry=entry, reason="About another family")
    back = "body = 'put back', salt = 'x', erased_at = NULL, erased_by_id = NULL"
    tamper(house, f"UPDATE payload SET {back} WHERE body IS NULL")
    (done,) = righted(house)
    assert done.differences == (f"The text of entry {entry} was erased by the entries, and stands in the rows.",)
    assert "put back" not in str(kept.rows(house, Payload))
    assert kept.audited(house) == []


@pytest.mark.parametrize("name", ["ada", "sol", "may", "sid", "aud", "pat"])
def test_nobody_else_puts_rows_right(house: made.House, name: str) -> None:
    case = taken(house)
    tamper(house, "UPDATE case_child SET immediate = true")
    before = kept.everything(house)
    for act in (lambda: righted(house, name), lambda: put_right(house.desk, house.viewer(name), case=case)):
        with pytest.raises(Refused, match="administrator or head of service"):
            act()
    assert kept.everything(house) == before


def test_each_record_is_a_transaction_of_its_own(house: made.House) -> None:
    """One that can't be put right by itself keeps none of the others waiting."""
    first, second = taken(house), taken(house)
    tamper(
        house,
        "DELETE FROM assignment WHERE case_id = 1",
        f"DELETE FROM practitioner WHERE id = {house.ids['ada']}",
        "UPDATE case_child SET immediate = true WHERE case_id = 2",
    )
    done = {one.case: one for one in righted(house)}
    assert "can't be put right by itself" in done[first].refused
    assert done[second].entry
    assert len(kept.rows(house, Assignment)) == 1
