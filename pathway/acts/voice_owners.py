"""Who answers a child or parent? Whoever answers for the record; a complaint, a manager who never held it."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import col, select

from pathway.access import InPost, answers_for, posts_there, seen_whole_by, viewers_of
from pathway.access.voices import HELD
from pathway.acts.desk import Work
from pathway.acts.front_door import taking_at, teams_taking
from pathway.acts.tasks import MANAGERS_UPWARD
from pathway.store.adopted.editions import in_force
from pathway.tables import Assignment, Case, Voice, VoiceKind
from workflows import Role

NEAR, ABOVE, ELSEWHERE = 0, 1, 9
"""In which order managers are asked: the holder's own, those above, those of other teams."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A practitioner or a team; neither means the first manager who is there."""

    practitioner_id: int | None = None
    team_id: int | None = None


def owner_of(unit: Work, kind: VoiceKind, case_id: int | None) -> Owner:
    """Who gets the task of it. `case_id` is the record it is about, found or only named by them."""
    if case_id is None:
        return Owner(team_id=_front_door(unit))
    if kind is VoiceKind.complaint:
        return Owner(practitioner_id=_a_manager(unit, case_id))
    answering = answers_for(unit.session, [case_id], unit.now).get(case_id)
    if answering is None:
        return Owner(practitioner_id=_a_manager(unit, case_id))
    if answering.is_team:
        return Owner(team_id=answering.team_id)
    return Owner(practitioner_id=min(answering.practitioner_ids))


def complained_of(unit: Work, voice: str) -> int | None:
    """Who holds the record that a complaint is about; None for anything but a complaint."""
    about = func.coalesce(col(Voice.case_id), col(Voice.claims_id))
    return unit.session.exec(
        select(Assignment.practitioner_id)
        .join(Voice, col(Assignment.case_id) == about)
        .where(
            col(Voice.public_id) == voice,
            col(Voice.kind) == VoiceKind.complaint,
            col(Assignment.practitioner_id).is_not(None),
            col(Assignment.status).in_(HELD),
        )
        .order_by(col(Assignment.id).desc())
    ).first()


def _front_door(unit: Work) -> int | None:
    """The team that takes contacts by day, at whatever hour this came: it is answered in days, not at night."""
    _, edition = in_force(unit.session, unit.viewer.authority, unit.now)
    taking = teams_taking(unit)
    chosen = taking_at(edition, "front_door", taking) or taking
    return chosen[0].id if chosen else None


def _a_manager(unit: Work, case_id: int) -> int | None:
    """The nearest manager who is there, never held the record and may see it; else the nearest who never held it."""
    held = set(_holders(unit, case_id))
    there = [one for one in posts_there(unit.session, unit.now) if one.role in MANAGERS_UPWARD]
    apart = [one for one in there if one.authority == unit.viewer.authority and one.practitioner_id not in held]
    near = _team(unit, case_id)
    apart.sort(key=lambda one: _distance(one, near))
    may = _seeing(unit, case_id, [one.practitioner_id for one in apart])
    first = next((one for one in apart if one.practitioner_id in may), None) or next(iter(apart), None)
    return first.practitioner_id if first else None


def _holders(unit: Work, case_id: int) -> list[int | None]:
    held = select(Assignment.practitioner_id).where(
        col(Assignment.case_id) == case_id, col(Assignment.status).in_(HELD)
    )
    return list(unit.session.exec(held).all())


def _team(unit: Work, case_id: int) -> int | None:
    found = answers_for(unit.session, [case_id], unit.now).get(case_id)
    return found.team_id if found else None


def _distance(one: InPost, near: int | None) -> int:
    if one.role is Role.team_manager:
        return NEAR if one.team_id == near else ELSEWHERE
    return ABOVE + MANAGERS_UPWARD.index(one.role)


def _seeing(unit: Work, case_id: int, people: list[int]) -> set[int]:
    return {
        one
        for one, viewer in viewers_of(unit.session, people, unit.now).items()
        if unit.session.exec(seen_whole_by(viewer, unit.now).where(col(Case.id) == case_id)).first() is not None
    }
