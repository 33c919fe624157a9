"""When do people meet, and who is invited? Each who is invited hears, and says for themselves whether they come."""

from collections.abc import Iterator, Mapping

from sqlmodel import col, select

from pathway.acts.accounts import account_of
from pathway.acts.audience import NAMED
from pathway.acts.desk import Work
from pathway.acts.faults import FieldFault, Unacceptable
from pathway.acts.named import who_may_know
from pathway.acts.patch import Patch
from pathway.acts.record import Telling
from pathway.store.parts.meetings import INVITED
from pathway.tables import Case, Invitation, Meeting
from pathway.tables.columns import public_id
from workflows import Outcome, Sitting

INVITATION = "meeting_invitation"
NOT_NAMED = "This record is restricted, and they aren’t named on it. Ring them, and say no more than they may know."


def follow(unit: Work, case: Case, outcome: Outcome, patch: Patch) -> tuple[Telling, ...]:
    """What a beginning or a move does to the meeting: sets or moves it, invites somebody, or says who came."""
    if outcome.meets is not None:
        _set(unit, case, outcome.meets, patch)
    for ref, how in outcome.attended.items():
        patch.change("invitation", ref, attended=how)
    if outcome.uninvites:
        return _uninvited(unit, case, outcome.uninvites, patch)
    if outcome.invites is None:
        return ()
    account = account_of(unit, outcome.invites)
    if account is not None:
        _check_may_be_invited(unit, case, account)
    return tuple(invite(unit, patch, public_id(), account))


def _check_may_be_invited(unit: Work, case: Case, account: int) -> None:
    if account in {one.practitioner_id for one in _invited(unit, case)}:
        raise Unacceptable(FieldFault("owner", "They are invited already."))
    if case.restricted and account not in who_may_know(unit, case.id or 0):
        raise Unacceptable(FieldFault("owner", NOT_NAMED))


def _uninvited(unit: Work, case: Case, ref: str, patch: Patch) -> tuple[Telling, ...]:
    """Somebody is invited no more: they read nothing of it from now on, and it leaves their calendar."""
    patch.change("invitation", ref, ended_at=unit.now)
    account = next((one.practitioner_id for one in _invited(unit, case) if one.public_id == ref), None)
    return () if account is None else (Telling("meeting_without_you", f"{NAMED}{account}", ref),)


def _invited(unit: Work, case: Case) -> list[Invitation]:
    """Whoever is invited now, in the order in which they were."""
    invited = select(Invitation).where(col(Invitation.case_id) == case.id, INVITED)
    return list(unit.session.exec(invited.order_by(col(Invitation.id))).all())


def invite(unit: Work, patch: Patch, ref: str, practitioner_id: int | None) -> Iterator[Telling]:
    """Somebody is invited, and hears where they have an account."""
    patch.add(
        "invitation",
        ref,
        practitioner_id=practitioner_id,
        invited_at=unit.now,
        invited_by_id=unit.viewer.id,
        reply=None,
        replied_at=None,
        ended_at=None,
        attended=None,
    )
    if practitioner_id is not None:
        yield Telling(INVITATION, f"{NAMED}{practitioner_id}", ref)


def invite_again(unit: Work, patch: Patch, before: Case) -> tuple[Mapping[str, str], tuple[Telling, ...]]:
    """Everybody who was invited to the meeting before: by new invitation, the one that says who they are; who hears.

    Of a restricted one only those who may know of it, and whoever has no account.
    """
    may_know = {None, *who_may_know(unit, before.id or 0)}
    rows = [one for one in _invited(unit, before) if not before.restricted or one.practitioner_id in may_know]
    again = {public_id(): row for row in rows}
    tells = [tell for ref, row in again.items() for tell in invite(unit, patch, ref, row.practitioner_id)]
    return {ref: row.public_id for ref, row in again.items()}, tuple(tells)


def meeting_of(unit: Work, case: Case) -> Meeting | None:
    return unit.session.exec(select(Meeting).where(col(Meeting.case_id) == case.id)).first()


def _set(unit: Work, case: Case, wanted: Sitting, patch: Patch) -> None:
    """A meeting that was moved goes on under its reference, and everybody who answered is asked again."""
    meeting = meeting_of(unit, case)
    if meeting is None:
        patch.add("meeting", public_id(), starts_at=wanted.starts_at, minutes=wanted.minutes, changes=0)
        return
    changes = meeting.changes + 1
    patch.change("meeting", meeting.public_id, starts_at=wanted.starts_at, minutes=wanted.minutes, changes=changes)
    answered = select(Invitation.public_id).where(
        col(Invitation.case_id) == case.id, col(Invitation.reply).is_not(None)
    )
    for ref in unit.session.exec(answered).all():
        patch.change("invitation", ref, reply=None, replied_at=None)
