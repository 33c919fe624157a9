"""What has happened in the invented partnership? Stories: a worry taken in, and what was done about it when.

Every child, adult and worry here is invented. A step names who acts, what they do, and how many minutes later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pathway.store.views import CaseView
from workflows import Facts, NoFacts
from workflows import referral_facts as told
from workflows.referral_facts import Decision, How, Told

FactsFrom = Callable[[CaseView], Facts]


@dataclass(frozen=True, slots=True)
class Step:
    """`act` is a move's name, or `take_it` and `hand_to` for who answers; `facts` are made from the case as it is."""

    after_minutes: int
    who: str
    act: str
    facts: FactsFrom = lambda case: NoFacts()
    to: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """`days_ago` counts working days before now; `at` is the hour and minute in London."""

    days_ago: int
    at: tuple[int, int]
    taken_by: str
    take: dict[str, Any]
    steps: tuple[Step, ...] = ()


def all_children(decision: Decision, level: str, reason: str, destination: str = "") -> FactsFrom:
    def facts(case: CaseView) -> Facts:
        return told.Decide(
            decisions=tuple(
                told.ForChild(child=child.ref, decision=decision, level=level, reason=reason, destination=destination)
                for child in case.children
                if not child.decision
            )
        )

    return facts


def first_child(by: str) -> FactsFrom:
    return lambda case: told.TakenUp(child=next(one.ref for one in case.children if not one.taken_up), by=by)


def always(facts: Facts) -> FactsFrom:
    return lambda case: facts


def child(given: str, family: str = "Sample", seen: dict[str, str] | None = None, **about: Any) -> dict[str, Any]:
    observed = [{"indicator": name, "seen": words} for name, words in (seen or {}).items()]
    return {"given_name": given, "family_name": family, "observed": observed, **about}


ACKNOWLEDGE = always(told.Acknowledge(how=How.telephone))
TELL = always(
    told.TellReferrer(how=Told.voice, said="What was decided for each child, why, and who to ring if unsure.")
)
CLOSE = always(told.GiveReason(reason="Every child's need has been taken up and the referrer knows."))
EARLY_HELP = all_children(
    Decision.early_help_assessment, "additional", "Several small needs; one assessment with the family's agreement."
)
FAMILY_SUPPORT = all_children(
    Decision.targeted_family_support,
    "extensive",
    "Needs are growing in several places at once.",
    "locality-access-point",
)
NOTHING_MORE = all_children(
    Decision.no_further_action, "universal", "The school has put support in place and the family is happy with it."
)
SCREEN = Step(60, "robin", "start_screening")

STORIES: tuple[Story, ...] = (
    Story(
        14,
        (9, 40),
        "robin",
        {
            "told_by": "Wren Teacher",
            "caller_role": "Class teacher",
            "source_code": "2A",
            "ring_back": "school office",
            "worry": "Often late, tired and hungry since the summer. Mum says money is very tight.",
            "safe_tonight": "yes",
            "siblings": 2,
            "agreement": "given",
            "children": [
                child("Ember", seen={"diet-or-weight-worry": "Asks for seconds and thirds at lunch"}, age_years=8),
                child("Rowan", seen={"strain-of-housing-debt-or-work": "Mum lost her job in July"}, age_years=5),
            ],
        },
        (
            Step(25, "robin", "acknowledge", ACKNOWLEDGE),
            SCREEN,
            Step(150, "robin", "decide", EARLY_HELP),
            Step(50, "robin", "tell_referrer", TELL),
            Step(1500, "robin", "confirm_taken_up", first_child("Sam Sample, Targeted Family Support")),
            Step(5, "robin", "confirm_taken_up", first_child("Sam Sample, Targeted Family Support")),
            Step(30, "robin", "close", CLOSE),
        ),
    ),
    Story(
        12,
        (11, 5),
        "asha",
        {
            "told_by": "A neighbour",
            "caller": "public",
            "source_code": "1B",
            "ring_back": "rings us; gave no number",
            "worry": "Shouting in the flat above most evenings. Two little ones.",
            "safe_tonight": "unknown",
            "children": [child("", "", seen={"family-conflict": "Shouting, doors slammed"})],
        },
        (
            SCREEN,
            Step(
                90,
                "asha",
                "ask_for_information",
                always(
                    told.AskForInformation(
                        asked_of="Housing and the health visitor", question="Who lives there, and what do you know?"
                    )
                ),
            ),
            Step(
                380,
                "asha",
                "receive_information",
                always(
                    told.ReceiveInformation(
                        learned="Housing: a couple with twins of three. Health visitor saw them last week: well."
                    )
                ),
            ),
            Step(30, "asha", "propose_no_further_action", NOTHING_MORE),
            Step(
                70,
                "tomasz",
                "agree_no_further_action",
                always(told.SecondView(reason="Seen by the health visitor last week, no history, nothing else known.")),
            ),
            Step(
                40,
                "asha",
                "tell_referrer",
                always(
                    told.TellReferrer(
                        how=Told.could_not,
                        said="No number was given. If they ring again: thanked, and how to tell us more.",
                    )
                ),
            ),
            Step(60, "asha", "close", CLOSE),
        ),
    ),
    Story(
        3,
        (16, 50),
        "robin",
        {
            "told_by": "Bryn Visitor",
            "caller_role": "Health visitor",
            "source_code": "3B",
            "ring_back": "clinic desk",
            "worry": "A bruise on the cheek at a home visit, and no clear account of how.",
            "safe_tonight": "no",
            "children": [child("Baby", "Invented", seen={"bruising-under-two": "Round bruise, left cheek"})],
        },
        (
            Step(1, "robin", "protect", always(told.Protect(danger="Health visitor is still at the house."))),
            Step(9, "priya", "take_protection"),
            Step(60, "priya", "decide", always(told.Decide())),
            Step(45, "priya", "hand_to", to="priya"),
            Step(30, "tomasz", "tell_referrer", TELL),
        ),
    ),
    Story(
        4,
        (10, 15),
        "robin",
        {
            "told_by": "Kit Officer",
            "caller_role": "Police constable",
            "source_code": "6",
            "ring_back": "control room",
            "worry": "Called to an argument. Two children upstairs heard it. Third call this year.",
            "safe_tonight": "yes",
            "other_children": "Two at the father's address, names not known",
            "agreement": "not_safe_to_ask",
            "agreement_reason": "Asking might put the mother at risk.",
            "children": [
                child(
                    "Lark",
                    "Example",
                    seen={"repeated-domestic-abuse-or-carer-difficulties": "Third call"},
                    age_years=11,
                ),
                child("Finch", "Example", seen={"domestic-abuse-witnessed": "Heard it from the landing"}, age_years=9),
            ],
        },
        (
            Step(20, "robin", "acknowledge", ACKNOWLEDGE),
            SCREEN,
            Step(
                120,
                "tomasz",
                "decide",
                all_children(
                    Decision.social_care_assessment,
                    "child-in-need",
                    "A pattern over a year; both children affected.",
                    "screening-and-duty",
                ),
            ),
            Step(30, "tomasz", "tell_referrer", TELL),
        ),
    ),
    Story(
        2,
        (13, 30),
        "asha",
        {
            "told_by": "Juno Doctor",
            "caller_role": "General practitioner",
            "source_code": "3A",
            "how": "written",
            "ring_back": "surgery reception",
            "worry": "Missed four appointments; asthma is not controlled.",
            "safe_tonight": "yes",
            "children": [
                child(
                    "Sorrel",
                    "Invented",
                    seen={"missing-health-services": "Four missed since May"},
                    born_on="2019-03-04",
                ),
            ],
        },
        (
            Step(30, "asha", "acknowledge", ACKNOWLEDGE),
            SCREEN,
            Step(100, "asha", "decide", FAMILY_SUPPORT),
            Step(40, "asha", "tell_referrer", TELL),
            Step(900, "asha", "confirm_taken_up", first_child("Sam Sample, Targeted Family Support")),
        ),
    ),
    Story(
        7,
        (15, 20),
        "robin",
        {
            "kind": "advice",
            "told_by": "wouldn't say",
            "caller": "family",
            "source_code": "1A",
            "ring_back": "not needed",
            "worry": "A parent of a thirteen-year-old who has stopped going out asks what help there is.",
            "safe_tonight": "yes",
            "other_children": "not asked: no names given",
        },
        (
            Step(
                20,
                "robin",
                "give_advice",
                always(told.GiveAdvice(advice="School nurse, the self-referral line, and us.")),
            ),
        ),
    ),
    Story(
        6,
        (9, 15),
        "asha",
        {
            "told_by": "Wren Teacher",
            "source_code": "2A",
            "ring_back": "school office",
            "worry": "Bruise explained as a fall; the family moved across the border last week.",
            "safe_tonight": "unknown",
            "children": [child("Heron", "Example", seen={"frequent-moves": "Third address this year"}, age_years=6)],
        },
        (
            Step(40, "asha", "acknowledge", ACKNOWLEDGE),
            SCREEN,
            Step(
                60,
                "asha",
                "offer_to_authority",
                always(
                    told.OfferToAuthority(
                        their_authority="Neighbourshire (invented)",
                        spoke_to="their front door",
                        reason="The family lives there now.",
                    )
                ),
            ),
            Step(400, "asha", "pass_on", always(told.PassedOn(accepted_by="their duty adviser"))),
        ),
    ),
    Story(
        1,
        (14, 10),
        "robin",
        {
            "kind": "self_referral",
            "caller": "child",
            "source_code": "1C",
            "told_by": "Sky, who is fifteen",
            "worry": "“I can't sleep and I don't want to be at home when they argue.”",
            "ring_back": "text after four",
            "safe_tonight": "yes",
            "safe_contact": "Not the home telephone.",
            "childs_words": "I just want it to be quiet.",
            "children": [child("Sky", "Sample", seen={"mental-health-worry": "Not sleeping"}, age_years=15)],
        },
        (Step(15, "robin", "acknowledge", ACKNOWLEDGE), SCREEN, Step(40, "robin", "take_it")),
    ),
    Story(
        1,
        (10, 0),
        "teacher",
        {
            "told_by": "Wren Teacher",
            "how": "online",
            "ring_back": "school office",
            "worry": "Drawings of being left alone at night. Says an uncle 'comes and goes'.",
            "safe_tonight": "unknown",
            "children": [child("Linnet", "Invented", seen={"left-home-alone": "“On my own till late”"}, age_years=7)],
        },
        (Step(30, "asha", "acknowledge", ACKNOWLEDGE), SCREEN),
    ),
    Story(
        1,
        (11, 45),
        "asha",
        {
            "told_by": "Juno Doctor",
            "source_code": "3A",
            "ring_back": "surgery reception",
            "siblings": 4,
            "worry": "Worn out with four children, one with complex needs, and no break from caring since spring.",
            "safe_tonight": "yes",
            "children": [
                child(
                    "Teal",
                    "Sample",
                    seen={"carer-of-disabled-child-needs-break": "No short break since April"},
                    disability="substantial_and_lifelong",
                    age_years=9,
                ),
                child("Merlin", "Sample", seen={"young-carer": "Does the night feeds"}, age_years=12),
                child("Wren", "Sample", age_years=4),
                child("Dove", "Sample", age_years=2),
            ],
        },
        (
            Step(30, "asha", "acknowledge", ACKNOWLEDGE),
            SCREEN,
            Step(
                60,
                "asha",
                "propose_no_further_action",
                lambda case: told.Decide(
                    decisions=tuple(
                        told.ForChild(
                            child=one.ref,
                            decision=Decision.disabled_childrens_team
                            if index == 0
                            else (Decision.early_help_assessment if index == 1 else Decision.no_further_action),
                            level="extensive" if index == 0 else ("additional" if index == 1 else "universal"),
                            reason="As agreed with the parents on the telephone.",
                        )
                        for index, one in enumerate(case.children)
                    )
                ),
            ),
        ),
    ),
    Story(
        1,
        (16, 5),
        "robin",
        {
            "told_by": "Marlow Lead",
            "caller_role": "Designated safeguarding lead",
            "source_code": "2A",
            "ring_back": "direct line",
            "worry": "New information about a child you already know.",
            "safe_tonight": "yes",
            "children": [
                child("Sorrel", "Invented", seen={"absence-condoned": "Twelve days this half term"}, age_years=7)
            ],
        },
        (Step(20, "robin", "acknowledge", ACKNOWLEDGE), Step(30, "robin", "offer_to_worker")),
    ),
    Story(
        1,
        (9, 30),
        "officer",
        {
            "told_by": "Kit Officer",
            "how": "online",
            "ring_back": "control room",
            "worry": "Found at the station late at night with an older group; wouldn't say where they were going.",
            "safe_tonight": "yes",
            "children": [
                child(
                    "Jay",
                    "Example",
                    seen={"goes-missing": "Third night this month", "criminal-exploitation-risk": "New phone, cash"},
                    age_years=14,
                ),
            ],
        },
        (
            Step(20, "robin", "acknowledge", ACKNOWLEDGE),
            Step(15, "tomasz", "start_screening"),
            Step(20, "grace", "hand_to", to="tomasz"),
        ),
    ),
    Story(
        1,
        (12, 20),
        "asha",
        {
            "told_by": "A midwife",
            "source_code": "3D",
            "ring_back": "ward desk",
            "safe_tonight": "yes",
            "worry": "Booked late; two earlier children live with grandparents.",
            "children": [
                child("", "Invented", seen={"unborn-at-risk": "Earlier children removed"}, expected_on="in 12 weeks"),
            ],
        },
        (Step(30, "asha", "acknowledge", ACKNOWLEDGE), SCREEN, Step(45, "asha", "hand_to", to="tomasz")),
    ),
    Story(
        1,
        (10, 10),
        "visitor",
        {
            "told_by": "Bryn Visitor",
            "how": "online",
            "ring_back": "clinic desk",
            "worry": "Few toys, little talk, and not gaining weight as we would like.",
            "safe_tonight": "yes",
            "children": [
                child(
                    "Pip",
                    "Sample",
                    seen={"few-toys-or-activities": "One toy seen", "behind-on-milestones": "Not yet babbling"},
                    born_on="2025-12-01",
                ),
            ],
        },
    ),
    Story(
        1,
        (16, 55),
        "robin",
        {
            "told_by": "A grandparent",
            "caller": "family",
            "source_code": "1A",
            "ring_back": "evenings, mobile",
            "worry": "The baby has a mark and nobody can say how it came.",
            "safe_tonight": "unknown",
            "children": [child("Baby", "Example", seen={"bruising-under-two": "A mark on the arm"})],
        },
    ),
)
