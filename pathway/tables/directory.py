"""Which help is published for families here? Services, where and when they are, and the sources that they came from.

What is searched has columns and rows of its own; all that a service published stands whole in `Service.published`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import by_character, public_id, word

LONGEST_ID = 100
LONGEST_WORD = 60


class SourceKind(StrEnum):
    file = "file"
    feed = "feed"


class ServiceStatus(StrEnum):
    """As Open Referral names them."""

    active = "active"
    inactive = "inactive"
    defunct = "defunct"
    temporarily_closed = "temporarily closed"


class WordOf(StrEnum):
    """What a word of a service helps to find: its name, what it is classed as, what else it says, or where it is."""

    name = "name"
    term = "term"
    text = "text"
    place = "place"


class DirectorySource(SQLModel, table=True):
    """A feed by its address, or a file by its name."""

    __tablename__ = "directory_source"
    __table_args__ = (UniqueConstraint("authority", "address", name="uq_directory_source"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    kind: SourceKind = Field(sa_type=word(SourceKind, "directory_source_kind"))
    address: str = Field(max_length=500)


class DirectoryImport(SQLModel, table=True):
    """One reading of a source. Where `refused` says why, nothing was changed by it."""

    __tablename__ = "directory_import"
    __table_args__ = (Index("ix_directory_import_latest", "source_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    source_id: int = Field(foreign_key="directory_source.id")
    at: datetime
    by_id: int = Field(foreign_key="practitioner.id")
    found: int = 0
    added: int = 0
    changed: int = 0
    returned: int = 0
    gone: int = 0
    sent_back: int = 0
    refused: str = ""
    faults: str = "[]"
    """JSON list of what was sent back: row, service, field, sentence, mend."""


class Organisation(SQLModel, table=True):
    """Who offers services; what they say of themselves stands with each service."""

    __table_args__ = (UniqueConstraint("source_id", "external_id", name="uq_organisation_of_source"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    source_id: int = Field(foreign_key="directory_source.id")
    external_id: str = Field(max_length=LONGEST_ID)
    name: str


class Service(SQLModel, table=True):
    """A service as it was published. It is never deleted: `gone_since` says when its source left it out."""

    __table_args__ = (
        UniqueConstraint("source_id", "external_id", name="uq_service_of_source"),
        CheckConstraint(
            "minimum_age IS NULL OR maximum_age IS NULL OR minimum_age <= maximum_age", name="ck_service_ages"
        ),
        Index("ix_service_listed", "authority", "status", "name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    source_id: int = Field(foreign_key="directory_source.id")
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    external_id: str = Field(max_length=LONGEST_ID)
    name: str
    status: ServiceStatus = Field(sa_type=word(ServiceStatus, "service_status"))
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_on: date | None = None
    last_modified: datetime | None = None
    published: str
    """Everything it published that we read, as canonical JSON in the standard's own words."""

    digest: str = Field(max_length=64)
    imported_at: datetime
    gone_since: datetime | None = None


class ServiceLocation(SQLModel, table=True):
    """Where a service can be gone to. `district` is the first half of its postcode."""

    __tablename__ = "service_location"
    __table_args__ = (Index("ix_service_location_at", "latitude", "longitude"),)

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", index=True)
    external_id: str = Field(max_length=LONGEST_ID)
    name: str = ""
    town: str = ""
    postcode: str = Field(default="", max_length=10, index=True)
    district: str = Field(default="", max_length=5, index=True)
    latitude: float | None = None
    longitude: float | None = None


class TaxonomyTerm(SQLModel, table=True):
    """What services are classed as, in the words of the source's own taxonomy."""

    __tablename__ = "taxonomy_term"
    __table_args__ = (UniqueConstraint("source_id", "external_id", name="uq_taxonomy_term_of_source"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    source_id: int = Field(foreign_key="directory_source.id")
    external_id: str = Field(max_length=LONGEST_ID, index=True)
    name: str
    description: str = ""
    taxonomy_id: str = Field(default="", max_length=LONGEST_ID, index=True)
    taxonomy: str = ""


class ServiceTerm(SQLModel, table=True):
    __tablename__ = "service_term"
    __table_args__ = (UniqueConstraint("service_id", "term_id", name="uq_service_term"),)

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id")
    term_id: int = Field(foreign_key="taxonomy_term.id", index=True)


class ServiceDay(SQLModel, table=True):
    """A day of the week on which a service is there, worked out from its published schedule.

    `rule` is the schedule's own, as RFC 5545 writes it, where it isn't simply every week. Times are "HH:MM", in London.
    """

    __tablename__ = "service_day"
    __table_args__ = (Index("ix_service_day", "weekday", "service_id"),)

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id", index=True)
    weekday: int
    opens_at: str = Field(default="", max_length=5)
    closes_at: str = Field(default="", max_length=5)
    valid_from: date | None = None
    valid_to: date | None = None
    rule: str = ""


class ServiceWord(SQLModel, table=True):
    """A word by which a service is found: as it is written, and its stem."""

    __tablename__ = "service_word"
    __table_args__ = (
        UniqueConstraint("service_id", "of", "text", name="uq_service_word"),
        Index("ix_service_word_text", "text"),
        Index("ix_service_word_stem", "stem"),
    )

    id: int | None = Field(default=None, primary_key=True)
    service_id: int = Field(foreign_key="service.id")
    of: WordOf = Field(sa_type=word(WordOf, "service_word_of"))
    text: str = Field(sa_type=by_character(LONGEST_WORD))
    stem: str = Field(max_length=LONGEST_WORD)
