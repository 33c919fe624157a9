"""Who works here, in which post, and are they there? Agencies, teams, practitioners, posts, absences."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import public_id, word
from workflows.roles import Role


class Agency(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    name: str
    is_council: bool = False
    source_code: str = Field(default="8", max_length=4)
    """The DfE's referral-source code for a worry that this agency raises (2A schools, 6 police …)."""


class Team(SQLModel, table=True):
    """A team may stand at one of the edition's destinations; worries sent there become its to answer."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    agency_id: int = Field(foreign_key="agency.id")
    name: str
    destination: str | None = Field(default=None, max_length=80, index=True)
    takes_contacts: bool = False
    """True for a front door or an emergency duty team: it may hold any new worry."""


class Practitioner(SQLModel, table=True):
    """A worker, or the system itself; ready for single sign-on by issuer and subject."""

    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_practitioner_single_sign_on"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    name: str
    email: str = Field(unique=True, max_length=254)
    issuer: str | None = None
    subject: str | None = None
    password_hash: str | None = None
    is_system: bool = False
    ended_at: datetime | None = None
    retention_class: str = "staff"
    legal_hold: bool = False


class Post(SQLModel, table=True):
    """A practitioner's dated place in a team, with the post that manages it and who stands in."""

    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ck_post_ends_after_it_starts"),)

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    team_id: int = Field(foreign_key="team.id", index=True)
    role: Role = Field(sa_type=word(Role, "post_role"))
    title: str
    starts_on: date
    ends_on: date | None = None
    manager_post_id: int | None = Field(default=None, foreign_key="post.id")
    stand_in_id: int | None = Field(default=None, foreign_key="practitioner.id")


class Absence(SQLModel, table=True):
    """When a practitioner is away: not answerable then, unless somebody covers."""

    __table_args__ = (CheckConstraint("ends_at > starts_at", name="ck_absence_ends_after_it_starts"),)

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    starts_at: datetime
    ends_at: datetime
