"""What happened, by whom, and when was it written down? Append-only entries, their payloads, anchors, documents."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where


class Entry(SQLModel, table=True):
    """One line of history, chained by hash over canonical text; an entry without a case is the authority's."""

    __table_args__ = (
        UniqueConstraint("case_id", "sequence", name="uq_entry_case_sequence"),
        where("uq_entry_authority_sequence", "authority", "sequence", unique=True, condition="case_id IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int | None = Field(default=None, foreign_key="case.id")
    sequence: int
    version: int
    """The case's version once this entry stood; a worker's own entries leave it as it was."""
    kind: str = Field(max_length=60)
    schema_version: int = 1
    occurred_at: datetime
    recorded_at: datetime
    actor_id: int = Field(foreign_key="practitioner.id")
    corrects_id: int | None = Field(default=None, foreign_key="entry.id")
    effects: str
    """Canonical JSON of what the entry changes; no personal text, so that it is never erased."""
    commitment: str = Field(max_length=64)
    """Salted hash of the payload: proves the payload while it lives, tells nothing once it is erased."""
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class Payload(SQLModel, table=True):
    """The personal text of an entry, held apart so that it can be erased and the chain stay whole."""

    __table_args__ = (
        together("erased_at", "erased_by_id", "payload"),
        CheckConstraint("(body IS NULL) = (erased_at IS NOT NULL)", name="ck_payload_erased_or_whole"),
    )

    entry_id: int = Field(primary_key=True, foreign_key="entry.id")
    salt: str | None = None
    body: str | None = None
    erased_at: datetime | None = None
    erased_by_id: int | None = Field(default=None, foreign_key="practitioner.id")


class Anchor(SQLModel, table=True):
    """A hash over every chain's head at one moment, to be kept outside the database as well."""

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    anchored_at: datetime
    chains: int
    last_entry_id: int
    root: str = Field(max_length=64)


class Document(SQLModel, table=True):
    """A file attached to a case, kept under the hash of its content."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    sha256: str = Field(max_length=64, index=True)
    bytes: int
    media_type: str = Field(max_length=100)
    name: str
    added_at: datetime
    added_by_id: int = Field(foreign_key="practitioner.id")
