"""Who are the people behind a part played? A message's audience, found when it is sent."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from pathway.access import Viewer, answers_for, every_case, posts_there, visible_to
from pathway.acts.desk import Work
from pathway.acts.named import who_may_know
from pathway.store.adopted.editions import edition_of
from pathway.store.parts.meetings import INVITED
from pathway.store.parts.told_us import verified_outside
from pathway.tables import Ask, Case, Entry, Invitation, Message, Outsider, Practitioner, Team
from workflows import Attendance, Audience, Role
from workflows.roles import REFERRERS

NAMED = "practitioner:"
TEAM = "team:"
AGENCY = "agency:"
"""The people of the agency that was asked the question named."""

OUTSIDE = "outsider:"
"""Somebody without an account, by reference."""

FOR_ACCOUNTS = frozenset({"confirm_in_writing", "receipt"})
"""What a referrer hears who has an account, and nobody else: those outside had a receipt of their own."""

WHO_MEETS = (Audience.invited, Audience.missing)
"""Those who are invited to a meeting, and those of them who were missed."""

SOCIAL_WORK_PLACES = ("front_door", "social_care", "emergency")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who hears: somebody with an account, or somebody without."""

    practitioner_id: int | None = None
    outsider_id: int | None = None

    @property
    def order(self) -> tuple[int, int]:
        return self.practitioner_id or 0, self.outsider_id or 0


def recipients(unit: Work, message: Message) -> tuple[Recipient, ...]:
    """Everybody who should hear, in a fixed order."""
    inside = {Recipient(practitioner_id=one) for one in _inside(unit, message)}
    outside = {Recipient(outsider_id=one) for one in _outside(unit, message)}
    return tuple(sorted(inside | outside, key=lambda one: one.order))


def _outside(unit: Work, message: Message) -> tuple[int, ...]:
    """Those without an account: the one named, or with a referrer's account those who were verified."""
    if message.audience.startswith(OUTSIDE):
        ref = message.audience.removeprefix(OUTSIDE)
        found = unit.session.exec(select(Outsider.id).where(col(Outsider.public_id) == ref)).one()
        return () if found is None else (found,)
    if message.audience == Audience.referrer and message.kind not in FOR_ACCOUNTS:
        case = _case(unit, message)
        return verified_outside(unit.session, case) if case else ()
    return ()


def _inside(unit: Work, message: Message) -> frozenset[int]:
    """The practitioners who should hear; where the part is played by nobody, those above do."""
    if message.audience.startswith(OUTSIDE):
        return frozenset()
    if message.audience.startswith(NAMED):
        return frozenset({int(message.audience.removeprefix(NAMED))})
    if message.audience.startswith(TEAM):
        return _members(unit, int(message.audience.removeprefix(TEAM)))
    case = _case(unit, message)
    if case is None:
        return _service_managers(unit)
    if message.audience.startswith(AGENCY):
        return _agency(unit, case, message.audience.removeprefix(AGENCY))
    people = people_for(unit, case, Audience(message.audience))
    if message.audience in WHO_MEETS:  # whoever moves a meeting has it in their own calendar too
        return people
    return people - {_author(unit, message)} or people


def _agency(unit: Work, case: Case, ask: str) -> frozenset[int]:
    """An agency's safeguarding leads, or where none is there whoever else refers; of a restricted record they alone."""
    asked = select(Ask.agency_id).where(col(Ask.public_id) == ask)
    rows = unit.session.exec(select(Team.id).where(col(Team.agency_id).in_(asked))).all()
    teams = frozenset(team for team in rows if team is not None)
    leads = _in_role(unit, Role.safeguarding_lead, teams)
    if leads or case.restricted:
        return leads
    return frozenset[int]().union(*(_in_role(unit, role, teams) for role in REFERRERS))


def _author(unit: Work, message: Message) -> int | None:
    """Whoever did what the message tells of; they needn't hear it, unless nobody else would."""
    return unit.session.exec(select(Entry.actor_id).where(col(Entry.id) == message.entry_id)).first()


def may_be_nobody(message: Message) -> bool:
    """A referrer without an account hears by voice, which the referral's own clock sees to; those who are invited and
    have none are told by whoever arranged the meeting, and where nobody was missed nobody hears so.
    """
    return message.audience in (Audience.referrer, *WHO_MEETS)


def people_for(unit: Work, case: Case, audience: Audience) -> frozenset[int]:
    """Who plays a part on a case just now."""
    match audience:
        case Audience.referrer:
            return frozenset({case.referrer_id} if case.referrer_id else ())
        case Audience.holder | Audience.front_door | Audience.owner:
            return _holders(unit, case.id)
        case Audience.target_holder:
            return _holders(unit, case.offered_to_id)
        case Audience.proposer:
            return _proposer(unit, case)
        case Audience.social_work:
            return _social_work(unit, case) or _in_role(unit, Role.service_manager)
        case Audience.manager:
            return _managers(unit, case) or _in_role(unit, Role.service_manager)
        case Audience.service_manager:
            return _service_managers(unit)
        case Audience.invited:
            return _invited(unit, case)
        case Audience.missing:
            return _invited(unit, case, col(Invitation.attended) == Attendance.missing)


def _invited(unit: Work, case: Case, *more: ColumnElement[bool]) -> frozenset[int]:
    """Those with an account, still here, who are invited to the meeting; of a restricted one, who may know of it."""
    rows = unit.session.exec(
        select(Invitation.practitioner_id)
        .join(Practitioner, col(Practitioner.id) == col(Invitation.practitioner_id))
        .where(col(Invitation.case_id) == case.id, INVITED, col(Practitioner.ended_at).is_(None), *more)
    ).all()
    invited = frozenset(one for one in rows if one is not None)
    return invited & frozenset(who_may_know(unit, case.id or 0)) if case.restricted else invited


def _case(unit: Work, message: Message) -> Case | None:
    if message.case_id is None:
        return None
    return unit.session.exec(every_case().where(col(Case.id) == message.case_id)).first()


def _holders(unit: Work, case_id: int | None) -> frozenset[int]:
    found = answers_for(unit.session, [case_id or 0], unit.now).get(case_id or 0)
    return found.practitioner_ids if found else _in_role(unit, Role.service_manager)


def _proposer(unit: Work, case: Case) -> frozenset[int]:
    last = unit.session.exec(
        select(Entry.actor_id)
        .where(col(Entry.case_id) == case.id, col(Entry.kind).startswith("propose"))
        .order_by(col(Entry.sequence).desc())
    ).first()
    return frozenset({last} if last else ())


def _social_work(unit: Work, case: Case) -> frozenset[int]:
    """Social workers and managers who are there, in teams that take contacts or stand where the document sends danger.

    Day and night teams both hear: one told needlessly is better than a child of whom nobody was told.
    """
    edition = edition_of(unit.session, case.authority, case.edition_hash)
    places = [place.id for place in edition.destinations if place.kind in SOCIAL_WORK_PLACES]
    teams = unit.session.exec(
        select(Team.id).where(
            col(Team.authority) == unit.viewer.authority,
            col(Team.takes_contacts) | col(Team.destination).in_(places),
        )
    ).all()
    wanted = frozenset(team for team in teams if team is not None)
    return _in_role(unit, Role.social_worker, wanted) | _in_role(unit, Role.team_manager, wanted)


def _managers(unit: Work, case: Case) -> frozenset[int]:
    found = answers_for(unit.session, [case.id or 0], unit.now).get(case.id or 0)
    team = found.team_id if found else None
    return _in_role(unit, Role.team_manager, frozenset({team} if team else ()))


def _service_managers(unit: Work) -> frozenset[int]:
    return _in_role(unit, Role.service_manager) or _in_role(unit, Role.head_of_service)


def _members(unit: Work, team_id: int) -> frozenset[int]:
    """Everybody of a team who is there; the service manager where nobody is."""
    posts = posts_there(unit.session, unit.now)
    return frozenset(one.practitioner_id for one in posts if one.team_id == team_id) or _service_managers(unit)


def _in_role(unit: Work, role: Role, teams: frozenset[int] | None = None) -> frozenset[int]:
    return frozenset(
        one.practitioner_id
        for one in posts_there(unit.session, unit.now)
        if one.authority == unit.viewer.authority and one.role is role and (teams is None or one.team_id in teams)
    )


def may_see(unit: Work, viewer: Viewer, case_id: int | None) -> bool:
    """True where the one who hears may open the record; otherwise they are only told that something waits."""
    if case_id is None:
        return True
    return unit.session.exec(visible_to(viewer, unit.now).where(col(Case.id) == case_id)).first() is not None
