"""What is to be told, and has it reached anybody? Messages, and deliveries apart from them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import exactly_one, public_id, where, word


class Message(SQLModel, table=True):
    """Written in the transaction of the entry that caused it: kind, about what, which audience should know."""

    __table_args__ = (where("ix_message_to_resolve", "written_at", condition="resolved_at IS NULL"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    entry_id: int | None = Field(default=None, foreign_key="entry.id")
    kind: str = Field(max_length=60)
    audience: str = Field(max_length=80)
    about: str = Field(default="", max_length=80)
    """The limit it is about, where it is about a time; `due_at` is that time."""

    due_at: datetime | None = None
    written_at: datetime
    resolved_at: datetime | None = None


class DeliveryStatus(StrEnum):
    waiting = "waiting"
    claimed = "claimed"
    sent = "sent"
    delivered = "delivered"
    seen = "seen"
    acknowledged = "acknowledged"
    uncertain = "uncertain"
    failed = "failed"


class Delivery(SQLModel, table=True):
    """One attempt to tell one person by one channel; `public_id` is the stable reference sent along."""

    __table_args__ = (
        exactly_one("practitioner_id", "outsider_id", "delivery"),
        UniqueConstraint("message_id", "practitioner_id", "channel", name="uq_delivery_once"),
        UniqueConstraint("message_id", "outsider_id", "channel", name="uq_delivery_outside_once"),
        where("ix_delivery_to_send", "next_at", condition="status IN ('waiting', 'claimed', 'uncertain')"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    message_id: int = Field(foreign_key="message.id", index=True)
    practitioner_id: int | None = Field(default=None, foreign_key="practitioner.id", index=True)
    outsider_id: int | None = Field(default=None, foreign_key="outsider.id", index=True)
    channel: str = Field(max_length=20)
    status: DeliveryStatus = Field(default=DeliveryStatus.waiting, sa_type=word(DeliveryStatus, "delivery_status"))
    attempts: int = 0
    next_at: datetime
    claimed_by: str | None = Field(default=None, max_length=40)
    claimed_until: datetime | None = None
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    last_error: str | None = None
