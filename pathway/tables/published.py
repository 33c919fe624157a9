"""Which authority is this, and which editions has it adopted?"""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import together


class Authority(SQLModel, table=True):
    """A local authority's partnership; it heads the chain of entries that belong to no one case."""

    id: str = Field(primary_key=True, max_length=60)
    name: str
    sequence: int = 0
    head: str = ""


class AdoptedEdition(SQLModel, table=True):
    """The canonical text of a resolved edition, as adopted: what cases pin by hash."""

    __table_args__ = (
        UniqueConstraint("authority", "edition_hash", "in_force_from", name="uq_adopted_edition_from"),
        together("agreed_at", "agreed_by_id", "adopted_edition"),
    )
    __tablename__ = "adopted_edition"

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    edition_hash: str = Field(max_length=64, index=True)
    in_force_from: date
    content: str
    adopted_at: datetime
    adopted_by_id: int = Field(foreign_key="practitioner.id")
    agreed_at: datetime | None = None
    agreed_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
