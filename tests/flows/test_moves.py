"""Does every move do what the table says, for every state and every role, and refuse the rest with a way out?"""

import itertools

import made
import pytest
import told

from workflows import REFERRAL, Actor, Child, Choice, Move, Refused, Role, Situation, choices, fire
from workflows.referral_facts import Decision, Kind

STATES = tuple(state.name for state in REFERRAL.states)
ROLES = tuple(Role)
PLACES = tuple(itertools.product(STATES, REFERRAL.moves))
LEVELS = {"universal": "Universal", "additional": "Additional", "statutory": "Statutory"}
CHILDREN = {
    "confirm_taken_up": {"decision": Decision.early_help_assessment},
    "close": {"decision": Decision.early_help_assessment, "taken_up": True},
    "agree_no_further_action": {"proposed_decision": Decision.no_further_action, "proposed_level": "universal"},
}
"""What must already stand on a child for a move's guards to be content."""


def situation(move: str, state: str, role: Role) -> Situation:
    """A record of two children on which every guard of `move` is content."""
    standing = CHILDREN.get(move, {})
    return Situation(
        state=state,
        kind=Kind.advice if move == "give_advice" else Kind.contact,
        now=made.MONDAY,
        actor=Actor("ACTOR", "An Actor", frozenset({role}), answers_for_target=True),
        children=tuple(Child(ref, f"Child {ref}", **standing) for ref in ("ONE", "TWO")),
        done_by={"propose_no_further_action": "SOMEBODY"},
        levels=LEVELS,
        running=frozenset({"acknowledgement"}),
        urgencies={"red": "Red", "green": "Green"},
        asks=frozenset({"ASK"}),
    )


def offered(move: Move, on: Situation) -> Choice | None:
    return next((one for one in choices(REFERRAL, on) if one.move is move), None)


@pytest.mark.parametrize(("state", "move"), PLACES, ids=lambda one: getattr(one, "name", one))
@pytest.mark.parametrize("role", ROLES)
def test_a_move_is_made_from_its_states_by_its_roles_and_by_no_others(state: str, move: Move, role: Role) -> None:
    on, facts = situation(move.name, state, role), told.facts(move.name, ("ONE", "TWO"))
    choice = offered(move, on)
    if state in move.paths and role in move.who:
        assert (choice is None) == move.follows
        assert choice is None or choice.may
        assert fire(REFERRAL, on, move.name, facts).state == move.paths[state]
        return
    with pytest.raises(Refused) as refused:
        fire(REFERRAL, on, move.name, facts)
    assert all(one.sentence and one.who_can for one in refused.value.refusals)
    assert (choice is None) == (state not in move.paths or move.follows)
    if choice is not None:
        assert any(other.words in choice.refusals[0].who_can for other in move.who)


@pytest.mark.parametrize("state", REFERRAL.open_states, ids=lambda one: one.name)
def test_protection_needs_nothing_from_anybody_who_works_with_children(state) -> None:
    protects = {role for role in ROLES if offered(REFERRAL.move("protect"), situation("protect", state.name, role)).may}
    assert protects == set(ROLES) - {Role.administrator, Role.auditor, Role.system}


@pytest.mark.parametrize("role", [Role.auditor, Role.administrator, Role.system])
def test_who_only_reads_or_runs_the_service_moves_nothing(role: Role) -> None:
    assert not [move.name for move in REFERRAL.moves if role in move.who]


def test_a_step_that_does_not_exist_is_refused_in_words() -> None:
    with pytest.raises(Refused, match="no such step"):
        fire(REFERRAL, situation("close", "taken", Role.team_manager), "erase", made.NOTHING)


def test_every_reason_is_given_at_once() -> None:
    on = situation("withdraw", "taken", Role.partner_referrer)
    hurt = Situation(on.state, on.kind, on.now, on.actor, (Child("ONE", "Ava", immediate=True),))
    assert len(offered(REFERRAL.move("withdraw"), hurt).refusals) == 2
