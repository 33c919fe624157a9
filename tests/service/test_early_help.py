"""Does help begin once, with somebody who answers, and stay with the family until it ends?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import agreeing
import assessing
import explaining
import helping
import kept
import made
import pytest
import told
from sqlmodel import col, select

from pathway.acts import (
    NotFound,
    Unacceptable,
    assign,
    begin,
    complete_assessment,
    move,
    receive,
    restrict,
    staff,
    withdraw_agreement,
)
from pathway.store.adopted.in_use import can_begin
from pathway.store.parts.beginnings import why_not_begin
from pathway.store.parts.views import CaseView
from pathway.store.records.cases import case as read
from pathway.tables import Assignment, Case, CaseChild, Deadline, Message, Person, PersonKind, Task, Tie
from pathway.tables.cases import AssignmentStatus
from pathway.tables.timing import TaskKind
from thresholds import read_editions
from workflows import EARLY_HELP, Refused
from workflows.agreement_facts import Withdrawn
from workflows.early_help_facts import EndEarlyHelp, Ending, Result
from workflows.referral_facts import Decision, Protect

TWO = (made.child(given_name="Ava", age_years=7), made.child(given_name="Theo", age_years=3))


def taken(house: made.House, **more: Any) -> str:
    take = made.take(**{"children": TWO, "adults": (helping.MOTHER,)} | more)
    return receive(house.desk, house.viewer("ada"), take=take).case


def decided(house: made.House, *, decision: Decision = Decision.early_help_assessment) -> str:
    """A worry about two children, each of whom is sent on to early help."""
    case = taken(house)
    for name in ("start_screening", "decide"):
        facts = told.facts(name, kept.children(house, case), decision=decision)
        move(house.desk, house.viewer("ada"), case=case, name=name, facts=facts)
    return case


def refused(house: made.House, on: str, by: str = "sol", **more: Any) -> str:
    before = len(kept.rows(house, Case))
    with pytest.raises(Refused) as why:
        helping.begun(house, on, by, **more)
    assert len(kept.rows(house, Case)) == before
    return str(why.value)


def running(house: made.House, case: str) -> set[str]:
    return {one.limit_id for one in kept.rows(house, Deadline, case=case) if one.closed_at is None}


def test_it_begins_with_the_children_their_family_and_somebody_who_answers(house: made.House) -> None:
    on = decided(house)
    begun = helping.begun(house, on)
    assert kept.case(house, begun.case).state == "beginning"
    assert running(house, begun.case) == {"early_help_assessment", "early_help_plan", "early_help_plan_shared"}
    children = kept.rows(house, CaseChild, case=begun.case)
    assert [one.level for one in children] == ["additional", "additional"]
    assert [one.person_id for one in children] == [one.person_id for one in kept.rows(house, CaseChild, case=on)]
    assert len(kept.rows(house, Tie, case=begun.case)) == 2
    (holds,) = kept.rows(house, Assignment, case=begun.case)
    assert (holds.practitioner_id, holds.status) == (house.ids["sol"], AssignmentStatus.accepted)
    assert kept.faults(house) == []


def test_whoever_was_sent_on_is_taken_up_and_the_clock_stops_with_the_last(house: made.House) -> None:
    on = decided(house)
    first, second = kept.children(house, on)
    helping.begun(house, on, children=(first,))
    up = {one.public_id: one.taken_up_at is not None for one in kept.rows(house, CaseChild, case=on)}
    assert up == {first: True, second: False}
    assert "take_up" in running(house, on)
    helping.begun(house, on, children=(second,))
    assert "take_up" not in running(house, on)
    assert kept.faults(house) == []


def test_what_was_sent_elsewhere_isnt_taken_up_by_it(house: made.House) -> None:
    on = decided(house, decision=Decision.social_care_assessment)
    helping.begun(house, on)
    assert all(one.taken_up_at is None for one in kept.rows(house, CaseChild, case=on))
    assert "take_up" in running(house, on)


def test_a_family_is_helped_once_and_whoever_may_hears_where(house: made.House) -> None:
    on = decided(house)
    first = helping.begun(house, on)
    assert f"Sol Worker answers for it. Go on together in record {first.case}" in refused(house, on)
    helping.moved(house, first.case, "end_early_help")
    assert helping.begun(house, on).case != first.case


def test_whoever_may_not_open_it_hears_whom_to_ring(house: made.House) -> None:
    on = decided(house)
    first = helping.begun(house, on, "sol")
    said = refused(house, on, by="eve")
    assert "Sol Worker answers for it. Ring them" in said
    assert first.case not in said
    with house.desk.database.reading() as session:
        view = read(session, house.viewer("ada"), on, house.clock())
    assert isinstance(view, CaseView)
    (beside,) = view.related
    assert (beside.ref, beside.answers, beside.opens) == (first.case, "Sol Worker", False)


def test_of_help_that_few_may_know_of_nothing_is_said_and_its_lead_is_asked(house: made.House) -> None:
    on = decided(house)
    first = helping.begun(house, on, "sol")
    restrict(house.desk, house.viewer("may"), case=first.case, names=(), reason="A colleague’s child")
    second = helping.begun(house, on, "eve")
    (asked,) = [one for one in kept.rows(house, Task) if one.kind is TaskKind.known_here and one.done_at is None]
    assert (asked.practitioner_id, asked.about) == (house.ids["sol"], f"{second.case}:{first.case}")
    with house.desk.database.reading() as session:
        view = read(session, house.viewer("ada"), on, house.clock())
    assert isinstance(view, CaseView)
    assert [one.ref for one in view.related] == [second.case]


def test_nothing_begins_while_danger_isnt_settled(house: made.House) -> None:
    on = taken(house)
    move(house.desk, house.viewer("sol"), case=on, name="protect", facts=Protect())
    assert "may be in danger" in refused(house, on)


def test_a_child_who_isnt_safe_is_protected_first(house: made.House) -> None:
    assert "protected first" in refused(house, taken(house), safe_tonight="no")


def test_nobody_leads_who_isnt_there_or_whose_role_it_isnt(house: made.House) -> None:
    on = taken(house)
    assert "isn’t part of your role" in refused(house, on, by="ada")
    now, sol = house.clock(), house.viewer("sol")
    staff.set_absence(house.desk, sol, practitioner=sol.ref, starts_at=now, ends_at=now + timedelta(days=1))
    assert "marked as away" in refused(house, on)


def test_a_child_who_isnt_there_is_named_and_nothing_begins(house: made.House) -> None:
    with pytest.raises(Unacceptable) as wrong:
        helping.begun(house, taken(house), children=("NOBODY",))
    assert [one.field for one in wrong.value.faults] == ["children"]


def test_on_a_record_one_may_not_see_there_is_nothing_to_begin(house: made.House) -> None:
    with pytest.raises(NotFound):
        helping.begun(house, taken(house), "lee")


def test_where_its_times_arent_decided_nothing_begins_and_referrals_go_on(house: made.House) -> None:
    catalogue = read_editions()
    for authority in ("sefton", "torbay"):
        edition = catalogue.resolve(authority, max(catalogue.dates(authority)))
        (refusal,) = why_not_begin(house.viewer("sol"), EARLY_HELP, edition)
        assert "doesn’t say every time" in refusal.sentence
        assert not can_begin(EARLY_HELP, edition)


def test_a_restricted_worry_stays_restricted(house: made.House) -> None:
    on = taken(house)
    assign(house.desk, house.viewer("may"), case=on, to=house.viewer("may").ref)
    restrict(house.desk, house.viewer("may"), case=on, names=(house.viewer("sol").ref,), reason="A colleague’s child")
    begun = helping.begun(house, on)
    assert kept.case(house, begun.case).restricted
    with house.desk.database.reading() as session:
        assert read(session, house.viewer("sid"), begun.case, house.clock()) is None
        for name in ("sol", "may"):  # who answers, and who was named on the record where it began
            assert read(session, house.viewer(name), begun.case, house.clock()) is not None


def test_nothing_is_assessed_before_somebody_agrees_nor_after_all_have_withdrawn(house: made.House) -> None:
    case = helping.helped(house)
    for agree in (True, False):
        with pytest.raises(Refused, match="Nobody in the family has agreed"):
            helping.moved(house, case, "start_assessing")
        if not agree:
            break
        done = agreeing.agreed(house, case, "sol")
        ref = done.named["agreement"]
        withdraw_agreement(
            house.desk, house.viewer("sol"), case=case, agreement=ref, told=Withdrawn(how="By telephone to me")
        )
    agreeing.agreed(house, case, "sol")
    helping.moved(house, case, "start_assessing")
    assert kept.case(house, case).state == "assessing"


def test_nothing_is_planned_before_it_is_assessed_and_complete(house: made.House) -> None:
    case = helping.helped(house)
    agreeing.agreed(house, case, "sol")
    helping.moved(house, case, "start_assessing")

    def finish() -> None:
        facts = told.facts("finish_assessment", ())
        move(house.desk, house.viewer("sol"), case=case, name="finish_assessment", facts=facts)

    with pytest.raises(Refused, match="Nothing has been assessed"):
        finish()
    ref = assessing.begun(house, case, "sol", "light")
    with pytest.raises(Refused, match="isn’t complete yet"):
        finish()
    assessing.filled(house, case, ref, "sol")
    complete_assessment(house.desk, house.viewer("sol"), case=case, assessment=ref)
    finish()
    assert kept.case(house, case).state == "planning"


def test_the_times_follow_the_help(house: made.House) -> None:
    case = helping.helped(house)
    agreeing.agreed(house, case, "sol")
    shared = "early_help_plan_shared"
    for name, clocks in (
        ("start_assessing", {"early_help_assessment", "early_help_plan", shared}),
        ("finish_assessment", {"early_help_plan", "early_help_first_review", shared}),
        ("agree_plan", {"early_help_first_review", shared}),
        ("share_plan", {"early_help_first_review"}),
        ("review", {"early_help_review"}),
        ("assess_again", {"early_help_assessment"}),
        ("finish_assessment", {"early_help_plan", "early_help_first_review", shared}),
    ):
        helping.moved(house, case, name)
        assert running(house, case) == clocks, name
    assert kept.faults(house) == []


def test_each_review_starts_the_next_clock(house: made.House) -> None:
    case = helping.supported(house)
    due = set()
    for _ in range(3):
        house.clock.forward(days=21)
        helping.moved(house, case, "review")
        due |= {one.due_at for one in kept.rows(house, Deadline, case=case) if one.limit_id == "early_help_review"}
    assert len(due) == 3
    assert running(house, case) == {"early_help_review", "early_help_plan_shared"}


@pytest.mark.parametrize("how", list(Ending))
def test_it_ends_only_where_somebody_goes_on_who_must(house: made.House, how: Ending) -> None:
    case = helping.helped(house)
    facts = EndEarlyHelp(how=how, why="As it was told", they_say="As they said")
    ending = facts.model_copy(update={"who_goes_on": "The school nurse, Ivy"})
    if how in (Ending.one_agency, Ending.stepped_up, Ending.moved):
        with pytest.raises(Refused, match="Nobody is named who goes on"):
            move(house.desk, house.viewer("sol"), case=case, name="end_early_help", facts=facts)
        facts = ending
    move(house.desk, house.viewer("sol"), case=case, name="end_early_help", facts=facts)
    assert kept.case(house, case).state == "ended"
    assert running(house, case) == set()


def protect(house: made.House, case: str, by: str = "sol", **more: Any) -> str:
    done = move(house.desk, house.viewer(by), case=case, name="protect", facts=Protect(**more))
    return str(done.named["contact"])


def test_danger_is_one_act_away_and_the_help_goes_on(house: made.House) -> None:
    case = helping.supported(house)
    contact = protect(house, case, danger="He has come back and is shouting")
    row = kept.case(house, contact)
    assert (row.process, row.state, row.immediate) == ("referral", "protecting", True)
    assert kept.case(house, case).state == "supporting"
    mine, theirs = (kept.rows(house, CaseChild, case=one) for one in (case, contact))
    assert [one.person_id for one in theirs] == [one.person_id for one in mine]
    with house.desk.database.reading() as session:
        view = read(session, house.viewer("sid"), case, house.clock())
        assert view is not None
        assert (contact, False) in {(one.ref, one.before) for one in view.related}
    assert kept.faults(house) == []


def test_danger_pressed_again_is_one_contact_until_that_has_ended(house: made.House) -> None:
    case = helping.helped(house)
    contact = protect(house, case)
    assert protect(house, case) == contact
    with house.desk.database.writing() as session:
        row = session.exec(select(Case).where(col(Case.public_id) == contact)).one()
        row.closed_at, row.state = house.clock(), "closed"
        session.add(row)
    assert protect(house, case) != contact


def test_a_sibling_in_danger_after_the_first_is_protected_too(house: made.House) -> None:
    case = helping.helped(house, children=TWO)
    first, second = kept.children(house, case)
    contact = protect(house, case, children=(first,))
    assert protect(house, case, children=(second,)) == contact
    decisions = [one.decision for one in kept.rows(house, CaseChild, case=contact)]
    assert decisions == [Decision.immediate_protection] * 2
    assert kept.faults(house) == []


def test_danger_on_a_record_that_few_may_know_of_reaches_social_work_and_nobody_else(house: made.House) -> None:
    case = helping.helped(house)
    restrict(house.desk, house.viewer("may"), case=case, names=(), reason="A colleague’s child")
    contact = protect(house, case, danger="He has come back")
    assert kept.case(house, contact).restricted
    names = [name for name, _, _, _ in made.STAFF]
    with house.desk.database.reading() as session:
        seen = {
            name for name in names if isinstance(read(session, house.viewer(name), contact, house.clock()), CaseView)
        }
    assert seen >= {"sol", "may"}
    assert not seen & {"ada", "ben", "aud", "pat", "zoe", "lee", "gil", "ann"}
    (holds,) = [one for one in kept.rows(house, Assignment, case=contact) if one.ended_at is None]
    assert holds.practitioner_id is not None
    assert kept.faults(house) == []


def test_danger_in_more_words_than_can_be_kept_is_taken_in_all_the_same(house: made.House) -> None:
    case = helping.helped(house)
    assert kept.case(house, protect(house, case, danger="a" * 50_000)).state == "protecting"


def test_the_lead_and_their_manager_hear_of_danger_and_the_family_comes_along(house: made.House) -> None:
    case = helping.helped(house)
    contact = protect(house, case, by="may")
    told_of = {one.audience for one in kept.rows(house, Message, case=case) if one.kind == "protection_needed"}
    assert told_of == {"holder", "manager"}
    assert len(kept.rows(house, Tie, case=contact)) == 1
    with house.desk.database.reading() as session:
        view = read(session, house.viewer("sid"), contact, house.clock())
    assert isinstance(view, CaseView)
    assert str(view.take["ring_back"]).startswith("Sol Worker")


def test_protecting_what_has_ended_leaves_when_it_ended(house: made.House) -> None:
    case = helping.helped(house)
    helping.moved(house, case, "end_early_help")
    ended = kept.case(house, case).closed_at
    house.clock.forward(days=30)
    protect(house, case)
    assert kept.case(house, case).closed_at == ended


def test_a_yes_of_somebody_who_brings_nobody_up_is_not_the_familys(house: made.House) -> None:
    friend = helping.MOTHER | {"given_name": "Dan", "relation": "other", "lives_with": "no"}
    case = helping.helped(house, adults=(friend,))
    person = next(one.public_id for one in kept.rows(house, Person) if one.given_name == "Dan")
    agreeing.agreed(house, case, "sol", who=person)
    with pytest.raises(Refused, match="Nobody in the family has agreed"):
        helping.moved(house, case, "start_assessing")


def test_a_new_contact_about_a_child_who_is_helped_reaches_whoever_leads(house: made.House) -> None:
    case = helping.helped(house)
    person = next(one for one in kept.rows(house, Person) if one.kind is PersonKind.child)
    child = made.child(given_name=person.given_name, same_as=person.public_id)
    receive(house.desk, house.viewer("ada"), take=made.take(children=(child,)))
    asked = {(one.case_id, one.practitioner_id) for one in kept.rows(house, Task) if one.kind is TaskKind.new_contact}
    assert (kept.case(house, case).id, house.ids["sol"]) in asked


def test_danger_to_one_child_names_that_child(house: made.House) -> None:
    case = helping.helped(house, children=TWO)
    first, second = kept.children(house, case)
    contact = protect(house, case, children=(second,))
    (only,) = kept.rows(house, CaseChild, case=contact)
    named = {one.id: one.given_name for one in kept.rows(house, Person)}
    assert named[only.person_id] == "Theo"
    assert first != second


def test_danger_reaches_the_front_door_after_the_help_has_ended(house: made.House) -> None:
    case = helping.helped(house)
    helping.moved(house, case, "end_early_help")
    assert kept.case(house, protect(house, case)).state == "protecting"
    assert kept.case(house, case).state == "ended"


def test_a_new_worry_can_join_it(house: made.House) -> None:
    case = helping.supported(house)
    other = receive(house.desk, house.viewer("ada"), take=made.take(children=(made.child(given_name="Noa"),))).case
    for by, name in (("ada", "offer_to_worker"), ("sol", "accept_join")):
        facts = told.facts(name, kept.children(house, other), open_case=case)
        move(house.desk, house.viewer(by), case=other, name=name, facts=facts)
    assert kept.case(house, other).state == "joined"
    assert kept.case(house, case).state == "supporting"
    assert len(kept.rows(house, CaseChild, case=case)) == 2
    assert kept.faults(house) == []


def test_sent_twice_under_one_key_it_begins_once(house: made.House) -> None:
    on = taken(house)
    sent = {"on": on, "process": "early_help", "facts": helping.facts(), "key": "one-key"}
    assert begin(house.desk, house.viewer("sol"), **sent) == begin(house.desk, house.viewer("sol"), **sent)


def test_however_many_there_are_what_began_on_a_record_is_found_by_an_index(house: made.House) -> None:
    on = decided(house)
    case = helping.begun(house, on).case
    agreeing.agreed(house, case, "sol")
    helping.moved(house, case, "start_assessing", "finish_assessment", "add_action")
    explaining.fill(house)
    for reference in (on, case):
        viewer = house.viewer("sol")
        plan = explaining.plans(house, lambda session: read(session, viewer, reference, house.clock()))  # noqa: B023
        bad = [one for one in plan.split("\n\n") if explaining.READ_WHOLE.search(one)]
        assert bad == [], "\n\n".join(bad)


@pytest.mark.parametrize(
    ("results", "given"),
    [
        (("same",), 0),
        (("same", "same"), 1),
        (("worse", "same"), 1),
        (("better", "worse"), 0),
        (("worse", "better", "worse"), 0),
        (("same", "same", "worse"), 1),
    ],
)
def test_twice_no_better_is_for_a_manager_to_look_at_once(
    house: made.House, results: tuple[str, ...], given: int
) -> None:
    case = helping.supported(house)
    for result in results:
        facts = told.facts("review", ()).model_copy(update={"result": Result(result)})
        move(house.desk, house.viewer("sol"), case=case, name="review", facts=facts)
    tasks = [one for one in kept.rows(house, Task) if one.kind == "no_better_twice"]
    assert len(tasks) == given
    assert {one.practitioner_id for one in tasks} <= {house.ids["may"]}
    assert kept.faults(house) == []


def test_a_family_that_wishes_it_is_asked_again_by_whoever_led(house: made.House) -> None:
    case = helping.supported(house)
    facts = told.facts("end_early_help", ()).model_copy(update={"check_back": date(2027, 2, 16)})
    move(house.desk, house.viewer("sol"), case=case, name="end_early_help", facts=facts)
    (task,) = [one for one in kept.rows(house, Task) if one.kind == "check_back"]
    assert (task.practitioner_id, task.due_at) == (house.ids["sol"], datetime(2027, 2, 16, 17, tzinfo=UTC))
    assert kept.faults(house) == []


@pytest.mark.parametrize("day", [date(2026, 11, 16), date(2028, 2, 16)])
def test_nobody_is_asked_again_on_a_day_that_is_gone_or_far(house: made.House, day: date) -> None:
    case = helping.supported(house)
    facts = told.facts("end_early_help", ()).model_copy(update={"check_back": day})
    with pytest.raises(Refused, match="no day to ask"):
        move(house.desk, house.viewer("sol"), case=case, name="end_early_help", facts=facts)
