"""Who are you? Sign-in by password, held in a server-side session, slowed down after repeated failures."""

import hashlib
import math
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, update
from sqlmodel import Session, col, select

from pathway.access import Viewer, viewer_of
from pathway.acts.desk import Desk
from pathway.acts.networks import network_of
from pathway.acts.passwords import TooBusy, matches
from pathway.settings import Settings
from pathway.tables import Practitioner, SignIn, SignInAttempt
from pathway.tables.columns import table_of

SIGN_IN = table_of(SignIn)
ATTEMPT = table_of(SignInAttempt)


class SignInRefused(Exception):
    """One sentence for every way it can fail, so that it tells nobody whose address is known.

    `wait` is how long to stay away, where there have been too many tries.
    """

    def __init__(self, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


WRONG = "The email address or the password isn't right. Check both and try again."
BUSY = "Many people are signing in just now. Try again in a moment."


@dataclass(frozen=True, slots=True)
class Sentences:
    """How each limit is said: one person's tries from one network, from everywhere, and one network's tries."""

    too_many: str
    elsewhere: str
    here: str


TOO_MANY = Sentences(
    "There have been too many wrong tries with this email address. {wait}, or ask an administrator for help.",
    "There have been too many wrong tries with this email address, from several places. {wait}, use the "
    "connection you last signed in from, or ask an administrator for help.",
    "There have been too many wrong tries from your network. {wait} and try again.",
)
KNOWN_FOR = timedelta(days=30)
"""How long a network that somebody signed in from stays theirs."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just opened; the token is shown once and only its hash is kept."""

    token: str
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures since a moment; after that, nothing is tried until the oldest of them is `within` ago."""

    sentence: str
    most: int
    within: timedelta
    which: ColumnElement[bool]
    since: datetime | None = None


def sign_in(desk: Desk, *, email: str, password: str, address: str) -> Opened:
    """Open a session. Raises `SignInRefused`.

    The attempt stands as a failure before the password is tried, so that tries made at once all count; the
    password's slow hash runs outside any transaction.
    """
    tried, now = email.strip().lower()[:254], desk.clock()
    with desk.database.writing() as session:
        check_not_too_many(session, desk.settings, tried, address, now)
        attempt = attempted(session, tried, address, now)
        person = _person(session, tried)
    if not _right(desk, password, person.password_hash if person else None) or person is None:
        raise SignInRefused(WRONG)
    with desk.database.writing() as session:
        viewer = viewer_of(session, person.id or 0, now)
        if viewer is None:
            raise SignInRefused(WRONG)
        succeeded(session, attempt)
        return Opened(_open(desk, session, viewer, now), viewer)


def check_not_too_many(
    session: Session, settings: Settings, email: str, address: str, now: datetime, said: Sentences = TOO_MANY
) -> None:
    """Raises `SignInRefused` with the right wait where there have been too many failures; one asks after another."""
    _queue(session)
    for limit in _limits(session, settings, email, address, now, said):
        wait = _wait(session, limit, now)
        if wait is not None:
            raise SignInRefused(limit.sentence.format(wait=_words(wait)), wait)


def _limits(
    session: Session, settings: Settings, email: str, address: str, now: datetime, said: Sentences
) -> Iterator[Limit]:
    """A stranger elsewhere can lock nobody out of where they usually sign in: that place has its own count."""
    network = network_of(address)
    of_email, from_there = col(SignInAttempt.email) == email, col(SignInAttempt.address) == network
    rest, last = timedelta(minutes=settings.lock_minutes), _last_success(session, email, network)
    yield Limit(said.too_many, settings.attempts_before_lock, rest, of_email & from_there, last)
    if last is None or last < now - KNOWN_FOR:
        yield Limit(said.elsewhere, settings.attempts_an_hour_anywhere, timedelta(hours=1), of_email)
    yield Limit(said.here, settings.attempts_a_minute, timedelta(minutes=1), from_there)


def _wait(session: Session, limit: Limit, now: datetime) -> timedelta | None:
    since = max(now - limit.within, limit.since or now - limit.within)
    failed = select(SignInAttempt.at).where(
        limit.which, col(SignInAttempt.at) > since, col(SignInAttempt.succeeded).is_(False)
    )
    oldest = session.exec(failed.order_by(col(SignInAttempt.at).desc()).offset(limit.most - 1).limit(1)).first()
    return None if oldest is None else oldest + limit.within - now


def _words(wait: timedelta) -> str:
    minutes = math.ceil(wait / timedelta(minutes=1))
    return f"Wait {minutes} minute{'' if minutes == 1 else 's'}"


def _last_success(session: Session, email: str, network: str) -> datetime | None:
    return session.exec(
        select(func.max(SignInAttempt.at)).where(
            col(SignInAttempt.email) == email, col(SignInAttempt.address) == network, col(SignInAttempt.succeeded)
        )
    ).one()


def _queue(session: Session) -> None:
    """On PostgreSQL attempts are counted one at a time; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(func.hashtext("sign-in attempts"))))


def attempted(session: Session, email: str, address: str, now: datetime) -> int:
    """Write a try down, as a failure until it has succeeded."""
    failed = insert(ATTEMPT).values(email=email, address=network_of(address), at=now, succeeded=False)
    return int(session.execute(failed.returning(ATTEMPT.c.id)).scalar_one())


def succeeded(session: Session, attempt: int) -> None:
    session.execute(update(ATTEMPT).where(ATTEMPT.c.id == attempt).values(succeeded=True))


def _person(session: Session, email: str) -> Practitioner | None:
    return session.exec(
        select(Practitioner).where(
            col(Practitioner.email) == email,
            col(Practitioner.ended_at).is_(None),
            col(Practitioner.is_system).is_(False),
        )
    ).first()


def _right(desk: Desk, password: str, digest: str | None) -> bool:
    try:
        return matches(password, digest, at_once=desk.settings.passwords_at_once)
    except TooBusy:
        raise SignInRefused(BUSY, timedelta(seconds=5)) from None


def signed_in(desk: Desk, token: str, *, by_itself: bool = False) -> Viewer | None:
    """The viewer whose session this token opens, or None once it has ended or lain idle too long.

    What a page asks `by_itself` while nobody presses anything doesn't keep the session from lying idle.
    """
    now = desk.clock()
    with desk.database.reading() as session:
        row = session.exec(
            select(SignIn).where(
                col(SignIn.token_hash) == hash_of(token), col(SignIn.ended_at).is_(None), col(SignIn.expires_at) > now
            )
        ).first()
        if row is None or row.last_seen_at < now - timedelta(minutes=desk.settings.idle_minutes):
            return None
        viewer = viewer_of(session, row.practitioner_id, now)
    if viewer is not None and not by_itself and row.last_seen_at < now - timedelta(minutes=1):
        _touch(desk, row, now)
    return viewer


def sign_out(desk: Desk, token: str) -> None:
    with desk.database.writing() as session:
        ended = update(SIGN_IN).where(SIGN_IN.c.token_hash == hash_of(token), SIGN_IN.c.ended_at.is_(None))
        session.execute(ended.values(ended_at=desk.clock()))


def _open(desk: Desk, session: Session, viewer: Viewer, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(
        insert(SIGN_IN).values(
            authority=viewer.authority,
            token_hash=hash_of(token),
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


def hash_of(token: str) -> str:
    """All that is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
