"""How does a worry become a decision, and who hears? The front door, from taken to closed."""

from workflows import referral_facts as told
from workflows import referral_guards as guard
from workflows.asking import asking
from workflows.paths import from_each, staying
from workflows.process import Process
from workflows.referral_facts import Caller, How, Kind, Take
from workflows.roles import EVERYONE_WHO_WORKS_WITH_CHILDREN, FRONT_DOOR, MANAGERS, REFERRERS, SOCIAL_WORK
from workflows.table import Audience, Move, Opening, State, Tell, ToDo

WITH_REFERRER = frozenset({"acknowledgement", "referrer_chase"})
FIRST = frozenset({"decision"})
DANGER = frozenset({"protection_start"})
"""Runs from the moment that a contact may be immediate, protected or not, until a social worker has it or decides."""

TAKE_UP = frozenset({"take_up"})


WRITES = frozenset({"written_confirmation"})
"""Runs where a professional has told us by telephone, until they have confirmed it in writing."""

NEW, WRITE = Tell("new_referral", Audience.front_door), Tell("confirm_in_writing", Audience.referrer)


def first_clocks(take: Take) -> frozenset[str]:
    """The decision clock always runs; the others run where there is a referrer to answer or to write to us."""
    clocks = set(FIRST)
    if take.kind is not Kind.advice:
        clocks |= WITH_REFERRER
    if take.caller is Caller.professional and take.how is How.telephone and take.kind is Kind.contact:
        clocks |= WRITES
    return frozenset(clocks)


def first_words(take: Take) -> tuple[Tell, ...]:
    return (NEW, WRITE) if first_clocks(take) >= WRITES else (NEW,)


BEFORE_SCREENING = ("taken", "acknowledged")
UNDECIDED = (*BEFORE_SCREENING, "under_screening")
DECIDING = ("under_screening", "protection_taken")
ELSEWHERE = ("awaiting_worker", "awaiting_other_authority")
OPEN = (*UNDECIDED, "awaiting_second_person", *ELSEWHERE, "protecting", "protection_taken", "decided", "referrer_told")
ENDS = ("closed", "joined", "withdrawn", "passed_on")
ANSWER_REFERRER = WITH_REFERRER | {"feedback"}

REFERRAL = Process(
    name="referral",
    words="a referral",
    settled=guard.settled,
    opening=Opening(
        state="taken",
        facts=Take,
        who=EVERYONE_WHO_WORKS_WITH_CHILDREN,
        starts=first_clocks,
        tells=first_words,
        always_starts=FIRST,
        may_start=WITH_REFERRER | WRITES,
        may_tell=(NEW, WRITE),
    ),
    states=(
        State("taken", "Taken", "Acknowledge it and start screening", FRONT_DOOR, FIRST, leads="acknowledge"),
        State("acknowledged", "Acknowledged", "Start screening", FRONT_DOOR, FIRST, leads="start_screening"),
        State("under_screening", "Under screening", "Decide for each child", FRONT_DOOR, FIRST, leads="decide"),
        State(
            "awaiting_second_person",
            "Waiting for a second person",
            "Agree or return it",
            SOCIAL_WORK,
            frozenset({"second_opinion"}),
            leads="agree_no_further_action",
        ),
        State(
            "awaiting_worker",
            "Offered to the worker of an open record",
            "That worker accepts or returns it",
            FRONT_DOOR,
            frozenset({"worker_acceptance"}),
            leads="accept_join",
        ),
        State(
            "awaiting_other_authority",
            "Offered to another authority",
            "Make sure they have accepted it",
            FRONT_DOOR,
            FIRST,
            leads="pass_on",
        ),
        State(
            "protecting",
            "Immediate protection",
            "A social worker takes it now",
            SOCIAL_WORK,
            frozenset({"protection_start"}),
            leads="take_protection",
        ),
        State(
            "protection_taken",
            "Protection under way",
            "Decide for any other child, and tell the referrer",
            SOCIAL_WORK,
            FIRST,
            leads="decide",
        ),
        State(
            "decided",
            "Decided",
            "Tell the referrer",
            FRONT_DOOR,
            frozenset({"feedback"}),
            leads="tell_referrer",
            decided=True,
        ),
        State(
            "referrer_told",
            "Referrer told",
            "See each child taken up, then close",
            FRONT_DOOR,
            frozenset({"closing"}),
            leads="close",
            decided=True,
        ),
        State("closed", "Closed", end=True),
        State("joined", "Joined to an open record", end=True),
        State("withdrawn", "Withdrawn", end=True),
        State("passed_on", "Passed to another authority", end=True),
    ),
    moves=(
        Move(
            "protect",
            "Protect now",
            from_each(*OPEN, *ENDS, to="protecting"),
            EVERYONE_WHO_WORKS_WITH_CHILDREN,
            told.Protect,
            facts_checks=(guard.check_known_children,),
            starts=DANGER,
            stops=frozenset({"second_opinion", "worker_acceptance", "closing"}),
            tells=(Tell("protection_needed", Audience.social_work), Tell("protection_needed", Audience.manager)),
            effect=guard.protected,
            protective=True,
            for_referrer=True,
        ),
        Move(
            "take_protection",
            "I have it: protection is mine",
            from_each("protecting", to="protection_taken"),
            SOCIAL_WORK,
            starts=FIRST,
            stops=DANGER,
            effect=guard.protection_taken,
            actor_answers=True,
        ),
        Move(
            "acknowledge",
            "Acknowledge to the referrer",
            {
                "taken": "acknowledged",
                **staying(
                    "under_screening",
                    "protecting",
                    "protection_taken",
                    "awaiting_second_person",
                    *ELSEWHERE,
                ),
            },
            FRONT_DOOR,
            told.Acknowledge,
            checks=(guard.check_acknowledgement_owed,),
            stops=WITH_REFERRER,
            tells=(Tell("referral_acknowledged", Audience.referrer),),
        ),
        *asking(*OPEN, who=FRONT_DOOR | SOCIAL_WORK),
        Move(
            "band",
            "Say how urgent it is",
            staying(*UNDECIDED, "awaiting_second_person", *ELSEWHERE, "protecting", "protection_taken"),
            FRONT_DOOR,
            told.Band,
            checks=(guard.check_bands_published,),
            facts_checks=(guard.check_band_published, guard.check_danger_keeps_its_band),
            effect=guard.banded,
        ),
        Move(
            "huddle",
            "Record a huddle",
            staying(*OPEN),
            FRONT_DOOR | SOCIAL_WORK,
            told.Huddle,
        ),
        Move(
            "start_screening",
            "Start screening",
            from_each(*BEFORE_SCREENING, to="under_screening"),
            FRONT_DOOR,
        ),
        Move(
            "decide",
            "Record the decisions",
            from_each(*DECIDING, to="decided"),
            FRONT_DOOR,
            told.Decide,
            facts_checks=(
                guard.check_each_child_decided,
                guard.check_levels_published,
                guard.check_no_one_decides_nothing_alone,
                guard.check_immediate_seen_by_social_work,
            ),
            starts=frozenset({"feedback"}),
            stops=FIRST | DANGER,
            tells=(Tell("decision_recorded", Audience.referrer),),
            effect=guard.decided,
            may_start=TAKE_UP,
        ),
        Move(
            "propose_no_further_action",
            "Send for a second person to agree",
            from_each(*DECIDING, to="awaiting_second_person"),
            FRONT_DOOR,
            told.Decide,
            facts_checks=(
                guard.check_each_child_decided,
                guard.check_levels_published,
                guard.check_some_no_further_action,
                guard.check_immediate_seen_by_social_work,
            ),
            starts=frozenset({"second_opinion"}),
            tells=(Tell("second_opinion_wanted", Audience.social_work),),
            effect=guard.proposed,
        ),
        Move(
            "agree_no_further_action",
            "Agree the decisions",
            from_each("awaiting_second_person", to="decided"),
            SOCIAL_WORK,
            told.SecondView,
            checks=(guard.check_second_person,),
            starts=frozenset({"feedback"}),
            stops=FIRST | DANGER | {"second_opinion"},
            tells=(Tell("decision_recorded", Audience.referrer),),
            may_start=TAKE_UP,
            effect=guard.agreed,
            seconds="propose_no_further_action",
        ),
        Move(
            "return_to_screening",
            "Return it with a reason",
            from_each("awaiting_second_person", to="under_screening"),
            SOCIAL_WORK,
            told.GiveReason,
            stops=frozenset({"second_opinion"}),
            effect=guard.returned,
        ),
        Move(
            "offer_to_worker",
            "Offer it to the worker of an open record",
            from_each(*UNDECIDED, to="awaiting_worker"),
            FRONT_DOOR,
            told.OfferToWorker,
            starts=frozenset({"worker_acceptance"}),
            tells=(Tell("worker_acceptance_wanted", Audience.target_holder),),
            effect=guard.offered,
            offers=True,
            checks=(guard.check_danger_seen_by_social_work,),
        ),
        Move(
            "accept_join",
            "Accept it onto my open record",
            from_each("awaiting_worker", to="joined"),
            EVERYONE_WHO_WORKS_WITH_CHILDREN,
            checks=(guard.check_worker_of_open_case,),
            stops=frozenset({"worker_acceptance"}),
            tells=(Tell("decision_recorded", Audience.referrer),),
            joins=True,
        ),
        Move(
            "take_on",
            "Screen what is new here",
            {
                **staying(*BEFORE_SCREENING, *DECIDING, *ELSEWHERE, "protecting"),
                **from_each("awaiting_second_person", "decided", "referrer_told", to="under_screening"),
            },
            EVERYONE_WHO_WORKS_WITH_CHILDREN,
            starts=FIRST,
            stops=frozenset({"second_opinion", "feedback", "closing"}),
            effect=guard.returned,
            follows=True,
        ),
        Move(
            "decline_join",
            "Return it: it doesn't belong on my record",
            from_each("awaiting_worker", to="under_screening"),
            EVERYONE_WHO_WORKS_WITH_CHILDREN,
            told.GiveReason,
            checks=(guard.check_worker_of_open_case,),
            stops=frozenset({"worker_acceptance"}),
            effect=guard.offered_no_more,
        ),
        Move(
            "offer_to_authority",
            "Offer it to another authority",
            from_each(*UNDECIDED, to="awaiting_other_authority"),
            FRONT_DOOR,
            told.OfferToAuthority,
            starts=frozenset({"other_authority_acceptance"}),
            checks=(guard.check_danger_seen_by_social_work,),
        ),
        Move(
            "pass_on",
            "They have accepted it",
            from_each("awaiting_other_authority", to="passed_on"),
            FRONT_DOOR,
            told.PassedOn,
            stops=frozenset({"other_authority_acceptance"}),
            tells=(Tell("decision_recorded", Audience.referrer),),
            checks=(guard.check_danger_seen_by_social_work,),
        ),
        Move(
            "take_back",
            "Take it back",
            from_each(*ELSEWHERE, to="under_screening"),
            FRONT_DOOR,
            told.GiveReason,
            stops=frozenset({"worker_acceptance", "other_authority_acceptance"}),
            effect=guard.offered_no_more,
        ),
        Move(
            "tell_referrer",
            "Record what the referrer was told",
            from_each("decided", to="referrer_told"),
            FRONT_DOOR,
            told.TellReferrer,
            facts_checks=(guard.check_way_is_safe,),
            starts=frozenset({"closing"}),
            stops=ANSWER_REFERRER,
            tells=(Tell("feedback_given", Audience.referrer),),
        ),
        Move(
            "confirm_taken_up",
            "Record who has taken a child's need up",
            staying("decided", "referrer_told"),
            FRONT_DOOR | SOCIAL_WORK,
            told.TakenUp,
            facts_checks=(guard.check_child_handed_on,),
            effect=guard.taken_up,
        ),
        Move(
            "close",
            "Close this record",
            from_each("referrer_told", to="closed"),
            FRONT_DOOR,
            told.GiveReason,
            checks=(guard.check_all_decided, guard.check_all_taken_up),
            stops=frozenset({"closing"}),
        ),
        Move(
            "review_again",
            "Screen it again",
            from_each("decided", "referrer_told", to="under_screening"),
            FRONT_DOOR,
            told.GiveReason,
            starts=FIRST,
            stops=frozenset({"closing", "feedback", "take_up"}),
            effect=guard.decided_anew,
        ),
        Move(
            "give_advice",
            "Give advice and close",
            from_each(*UNDECIDED, to="closed"),
            FRONT_DOOR,
            told.GiveAdvice,
            checks=(guard.check_advice_without_a_name, guard.check_nothing_immediate),
            effect=guard.advised,
        ),
        Move(
            "withdraw",
            "Record that it was withdrawn",
            from_each(*UNDECIDED, to="withdrawn"),
            MANAGERS,
            told.GiveReason,
            checks=(guard.check_nothing_immediate,),
        ),
        Move(
            "reopen",
            "Reopen",
            from_each(*ENDS, to="under_screening"),
            FRONT_DOOR | MANAGERS,
            told.GiveReason,
            starts=FIRST,
            tells=(NEW,),
            effect=guard.decided_anew,
        ),
        Move(
            "confirm_in_writing",
            "Add the written confirmation",
            staying(*OPEN),
            REFERRERS | FRONT_DOOR,
            told.ConfirmInWriting,
            stops=WRITES,
            for_referrer=True,
        ),
        Move(
            "chase",
            "Chase us: I haven't heard",
            staying(*OPEN),
            REFERRERS,
            told.Chase,
            tells=(Tell("task_given", Audience.front_door), Tell("task_given", Audience.manager)),
            gives=ToDo("referrer_chased", "The referrer has asked again and hasn't heard. Ring them, and see why."),
            for_referrer=True,
        ),
    ),
)
