"""Is what was half typed still there, for whom it should be, and does somebody go on with it?"""

from datetime import timedelta

import kept
import made
import pytest

from pathway.acts import finish_task, keep_contact, keep_draft, receive, set_aside
from pathway.acts.drafts import HALF_TAKEN_AFTER, Kept
from pathway.acts.sweep import sweep
from pathway.store.lists.drafts import any_draft, became, draft, my_drafts, team_drafts
from pathway.tables import Draft, Task
from pathway.tables.timing import TaskKind
from workflows import Refused


def half(house: made.House, name: str, words: str, before: Kept | None = None) -> Kept:
    ref, version = (before.ref, before.version) if before else (None, None)
    return keep_contact(house.desk, house.viewer(name), body={"worry": [words]}, draft=ref, version=version)


def half_taken(house: made.House) -> list[Task]:
    every = kept.rows(house, Task)
    return [one for one in every if one.kind is TaskKind.contact_half_taken and one.done_at is None]


def words_in(house: made.House, name: str, ref: str) -> str:
    with house.desk.database.reading() as session:
        found = any_draft(session, house.viewer(name), ref)
    assert found is not None
    return found.fields["worry"][0]


def test_what_is_typed_after_a_draft_became_a_record_is_a_draft_of_its_own(house: made.House) -> None:
    ada = house.viewer("ada")
    first = keep_draft(house.desk, ada, form="/contacts/new", body={"worry": ["One child"]})
    receive(house.desk, ada, take=made.take(), draft=first)
    second = keep_draft(house.desk, ada, form="/contacts/new", body={"worry": ["The next child"]}, draft=first)
    with house.desk.database.reading() as session:
        (left,) = my_drafts(session, ada)
    assert (left.ref, left.fields) == (second, {"worry": ["The next child"]})
    assert second != first


def test_a_contact_half_taken_is_the_whole_teams_to_go_on_with_and_nobody_elses(house: made.House) -> None:
    begun = half(house, "ada", "Half a sentence")
    half(house, "ben", "A whole sentence", begun)
    with house.desk.database.reading() as session:
        (seen,) = team_drafts(session, house.viewer("may"))
        assert (seen.began_by, seen.saved_by, seen.version) == ("Ada Adviser", "Ben Adviser", 2)
        for other in ("pat", "dot", "eve", "aud", "ann"):
            assert team_drafts(session, house.viewer(other)) == ()
            assert draft(session, house.viewer(other), begun.ref) is None


def test_a_partners_draft_and_any_other_form_stay_their_writers_own(house: made.House) -> None:
    contact = half(house, "pat", "Mine")
    note = keep_draft(house.desk, house.viewer("ada"), form="/cases/X/notes", body={"text": ["Mine"]})
    with house.desk.database.reading() as session:
        assert team_drafts(session, house.viewer("ben")) == ()
        for name, ref in (("zoe", contact.ref), ("ben", note)):
            assert draft(session, house.viewer(name), ref) is None


def test_two_people_taking_the_same_contact_each_keep_their_words_and_are_told(house: made.House) -> None:
    begun = half(house, "ada", "Together so far")
    theirs = half(house, "ben", "Ben's words", begun)
    mine = half(house, "ada", "Ada's words", begun)
    assert (theirs.beside, mine.beside) == (None, begun.ref)
    assert mine.ref != begun.ref
    assert words_in(house, "ada", begun.ref) == "Ben's words"
    assert words_in(house, "ben", mine.ref) == "Ada's words"
    assert half(house, "ada", "More of Ada's", mine).beside is None


def test_two_people_taking_the_same_contact_when_one_has_saved_it_the_other_hears_which_record(
    house: made.House,
) -> None:
    begun = half(house, "ada", "Together so far")
    done = receive(house.desk, house.viewer("ben"), take=made.take(), draft=begun.ref)
    mine = half(house, "ada", "Ada's words", begun)
    assert mine.beside == begun.ref
    with house.desk.database.reading() as session:
        assert became(session, house.viewer("ada"), begun.ref, house.clock()) == done.case
        assert became(session, house.viewer("pat"), begun.ref, house.clock()) is None


def test_a_draft_that_is_not_needed_is_kept_in_the_table_all_the_same(house: made.House) -> None:
    begun = half(house, "ada", "Rang by mistake")
    set_aside(house.desk, house.viewer("ben"), draft=begun.ref)
    (row,) = kept.rows(house, Draft)
    assert row.used_at is not None
    assert "Rang by mistake" in row.body
    with house.desk.database.reading() as session:
        assert team_drafts(session, house.viewer("ada")) == ()


def test_a_worry_half_taken_and_left_becomes_the_teams_task_once(house: made.House) -> None:
    half(house, "ada", "Half a sentence")
    half(house, "pat", "A partner's own")
    house.clock.forward(seconds=HALF_TAKEN_AFTER.total_seconds())
    sweep(house.desk, house.system)
    assert half_taken(house) == []
    house.clock.forward(seconds=1)
    for _ in range(2):
        sweep(house.desk, house.system)
    (task,) = half_taken(house)
    assert task.team_id == house.team_ids["front door"]


def test_a_worry_half_taken_before_the_front_door_shut_is_the_night_teams_to_go_on_with(house: made.House) -> None:
    house.clock.forward(hours=6, minutes=50)
    begun = half(house, "ada", "A baby, and then the line went dead")
    house.clock.forward(minutes=40)
    sweep(house.desk, house.system)
    (task,) = half_taken(house)
    assert task.team_id == house.team_ids["emergency"]
    with house.desk.database.reading() as session:
        assert [one.ref for one in team_drafts(session, house.viewer("eve"))] == [begun.ref]
        assert team_drafts(session, house.viewer("dot")) == ()
    receive(house.desk, house.viewer("eve"), take=made.take(), draft=begun.ref)
    assert half_taken(house) == []
    with house.desk.database.reading() as session:
        assert team_drafts(session, house.viewer("eve")) == ()


def test_saving_it_or_setting_it_aside_ends_that_task_and_nothing_else_does(house: made.House) -> None:
    saved, aside = half(house, "ada", "Saved later"), half(house, "ada", "Not needed")
    house.clock.forward(seconds=(HALF_TAKEN_AFTER + timedelta(minutes=1)).total_seconds())
    sweep(house.desk, house.system)
    first, _ = half_taken(house)
    with pytest.raises(Refused, match="until the contact is saved"):
        finish_task(house.desk, house.viewer("ben"), task=first.public_id)
    receive(house.desk, house.viewer("ben"), take=made.take(), draft=saved.ref)
    set_aside(house.desk, house.viewer("ben"), draft=aside.ref)
    assert half_taken(house) == []
