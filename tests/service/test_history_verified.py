"""Is it found out, whatever is done to what was written down? Raw statements against every chain and every anchor."""

import hashlib
import itertools
from collections.abc import Callable
from datetime import timedelta

import kept
import made
import pytest
from sqlmodel import Session, select
from tampering import tamper

from pathway.acts import erase, note, receive
from pathway.acts.sweep import SETTLED, anchor
from pathway.store.history.anchors import NotACopy, copied
from pathway.store.history.chain import canonical_json, chained, header_of, rooted
from pathway.store.history.links import Head, chain_of
from pathway.store.history.verified import Seen, verify
from pathway.tables import Anchor, Authority, Case, Entry

LAST = "(SELECT max(id) FROM entry WHERE case_id = 1)"
SECOND = "(SELECT id FROM entry WHERE case_id = 1 AND sequence = 2)"
OWN = "(SELECT max(id) FROM entry WHERE case_id IS NULL)"


@pytest.fixture
def written(house: made.House) -> made.House:
    """Two records, and four anchors that cover all but the last entry."""
    cases = [receive(house.desk, house.viewer("ada"), take=made.take()).case for _ in range(2)]
    for words in ("first", "second", "third"):
        is_anchored(house)
        for case in cases:
            note(house.desk, house.viewer("ada"), case=case, text=words)
    is_anchored(house)
    note(house.desk, house.viewer("ada"), case=cases[1], text="Too young to be anchored")
    return house


def is_anchored(house: made.House) -> None:
    house.clock.moment += SETTLED + timedelta(minutes=1)
    assert anchor(house.desk, house.system)


def without(which: str) -> tuple[str, ...]:
    """An entry taken out, and all that hangs on it."""
    hangs = ("payload", "message", "level", "access_grant", "ask", "document", "deadline_event")
    return (
        *(f"DELETE FROM {name} WHERE entry_id = {which}" for name in hangs),
        f"DELETE FROM entry WHERE id = {which}",
    )


HEAD_FOLLOWS = (
    'UPDATE "case" SET sequence = (SELECT max(sequence) FROM entry WHERE case_id = "case".id)',
    'UPDATE "case" SET head = (SELECT hash FROM entry WHERE case_id = "case".id AND sequence = "case".sequence)',
)
TAMPERED: dict[str, tuple[tuple[str, ...], str]] = {
    "an entry of another kind": (
        (f"UPDATE entry SET kind = 'closed' WHERE id = {SECOND}",),
        "number 2 of record {case}, isn't as it was written.",
    ),
    "what an entry changed": (
        (f"UPDATE entry SET effects = '{{}}' WHERE id = {SECOND}",),
        "number 2 of record {case}, isn't as it was written.",
    ),
    "who it was": (
        (f"UPDATE entry SET actor_id = 1 WHERE id = {SECOND}",), "number 2 of record {case}, isn't as it was written."
    ),
    "an entry on another": (
        (f"UPDATE entry SET previous = 'x' WHERE id = {SECOND}",), "doesn't rest on the entry before it."
    ),
    "a text": (
        (f"UPDATE payload SET body = '{{}}' WHERE entry_id = {SECOND}",),
        "number 2 of record {case}, isn't the text that was written.",
    ),
    "a text taken out": (
        (f"DELETE FROM payload WHERE entry_id = {SECOND}",), "number 2 of record {case}, is lost."
    ),
    "a text blanked in silence": (
        (f"UPDATE payload SET body = NULL, salt = NULL, erased_at = '2026-11-16', erased_by_id = 1 "
         f"WHERE entry_id = {SECOND}",),
        "number 2 of record {case}, is gone, and no entry says that it was erased.",
    ),
    "an entry missing in the middle": (without(SECOND), "Number 2 is missing from record {case}."),
    "a lost tail": (without(LAST), "The last entry is missing from record {case}: its head counts 4."),
    "a longer lost tail": (
        (*without(LAST), *without(LAST)), "The last 2 entries are missing from record {case}: its head counts 4."
    ),
    "a lost tail with its head": (
        (*without(LAST), *HEAD_FOLLOWS), "doesn't fit the entries that it covers."
    ),
    "entries after the head": (
        ('UPDATE "case" SET sequence = 3 WHERE id = 1',),
        "Entries stand after the head of record {case}: it counts 3, and 4 are numbered.",
    ),
    "a head": (("UPDATE \"case\" SET head = 'x' WHERE id = 1",), "The head of record {case} isn't its last entry."),
    "a record taken out of its history": (
        ('DELETE FROM "case" WHERE id = 1',), "The record that entries"
    ),
    "a record taken out with its history": (
        ("DELETE FROM entry WHERE case_id = 1", 'DELETE FROM "case" WHERE id = 1'),
        "counts 2 records, and entries of 1 stand.",
    ),
    "all of a record's entries": (
        ("DELETE FROM entry WHERE case_id = 1",), "The last 4 entries are missing from record {case}"
    ),
    "an entry of no record": (
        (f"UPDATE entry SET kind = 'x' WHERE id = {OWN}",), "of the own chain of exampleton, isn't as it was written."
    ),
    "the tail of no record": (without(OWN), "The last entry is missing from the own chain of exampleton"),
    "an anchor taken out": (
        ("DELETE FROM anchor WHERE id = 2",), "An anchor between that of 10:06 on 16 November 2026 and that of"
    ),
    "the first anchor taken out": (
        ("DELETE FROM anchor WHERE id = 1",), "An anchor before that of 10:12 on 16 November 2026 is gone."
    ),
    "an anchor's root": (
        ("UPDATE anchor SET root = 'x' WHERE id = 2",), "The anchor of 10:12 on 16 November 2026 doesn't fit"
    ),
    "an anchor's count": (("UPDATE anchor SET chains = 7 WHERE id = 2",), "counts 7 records, and entries of 2 stand."),
    "where an anchor ends": (
        ("UPDATE anchor SET last_entry_id = last_entry_id + 100 WHERE id = 4",), "and that entry is gone."
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_it_is_found_out(written: made.House, what: str) -> None:
    assert kept.audited(written) == []
    case = kept.rows(written, Case)[0].public_id
    statements, sentence = TAMPERED[what]
    tamper(written, *statements)
    found = kept.audited(written)
    assert any(sentence.format(case=case) in one for one in found), found


def rewritten(house: made.House, *, with_anchors: bool) -> None:
    """An entry edited by somebody who knows how: every hash after it, and the head, made to fit."""
    with house.desk.database.writing() as session:
        _rechained(session)
        if with_anchors:
            _reanchored(session)


def _rechained(session: Session) -> None:
    case = session.get(Case, 1)
    assert case is not None
    head = ""
    for entry in session.exec(select(Entry).where(Entry.case_id == 1).order_by(Entry.sequence)):  # type: ignore[arg-type]
        entry.kind = "closed" if entry.sequence == 2 else entry.kind
        entry.previous = head
        entry.hash = head = chained(head, header_of(entry.model_dump()))
        session.add(entry)
    case.head = head
    session.add(case)
    session.flush()


def _reanchored(session: Session) -> None:
    root, after = "", 0
    for one in session.exec(select(Anchor).order_by(Anchor.id)).all():  # type: ignore[arg-type]
        covered = select(Entry.hash).where(Entry.id > after, Entry.id <= one.last_entry_id).order_by(Entry.id)  # type: ignore[operator, arg-type]
        one.root = root = rooted(root, session.exec(covered).all())
        after = one.last_entry_id
        session.add(one)


def test_an_entry_rewritten_with_all_that_rests_on_it_is_found_by_its_anchor(written: made.House) -> None:
    rewritten(written, with_anchors=False)
    found = kept.audited(written)
    assert found[0].startswith("The anchor of 10:12 on 16 November 2026 doesn't fit the entries that it covers.")


def test_what_is_rewritten_with_its_anchors_is_found_by_a_copy_of_them(written: made.House) -> None:
    copy = kept.anchored(written)
    assert kept.audited(written, copy) == []
    rewritten(written, with_anchors=True)
    assert kept.audited(written) == []
    found = kept.audited(written, copy)
    assert "The anchor of 10:12 on 16 November 2026 isn't in the database as it is in the copy." in found
    assert any("10:12 on 16 November 2026 doesn't fit" in one for one in found)


def test_the_last_anchor_taken_out_is_found_by_a_copy(written: made.House) -> None:
    copy = kept.anchored(written)
    tamper(written, "DELETE FROM anchor WHERE id = 4", *without(LAST), *HEAD_FOLLOWS)
    assert kept.audited(written) == []
    found = kept.audited(written, copy)
    assert "The anchor of 10:24 on 16 November 2026 stands in the copy and not in the database." in found
    assert any("10:24 on 16 November 2026 doesn't fit" in one for one in found)


def test_an_anchor_put_in_between_is_found_by_a_copy(written: made.House) -> None:
    copy = kept.anchored(written)
    short = (*copy[:1], *copy[2:])
    assert any("10:12 on 16 November 2026 stands in the database and not in the copy" in one
               for one in kept.audited(written, short))  # fmt: skip


def test_anchors_made_since_the_copy_or_before_it_are_no_fault(written: made.House) -> None:
    copy = kept.anchored(written)
    assert kept.audited(written, copy[1:3]) == []


def test_anchors_of_another_authority_in_the_copy_are_missed(written: made.House) -> None:
    copy = [one.model_copy(update={"authority": "elsewhere"}) for one in kept.anchored(written)]
    assert any("stands in the copy and not in the database" in one for one in kept.audited(written, copy))


@pytest.mark.parametrize("lines", [[], ["{}"], ["root"], ['{"root": 1}'], [""]])
def test_a_file_that_is_no_copy_is_refused(lines: list[str]) -> None:
    with pytest.raises(NotACopy, match="pathway audit anchors"):
        copied(lines)


def test_an_erased_text_leaves_the_chain_whole_and_one_put_back_is_found(written: made.House) -> None:
    entry = next(one for one in kept.rows(written, Entry) if one.kind == "noted")
    erase(written.desk, written.viewer("ann"), entry=entry.public_id, reason="About somebody else")
    assert kept.audited(written) == kept.faults(written) == []
    back = f"UPDATE payload SET body = '{{}}', erased_at = NULL, erased_by_id = NULL WHERE entry_id = {entry.id}"
    tamper(written, back)
    assert f"The text of entry {entry.public_id} of record" in " ".join(kept.audited(written))
    assert any("stands there again" in one for one in kept.audited(written))


def test_a_salt_that_outlives_its_text_is_found(written: made.House) -> None:
    entry = next(one for one in kept.rows(written, Entry) if one.kind == "noted")
    erase(written.desk, written.viewer("ann"), entry=entry.public_id, reason="About somebody else")
    tamper(written, f"UPDATE payload SET salt = 'x' WHERE entry_id = {entry.id}")
    (found,) = kept.audited(written)
    assert "was erased, and its salt still stands" in found


def test_faults_in_several_records_are_all_found_however_few_are_read_at_once(
    written: made.House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tamper(written, "UPDATE entry SET kind = 'x'")
    found = kept.audited(written)
    for module in ("verified", "anchors"):
        monkeypatch.setattr(f"pathway.store.history.{module}.BATCH", 1)
    assert kept.audited(written) == found
    assert len(found) == len(kept.rows(written, Entry))


def test_what_is_looked_at_is_counted_and_what_no_anchor_covers_is_said(written: made.House) -> None:
    seen = Seen()
    with written.desk.database.at_one_moment() as session:
        assert list(verify(session, seen)) == []
    assert (seen.entries, seen.chains) == (len(kept.rows(written, Entry)), 3)
    assert (seen.covered.anchors, seen.covered.beyond, seen.covered.beyond_since) == (4, 1, written.clock())


def test_entries_are_looked_at_one_by_one_and_never_all_held() -> None:
    names = set(Entry.model_fields) | {"text_of", "salt", "body"}
    blank = dict.fromkeys(names) | dict.fromkeys(("occurred_at", "recorded_at"), made.MONDAY)

    def endless():
        for number in itertools.count(5):
            yield {**blank, "sequence": number, "public_id": "E", "previous": "", "hash": "", "kind": "noted"}

    first = next(chain_of(Head("C", "record C", 9, ""), endless()))
    assert first.sentence == "Numbers 1 to 4 are missing from record C."


def test_verifying_reads_one_moment_while_others_write(written: made.House) -> None:
    def writes() -> None:
        note(written.desk, written.viewer("ada"), case=kept.rows(written, Case)[0].public_id, text="Meanwhile")

    assert meanwhile(written, writes) == []


def meanwhile(house: made.House, do: Callable[[], None]) -> list[str]:
    """What is found where somebody writes once the first row has been read."""
    with house.desk.database.at_one_moment() as session:
        session.exec(select(Authority)).all()
        do()
        return [one.sentence for one in verify(session, Seen())]


def test_the_root_of_an_anchor_is_that_of_its_canonical_text() -> None:
    for hashes in ([], ["a"], ["a", "b", '"']):
        assert rooted("r", iter(hashes)) == hashlib.sha256(canonical_json(["r", hashes]).encode()).hexdigest()


def test_an_older_entry_with_a_higher_number_never_keeps_a_younger_one_from_its_anchor(house: made.House) -> None:
    """Two acts at one moment may be numbered in the other order than they began in."""
    first = receive(house.desk, house.viewer("ada"), take=made.take()).case
    house.clock.moment += timedelta(seconds=10)
    note(house.desk, house.viewer("ada"), case=first, text="Began later, numbered sooner")
    began = house.clock() - timedelta(seconds=5)
    house.clock.moment = began
    receive(house.desk, house.viewer("ada"), take=made.take())
    house.clock.moment = began + SETTLED + timedelta(seconds=1)
    anchor(house.desk, house.system)
    house.clock.moment += timedelta(hours=1)
    anchor(house.desk, house.system)
    assert kept.audited(house) == []
    covered = [one.last_entry_id for one in kept.rows(house, Anchor)]
    assert covered[-1] == kept.rows(house, Entry)[-1].id
