"""Is a document in force once two people have said so, from its date, and never by one alone?"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import kept
import made
import pytest
from sqlalchemy import update
from sqlmodel import col

from pathway.access import Viewer
from pathway.acts import (
    Done,
    KeyReused,
    NotFound,
    Unacceptable,
    agree_edition,
    finish_task,
    staff,
    withdraw_edition,
)
from pathway.acts.sweep import sweep
from pathway.store.adopted.adoptions import adoptions
from pathway.store.adopted.editions import NothingAdopted, edition_of, in_force
from pathway.tables import AdoptedEdition, Entry, Task, TaskKind
from thresholds import Catalogue, edition_hash, read_editions
from thresholds.gathering.documents import PACKAGE
from workflows import Refused

BEFORE = date(2026, 4, 1)
"""The date from which the made partnership adopted its document."""

LATER = date(2026, 11, 1)
COMING = date(2026, 12, 1)
SUMMER = date(2027, 6, 1)


def noted(note: str) -> Catalogue:
    """Our documents, with a note more in the local one."""
    ours = read_editions()
    local = ours.written[made.AUTHORITY]
    changed = tuple(replace(one, document=one.document.model_copy(update={"note": note})) for one in local)
    return Catalogue(dict(ours.written) | {made.AUTHORITY: changed}, ours.bank_holidays)


OURS, OTHERS = read_editions(), noted("Another text.")
A, B = (edition_hash(one.resolve(made.AUTHORITY, BEFORE)) for one in (OURS, OTHERS))
CATALOGUES = {A: OURS, B: OTHERS}


def proposes(house: made.House, text: str, on: date, by: str = "hal", **more: Any) -> Done:
    """A minute passes first."""
    house.clock.forward(minutes=1)
    return made.proposes(house.desk, house.viewer(by), catalogue=CATALOGUES[text], on=on, **more)


def agrees(house: made.House, proposed: Done, by: str = "ann", **more: Any) -> Done:
    named = proposed.named
    return agree_edition(house.desk, house.viewer(by), adoption=named["adoption"], edition=named["edition"], **more)


def adopts(house: made.House, text: str, on: date) -> Done:
    return agrees(house, proposes(house, text, on))


def held(house: made.House, at: datetime | None = None) -> str:
    with house.desk.database.reading() as session:
        return in_force(session, made.AUTHORITY, at or house.clock())[0]


def kinds(house: made.House) -> list[str]:
    return [one.kind for one in kept.rows(house, Entry) if one.kind.startswith("edition")][2:]


def tasks(house: made.House) -> list[Task]:
    return [one for one in kept.rows(house, Task) if one.kind is TaskKind.edition_waits]


def said(raised: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        raised()
    return str(refused.value)


@pytest.mark.parametrize("on", [BEFORE, LATER])
def test_a_partnership_can_go_back_to_the_text_before(house: made.House, on: date) -> None:
    assert adopts(house, B, on).named["stands"] == "agreed"
    assert held(house) == B
    adopts(house, A, on)
    assert held(house) == A
    with house.desk.database.reading() as session:
        assert edition_of(session, made.AUTHORITY, A) == OURS.resolve(made.AUTHORITY, BEFORE)


def test_what_one_person_proposed_is_not_in_force_until_another_agrees(house: made.House) -> None:
    proposed = proposes(house, B, LATER)
    assert held(house) == A
    assert "another person must agree" in said(lambda: agrees(house, proposed, "hal"))
    assert held(house) == A
    agrees(house, proposed)
    assert held(house) == B
    assert kinds(house) == ["edition_proposed", "edition_agreed"]


def test_of_two_from_one_date_the_one_agreed_last_holds(house: made.House) -> None:
    first, second = proposes(house, B, LATER), proposes(house, A, LATER)
    agrees(house, second)
    house.clock.forward(minutes=1)
    agrees(house, first)
    assert held(house) == B


def test_from_a_date_to_come_the_earlier_one_holds_until_midnight_in_london(house: made.House) -> None:
    adopts(house, B, COMING)
    adopts(house, A, SUMMER)
    assert held(house) == A
    assert held(house, datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)) == A
    assert held(house, datetime(2026, 12, 1, tzinfo=UTC)) == B
    assert held(house, datetime(2027, 5, 31, 22, 59, 59, tzinfo=UTC)) == B
    assert held(house, datetime(2027, 5, 31, 23, 0, tzinfo=UTC)) == A


def test_what_is_in_force_from_that_date_already_changes_nothing(house: made.House) -> None:
    before = kept.everything(house)
    assert (proposes(house, A, BEFORE).entry, proposes(house, A, BEFORE).named["stands"]) == ("", "agreed")
    assert kept.everything(house) == before
    adopts(house, A, LATER)
    assert proposes(house, A, LATER).entry == ""


@pytest.mark.parametrize("by", ["hal", "ann"])
def test_proposing_twice_the_same_is_one_proposal(house: made.House, by: str) -> None:
    first, again = proposes(house, B, LATER), proposes(house, B, LATER, by)
    assert again.named == first.named
    assert (bool(first.entry), again.entry) == (True, "")
    assert "You proposed" in said(lambda: agrees(house, again, "hal"))


def test_the_same_request_sent_twice_acts_once(house: made.House) -> None:
    first = proposes(house, B, LATER, key="once")
    assert proposes(house, B, LATER, key="once") == first
    with pytest.raises(KeyReused):
        proposes(house, B, COMING, key="once")
    assert agrees(house, first, key="agreed") == agrees(house, first, key="agreed")


ACTS: dict[str, Callable[[made.House, Viewer, Done], object]] = {
    "propose": lambda house, viewer, _: made.proposes(house.desk, viewer, catalogue=OTHERS, on=COMING),
    "agree": lambda house, viewer, proposed: agree_edition(
        house.desk, viewer, adoption=proposed.named["adoption"], edition=B
    ),
    "withdraw": lambda house, viewer, proposed: withdraw_edition(
        house.desk, viewer, adoption=proposed.named["adoption"], reason="A misprint"
    ),
}


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("name", [name for name, *_ in made.STAFF if name not in ("hal", "ann")])
def test_it_is_for_administrators_and_heads_of_service(sqlite_house: made.House, name: str, what: str) -> None:
    proposed = proposes(sqlite_house, B, LATER)
    before = kept.everything(sqlite_house)
    act = ACTS[what]
    assert "isn't part of your role" in said(lambda: act(sqlite_house, sqlite_house.viewer(name), proposed))
    assert kept.everything(sqlite_house) == before


@pytest.mark.parametrize("what", ACTS)
def test_the_system_is_nobody_s_second_pair_of_eyes(sqlite_house: made.House, what: str) -> None:
    proposed = proposes(sqlite_house, B, LATER)
    assert "isn't part of your role" in said(lambda: ACTS[what](sqlite_house, sqlite_house.system, proposed))


@pytest.mark.parametrize("by", ["hal", "ann"])
def test_either_takes_a_proposal_back_and_it_stays_to_be_read(house: made.House, by: str) -> None:
    proposed = proposes(house, B, LATER)
    adoption = proposed.named["adoption"]
    withdraw_edition(house.desk, house.viewer(by), adoption=adoption, reason="A misprint on page 3")
    row = kept.rows(house, AdoptedEdition)[-1]
    assert (row.withdrawn_by_id, row.withdrawn_because) == (house.ids[by], "A misprint on page 3")
    assert kinds(house) == ["edition_proposed", "edition_proposal_withdrawn"]
    assert "took this back" in said(lambda: agrees(house, proposed))
    assert held(house) == A
    assert proposes(house, B, LATER).entry


def test_what_is_agreed_is_not_taken_back_but_replaced(house: made.House) -> None:
    agreed = adopts(house, B, COMING).named["adoption"]
    words = said(lambda: withdraw_edition(house.desk, house.viewer("ann"), adoption=agreed, reason="A misprint"))
    assert "Ann Admin agreed to this at 10:01 on 16 November 2026." in words
    adopts(house, A, COMING)
    assert held(house, datetime(2026, 12, 2, tzinfo=UTC)) == A


def test_of_two_who_agree_at_once_one_does_and_the_other_is_told(house: made.House) -> None:
    zed = made.person(house.desk, house.system, "zed", "Zed Admin", made.Role.administrator, house.team_ids["office"])
    house.ids["zed"] = zed
    proposed, gate = proposes(house, B, LATER), threading.Barrier(2)
    viewers = [house.viewer("ann"), house.viewer("zed")]

    def act(viewer: Viewer) -> Done | Refused:
        gate.wait()
        try:
            return agree_edition(house.desk, viewer, adoption=proposed.named["adoption"], edition=B)
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(act, viewers))
    (lost,) = [one for one in ends if isinstance(one, Refused)]
    assert "Admin agreed to this" in str(lost)
    assert kinds(house) == ["edition_proposed", "edition_agreed"]


def test_of_two_who_propose_the_same_at_once_there_is_one_proposal(house: made.House) -> None:
    viewers, gate = [house.viewer("hal"), house.viewer("ann")], threading.Barrier(2)

    def act(viewer: Viewer) -> Done:
        gate.wait()
        return made.proposes(house.desk, viewer, catalogue=OTHERS, on=LATER)

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(act, viewers))
    assert len({one.named["adoption"] for one in ends}) == 1
    assert kinds(house) == ["edition_proposed"]


@pytest.mark.parametrize("changed", [{"content": "{}"}, {"edition_hash": "0" * 64}])
def test_a_text_that_is_not_what_was_proposed_is_not_agreed(house: made.House, changed: dict[str, str]) -> None:
    proposed = proposes(house, B, LATER)
    with house.desk.database.writing() as session:
        session.execute(update(AdoptedEdition).where(col(AdoptedEdition.agreed_at).is_(None)).values(**changed))
    assert "isn't what was proposed" in said(lambda: agrees(house, proposed))


def test_the_hash_that_was_looked_at_is_the_one_agreed(house: made.House) -> None:
    proposed = proposes(house, B, LATER)
    words = said(lambda: agree_edition(house.desk, house.viewer("ann"), adoption=proposed.named["adoption"], edition=A))
    assert "isn't what was proposed" in words


def test_a_draft_is_refused_with_every_reason(house: made.House) -> None:
    draft = replace(house.viewer("hal"), authority="nottingham-city")
    words = said(lambda: made.proposes(house.desk, draft, on=LATER))
    assert "is a draft" in words
    assert "Not decided yet" in words


def test_what_cannot_run_live_any_more_is_not_agreed(house: made.House, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed = proposes(house, B, LATER)
    monkeypatch.setattr("thresholds.Edition.why_not_live", lambda edition: ("Not decided yet: closing.",))
    assert "Not decided yet: closing." in said(lambda: agrees(house, proposed))
    assert held(house) == A


@pytest.mark.parametrize(
    ("how", "field"),
    [
        ({"on": date(1999, 1, 1)}, "in_force_from"),
        ({"on": LATER, "edition": date(2026, 4, 2)}, "edition"),
        ({"on": date(2026, 3, 30), "edition": BEFORE}, "edition"),
        ({"on": LATER, "reason": " "}, "reason"),
    ],
)
def test_what_there_is_not_is_said_beside_its_field(house: made.House, how: dict[str, Any], field: str) -> None:
    with pytest.raises(Unacceptable) as wrong:
        made.proposes(house.desk, house.viewer("hal"), **how)
    assert [fault.field for fault in wrong.value.faults] == [field]


def test_a_reference_nobody_proposed_is_not_found(house: made.House) -> None:
    with pytest.raises(NotFound):
        withdraw_edition(house.desk, house.viewer("ann"), adoption="NOSUCHREF0", reason="A misprint")


def own(folder: Path, *editions: str, old: str = "", new: str = "") -> Path:
    """An authority's own folder, with later editions of ours in which one word is another."""
    for edition in editions:
        authority, _, dated = edition.partition("/")
        text = (PACKAGE / "authorities" / edition / "document.yaml").read_text()
        place = folder / "own" / authority / LATER.isoformat()
        place.mkdir(parents=True)
        text = text.replace(f"in_force_from: {dated}", f"in_force_from: {LATER}")
        (place / "document.yaml").write_text(text.replace(old, new) if old else text)
    return folder / "own"


def test_an_earlier_edition_can_be_chosen_after_a_later_one(house: made.House, tmp_path: Path) -> None:
    catalogue = read_editions(PACKAGE / "authorities", own(tmp_path, "exampleton/2026-04-01"))
    made.adopts(house, catalogue=catalogue, on=LATER)
    assert held(house) != A
    made.adopts(house, catalogue=catalogue, on=date(2026, 11, 10), edition=BEFORE)
    assert held(house) == A


def test_an_earlier_edition_that_no_longer_fits_its_base_is_refused(house: made.House, tmp_path: Path) -> None:
    every = ("england/2026-03-18", "nottingham-city/2014-07-02", "exampleton/2026-04-01")
    catalogue = read_editions(PACKAGE / "authorities", own(tmp_path, *every, old="urgent", new="pressing"))
    made.proposes(house.desk, house.viewer("hal"), catalogue=catalogue, on=LATER)
    words = said(lambda: made.proposes(house.desk, house.viewer("hal"), catalogue=catalogue, on=LATER, edition=BEFORE))
    assert "“urgent” is named here" in words


def test_another_who_may_agree_is_told_by_a_task_that_ends_with_it(house: made.House) -> None:
    proposed = proposes(house, B, LATER)
    (task,) = tasks(house)
    assert (task.practitioner_id, task.done_at) == (house.ids["ann"], None)
    assert "Hal Head proposed the document of Exampleton" in task.words
    assert "isn't finished until" in said(lambda: finish_task(house.desk, house.viewer("ann"), task=task.public_id))
    agrees(house, proposed)
    assert tasks(house)[0].done_by_id == house.ids["ann"]


def test_a_task_never_climbs_to_whoever_proposed_or_may_not_agree(house: made.House) -> None:
    proposes(house, B, LATER)
    staff.end_practitioner(house.desk, house.viewer("ann"), practitioner=house.viewer("ann").ref)
    house.clock.forward(hours=25)
    sweep(house.desk, house.system)
    assert [(one.practitioner_id, one.done_at) for one in tasks(house)] == [(house.ids["ann"], None)]


def test_where_nobody_else_may_agree_there_is_no_task(house: made.House) -> None:
    staff.end_practitioner(house.desk, house.viewer("ann"), practitioner=house.viewer("ann").ref)
    assert proposes(house, B, LATER).entry
    assert tasks(house) == []


def test_the_list_tells_apart_what_holds_comes_waits_and_went(house: made.House) -> None:
    back = proposes(house, B, LATER).named["adoption"]
    withdraw_edition(house.desk, house.viewer("hal"), adoption=back, reason="A misprint")
    replaced, coming = adopts(house, A, COMING).named, adopts(house, B, COMING).named
    waits = proposes(house, A, SUMMER).named
    with house.desk.database.reading() as session:
        found = adoptions(session, house.viewer("hal"), house.clock())
    assert found.in_force is not None
    assert (found.in_force.edition, found.in_force.reason) == (A, made.MINUTE)
    assert [one.ref for one in found.coming] == [coming["adoption"]]
    assert [one.ref for one in found.past] == [replaced["adoption"]]
    assert [one.ref for one in found.withdrawn] == [back]
    (waiting,) = found.waiting
    assert (waiting.adoption.ref, waiting.adoption.mine) == (waits["adoption"], True)
    assert waiting.since == found.coming[0]


def test_before_anything_is_agreed_nothing_is_in_force(house: made.House) -> None:
    with house.desk.database.writing() as session:
        session.execute(update(AdoptedEdition).values(agreed_at=None, agreed_by_id=None))
    with pytest.raises(NothingAdopted, match="another of them agrees"):
        held(house)
