"""Who works here, and who is there now to take something on?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, everybody_there, takers, there
from pathway.access.viewer import live_post
from pathway.clock import day_of
from pathway.tables import Agency, Post, Practitioner, Team


def names_of(session: Session, ids: Iterable[int | None]) -> dict[int | None, str]:
    """What these practitioners are called."""
    wanted = frozenset(ids) - {None}
    found = select(Practitioner.id, Practitioner.name).where(col(Practitioner.id).in_(wanted))
    return dict(session.exec(found).all()) if wanted else {}


@dataclass(frozen=True, slots=True)
class PostView:
    """One practitioner in one post today; `here` is False while they are away.

    `takes` is True where they may be given a record just now.
    """

    ref: str
    name: str
    role: str
    team: str
    agency: str
    here: bool
    takes: bool
    council: bool
    """Whether it is a post of the council, which works its contacts; a partner's people hold help that has begun."""


@dataclass(frozen=True, slots=True)
class TeamView:
    ref: str
    name: str
    agency: str
    here: int
    """How many of its members are there now who may hold a record."""
    council: bool


def posts(session: Session, viewer: Viewer, now: datetime) -> tuple[PostView, ...]:
    """Everybody in post in the viewer's authority today, the council's own first, by name."""
    here = everybody_there(session, now)
    given = takers(session, now)
    rows = session.exec(
        select(Practitioner, Post, Team.name, Agency)
        .join(Post, col(Post.practitioner_id) == col(Practitioner.id))
        .join(Team, col(Team.id) == col(Post.team_id))
        .join(Agency, col(Agency.id) == col(Team.agency_id))
        .where(
            col(Practitioner.authority) == viewer.authority,
            col(Practitioner.ended_at).is_(None),
            live_post(day_of(now)),
        )
        .order_by(col(Agency.is_council).desc(), col(Practitioner.name), col(Post.id))
    ).all()
    return tuple(
        PostView(
            person.public_id,
            person.name,
            post.role.words,
            team,
            agency.name,
            person.id in here,
            person.id in given,
            agency.is_council,
        )
        for person, post, team, agency in rows
    )


def teams(session: Session, viewer: Viewer, now: datetime) -> tuple[TeamView, ...]:
    """Every team of the authority, those that take contacts first, then the council's own."""
    present = there(session, now)
    rows = session.exec(
        select(Team, Agency)
        .join(Agency, col(Agency.id) == col(Team.agency_id))
        .where(col(Team.authority) == viewer.authority)
        .order_by(col(Team.takes_contacts).desc(), col(Agency.is_council).desc(), col(Team.name))
    ).all()
    return tuple(
        TeamView(team.public_id, team.name, agency.name, len(present.get(team.id or 0, ())), agency.is_council)
        for team, agency in rows
    )


def partners(session: Session, viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """Every agency of the authority, by name: its reference and how it is called."""
    rows = session.exec(
        select(Agency.public_id, Agency.name)
        .where(col(Agency.authority) == viewer.authority)
        .order_by(col(Agency.name))
    )
    return tuple((ref, name) for ref, name in rows.all())
