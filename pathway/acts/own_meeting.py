"""Can I come to a meeting I am invited to? Whoever is invited answers themselves, and needn't see the record."""

from sqlmodel import col, select

from pathway.access import Viewer
from pathway.acts.audience import may_see
from pathway.acts.desk import Desk, Work, work
from pathway.acts.faults import NotFound
from pathway.acts.once import once
from pathway.acts.opened import opened_by
from pathway.acts.patch import Patch
from pathway.acts.record import Done, Line, Telling, record
from pathway.store.parts.meetings import INVITED
from pathway.tables import Case, Invitation
from workflows import Audience, Refusal, Refused
from workflows.meeting_facts import Coming, Replied
from workflows.meeting_guards import ARRANGED


def reply_to_meeting(desk: Desk, viewer: Viewer, *, invitation: str, told: Replied, key: str | None = None) -> Done:
    """Say whether the viewer comes; whoever arranged it hears of apologies. The last answer counts.

    Raises `NotFound` where they aren't invited, `Refused` once it was held or called off.
    """
    with work(desk, viewer) as unit:
        return once(unit, key, ("reply_to_meeting", invitation, told), lambda: _replied(unit, invitation, told))


def _replied(unit: Work, ref: str, told: Replied) -> Done:
    mine = select(Invitation.case_id).where(
        col(Invitation.public_id) == ref, col(Invitation.practitioner_id) == unit.viewer.id, INVITED
    )
    case = opened_by(unit, mine)
    if case is None or (case.restricted and not may_see(unit, unit.viewer, case.id)):
        raise NotFound("meeting")
    _check_to_come(case)
    patch = Patch()
    patch.change("invitation", ref, reply=told.reply, replied_at=unit.now)
    said = {"invitation": ref, "reply": told.reply.value, "word": told.word}
    tells = (Telling("meeting_apologies", Audience.holder.value),) if told.reply is Coming.apologies else ()
    return record(unit, case, Line("replied", patch, said=said, tells=tells, by_officer=False))


def _check_to_come(case: Case) -> None:
    if case.state != ARRANGED:
        sentence = "This meeting is over, or was called off, so no answer is awaited any more."
        raise Refused(Refusal(sentence, "Ring whoever arranged it if they should still know something."))
