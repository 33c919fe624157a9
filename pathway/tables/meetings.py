"""When do people meet about a family, and who is invited? What for, and what came of it, stands in the entries."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where, word
from workflows import Attendance
from workflows.meeting_facts import Coming


class Meeting(SQLModel, table=True):
    """The one meeting of a record. Its reference names it in calendars; `changes` counts how often it was moved."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", unique=True)
    entry_id: int = Field(foreign_key="entry.id")
    starts_at: datetime
    minutes: int
    changes: int = 0


class Invitation(SQLModel, table=True):
    """Somebody who is invited to a meeting: what they answered, and whether they came."""

    __table_args__ = (
        together("reply", "replied_at", "invitation"),
        where("ix_invitation_who_now", "practitioner_id", condition="practitioner_id IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    practitioner_id: int | None = Field(default=None, foreign_key="practitioner.id")
    """Whoever has an account here; None where they are named in the entry alone."""

    invited_at: datetime
    invited_by_id: int = Field(foreign_key="practitioner.id")
    reply: Coming | None = Field(default=None, sa_type=word(Coming, "invitation_reply"))
    replied_at: datetime | None = None
    ended_at: datetime | None = None
    """Since when they are invited no more; None while they are."""

    attended: Attendance | None = Field(default=None, sa_type=word(Attendance, "invitation_attended"))
