"""Which assessments stand on a record, and who answered what? What they said stands in the entries: it is personal."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where, word
from workflows.assessment_facts import Readers


class Assessment(SQLModel, table=True):
    """One filling of a form on one record, by the edition that the record had when it was begun."""

    __table_args__ = (
        together("completed_at", "completed_by_id", "assessment"),
        where("uq_assessment_open", "case_id", "form", unique=True, condition="completed_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    form: str = Field(max_length=200)
    edition_hash: str = Field(max_length=64)
    light: bool
    """Whether only the questions of the light-touch form are asked."""

    follows: str | None = Field(default=None, max_length=20)
    """The completed one, by its reference, that this one reviews: it starts from what was said there."""

    begun_at: datetime
    begun_by_id: int = Field(foreign_key="practitioner.id")
    completed_at: datetime | None = None
    completed_by_id: int | None = Field(default=None, foreign_key="practitioner.id")


class Answer(SQLModel, table=True):
    """One answer to one question about one person, or about the family. A newer one replaces it; both stay."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id", index=True)
    assessment: str = Field(max_length=20, index=True)
    """By its reference, which a row that is laid anew keeps."""

    question: str = Field(max_length=200)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    readers: Readers | None = Field(default=None, sa_type=word(Readers, "answer_readers"))
    answered_at: datetime
    answered_by_id: int = Field(foreign_key="practitioner.id")
    brought_from_id: int | None = Field(default=None, foreign_key="entry.id")
    """The entry where it was said first, where it was brought along and confirmed."""
