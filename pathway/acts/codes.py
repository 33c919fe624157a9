"""Is it they? A one-time code goes to the address we have, and whoever types it in time may look for half an hour."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, update
from sqlmodel import Session, col, select

from pathway.access import Viewer
from pathway.acts.audience import OUTSIDE
from pathway.acts.desk import Desk, Work, system_viewer
from pathway.acts.sign_in import Sentences, attempted, check_not_too_many, hash_of, succeeded
from pathway.tables import Message, OneTimeCode, Outsider
from pathway.tables.columns import public_id, table_of

CODES = table_of(OneTimeCode)
CODE = "one_time_code"
LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No vowel, so that no word is spelled; no nought and no one, which are taken for letters."""

GOOD_FOR = timedelta(minutes=15)
TRIES = 5
VISIT = timedelta(minutes=30)
SLOW_DOWN = Sentences(
    "There have been too many tries with this link. {wait} and try again, or ring us.",
    "There have been too many tries with this link, from several places. {wait} and try again, or ring us.",
    "There have been too many tries from your network. {wait} and try again.",
)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody outside who has shown that they read the address we have; `system` acts for them."""

    outsider: Outsider
    system: Viewer

    @property
    def ref(self) -> str:
        return self.outsider.public_id

    @property
    def called(self) -> str:
        """How what they did is signed on the record."""
        return f"{self.outsider.name}, {self.outsider.email}, by a link and a code"


def send_code(desk: Desk, *, outsider: str, address: str) -> None:
    """Send a code, if anybody has this reference; whoever asks learns nothing either way.

    Raises `SignInRefused` after too many, known or not.
    """
    with desk.database.writing() as session:
        now, tried = desk.clock(), f"outside send {outsider}"
        check_not_too_many(session, desk.settings, tried, address, now, SLOW_DOWN)
        attempted(session, tried, address, now)
        found = _found(session, outsider)
        if found is not None:
            _send(session, found, now)


def open_visit(desk: Desk, *, outsider: str, code: str, address: str) -> str | None:
    """The token of a visit, where this is the code that was sent; None for a wrong, old, spent or used one.

    Raises `SignInRefused` after too many tries, known or not. A try stands as a failure before it is looked at.
    """
    with desk.database.writing() as session:
        now, tried = desk.clock(), f"outside code {outsider}"
        check_not_too_many(session, desk.settings, tried, address, now, SLOW_DOWN)
        attempt = attempted(session, tried, address, now)
        found = _found(session, outsider)
        token = _try(session, found, code, now) if found is not None else None
        if token is not None:
            succeeded(session, attempt)
        return token


def visiting(desk: Desk, token: str) -> Visitor | None:
    """Whose visit this token opens; None once it is over."""
    with desk.database.reading() as session:
        now = desk.clock()
        outsider = session.exec(
            select(Outsider)
            .join(OneTimeCode, col(OneTimeCode.outsider_id) == col(Outsider.id))
            .where(col(OneTimeCode.token_hash) == hash_of(token), col(OneTimeCode.visit_until) > now)
        ).first()
        return Visitor(outsider, system_viewer(session, outsider.authority, now)) if outsider else None


def standing(unit: Work, ref: str) -> str | None:
    """The code of this reference while it can still be used."""
    query = select(OneTimeCode.code).where(col(OneTimeCode.public_id) == ref, col(OneTimeCode.expires_at) > unit.now)
    return unit.session.exec(query).first()


def forget_codes(unit: Work) -> None:
    """What has run out is nobody's to read any more."""
    old = update(CODES).where(CODES.c.expires_at <= unit.now, CODES.c.code.is_not(None))
    unit.session.execute(old.values(code=None))


def _found(session: Session, ref: str) -> Outsider | None:
    """Locked, so that two tries at once count as two."""
    return session.exec(select(Outsider).where(col(Outsider.public_id) == ref).with_for_update()).first()


def _send(session: Session, outsider: Outsider, now: datetime) -> None:
    """One code stands at a time: the newest."""
    session.execute(update(CODES).where(CODES.c.outsider_id == outsider.id).values(code=None))
    ref, expires_at = public_id(), now + GOOD_FOR
    session.execute(
        insert(CODES).values(
            public_id=ref,
            authority=outsider.authority,
            outsider_id=outsider.id,
            code="-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2)),
            made_at=now,
            expires_at=expires_at,
            tries=0,
        )
    )
    session.execute(
        insert(table_of(Message)).values(
            public_id=public_id(),
            authority=outsider.authority,
            case_id=outsider.case_id,
            kind=CODE,
            audience=f"{OUTSIDE}{outsider.public_id}",
            about=ref,
            due_at=expires_at,
            written_at=now,
        )
    )


def _try(session: Session, outsider: Outsider, given: str, now: datetime) -> str | None:
    row = session.exec(
        select(OneTimeCode).where(
            col(OneTimeCode.outsider_id) == outsider.id,
            col(OneTimeCode.code).is_not(None),
            col(OneTimeCode.expires_at) > now,
        )
    ).first()
    if row is None:
        return None
    row.tries += 1
    session.add(row)
    if not hmac.compare_digest(_plain(given), _plain(row.code or "")):
        row.code = row.code if row.tries < TRIES else None
        return None
    token = secrets.token_urlsafe(32)
    row.code, row.used_at, row.token_hash, row.visit_until = None, now, hash_of(token), now + VISIT
    return token


def _plain(code: str) -> bytes:
    """As typed, without regard to case, spaces or hyphens."""
    return "".join(code.upper().replace("-", "").split()).encode()
