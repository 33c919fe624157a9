"""Who has an account in this installation? For the commands that set one up; pages read `store.staff`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from pathway.access import Viewer, posts_held, viewer_of
from pathway.clock import day_of
from pathway.store.adopted.editions import AGREED, WAITING
from pathway.tables import AdoptedEdition, Agency, Authority, Post, Practitioner, Team
from workflows.roles import ADOPTERS


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account in one post; `live` is False once either has ended."""

    ref: str
    name: str
    email: str
    role: str
    team: str
    live: bool


def is_empty(session: Session) -> bool:
    """True where no authority has been founded yet."""
    return session.exec(select(Authority.id)).first() is None


def wanting(session: Session, authority: str, now: datetime) -> tuple[str, ...]:
    """What an installation still lacks before anybody could use it, each with the command that mends it, in order."""
    found = []
    people = select(Practitioner.id).where(
        col(Practitioner.authority) == authority,
        col(Practitioner.is_system).is_(False),
        col(Practitioner.ended_at).is_(None),
    )
    if session.exec(people).first() is None:
        found.append("Nobody has an account yet. Add the first: 'pathway user add', with --takes-contacts for a team.")
    takes = select(Team.id).where(col(Team.authority) == authority, col(Team.takes_contacts))
    if session.exec(takes).first() is None:
        found.append("No team takes contacts yet. Add one: 'pathway user add … --takes-contacts'.")
    return (*found, *_document_wanting(session, authority, now))


def _document_wanting(session: Session, authority: str, now: datetime) -> Iterator[str]:
    """A document is adopted by two people, so they come first; then one proposes it and the other agrees."""
    rows = select(AdoptedEdition).where(col(AdoptedEdition.authority) == authority)
    if session.exec(rows.where(AGREED)).first() is not None:
        return
    adopters = adopters_of(session, authority, now)
    if adopters < 2:
        yield (
            f"A document is adopted by two people, and {adopters or 'nobody'} here may. Add administrators or heads of "
            "service: 'pathway user add … --role administrator --council'."
        )
    if session.exec(rows.where(WAITING)).first() is None:
        yield (
            f"No published document is adopted for {authority} yet. Propose one: "
            "'pathway documents propose --from DATE --by EMAIL --reason TEXT'."
        )
    yield "Nobody has agreed to a document yet. Another person does: 'pathway documents agree --by EMAIL'."


def adopters_of(session: Session, authority: str, now: datetime) -> int:
    """How many people in post may adopt a document."""
    held = (one for one in posts_held(session, now) if one.authority == authority and one.role in ADOPTERS)
    return len({one.practitioner_id for one in held})


def account_of(session: Session, authority: str, email: str, now: datetime) -> Viewer | None:
    """Whoever has the account with this address, as they stand today; None where nobody has, or they have left."""
    query = select(Practitioner.id).where(
        col(Practitioner.authority) == authority,
        col(Practitioner.email) == email.strip().lower(),
        col(Practitioner.is_system).is_(False),
    )
    found = session.exec(query).first()
    return viewer_of(session, found, now) if found is not None else None


def agency_named(session: Session, authority: str, name: str) -> int | None:
    query = select(Agency.id).where(col(Agency.authority) == authority, col(Agency.name) == name)
    return session.exec(query).first()


def is_council(session: Session, agency_id: int | None) -> bool:
    return session.exec(select(Agency.is_council).where(col(Agency.id) == agency_id)).first() or False


def team_named(session: Session, authority: str, name: str) -> int | None:
    query = select(Team.id).where(col(Team.authority) == authority, col(Team.name) == name)
    return session.exec(query).first()


def everybody(session: Session, authority: str, now: datetime) -> tuple[AccountView, ...]:
    """Every account and post there ever was, by name; the system's own is nobody's account."""
    rows = session.exec(
        select(Practitioner, Post, Team.name)
        .join(Post, col(Post.practitioner_id) == col(Practitioner.id), isouter=True)
        .join(Team, col(Team.id) == col(Post.team_id), isouter=True)
        .where(col(Practitioner.authority) == authority, col(Practitioner.is_system).is_(False))
        .order_by(col(Practitioner.name), col(Post.id))
    ).all()
    return tuple(_account(person, post, team, now) for person, post, team in rows)


def _account(person: Practitioner, post: Post | None, team: str | None, now: datetime) -> AccountView:
    today = day_of(now)
    held = post is not None and post.starts_on <= today and (post.ends_on is None or post.ends_on >= today)
    role = post.role.words if post else "no post"
    return AccountView(
        person.public_id, person.name, person.email, role, team or "no team", held and person.ended_at is None
    )
