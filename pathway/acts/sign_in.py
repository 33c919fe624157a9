"""Who are you? Sign-in by password, held in a server-side session, locked after repeated failures."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, insert, update
from sqlmodel import Session, col, select

from pathway.access import Viewer, viewer_of
from pathway.acts.desk import Desk
from pathway.acts.passwords import matches
from pathway.tables import Practitioner, SignIn, SignInAttempt
from pathway.tables.columns import table_of

SIGN_IN = table_of(SignIn)


class SignInRefused(Exception):
    """One sentence for every way it can fail, so that it tells nobody whose address is known."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)


WRONG = "The email address or the password isn't right. Check both and try again."
SLOW_DOWN = "There have been too many tries. Wait {minutes} minutes, or ask an administrator for help."


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened; the token is shown once and only its hash is kept."""

    token: str
    viewer: Viewer


def sign_in(desk: Desk, *, email: str, password: str, address: str) -> Opened:
    """Open a session. Raises `SignInRefused`. Takes the password hash's time outside any transaction."""
    now, tried = desk.clock(), email.strip().lower()
    with desk.database.reading() as session:
        check_not_locked(desk, session, tried, address, now)
        person = session.exec(
            select(Practitioner).where(
                col(Practitioner.email) == tried,
                col(Practitioner.ended_at).is_(None),
                col(Practitioner.is_system).is_(False),
            )
        ).first()
        digest = person.password_hash if person else None
    right = matches(password, digest)
    with desk.database.writing() as session:
        session.execute(insert(table_of(SignInAttempt)).values(email=tried, address=address, at=now, succeeded=right))
        viewer = viewer_of(session, person.id or 0, now) if right and person else None
        token = _open(desk, session, viewer, now) if viewer else ""
    if viewer is None:
        raise SignInRefused(WRONG)
    return Opened(token, viewer)


def check_not_locked(desk: Desk, session: Session, email: str, address: str, now: datetime) -> None:
    """An account rests after repeated failures, and an address that tries many accounts is slowed down."""
    settings = desk.settings
    window = now - timedelta(minutes=settings.lock_minutes)
    since = _last_success(session, email, window)
    failures = session.exec(
        select(func.count()).where(
            col(SignInAttempt.email) == email, col(SignInAttempt.at) > since, col(SignInAttempt.succeeded).is_(False)
        )
    ).one()
    recent = session.exec(
        select(func.count()).where(
            col(SignInAttempt.address) == address, col(SignInAttempt.at) > now - timedelta(minutes=1)
        )
    ).one()
    if failures >= settings.attempts_before_lock or recent >= settings.attempts_a_minute:
        raise SignInRefused(SLOW_DOWN.format(minutes=settings.lock_minutes))


def _last_success(session: Session, email: str, window: datetime) -> datetime:
    last = session.exec(
        select(func.max(SignInAttempt.at)).where(
            col(SignInAttempt.email) == email, col(SignInAttempt.succeeded), col(SignInAttempt.at) > window
        )
    ).one()
    return last or window


def signed_in(desk: Desk, token: str) -> Viewer | None:
    """The viewer whose session this token opens, or None once it has ended or lain idle too long."""
    now = desk.clock()
    with desk.database.reading() as session:
        row = session.exec(
            select(SignIn).where(
                col(SignIn.token_hash) == _hash(token), col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now
            )
        ).first()
        if row is None or row.last_seen_at < now - timedelta(minutes=desk.settings.idle_minutes):
            return None
        viewer = viewer_of(session, row.practitioner_id, now)
    if viewer is not None and row.last_seen_at < now - timedelta(minutes=1):
        _touch(desk, row, now)
    return viewer


def sign_out(desk: Desk, token: str) -> None:
    with desk.database.writing() as session:
        ended = update(SIGN_IN).where(SIGN_IN.c.token_hash == _hash(token), SIGN_IN.c.ended_at.is_(None))
        session.execute(ended.values(ended_at=desk.clock()))


def _open(desk: Desk, session: Session, viewer: Viewer, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(
        insert(SIGN_IN).values(
            authority=viewer.authority,
            token_hash=_hash(token),
            practitioner_id=viewer.id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + timedelta(hours=desk.settings.sign_in_hours),
        )
    )
    return token


def _touch(desk: Desk, row: SignIn, now: datetime) -> None:
    with desk.database.writing() as session:
        session.execute(update(SIGN_IN).where(SIGN_IN.c.id == row.id).values(last_seen_at=now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
