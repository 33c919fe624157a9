"""How is a kind, a state or a decision called on the screen?"""

from collections.abc import Mapping

from pathway.tables import AnswerWay, VoiceKind
from pathway.tables.timing import TaskKind
from workflows import PROCESSES, Facts, Process
from workflows.agreement_facts import AskedToAgree, RefusalWeighed, SharingDecided, Withdrawn
from workflows.early_help_facts import ActionOver
from workflows.meeting_facts import Replied
from workflows.referral_facts import Decision, Kind

HAPPENED = {
    "received": "Took the worry in",
    "told_more": "Was told more",
    "begun": "Began it on another record",
    "begun_here": "Began what goes on in a record of its own",
    "child_joined": "Added a child who may be in danger",
    "assigned": "Proposed who answers for it",
    "accepted": "Took it on",
    "handed_over": "Handed it over at the end of a shift",
    "declined": "Declined to take it on",
    "covered": "Named cover",
    "noted": "Added a note",
    "corrected": "Corrected an entry",
    "attached": "Attached a document",
    "restricted": "Restricted who may see it",
    "glass_broken": "Opened a record that wasn't theirs to see, with a reason",
    "glass_reviewed": "Said whether opening it was right",
    "recognised": "Recognised somebody on a new contact, and told the front door",
    "not_recognised": "Said that a new contact is about nobody here",
    "said_by_who_knows": "Said what the front door should know or do",
    "tied": "Said who is who",
    "tie_corrected": "Put right who is who",
    "tie_ended": "Said that a tie ended",
    "asked_to_agree": "Asked somebody to agree",
    "agreement_withdrawn": "Recorded that somebody withdrew their agreement",
    "refusal_weighed": "Judged with a manager what declining means for the need",
    "sharing_decided": "Decided what to share",
    "assessment_begun": "Began an assessment",
    "assessment_answered": "Wrote in an assessment",
    "assessment_confirmed": "Confirmed in an assessment what was known already",
    "assessment_widened": "Widened an assessment to the full form",
    "assessment_completed": "Completed an assessment",
    "address_sealed": "Sealed an address",
    "unsealing_asked": "Asked that an address be unsealed",
    "address_unsealed": "Unsealed an address",
    "address_left_sealed": "Left an address sealed",
    "referrer_verified": "Verified who the referrer is",
    "family_said": "The family told us something",
    "family_said_elsewhere": "What the family told us was about another record, and has moved there",
    "family_answered": "Answered the family",
    "advocate_asked": "Asked somebody to be the family's advocate",
    "action_over": "Said how what they took on went",
    "replied": "Said whether they come",
    "time_passed": "A time came or passed",
    "clock_paused": "Let a time stand still",
    "clock_resumed": "Let a time go on",
    "clock_extended": "Allowed more time",
    "erased": "Erased what an entry said",
    "put_right": "Put the record right from its history",
}

MADE = {
    "protect": "Pressed Protect now",
    "take_protection": "Took the protection on",
    "acknowledge": "Acknowledged it to the referrer",
    "ask": "Asked another agency",
    "answer": "Recorded what they answered",
    "stop_asking": "Stopped waiting for an answer",
    "band": "Said how urgent it is",
    "huddle": "Recorded a huddle",
    "start_screening": "Started screening",
    "decide": "Recorded the decisions",
    "propose_no_further_action": "Sent the decisions for a second person to agree",
    "agree_no_further_action": "Agreed the decisions",
    "return_to_screening": "Returned it to screening",
    "offer_to_worker": "Offered it to the worker of an open record",
    "accept_join": "Accepted it onto an open record",
    "take_on": "Began to screen what is new here",
    "decline_join": "Returned it: it doesn't belong on that record",
    "offer_to_authority": "Offered it to another authority",
    "pass_on": "Recorded that another authority accepted it",
    "take_back": "Took it back",
    "tell_referrer": "Recorded what the referrer was told",
    "confirm_taken_up": "Recorded who has taken a child's need up",
    "close": "Closed the record",
    "review_again": "Opened it for screening again",
    "give_advice": "Gave advice and closed it",
    "withdraw": "Recorded that it was withdrawn",
    "reopen": "Reopened it",
    "start_assessing": "Began to assess together",
    "finish_assessment": "Finished the assessment",
    "agree_plan": "Agreed the plan",
    "add_action": "Added what somebody will do",
    "end_action": "Said how something that was taken on went",
    "share_plan": "Recorded who has their copy of the plan",
    "write_page": "Wrote a child’s own page",
    "review": "Recorded a review",
    "assess_again": "Began to assess again",
    "end_early_help": "Ended early help",
    "invite": "Invited somebody",
    "uninvite": "Invited somebody no more",
    "put_off": "Moved the meeting",
    "hold": "Said what came of the meeting",
    "send_minutes": "Gave everybody the minutes",
    "call_off": "Called the meeting off",
    "service_accepts": "Recorded that the service accepts",
    "service_waits": "Recorded that the service has a waiting list",
    "service_declines": "Recorded that the service declines",
    "end_service": "Said what came of the service’s help",
    "take_request_back": "Took the request back",
    "confirm_in_writing": "Added the written confirmation",
    "chase": "Asked again: hasn't heard",
}
"""What was done, where the button says what to do: a button's own words read as an order once it has been pressed."""

TASKS = {
    TaskKind.delivery_failed: "A message didn’t arrive",
    TaskKind.nobody_answerable: "Nobody answers",
    TaskKind.ring_back: "Ring back",
    TaskKind.team_unstaffed: "Nobody there",
    TaskKind.review_break_glass: "Review a broken glass",
    TaskKind.message_unheard: "A message nobody has heard",
    TaskKind.referrer_chased: "The referrer asks again",
    TaskKind.data_to_put_right: "Put right",
    TaskKind.children_to_ask_about: "Other children to ask about",
    TaskKind.edition_waits: "A document to agree",
    TaskKind.contact_half_taken: "A contact half taken",
    TaskKind.known_here: "Known here already?",
    TaskKind.new_contact: "A new contact",
    TaskKind.link_to_agree: "A link to agree",
    TaskKind.answer_came: "An answer came",
    TaskKind.family_says: "A family has told us",
    TaskKind.address_to_unseal: "An address to unseal",
    TaskKind.help_declined: "Help was declined",
    TaskKind.agreement_withdrawn: "Agreement was withdrawn",
    TaskKind.no_better_twice: "Twice no better",
    TaskKind.check_back: "Ask how they are",
}
VOICES = {
    VoiceKind.not_working: "This isn't working",
    VoiceKind.correct_fact: "Something you have about me is wrong",
    VoiceKind.advocate: "I want somebody on my side: an advocate",
    VoiceKind.complaint: "I want to complain",
}
WAYS = {
    AnswerWay.voice: "Spoke to them by telephone, the way they said is safe",
    AnswerWay.in_person: "Spoke to them in person",
    AnswerWay.writing: "Wrote to them, the way they said is safe",
    AnswerWay.could_not: "We haven't reached them: say what was tried",
}


OPENING = ("received", "begun")
"""The kinds of entry with which a record begins: a worry taken in, or begun on another record."""

BEGUN = {process.name: process.words.capitalize() for process in PROCESSES if not process.taken_in}

FACTS_OF: Mapping[str, type[Facts]] = {
    "asked_to_agree": AskedToAgree,
    "agreement_withdrawn": Withdrawn,
    "refusal_weighed": RefusalWeighed,
    "sharing_decided": SharingDecided,
    "action_over": ActionOver,
    "replied": Replied,
}
"""What an act that is no move was told, by the kind of its entry."""


def what_happened(process: Process, kind: str) -> str:
    """An entry's kind in words: what a move did, or the act."""
    said = HAPPENED.get(kind) or MADE.get(kind)
    move = process.move(kind)
    return said or (move.words if move else kind.replace("_", " ").capitalize())


def facts_of(process: Process, kind: str) -> type[Facts] | None:
    """What was told where an entry of this kind was made, as a form; None where it has no form of its own."""
    move = process.move(kind)
    if move is not None:
        return move.facts
    return process.opening.facts if kind == "begun" else FACTS_OF.get(kind)


def decision_words(decision: str | None) -> str:
    return Decision(decision).words if decision else ""


def kind_words(kind: str) -> str:
    """A kind of taking, or what else a record is about."""
    return BEGUN[kind] if kind in BEGUN else Kind(kind).words


def task_words(kind: TaskKind) -> str:
    return TASKS[kind]
