"""Who was asked to agree to what, and does it still stand? What they said stands in the entries: it is personal."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, together, where, word
from workflows.agreement_facts import AskedFor, Reply


class AgreementEnd(StrEnum):
    withdrawn = "withdrawn"
    asked_again = "asked_again"


class Agreement(SQLModel, table=True):
    """One person's answer to one question on one record; it stands until they withdraw it or are asked again.

    Help is agreed to once; sharing is asked for with each agency or for each thing, and one answers for no other.
    """

    __table_args__ = (
        together("ended_at", "ended_how", "agreement"),
        together("ended_at", "ended_by_id", "agreement"),
        together("weighed_at", "weighed_by_id", "agreement"),
        where(
            "uq_agreement_to_help",
            "case_id",
            "person_id",
            unique=True,
            condition="ended_at IS NULL AND asked_for = 'support'",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    asked_for: AskedFor = Field(sa_type=word(AskedFor, "agreement_asked_for"))
    reply: Reply = Field(sa_type=word(Reply, "agreement_reply"))
    asked_on: date
    asked_by_id: int = Field(foreign_key="practitioner.id")
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    ended_how: AgreementEnd | None = Field(default=None, sa_type=word(AgreementEnd, "agreement_ended_how"))
    weighed_at: datetime | None = None
    """When it was judged, with a manager, whether the need will grow without the help that was declined."""

    weighed_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
