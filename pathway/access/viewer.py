"""Who is looking? A practitioner as they stand today: their live posts, roles, teams and agencies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import BindParameter, ColumnElement, or_
from sqlmodel import Session, col, select

from pathway.clock import day_of
from pathway.tables import Agency, Post, Practitioner, Team
from workflows.roles import FRONT_DOOR, MANAGERS, REFERRERS, Role

COUNCIL_ONLY = FRONT_DOOR | MANAGERS | {Role.auditor, Role.administrator}
"""Roles that only a post in a council agency carries; elsewhere such a post is that of a partner who refers."""

MAY_ANSWER = FRONT_DOOR | MANAGERS | {Role.lead_practitioner, Role.safeguarding_lead}
"""Who may hold a record. An auditor reads, an administrator sets up, a partner who refers hears of it."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """`contact_teams` are the viewer's teams that take contacts; agencies are those of every live post."""

    id: int
    ref: str
    name: str
    email: str
    authority: str
    roles: frozenset[Role]
    teams: frozenset[int]
    answering_teams: frozenset[int]
    """The teams where the viewer's role may hold a record, and so sees what the team holds."""

    managed_teams: frozenset[int]
    contact_teams: frozenset[int]
    agencies: frozenset[int]
    managed_agencies: frozenset[int] = frozenset()
    """Where the viewer manages staff, the council or not: their absences are the viewer's to set."""

    asked_agencies: frozenset[int] = frozenset()
    """Where the viewer may answer what their agency is asked; `led_agencies` are those of a safeguarding lead."""

    led_agencies: frozenset[int] = frozenset()
    destinations: frozenset[str] = frozenset()
    """Where the published document sends need that the viewer's teams take up."""

    agency_names: tuple[str, ...] = ()
    is_system: bool = False

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def live_post(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """The condition that a post is held today."""
    return (col(Post.starts_on) <= today) & or_(col(Post.ends_on).is_(None), col(Post.ends_on) >= today)


def carried(role: Role, *, in_council: bool) -> Role:
    """What a post's role amounts to in its agency."""
    return role if in_council or role not in COUNCIL_ONLY else Role.partner_referrer


def viewer_of(session: Session, practitioner_id: int, now: datetime) -> Viewer | None:
    """The practitioner as a viewer, or None once they have left."""
    return viewers_of(session, (practitioner_id,), now).get(practitioner_id)


def viewers_of(session: Session, practitioner_ids: Iterable[int], now: datetime) -> dict[int, Viewer]:
    """Several practitioners as viewers, in two queries however many they are."""
    wanted = set(practitioner_ids)
    people = session.exec(
        select(Practitioner).where(col(Practitioner.id).in_(wanted), col(Practitioner.ended_at).is_(None))
    ).all()
    posts = session.exec(
        select(Post, Team, Agency)
        .join(Team, col(Post.team_id) == col(Team.id))
        .join(Agency, col(Team.agency_id) == col(Agency.id))
        .where(col(Post.practitioner_id).in_(wanted), live_post(day_of(now)))
    ).all()
    held: dict[int, list[tuple[Post, Team, Agency]]] = {}
    for post, team, agency in posts:
        held.setdefault(post.practitioner_id, []).append((post, team, agency))
    return {person.id: _viewer(person, held.get(person.id, [])) for person in people if person.id is not None}


def _viewer(person: Practitioner, posts: list[tuple[Post, Team, Agency]]) -> Viewer:
    roles = [(carried(post.role, in_council=agency.is_council), team) for post, team, agency in posts]
    return Viewer(
        id=person.id or 0,
        ref=person.public_id,
        name=person.name,
        email=person.email,
        authority=person.authority,
        roles=frozenset({Role.system}) if person.is_system else frozenset(role for role, _ in roles),
        teams=frozenset(post.team_id for post, _, _ in posts),
        answering_teams=frozenset(team.id or 0 for role, team in roles if role in MAY_ANSWER),
        managed_teams=frozenset(team.id or 0 for role, team in roles if role is Role.team_manager),
        contact_teams=frozenset(post.team_id for post, team, _ in posts if team.takes_contacts),
        agencies=frozenset(team.agency_id for _, team, _ in posts),
        managed_agencies=frozenset(team.agency_id for post, team, _ in posts if post.role in MANAGERS),
        asked_agencies=frozenset(team.agency_id for role, team in roles if role in REFERRERS),
        led_agencies=frozenset(team.agency_id for role, team in roles if role is Role.safeguarding_lead),
        destinations=frozenset(team.destination for _, team, _ in posts if team.destination),
        agency_names=tuple(dict.fromkeys(agency.name for _, _, agency in posts)),
        is_system=person.is_system,
    )
