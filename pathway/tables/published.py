"""Which authority is this, and which editions has it adopted, by which two people?"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where


class Authority(SQLModel, table=True):
    """A local authority's partnership; it heads the chain of entries that belong to no one case."""

    id: str = Field(primary_key=True, max_length=60)
    name: str
    sequence: int = 0
    head: str = ""


class AdoptedEdition(SQLModel, table=True):
    """The canonical text of a resolved edition: proposed by one person, and once another has agreed, adopted.

    What cases pin by hash. A row never goes: a proposal taken back stays, with who took it back and why.
    """

    __table_args__ = (
        where(
            "uq_adopted_edition_waiting",
            "authority",
            "edition_hash",
            "in_force_from",
            unique=True,
            condition="agreed_at IS NULL AND withdrawn_at IS NULL",
        ),
        together("agreed_at", "agreed_by_id", "adopted_edition"),
        together("withdrawn_at", "withdrawn_by_id", "adopted_edition"),
        together("withdrawn_at", "withdrawn_because", "adopted_edition"),
        CheckConstraint("agreed_at IS NULL OR withdrawn_at IS NULL", name="ck_adopted_edition_one_end"),
        CheckConstraint("agreed_by_id <> proposed_by_id OR reason IS NULL", name="ck_adopted_edition_two_people"),
    )
    __tablename__ = "adopted_edition"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    edition_hash: str = Field(max_length=64, index=True)
    in_force_from: date
    content: str
    reason: str | None = None
    """Where it was decided. None only for what one person adopted before two were asked for."""

    proposed_at: datetime
    proposed_by_id: int = Field(foreign_key="practitioner.id")
    agreed_at: datetime | None = None
    agreed_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    withdrawn_at: datetime | None = None
    withdrawn_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    withdrawn_because: str | None = None
