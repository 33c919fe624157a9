"""What must be true before a referral may move? Each guard raises `Refused` with the way out."""

from workflows.referral_facts import (
    Answer,
    Ask,
    Band,
    Decide,
    Decision,
    GiveAdvice,
    Kind,
    OfferToWorker,
    Protect,
    StopAsking,
    TakenUp,
    TellReferrer,
)
from workflows.refusals import Refusal, Refused, refuse
from workflows.roles import SOCIAL_WORK
from workflows.situation import Child, Situation
from workflows.table import Asking, ChildDecided, Outcome

SOCIAL_CARE = frozenset(
    {Decision.immediate_protection, Decision.social_care_assessment, Decision.disabled_childrens_team}
)


def check_second_person(situation: Situation) -> None:
    """Four eyes: whoever proposed no further action can't also agree to it."""
    if situation.done_by.get("propose_no_further_action") == situation.actor.ref:
        raise refuse(
            "You proposed no further action, so someone else must look at it too.",
            who_can="Ask another social worker or a team manager to agree.",
        )


def check_worker_of_open_case(situation: Situation) -> None:
    if not situation.actor.answers_for_target:
        raise refuse(
            "Only the worker who answers for the open record can say whether this belongs there.",
            who_can="Ring that worker, or take it back and decide it here.",
        )


def check_danger_seen_by_social_work(situation: Situation) -> None:
    """No child who may be in immediate danger leaves for elsewhere without a social worker knowing it."""
    at_risk = [child for child in situation.children if _at_risk(child)]
    if at_risk and not situation.actor.roles & SOCIAL_WORK:
        raise refuse(
            f"{_names(at_risk)} may be in immediate danger, so a social worker sees to it that they are safe first.",
            who_can="Ask a social worker or team manager, or protect now.",
        )


def check_nothing_immediate(situation: Situation) -> None:
    """A worry that meets an immediate indicator can't be ended by the one who raised it, nor by advice alone."""
    immediate = [child for child in situation.children if _at_risk(child)]
    if immediate:
        raise refuse(
            f"{_names(immediate)} may be in immediate danger, so this can't end without a decision for each child.",
            who_can="A social worker can protect or decide.",
        )


def check_advice_without_a_name(situation: Situation) -> None:
    if situation.kind != Kind.advice:
        raise refuse(
            "This is a worry about a child, not a call for advice.", who_can="Screen it and decide for each child."
        )


def check_acknowledgement_owed(situation: Situation) -> None:
    if "acknowledgement" not in situation.running:
        raise refuse(
            "The referrer has had their acknowledgement, or there is nobody to send one to.",
            who_can="Nothing is left to do here.",
        )


def check_all_decided(situation: Situation) -> None:
    """A child who was joined to this record after it was decided is decided too before it may close."""
    waiting = [child for child in situation.children if not child.decision]
    if waiting:
        raise refuse(f"Nothing has been decided for {_names(waiting)} yet.", who_can="Screen it again and decide.")


def check_all_taken_up(situation: Situation) -> None:
    """Nobody lets go before somebody else holds on."""
    waiting = [child for child in situation.children if _waits(child)]
    if waiting:
        raise refuse(
            f"Nobody has taken up {_names(waiting)} yet.",
            who_can="Ring the team it went to and record who has taken it up; then this can close.",
        )


def check_each_child_decided(situation: Situation, facts: Decide) -> None:
    """Siblings are never missed: every child on the record gets a decision of their own, once."""
    refs = [decided.child for decided in facts.decisions]
    found: list[Refusal] = []
    for child in situation.children:
        if child.ref not in refs and not child.decision:
            found.append(Refusal(f"{child.name} has no decision yet.", "Decide for each child before you save."))
    if len(set(refs)) != len(refs):
        found.append(Refusal("One child has two decisions.", "Give each child one decision."))
    if any(situation.child(ref) is None for ref in refs):
        found.append(Refusal("A decision names a child who isn't on this record.", "Choose from the children listed."))
    if found:
        raise Refused(*found)


def check_levels_published(situation: Situation, facts: Decide) -> None:
    for decided in facts.decisions:
        if decided.level not in situation.levels:
            listed = ", ".join(situation.levels.values())
            raise refuse(f"'{decided.level}' isn't a published level of need.", who_can=f"Choose from: {listed}.")
        if decided.destination and decided.destination not in situation.destinations:
            raise refuse(
                f"'{decided.destination}' isn't a place the published document names.",
                who_can="Choose a destination from the list, or leave it empty.",
            )


def check_no_one_decides_nothing_alone(situation: Situation, facts: Decide) -> None:
    less = _needing_two(situation, facts)
    if less:
        raise refuse(
            f"What you decided for {_names(less)} needs a second person.",
            who_can="Send it for a second person to agree instead.",
            where="propose_no_further_action",
        )


def check_some_no_further_action(situation: Situation, facts: Decide) -> None:
    if not _needing_two(situation, facts):
        raise refuse(
            "Nothing here needs a second person.",
            who_can="Record the decisions yourself.",
            where="decide",
        )


def check_immediate_seen_by_social_work(situation: Situation, facts: Decide) -> None:
    """Whether an immediate indicator needs less than an assessment is a trained social worker's judgement (003)."""
    if situation.actor.roles & SOCIAL_WORK:
        return
    less = {one.child for one in facts.decisions if one.decision not in SOCIAL_CARE}
    lowered = [child for child in situation.children if child.ref in less and _at_risk(child)]
    if lowered:
        raise refuse(
            f"{_names(lowered)} may be in immediate danger, so less than social care is a social worker's to propose.",
            who_can="Ask a social worker or team manager to look at it.",
        )


def check_known_children(situation: Situation, facts: Protect) -> None:
    if any(situation.child(ref) is None for ref in facts.children):
        raise refuse("A child you ticked isn't on this record.", who_can="Tick from the children listed, or tick none.")


def check_child_handed_on(situation: Situation, facts: TakenUp) -> None:
    child = situation.child(facts.child)
    if child is None or not _handed_on(child):
        raise refuse(
            "That child hasn't been sent on to anybody from here.", who_can="Choose a child who waits to be taken up."
        )


def check_asks_waiting(situation: Situation) -> None:
    if not situation.asks:
        raise refuse("Nobody has been asked anything that is still unanswered.", who_can="Ask another agency first.")


def check_ask_waits(situation: Situation, facts: Answer | StopAsking) -> None:
    if facts.ask not in situation.asks:
        raise refuse(
            "That question isn't waiting for an answer.", who_can="Choose from the questions that are still open."
        )


def check_bands_published(situation: Situation) -> None:
    if not situation.urgencies:
        raise refuse(
            "The published document has no bands of urgency.",
            who_can="Work to the times on the record; the partnership can decide bands in its document.",
        )


def check_band_published(situation: Situation, facts: Band) -> None:
    if facts.urgency not in situation.urgencies:
        listed = ", ".join(situation.urgencies.values())
        raise refuse(f"'{facts.urgency}' isn't a published band of urgency.", who_can=f"Choose from: {listed}.")
    if facts.urgency == situation.urgency:
        raise refuse("It stands in that band already.", who_can="Choose another, or leave it as it is.")


def check_danger_keeps_its_band(situation: Situation, facts: Band) -> None:
    """A child who may be in immediate danger never waits longer by an adviser's word alone."""
    order = list(situation.urgencies)
    first = order[0] if order else ""
    at_risk = [child for child in situation.children if _at_risk(child)]
    if at_risk and facts.urgency != first and not situation.actor.roles & SOCIAL_WORK:
        raise refuse(
            f"{_names(at_risk)} may be in immediate danger, so a lower band is a social worker's to give.",
            who_can="Ask a social worker or team manager.",
        )


def check_way_is_safe(situation: Situation, facts: TellReferrer) -> None:
    """Decision and reasons by voice, or behind sign-in to one who can come in: never where somebody else may read."""
    if facts.how in situation.closed_ways:
        raise refuse(
            situation.closed_ways[facts.how],
            who_can="Ring them and tell them by voice; a professional can be verified first.",
        )


def asked(situation: Situation, facts: Ask) -> Outcome:
    return Outcome(asks=Asking(facts.asked_of, facts.agency, facts.email))


def answered(situation: Situation, facts: Answer) -> Outcome:
    return Outcome(answers=facts.ask)


def asking_stopped(situation: Situation, facts: StopAsking) -> Outcome:
    return Outcome(answers=facts.ask, given_up=True)


def banded(situation: Situation, facts: Band) -> Outcome:
    return Outcome(urgency=facts.urgency)


def decided(situation: Situation, facts: Decide) -> Outcome:
    """Each child's decision; the take-up clock starts where anybody else must take a child's need up."""
    return _decide(situation, _decisions(facts))


def proposed(situation: Situation, facts: Decide) -> Outcome:
    return Outcome(proposals=_decisions(facts))


def agreed(situation: Situation, facts: object) -> Outcome:
    """What was proposed becomes what is decided."""
    return _decide(
        situation,
        tuple(
            ChildDecided(
                child.ref, child.proposed_decision, child.proposed_level, child.proposed_destination, taken_up=False
            )
            for child in situation.children
            if child.proposed_decision
        ),
    )


def returned(situation: Situation, facts: object) -> Outcome:
    return Outcome(proposals=())


def offered_no_more(situation: Situation, facts: object) -> Outcome:
    return Outcome(target="")


def protected(situation: Situation, facts: Protect) -> Outcome:
    """Every named child, or every child where none is named, is decided at once for protection."""
    highest = tuple(situation.levels)[-1] if situation.levels else None
    refs = dict.fromkeys(facts.children or (child.ref for child in situation.children))
    return Outcome(
        decisions=tuple(
            ChildDecided(ref, Decision.immediate_protection, highest, situation.protects_at, taken_up=False)
            for ref in refs
        ),
        proposals=(),
        target="",
    )


def protection_taken(situation: Situation, facts: object) -> Outcome:
    return Outcome(
        decisions=tuple(
            ChildDecided(child.ref, taken_up=True)
            for child in situation.children
            if child.decision == Decision.immediate_protection
        )
    )


def decided_anew(situation: Situation, facts: object) -> Outcome:
    """Every child is decided again, but for one whose protection is under way."""
    return Outcome(
        decisions=tuple(
            ChildDecided(child.ref, decision="", destination="", taken_up=False)
            for child in situation.children
            if child.decision != Decision.immediate_protection
        ),
        proposals=(),
    )


def taken_up(situation: Situation, facts: TakenUp) -> Outcome:
    """The take-up clock stops once the last waiting child has been taken up."""
    last = {child.ref for child in situation.children if _waits(child)} <= {facts.child}
    return Outcome(decisions=(ChildDecided(facts.child, taken_up=True),), stops=frozenset({"take_up"} if last else ()))


def advised(situation: Situation, facts: GiveAdvice) -> Outcome:
    return Outcome(
        decisions=tuple(
            ChildDecided(child.ref, Decision.information_and_advice, facts.level or None)
            for child in situation.children
        )
    )


def offered(situation: Situation, facts: OfferToWorker) -> Outcome:
    return Outcome(target=facts.open_case)


def _decisions(facts: Decide) -> tuple[ChildDecided, ...]:
    return tuple(
        ChildDecided(one.child, one.decision, one.level, one.destination, taken_up=False) for one in facts.decisions
    )


def _decide(situation: Situation, decisions: tuple[ChildDecided, ...]) -> Outcome:
    standing = {child.ref for child in situation.children if _waits(child)} - {one.ref for one in decisions}
    sent_on = {one.ref for one in decisions if one.decision and Decision(one.decision).hands_on}
    waits = standing | sent_on
    return Outcome(decisions=decisions, proposals=(), starts=frozenset({"take_up"} if waits else ()))


def _at_risk(child: Child) -> bool:
    return child.immediate or child.decision == Decision.immediate_protection


def _waits(child: Child) -> bool:
    return _handed_on(child) and not child.taken_up


def _handed_on(child: Child) -> bool:
    return Decision(child.decision).hands_on if child.decision else False


def _needing_two(situation: Situation, facts: Decide) -> list[Child]:
    """Four eyes on no further action, on what the edition names, and on less than social care for danger."""
    chosen = {one.child: one.decision for one in facts.decisions}
    return [
        child for child in situation.children if child.ref in chosen and _needs_two(situation, child, chosen[child.ref])
    ]


def _needs_two(situation: Situation, child: Child, decision: Decision) -> bool:
    alone = decision is not Decision.no_further_action and decision not in situation.second_person
    return not alone or (_at_risk(child) and decision not in SOCIAL_CARE)


def settled(child: Child) -> bool:
    """True where nothing about this child is urgent any more: decided, and taken up where it was sent on."""
    return not _at_risk(child) or (bool(child.decision) and not _waits(child))


def _names(children: list[Child]) -> str:
    names = [child.name for child in children]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
