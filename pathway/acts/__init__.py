"""What can be done? Every write of the service is an act: one verb, one transaction."""

from pathway.acts.adopt import agree_edition, propose_edition, withdraw_edition
from pathway.acts.answer import answer_asked, answer_outside
from pathway.acts.assign import accept, assign, decline
from pathway.acts.attach import attach
from pathway.acts.codes import Visitor, open_visit, send_code, visiting
from pathway.acts.cover import cover
from pathway.acts.desk import Desk
from pathway.acts.drafts import keep_draft, set_aside
from pathway.acts.faults import Conflict, FieldFault, KeyReused, NotFound, Unacceptable
from pathway.acts.glass import break_glass, restrict
from pathway.acts.link import agree_link, check_may_link, propose_link, undo_link
from pathway.acts.look import look
from pathway.acts.move import move
from pathway.acts.note import correct, note
from pathway.acts.outsiders import verify_referrer
from pathway.acts.receive import receive
from pathway.acts.record import Done
from pathway.acts.review import review_glass
from pathway.acts.sign_in import SignInRefused, sign_in, sign_out, signed_in
from pathway.acts.tasks import finish_task

__all__ = [
    "Conflict",
    "Desk",
    "Done",
    "FieldFault",
    "KeyReused",
    "NotFound",
    "SignInRefused",
    "Unacceptable",
    "Visitor",
    "accept",
    "agree_edition",
    "agree_link",
    "answer_asked",
    "answer_outside",
    "assign",
    "attach",
    "break_glass",
    "check_may_link",
    "correct",
    "cover",
    "decline",
    "finish_task",
    "keep_draft",
    "look",
    "move",
    "note",
    "open_visit",
    "propose_edition",
    "propose_link",
    "receive",
    "restrict",
    "review_glass",
    "send_code",
    "set_aside",
    "sign_in",
    "sign_out",
    "signed_in",
    "undo_link",
    "verify_referrer",
    "visiting",
    "withdraw_edition",
]
