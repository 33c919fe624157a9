"""Who came in by which door, and what did they look at? Sign-ins, attempts, looks, repeats, drafts."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id


class SignIn(SQLModel, table=True):
    """A server-side session; the browser holds a random token, the row only its hash."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    token_hash: str = Field(max_length=64, unique=True)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class SignInAttempt(SQLModel, table=True):
    """Kept to lock an account after repeated failures and to slow an address down."""

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, index=True)
    address: str = Field(max_length=60, index=True)
    at: datetime = Field(index=True)
    succeeded: bool


class Viewing(SQLModel, table=True):
    """One row per page looked at: who, when, which page, and the public ids of the cases on it."""

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    at: datetime
    page: str = Field(max_length=80)
    cases: str
    """JSON list of case public ids."""


class IdempotentResult(SQLModel, table=True):
    """What an act answered, so that the same request sent twice acts once."""

    __tablename__ = "idempotent_result"
    __table_args__ = (UniqueConstraint("practitioner_id", "key", name="uq_idempotent_key"),)

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id")
    key: str = Field(max_length=100)
    fingerprint: str = Field(max_length=64)
    result: str
    created_at: datetime


class Draft(SQLModel, table=True):
    """A half-finished form. It is resumed or used, never deleted."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="case.id")
    form: str = Field(max_length=80)
    body: str
    saved_at: datetime
    used_at: datetime | None = None
