"""When do people meet, where, and who is invited? For the record, and for each who is invited, who needn't see it."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from pathway.access import Viewer, answers_for, seen_whole_by, visible_to
from pathway.store.adopted.processes import process_of
from pathway.store.parts.veil import Veil, veil_over
from pathway.store.parts.views import InvitedView, MeetingView
from pathway.store.staffing.staff import names_of
from pathway.tables import Case, Entry, Invitation, Meeting, Payload
from workflows.meeting_facts import Why
from workflows.meeting_guards import ARRANGED

SET = ("begun", "put_off")
"""The kinds of entry that say when and where."""

SET_AS = ("where", "why", "about")
SAID = (*SET, "invite", "replied", "hold", "send_minutes", "call_off")
INVITED = col(Invitation.ended_at).is_(None)
"""Invitations that stand."""

STAYS = timedelta(days=28)
"""For how long whoever was invited finds a meeting that is over, to read what came of it."""


def meeting_of(session: Session, case: Case, veil: Veil) -> MeetingView | None:
    """The meeting of a record, where it is one."""
    row = session.exec(select(Meeting).where(col(Meeting.case_id) == case.id)).first()
    if row is None:
        return None
    told = _told(session, [case.id or 0], veil)[case.id or 0]
    names = names_of(session, {one.practitioner_id for one in told.invitations})
    return MeetingView(
        ref=row.public_id,
        starts_at=row.starts_at,
        minutes=row.minutes,
        where=told.where,
        why=told.why,
        about=told.about,
        invited=tuple(_invited(one, told, names) for one in told.invitations if one.ended_at is None),
        called={one.public_id: told.who(one) for one in told.invitations},
    )


@dataclass(frozen=True, slots=True)
class Mine:
    """A meeting that the viewer is invited to: what those who arranged it let everybody read, and nothing else of the
    record, named `case`, which they may open only where `opens`. `over` says how it ended, "" until then.
    """

    ref: str
    case: str
    starts_at: datetime
    minutes: int
    where: str
    why: str
    about: str
    answers: str
    invited: InvitedView
    over: str
    minuted: str
    waits: bool
    """Whether its minutes are still to come."""

    opens: bool


def my_meetings(session: Session, viewer: Viewer, now: datetime) -> tuple[Mine, ...]:
    """Meetings that the viewer is invited to: those to come, soonest first, then for a while what came of the others,
    the latest first.
    """
    rows = session.exec(
        select(Invitation, Meeting, Case)
        .join(Meeting, col(Meeting.case_id) == col(Invitation.case_id))
        .join(Case, col(Case.id) == col(Invitation.case_id))
        .where(
            *_theirs(viewer, now),
            or_(col(Case.closed_at).is_(None), col(Case.closed_at) > now - STAYS),
        )
        .order_by(col(Meeting.starts_at), col(Invitation.id))
    ).all()
    if not rows:
        return ()
    ids = [case.id or 0 for _, _, case in rows]
    told = _told(session, ids, veil_over(session, set(ids)))
    opens = set(
        session.execute(visible_to(viewer, now).with_only_columns(col(Case.id)).where(col(Case.id).in_(ids))).scalars()
    )
    answering = answers_for(session, ids, now)
    mine = [
        Mine(
            ref=invitation.public_id,
            case=case.public_id,
            starts_at=meeting.starts_at,
            minutes=meeting.minutes,
            where=told[case.id or 0].where,
            why=told[case.id or 0].why,
            about=told[case.id or 0].about,
            answers=answering[case.id or 0].name if case.id in answering else "",
            invited=_invited(invitation, told[case.id or 0], {viewer.id: viewer.name}),
            over=process_of(case).state(case.state).words if case.state != ARRANGED else "",
            minuted=told[case.id or 0].minuted,
            waits=case.closed_at is None,
            opens=case.id in opens,
        )
        for invitation, meeting, case in rows
    ]
    over = sorted((one for one in mine if one.over), key=lambda one: one.starts_at, reverse=True)
    return (*(one for one in mine if not one.over), *over)


def _theirs(viewer: Viewer, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Invitations of the viewer's that they may read: of a restricted meeting, only where they may know of it."""
    known = seen_whole_by(viewer, now).with_only_columns(col(Case.id))
    return col(Invitation.practitioner_id) == viewer.id, INVITED, or_(~col(Case.restricted), col(Case.id).in_(known))


def how_many_meetings(session: Session, viewer: Viewer, now: datetime) -> int:
    """How many meetings to come the viewer is invited to."""
    mine = select(func.count()).select_from(Invitation).join(Case, col(Case.id) == col(Invitation.case_id))
    return session.exec(mine.where(*_theirs(viewer, now), col(Case.state) == ARRANGED)).one()


def set_as(session: Session, case: Case) -> dict[str, Any]:
    """Where a meeting is, what for, and what those invited read, as it was said last; what was erased is left out."""
    said: dict[str, Any] = {}
    for _, kind, told in _payloads(session, [case.id or 0], Veil()):
        said |= {name: told[name] for name in SET_AS if kind in SET and name in told}
    return said


def who_is_invited(session: Session, case: Case) -> Mapping[str, str]:
    """By invitation, who it is for, as it was said."""
    told = _told(session, [case.id or 0], Veil())[case.id or 0]
    return {one.public_id: told.who(one) for one in told.invitations}


def invited_by_case(session: Session, ids: Collection[int], veil: Veil) -> Iterable[tuple[int, Mapping[str, str]]]:
    """For each of these cases, by invitation, who it is for."""
    every = _told(session, ids, veil)
    return ((case, {one.public_id: told.who(one) for one in told.invitations}) for case, told in every.items())


@dataclass
class _Told:
    """What the entries of one meeting say."""

    invitations: list[Invitation]
    by_entry: dict[int, Mapping[str, Any]]
    words: dict[str, str]
    """By invitation, what somebody wished to have read out."""

    where: str = ""
    why: str = ""
    about: str = ""
    minuted: str = ""

    def who(self, one: Invitation) -> str:
        said = self.by_entry.get(one.entry_id, {})
        return str(said.get("who") or said.get("invited", {}).get(one.public_id, ""))


def _told(session: Session, ids: Collection[int], veil: Veil) -> dict[int, _Told]:
    rows = session.exec(select(Invitation).where(col(Invitation.case_id).in_(ids)).order_by(col(Invitation.id))).all()
    found = {case: _Told([one for one in rows if one.case_id == case], {}, {}) for case in ids}
    for entry, kind, said in _payloads(session, ids, veil):
        of = found[entry.case_id or 0]
        of.by_entry[entry.id or 0] = said
        if kind in SET:
            of.where, of.about = said.get("where", of.where), said.get("about", of.about)
            of.why = Why(said["why"]).words if "why" in said else of.why
        elif kind == "replied":
            of.words[said["invitation"]] = said.get("word", "")
        elif kind == "send_minutes":
            of.minuted = said.get("minutes", "")
        elif kind == "call_off":
            of.minuted = said.get("instead", "")
    return found


def _payloads(session: Session, ids: Collection[int], veil: Veil) -> Iterable[tuple[Entry, str, dict[str, Any]]]:
    rows = session.exec(
        select(Entry, Payload.body)
        .join(Payload, col(Payload.entry_id) == col(Entry.id))
        .where(col(Entry.case_id).in_(ids), col(Entry.kind).in_(SAID))
        .order_by(col(Entry.id))
    ).all()
    return ((entry, entry.kind, veil.on(json.loads(body))) for entry, body in rows if body)


def _invited(one: Invitation, told: _Told, names: Mapping[int | None, str]) -> InvitedView:
    return InvitedView(
        ref=one.public_id,
        who=told.who(one),
        account=names.get(one.practitioner_id, "") if one.practitioner_id else "",
        reply=one.reply,
        word=told.words.get(one.public_id, "") if one.reply else "",
        attended=one.attended,
    )
