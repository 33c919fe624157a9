"""What can be done? Every write of the service is an act: one verb, one transaction."""

from pathway.acts.adopt import agree_edition, propose_edition, withdraw_edition
from pathway.acts.assign import accept, assign, decline
from pathway.acts.attach import attach
from pathway.acts.cover import cover
from pathway.acts.cover_for import cover_for
from pathway.acts.desk import Desk
from pathway.acts.drafts import keep_draft, set_aside
from pathway.acts.faults import Conflict, FieldFault, KeyReused, NotFound, Unacceptable
from pathway.acts.give import give
from pathway.acts.glass import break_glass, restrict
from pathway.acts.link import agree_link, propose_link, undo_link
from pathway.acts.look import look
from pathway.acts.move import move
from pathway.acts.note import correct, note
from pathway.acts.receive import receive
from pathway.acts.record import Done
from pathway.acts.review import review_glass
from pathway.acts.shift import Passing, hand_over_shift
from pathway.acts.sign_in import SignInRefused, sign_in, sign_out, signed_in
from pathway.acts.tasks import finish_task

__all__ = [
    "Conflict",
    "Desk",
    "Done",
    "FieldFault",
    "KeyReused",
    "NotFound",
    "Passing",
    "SignInRefused",
    "Unacceptable",
    "accept",
    "agree_edition",
    "agree_link",
    "assign",
    "attach",
    "break_glass",
    "correct",
    "cover",
    "cover_for",
    "decline",
    "finish_task",
    "give",
    "hand_over_shift",
    "keep_draft",
    "look",
    "move",
    "note",
    "propose_edition",
    "propose_link",
    "receive",
    "restrict",
    "review_glass",
    "set_aside",
    "sign_in",
    "sign_out",
    "signed_in",
    "undo_link",
    "withdraw_edition",
]
