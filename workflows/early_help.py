"""How does help stay with a family until the need is met? From the first agreement to the end, with one lead."""

from workflows import early_help_facts as told
from workflows import early_help_guards as guard
from workflows.paths import from_each, staying
from workflows.process import Process
from workflows.protecting import protecting
from workflows.referral_facts import Decision, GiveReason
from workflows.roles import EVERYONE_WHO_WORKS_WITH_CHILDREN, LEADS
from workflows.table import Move, Opening, State

ASSESS, PLAN = frozenset({"early_help_assessment"}), frozenset({"early_help_plan"})
SEARCH, SHARED, AGAIN = "early_help_existing_plan_search", "early_help_plan_shared", "early_help_reassessment"
FIRST_REVIEW, REVIEW = frozenset({"early_help_first_review"}), frozenset({"early_help_review"})
WHERE_PUBLISHED = frozenset({SEARCH, SHARED, AGAIN})
"""What some documents time and others leave to practice."""

BEGUN = ASSESS | PLAN | WHERE_PUBLISHED
OPEN = ("beginning", "assessing", "planning", "supporting")
ENDS = ("ended",)


def first_clocks(begin: told.BeginEarlyHelp) -> frozenset[str]:
    return BEGUN


EARLY_HELP = Process(
    name="early_help",
    words="early help",
    if_published=WHERE_PUBLISHED,
    opening=Opening(
        state="beginning",
        facts=told.BeginEarlyHelp,
        who=LEADS,
        starts=first_clocks,
        tells=lambda begin: (),
        always_starts=ASSESS | PLAN,
        may_start=WHERE_PUBLISHED,
        begins_on=frozenset({"referral"}),
        takes_up=frozenset({Decision.early_help_assessment, Decision.targeted_family_support}),
        checks=(guard.check_safe_tonight,),
        after_end=True,
    ),
    states=(
        State(
            "beginning",
            "Beginning",
            "Ask the family to agree, then assess together",
            LEADS,
            ASSESS,
            leads="start_assessing",
        ),
        State("assessing", "Being assessed", "Finish the assessment", LEADS, ASSESS, leads="finish_assessment"),
        State(
            "planning",
            "Making the plan",
            "Gather everybody and agree the plan",
            LEADS,
            PLAN,
            leads="agree_plan",
        ),
        State(
            "supporting",
            "Help under way",
            "Review with the family",
            LEADS,
            FIRST_REVIEW | REVIEW,
            leads="review",
        ),
        State("ended", "Ended", end=True),
    ),
    moves=(
        protecting(*OPEN, *ENDS),
        Move(
            "start_assessing",
            "They have agreed: assess together",
            from_each("beginning", to="assessing"),
            LEADS,
            checks=(guard.check_agreed,),
            stops=frozenset({SEARCH}),
        ),
        Move(
            "finish_assessment",
            "Finish the assessment",
            from_each("assessing", to="planning"),
            LEADS,
            told.AssessmentDone,
            checks=(guard.check_assessed,),
            starts=PLAN | FIRST_REVIEW | {SHARED, AGAIN},
            stops=ASSESS,
        ),
        Move(
            "agree_plan",
            "Agree the plan",
            from_each("planning", to="supporting"),
            LEADS,
            told.PlanAgreed,
            checks=(guard.check_agreed,),
            stops=PLAN,
        ),
        Move(
            "add_action",
            "Add what somebody will do",
            staying("planning", "supporting"),
            LEADS,
            told.AddAction,
            facts_checks=(guard.check_day_to_come,),
            may_start=frozenset({"plan_action"}),
            effect=guard.action_added,
        ),
        Move(
            "end_action",
            "Say how something went",
            staying(*OPEN),
            LEADS,
            told.EndAction,
            checks=(guard.check_actions_open,),
            facts_checks=(guard.check_action_open,),
            effect=guard.action_ended,
        ),
        Move(
            "share_plan",
            "Record who has their copy of the plan",
            staying("supporting"),
            LEADS,
            told.PlanShared,
            checks=(guard.check_agreed,),
            stops=frozenset({SHARED}),
        ),
        Move(
            "write_page",
            "Write a child’s own page",
            staying("planning", "supporting"),
            LEADS,
            told.ChildsPage,
            facts_checks=(guard.check_child_here,),
        ),
        Move(
            "review",
            "Record a review",
            staying("supporting"),
            LEADS,
            told.Reviewed,
            starts=REVIEW,
            stops=FIRST_REVIEW | REVIEW,
            may_give=(guard.NO_BETTER,),
            effect=guard.reviewed,
        ),
        Move(
            "assess_again",
            "Assess again",
            from_each("planning", "supporting", to="assessing"),
            LEADS,
            GiveReason,
            checks=(guard.check_agreed,),
            starts=ASSESS,
            stops=PLAN | FIRST_REVIEW | REVIEW | {AGAIN},
        ),
        Move(
            "take_on",
            "See to what is new here",
            staying(*OPEN),
            EVERYONE_WHO_WORKS_WITH_CHILDREN,
            follows=True,
        ),
        Move(
            "end_early_help",
            "End early help",
            from_each(*OPEN, to="ended"),
            LEADS,
            told.EndEarlyHelp,
            facts_checks=(
                guard.check_nothing_arranged,
                guard.check_actions_settled,
                guard.check_somebody_goes_on,
                guard.check_asked_again,
            ),
            may_give=(guard.CHECK_BACK,),
            effect=guard.ended,
        ),
    ),
)
