"""How far has help come? What stands on records of it: who agreed, what was assessed, what was taken on."""

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select

from pathway.access import every_case
from pathway.tables import Agreement, Assessment, Case, CaseChild, Deadline, Entry, Invitation, Payload, PlanAction, Tie
from workflows.agreement_facts import AskedFor, Reply
from workflows.early_help import ASSESS
from workflows.referral_facts import BRINGS_UP

ByCase = dict[int, dict[str, str]]
THEIRS = or_(
    exists().where(
        col(CaseChild.case_id) == col(Agreement.case_id), col(CaseChild.person_id) == col(Agreement.person_id)
    ),
    exists().where(
        col(Tie.case_id) == col(Agreement.case_id),
        col(Tie.person_id) == col(Agreement.person_id),
        col(Tie.relation).in_(BRINGS_UP),
        col(Tie.until).is_(None),
    ),
)
"""Whose yes is the family's: a child's own on the record, and that of whoever brings one of them up."""


def agreed_on(session: Session, ids: Sequence[int]) -> ByCase:
    """For each of these cases, the references of the family's agreements to help that stand."""
    stands = (
        col(Agreement.asked_for) == AskedFor.support,
        col(Agreement.reply) == Reply.given,
        col(Agreement.ended_at).is_(None),
    )
    rows = select(Agreement.case_id, Agreement.public_id).where(col(Agreement.case_id).in_(ids), *stands, THEIRS)
    return _by_case((case, ref, "") for case, ref in session.exec(rows).all())


def actions_on(session: Session, ids: Sequence[int]) -> ByCase:
    """For each of these cases, the references of what somebody has taken on and hasn't done yet."""
    still = (col(PlanAction.case_id).in_(ids), col(PlanAction.ended_at).is_(None))
    rows = session.exec(select(PlanAction.case_id, PlanAction.public_id).where(*still)).all()
    return _by_case((case, ref, "") for case, ref in rows)


def invited_on(session: Session, ids: Sequence[int]) -> ByCase:
    """For each of these cases, the invitations to its meeting that stand, by reference, and what each answered."""
    invited = select(Invitation.case_id, Invitation.public_id, Invitation.reply)
    stand = invited.where(col(Invitation.case_id).in_(ids), col(Invitation.ended_at).is_(None))
    return _by_case((case, ref, reply or "") for case, ref, reply in session.exec(stand).all())


def begun_on(session: Session, ids: Sequence[int]) -> ByCase:
    """For each of these cases, the references of the open records that began on it, and what each is."""
    began = every_case().with_only_columns(col(Case.parent_id), col(Case.public_id), col(Case.process))
    rows = session.execute(began.where(col(Case.parent_id).in_(ids), col(Case.closed_at).is_(None))).all()
    return _by_case((case, ref, process) for case, ref, process in rows)


def reviewed_on(session: Session, ids: Sequence[int]) -> ByCase:
    """For each of these cases, how its reviews found things, by entry, the earliest first; "" where that was erased."""
    rows = session.exec(
        select(Entry.case_id, Entry.public_id, Payload.body)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .where(col(Entry.case_id).in_(ids), col(Entry.kind) == "review")
        .order_by(col(Entry.id))
    ).all()
    return _by_case((case or 0, ref, json.loads(body or "{}").get("result", "")) for case, ref, body in rows)


def assessed_on(session: Session, ids: Sequence[int]) -> ByCase:
    """For each of these cases, its assessments by reference, and how each stands: `earlier` where it was complete
    before the family began to be assessed this time.
    """
    began = (
        select(func.max(Deadline.started_at))
        .where(col(Deadline.case_id) == col(Assessment.case_id), col(Deadline.limit_id).in_(ASSESS))
        .correlate(Assessment)
        .scalar_subquery()
    )
    columns = col(Assessment.case_id), col(Assessment.public_id), col(Assessment.completed_at), began
    rows = session.execute(select(*columns).where(col(Assessment.case_id).in_(ids))).all()
    return _by_case(
        (case, ref, "open" if done is None else "earlier" if since and done < since else "complete")
        for case, ref, done, since in rows
    )


def _by_case(rows: Iterable[tuple[int, str, str]]) -> ByCase:
    found: ByCase = {}
    for case, ref, how in rows:
        found.setdefault(case, {})[ref] = how
    return found
