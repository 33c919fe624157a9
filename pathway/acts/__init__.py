"""What can be done? Every write of the service is an act: one verb, one transaction."""

from pathway.acts.adopt import agree_edition, propose_edition, withdraw_edition
from pathway.acts.agreements import ask_to_agree, weigh_refusal, withdraw_agreement
from pathway.acts.allowances import extend_clock, pause_clock, resume_clock
from pathway.acts.answer import answer_asked, answer_outside
from pathway.acts.answering import answer_assessment
from pathway.acts.assessing import begin_assessment, complete_assessment, widen_assessment
from pathway.acts.assign import accept, assign, decline
from pathway.acts.attach import attach
from pathway.acts.begin import begin
from pathway.acts.codes import Visitor, open_visit, send_code, visiting
from pathway.acts.cover import cover
from pathway.acts.cover_for import cover_for
from pathway.acts.desk import Desk
from pathway.acts.drafts import keep_contact, keep_draft, set_aside
from pathway.acts.erase import erase
from pathway.acts.faults import AnsweredSince, Conflict, FieldFault, KeyReused, NotFound, Unacceptable
from pathway.acts.give import give
from pathway.acts.glass import break_glass, restrict
from pathway.acts.knocks import TooOften
from pathway.acts.known_here import say_whether_known
from pathway.acts.link import agree_link, check_may_link, propose_link, say_apart, undo_link
from pathway.acts.look import look
from pathway.acts.move import move
from pathway.acts.note import correct, note
from pathway.acts.outsiders import verify_referrer
from pathway.acts.own_action import say_action_over
from pathway.acts.own_meeting import reply_to_meeting
from pathway.acts.public import ask_for_help, tell_us
from pathway.acts.put_right import put_right
from pathway.acts.receive import receive
from pathway.acts.record import Done
from pathway.acts.review import review_glass
from pathway.acts.sealing import answer_unsealing, ask_to_unseal, seal_address
from pathway.acts.sharing import decide_sharing
from pathway.acts.shift import Passing, hand_over_shift
from pathway.acts.sign_in import SignInRefused, sign_in, sign_out, signed_in
from pathway.acts.tasks import finish_task
from pathway.acts.tell_more import tell_more
from pathway.acts.ties import correct_tie, end_tie, tie_people
from pathway.acts.voices import answer_voice, ask_advocate, find_record, take_voice

__all__ = [
    "AnsweredSince",
    "Conflict",
    "Desk",
    "Done",
    "FieldFault",
    "KeyReused",
    "NotFound",
    "Passing",
    "SignInRefused",
    "TooOften",
    "Unacceptable",
    "Visitor",
    "accept",
    "agree_edition",
    "agree_link",
    "answer_asked",
    "answer_assessment",
    "answer_outside",
    "answer_unsealing",
    "answer_voice",
    "ask_advocate",
    "ask_for_help",
    "ask_to_agree",
    "ask_to_unseal",
    "assign",
    "attach",
    "begin",
    "begin_assessment",
    "break_glass",
    "check_may_link",
    "complete_assessment",
    "correct",
    "correct_tie",
    "cover",
    "cover_for",
    "decide_sharing",
    "decline",
    "end_tie",
    "erase",
    "extend_clock",
    "find_record",
    "finish_task",
    "give",
    "hand_over_shift",
    "keep_contact",
    "keep_draft",
    "look",
    "move",
    "note",
    "open_visit",
    "pause_clock",
    "propose_edition",
    "propose_link",
    "put_right",
    "receive",
    "reply_to_meeting",
    "restrict",
    "resume_clock",
    "review_glass",
    "say_action_over",
    "say_apart",
    "say_whether_known",
    "seal_address",
    "send_code",
    "set_aside",
    "sign_in",
    "sign_out",
    "signed_in",
    "take_voice",
    "tell_more",
    "tell_us",
    "tie_people",
    "undo_link",
    "verify_referrer",
    "visiting",
    "weigh_refusal",
    "widen_assessment",
    "withdraw_agreement",
    "withdraw_edition",
]
