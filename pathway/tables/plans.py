"""Who has taken what on, by when, and how did it go? What it is, and what came of it, stands in the entries."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where, word
from workflows.early_help_facts import ActionEnd


class PlanAction(SQLModel, table=True):
    """Something that somebody does for a family. Its clock is the deadline whose `about` is this row's reference."""

    __tablename__ = "plan_action"
    __table_args__ = (
        together("ended_at", "ended_how", "plan_action"),
        together("ended_at", "ended_by_id", "plan_action"),
        where("ix_plan_action_owner_now", "owner_id", condition="ended_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    owner_id: int | None = Field(default=None, foreign_key="practitioner.id")
    """Whoever has an account here; None where they are named in the entry alone."""

    due_on: date
    added_at: datetime
    added_by_id: int = Field(foreign_key="practitioner.id")
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    ended_how: ActionEnd | None = Field(default=None, sa_type=word(ActionEnd, "plan_action_ended_how"))
