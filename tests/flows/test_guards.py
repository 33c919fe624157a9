"""Does each guard hold, and let through what it should?"""

from dataclasses import replace

import made
import pytest
import told

from workflows import REFERRAL, Actor, Child, Fired, Refused, Role, Situation, fire
from workflows.referral_facts import Decision, Kind, Protect

AVA, BEN = Child("AVA", "Ava"), Child("BEN", "Ben")
LEVELS = {"universal": "Universal", "additional": "Additional", "statutory": "Statutory"}


def on(state: str, role: Role, *children: Child, **more) -> Situation:
    actor = Actor("ME", "Me", frozenset({role}), answers_for_target=more.pop("target", False))
    given = {"kind": Kind.contact, "now": made.MONDAY, "actor": actor, "levels": LEVELS}
    return Situation(state=state, children=children or (AVA, BEN), **(given | more))


def go(situation: Situation, move: str, *refs: str, **more) -> Fired:
    return fire(REFERRAL, situation, move, told.facts(move, refs or ("AVA", "BEN"), **more))


def why_not(situation: Situation, move: str, *refs: str, **more) -> str:
    with pytest.raises(Refused) as refused:
        go(situation, move, *refs, **more)
    return str(refused.value)


def test_whoever_proposed_no_further_action_cannot_agree_it() -> None:
    waiting = on("awaiting_second_person", Role.social_worker, done_by={"propose_no_further_action": "ME"})
    assert "someone else" in why_not(waiting, "agree_no_further_action")
    assert go(replace(waiting, done_by={"propose_no_further_action": "OTHER"}), "agree_no_further_action")


def test_nobody_decides_no_further_action_alone() -> None:
    screening = on("under_screening", Role.team_manager)
    assert "second person" in why_not(screening, "decide", decision=Decision.no_further_action)
    assert go(screening, "propose_no_further_action").outcome.proposals


def test_four_eyes_are_on_whatever_the_document_says_nobody_decides_alone() -> None:
    screening = on("under_screening", Role.team_manager, second_person=frozenset({"information_and_advice"}))
    assert "second person" in why_not(screening, "decide", decision=Decision.information_and_advice)
    assert go(screening, "propose_no_further_action", decision=Decision.information_and_advice).outcome.proposals
    assert go(screening, "decide", decision=Decision.early_help_assessment)


def test_a_second_person_is_not_asked_for_nothing() -> None:
    assert "Nothing here needs a second person" in why_not(
        on("under_screening", Role.social_worker), "propose_no_further_action", decision=Decision.early_help_assessment
    )


@pytest.mark.parametrize("move", ["decide", "propose_no_further_action"])
def test_no_sibling_is_left_undecided(move: str) -> None:
    screening = on("under_screening", Role.social_worker)
    assert "Ben has no decision yet" in why_not(screening, move, "AVA")
    assert go(screening, move, "AVA", "BEN")


def test_one_child_has_one_decision_and_a_stranger_none() -> None:
    screening = on("under_screening", Role.social_worker)
    assert "two decisions" in why_not(screening, "decide", "AVA", "BEN", "AVA")
    assert "isn't on this record" in why_not(screening, "decide", "AVA", "BEN", "CAT")


@pytest.mark.parametrize(
    "less", ["no_further_action", "information_and_advice", "direct_to_one_service", "early_help_assessment"]
)
def test_less_than_an_assessment_for_an_immediate_need_is_a_social_workers_to_decide(less: str) -> None:
    hurt = (replace(AVA, immediate=True), BEN)
    adviser, worker = (on("under_screening", role, *hurt) for role in (Role.triage_adviser, Role.social_worker))
    assert "a social worker's to propose" in why_not(adviser, "propose_no_further_action", decision=less)
    assert "needs a second person" in why_not(worker, "decide", decision=less)
    assert go(worker, "propose_no_further_action", decision=less).state == "awaiting_second_person"


@pytest.mark.parametrize("move", ["accept_join", "decline_join"])
def test_only_the_worker_of_the_open_record_says_whether_it_belongs_there(move: str) -> None:
    offered = on("awaiting_worker", Role.lead_practitioner)
    assert "Only the worker" in why_not(offered, move)
    assert go(on("awaiting_worker", Role.lead_practitioner, target=True), move)


@pytest.mark.parametrize("move", ["withdraw", "give_advice"])
@pytest.mark.parametrize("risk", [{"immediate": True}, {"decision": Decision.immediate_protection}])
def test_what_may_be_immediate_is_never_ended_by_withdrawing_or_by_advice(move: str, risk: dict) -> None:
    calm = on("taken", Role.team_manager, kind=Kind.advice)
    assert "immediate danger" in why_not(replace(calm, children=(replace(AVA, **risk),)), move)
    assert go(calm, move).ends


def test_a_worry_about_a_child_is_not_a_call_for_advice() -> None:
    assert "a worry about a child" in why_not(on("taken", Role.triage_adviser), "give_advice")


def test_nothing_closes_before_every_child_is_taken_up() -> None:
    sent = replace(AVA, decision=Decision.early_help_assessment)
    told_only = replace(BEN, decision=Decision.information_and_advice)
    assert "Nobody has taken up Ava" in why_not(on("referrer_told", Role.triage_adviser, sent, told_only), "close")
    assert go(on("referrer_told", Role.triage_adviser, replace(sent, taken_up=True), told_only), "close").ends


@pytest.mark.parametrize("role", [Role.triage_adviser, Role.social_worker])
def test_a_child_in_danger_leaves_for_another_authority_only_with_social_work(role: Role) -> None:
    leaving = on("awaiting_other_authority", role, replace(AVA, immediate=True))
    if role is Role.social_worker:
        assert go(leaving, "pass_on").ends
    else:
        assert "a social worker sees to it" in why_not(leaving, "pass_on")


def test_nothing_closes_before_every_child_is_decided() -> None:
    told_only = replace(BEN, decision=Decision.information_and_advice)
    assert "Nothing has been decided for Ava" in why_not(
        on("referrer_told", Role.triage_adviser, AVA, told_only), "close"
    )


def test_a_referrer_is_acknowledged_once() -> None:
    owed = on("under_screening", Role.triage_adviser, running=frozenset({"acknowledgement"}))
    assert go(owed, "acknowledge").state == "under_screening"
    assert "has had their acknowledgement" in why_not(replace(owed, running=frozenset()), "acknowledge")


def test_somebody_whose_role_cannot_make_a_move_hears_nothing_of_where_the_record_stands() -> None:
    assert "Waiting" not in why_not(on("awaiting_second_person", Role.partner_referrer), "decide")


def test_the_take_up_clock_stops_only_with_the_last_child() -> None:
    ava, ben = (replace(child, decision=Decision.early_help_assessment) for child in (AVA, BEN))
    both = on("decided", Role.triage_adviser, ava, ben)
    assert "take_up" not in go(both, "confirm_taken_up", "AVA").stops
    last = replace(both, children=(ava, replace(ben, taken_up=True)))
    assert "take_up" in go(last, "confirm_taken_up", "AVA").stops


def test_nobody_takes_up_a_child_who_was_sent_nowhere() -> None:
    assert "hasn't been sent on" in why_not(on("decided", Role.triage_adviser), "confirm_taken_up", "AVA")


@pytest.mark.parametrize(
    ("state", "move", "role"),
    [
        ("awaiting_second_person", "protect", Role.partner_referrer),
        ("awaiting_second_person", "return_to_screening", Role.social_worker),
        ("closed", "reopen", Role.team_manager),
    ],
)
def test_what_was_proposed_is_cleared_by_protecting_returning_and_reopening(state: str, move: str, role: Role) -> None:
    proposed = replace(AVA, proposed_decision=Decision.no_further_action, proposed_level="universal")
    assert go(on(state, role, proposed), move).outcome.proposals == ()


@pytest.mark.parametrize(("state", "move"), [("decided", "review_again"), ("closed", "reopen")])
def test_deciding_anew_keeps_protection_and_clears_the_rest(state: str, move: str) -> None:
    safe, sent = replace(AVA, decision=Decision.immediate_protection), replace(BEN, decision="early_help_assessment")
    anew = go(on(state, Role.team_manager, safe, sent), move).outcome.decisions
    assert [(one.ref, one.decision) for one in anew] == [("BEN", "")]


def test_protecting_without_ticking_anybody_protects_everybody() -> None:
    fired = fire(REFERRAL, on("decided", Role.partner_referrer), "protect", Protect())
    assert {(one.ref, one.decision) for one in fired.outcome.decisions} == {
        ("AVA", Decision.immediate_protection),
        ("BEN", Decision.immediate_protection),
    }
    with pytest.raises(Refused, match="isn't on this record"):
        fire(REFERRAL, on("taken", Role.social_worker), "protect", Protect(children=("CAT",)))


def test_a_level_or_a_place_that_was_never_published_cannot_be_decided() -> None:
    screening = on("under_screening", Role.social_worker)
    assert "isn't a published level" in why_not(replace(screening, levels={"universal": "Universal"}), "decide")
