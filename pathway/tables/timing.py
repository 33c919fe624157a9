"""By when, and who hears if it passes? Deadlines, their ledger, and tasks that somebody owns."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import exactly_one, public_id, together, where, word


class Deadline(SQLModel, table=True):
    """Computed once from a published limit and never altered; only the columns after `rungs` move on.

    One that stood still or was made longer is closed as such, and goes on as another with the same start, which says
    in `changes` all that was changed so far.
    """

    __table_args__ = (
        where("ix_deadline_next_rung", "next_rung_at", condition="closed_at IS NULL"),
        where("uq_deadline_running", "case_id", "limit_id", "about", unique=True, condition="closed_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    limit_id: str = Field(max_length=80)
    about: str = Field(default="", max_length=20)
    """What of the case the clock is about, where several of one limit may run: the reference of an ask."""

    name: str
    obliged: str = Field(max_length=20)
    started_at: datetime
    due_at: datetime
    predicted: bool = False
    changes: str = "[]"
    paused_until: datetime | None = None
    """Until when it stands still at most, where it does: what is due is worked out as if it did so that long."""

    explanation: str
    rungs: str
    next_rung: str | None = None
    next_rung_at: datetime | None = None
    closed_at: datetime | None = None
    closed_how: str | None = Field(default=None, max_length=20)


class DeadlineEvent(SQLModel, table=True):
    """The ledger of rungs: each happens once, and says which entry told of it."""

    __tablename__ = "deadline_event"
    __table_args__ = (UniqueConstraint("deadline_id", "what", name="uq_deadline_event_once"),)

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    deadline_id: int = Field(foreign_key="deadline.id")
    what: str = Field(max_length=60)
    at: datetime
    entry_id: int = Field(foreign_key="entry.id")


class TaskKind(StrEnum):
    delivery_failed = "delivery_failed"
    nobody_answerable = "nobody_answerable"
    ring_back = "ring_back"
    team_unstaffed = "team_unstaffed"
    review_break_glass = "review_break_glass"
    message_unheard = "message_unheard"
    referrer_chased = "referrer_chased"
    data_to_put_right = "data_to_put_right"
    children_to_ask_about = "children_to_ask_about"
    edition_waits = "edition_waits"
    contact_half_taken = "contact_half_taken"
    known_here = "known_here"
    """A new contact may be about a child on a restricted record: for whoever holds that record, and nobody else."""

    new_contact = "new_contact"
    """Somebody else has worried about a child whose record one holds."""

    link_to_agree = "link_to_agree"
    answer_came = "answer_came"
    family_says = "family_says"
    address_to_unseal = "address_to_unseal"
    help_declined = "help_declined"
    agreement_withdrawn = "agreement_withdrawn"
    no_better_twice = "no_better_twice"
    check_back = "check_back"


class Task(SQLModel, table=True):
    """Something a named practitioner or a team must do; `about` keeps the same task from being raised twice."""

    __table_args__ = (
        exactly_one("practitioner_id", "team_id", "task"),
        together("done_at", "done_by_id", "task"),
        where("uq_task_open_about", "kind", "about", unique=True, condition="done_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    kind: TaskKind = Field(sa_type=word(TaskKind, "task_kind"))
    about: str = Field(max_length=80)
    words: str
    practitioner_id: int | None = Field(default=None, foreign_key="practitioner.id", index=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", index=True)
    raised_at: datetime
    due_at: datetime
    climbed_at: datetime | None = None
    """When it went to the service manager too, because it was overdue."""

    done_at: datetime | None = None
    done_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
