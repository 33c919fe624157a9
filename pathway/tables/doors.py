"""Who came in by which door, and what did they look at? Sign-ins, attempts, looks, repeats, drafts, outsiders."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where, word


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
    """Kept to lock an account after repeated failures and to slow a network down.

    `email` is what was tried: an account's address, or a link from outside by its reference. `address` is the network
    that it was tried from: of IPv6 the whole /64.
    """

    __tablename__ = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, index=True)
    address: str = Field(max_length=60, index=True)
    at: datetime = Field(index=True)
    succeeded: bool


class Viewing(SQLModel, table=True):
    """One row per page looked at: who, when, which page, and the public ids of the cases on it."""

    __table_args__ = (Index("ix_viewing_at", "authority", "at"), Index("ix_viewing_by", "practitioner_id", "at"))

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    at: datetime
    page: str = Field(max_length=80)
    cases: str
    """JSON list of case public ids."""


class ViewedRecord(SQLModel, table=True):
    """A record that stood on a page looked at: by which the looks at it are found. Derived from `Viewing.cases`."""

    __tablename__ = "viewed_record"
    __table_args__ = (Index("ix_viewed_record", "ref", "at"),)

    viewing_id: int = Field(foreign_key="viewing.id", primary_key=True)
    ref: str = Field(max_length=20, primary_key=True)
    at: datetime
    """The look's own moment, so that one window of one record's looks is read and no more."""


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
    """A half-finished form. It is resumed or used, never deleted; `team_id` names the team that may go on with it."""

    __table_args__ = (where("ix_draft_open", "team_id", "saved_at", condition="used_at IS NULL"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    case_id: int | None = Field(default=None, foreign_key="case.id")
    form: str = Field(max_length=80)
    body: str
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    version: int = 1
    saved_at: datetime
    saved_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    used_at: datetime | None = None


class OutsiderPart(StrEnum):
    referrer = "referrer"
    asked = "asked"


class Outsider(SQLModel, table=True):
    """Somebody without an account who may come in about one case, by a link and then a one-time code sent to them.

    A referrer sees the status of what they told us, once `verified_at`; whoever was asked sees the question alone.
    """

    __table_args__ = (together("verified_at", "verified_by_id", "outsider"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    about: str = Field(default="", max_length=20, index=True)
    """The question they were asked, by its reference; "" for whoever told us."""

    part: OutsiderPart = Field(sa_type=word(OutsiderPart, "outsider_part"))
    name: str = ""
    email: str = Field(max_length=254)
    added_at: datetime
    added_by_id: int = Field(foreign_key="practitioner.id")
    verified_at: datetime | None = None
    verified_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    verified_how: str = ""


class OneTimeCode(SQLModel, table=True):
    """A code sent to an outsider, for some minutes and a few tries; once right, the visit it opens.

    `code` is cleared once it is used, spent, too old or followed by another; until then it must be readable, because
    the message that carries it is written when it is sent. The browser holds the visit's token, the row its hash.
    """

    __tablename__ = "one_time_code"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    outsider_id: int = Field(foreign_key="outsider.id", index=True)
    code: str | None = Field(default=None, max_length=12)
    made_at: datetime
    expires_at: datetime
    tries: int = 0
    used_at: datetime | None = None
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    visit_until: datetime | None = None


class VoiceKind(StrEnum):
    """What a child, parent or carer may tell us about the help they have."""

    not_working = "not_working"
    correct_fact = "correct_fact"
    advocate = "advocate"
    complaint = "complaint"


class AnswerWay(StrEnum):
    """By which safe way they heard our answer."""

    voice = "voice"
    in_person = "in_person"
    writing = "writing"
    could_not = "could_not"


class Voice(SQLModel, table=True):
    """What a child, parent or carer has told us about the help they have. The task whose `about` is its reference
    says who answers it, and by when.

    `case_id` is set only by somebody here who found the record: a page open to everybody confirms nothing.
    `claims_id` is the open record whose reference they gave, so that it reaches who answers for it; nobody checked it.
    """

    __table_args__ = (
        together("answered_at", "answered_by_id", "voice"),
        together("asked_at", "asked_by_id", "voice"),
        where("ix_voice_waiting", "authority", "due_at", condition="answered_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    kind: VoiceKind = Field(sa_type=word(VoiceKind, "voice_kind"))
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    claims_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    about: str = Field(default="", max_length=200)
    """The reference they gave, as they wrote it."""

    name: str = Field(default="", max_length=200)
    reach: str = ""
    """How it is safe to reach them, in their own words."""

    said: str
    heard_at: datetime
    heard_by_id: int = Field(foreign_key="practitioner.id")
    """Who wrote it down when they rang; the system where they wrote it themselves."""

    due_at: datetime
    asked_of: str = Field(default="", max_length=200)
    """Who was asked to be their advocate."""

    asked_at: datetime | None = None
    asked_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    answered_at: datetime | None = None
    answered_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    answer: str = ""
    way: AnswerWay | None = Field(default=None, sa_type=word(AnswerWay, "voice_way"))


class Knock(SQLModel, table=True):
    """Something sent through the door that is open to everybody, kept for an hour to slow a network down."""

    id: int | None = Field(default=None, primary_key=True)
    network: str = Field(max_length=60, index=True)
    at: datetime = Field(index=True)
    danger: bool
    """Counted for itself: what else came from there never shuts it out."""
