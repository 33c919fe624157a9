"""What is being done about it, and who answers for it? Cases, children, levels, assignments, grants."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import exactly_one, public_id, together, where, word
from workflows.referral_facts import YesNo


class Case(SQLModel, table=True):
    """One run of a process. `version` is what an officer's If-Match names; `sequence` counts every entry."""

    __tablename__ = "case"
    __table_args__ = (
        where("ix_case_open_by_due", "authority", "next_due_at", condition="closed_at IS NULL"),
        where(
            "ix_case_open_worst_first",
            "authority",
            "immediate",
            "next_due_at",
            "id",
            condition="closed_at IS NULL",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    process: str = Field(max_length=40)
    process_hash: str = Field(max_length=64)
    edition_hash: str = Field(max_length=64)
    kind: str = Field(max_length=40)
    state: str = Field(max_length=60)
    version: int = 1
    sequence: int = 0
    head: str = ""
    parent_id: int | None = Field(default=None, foreign_key="case.id", index=True)
    offered_to_id: int | None = Field(default=None, foreign_key="case.id")
    """The open case whose worker has been asked to take this one on."""

    family_id: int | None = Field(default=None, foreign_key="family.id")
    occurred_at: datetime
    received_at: datetime
    received_by_id: int = Field(foreign_key="practitioner.id")
    referrer_id: int | None = Field(default=None, foreign_key="practitioner.id", index=True)
    referrer_agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    source_code: str = Field(max_length=4)
    safe_tonight: YesNo = Field(sa_type=word(YesNo, "case_safe_tonight"))
    immediate: bool = False
    urgency: str | None = Field(default=None, max_length=40)
    """How soon it must be screened, as the document names it and a person chose it; None until somebody has."""

    restricted: bool = False
    next_due_at: datetime | None = None
    closed_at: datetime | None = None
    retention_class: str = "contact"
    legal_hold: bool = False


class CaseChild(SQLModel, table=True):
    """One child's own involvement, decision and level in a case."""

    __tablename__ = "case_child"
    __table_args__ = (
        UniqueConstraint("case_id", "person_id", name="uq_case_child"),
        together("decided_at", "decided_by_id", "case_child"),
        where("ix_case_child_sent", "destination", "case_id", condition="destination IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    since: datetime
    until: datetime | None = None
    immediate: bool = False
    advised_level: str | None = None
    advised_destination: str | None = None
    level: str | None = None
    decision: str | None = None
    destination: str | None = None
    proposed_decision: str | None = None
    proposed_level: str | None = None
    proposed_destination: str | None = None
    decided_at: datetime | None = None
    decided_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    taken_up_at: datetime | None = None


class Level(SQLModel, table=True):
    """A child's level of need from one moment to another, as a person decided it."""

    __tablename__ = "level"
    __table_args__ = (CheckConstraint("until IS NULL OR until >= since", name="ck_level_until_after_since"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    person_id: int = Field(foreign_key="person.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    level: str
    edition_hash: str = Field(max_length=64)
    since: datetime
    until: datetime | None = None


class AskEnd(StrEnum):
    answered = "answered"
    given_up = "given_up"


class AssignmentKind(StrEnum):
    answerable = "answerable"
    cover = "cover"


class AssignmentStatus(StrEnum):
    proposed = "proposed"
    accepted = "accepted"
    declined = "declined"
    ended = "ended"


class Assignment(SQLModel, table=True):
    """Who is answerable, from when to when: one practitioner or one staffed team."""

    __table_args__ = (
        exactly_one("practitioner_id", "team_id", "assignment"),
        together("ended_at", "ended_by_id", "assignment"),
        together("accepted_at", "accepted_by_id", "assignment"),
        where(
            "uq_assignment_one_answers",
            "case_id",
            unique=True,
            condition="kind = 'answerable' AND status = 'accepted'",
        ),
        where("ix_assignment_practitioner_now", "practitioner_id", condition="ended_at IS NULL"),
        where("ix_assignment_team_now", "team_id", condition="ended_at IS NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    practitioner_id: int | None = Field(default=None, foreign_key="practitioner.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    kind: AssignmentKind = Field(sa_type=word(AssignmentKind, "assignment_kind"))
    status: AssignmentStatus = Field(sa_type=word(AssignmentStatus, "assignment_status"))
    starts_at: datetime
    ends_at: datetime | None = None
    proposed_at: datetime
    proposed_by_id: int = Field(foreign_key="practitioner.id")
    accepted_at: datetime | None = None
    accepted_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    ended_at: datetime | None = None
    ended_by_id: int | None = Field(default=None, foreign_key="practitioner.id")


class Ask(SQLModel, table=True):
    """What another agency is asked, about one case. Its clock is the deadline whose `about` is this row's reference.

    Whom and what was asked, and what they answered, stand in the entries: they are personal.
    """

    __table_args__ = (together("ended_at", "ended_how", "ask"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    entry_id: int = Field(foreign_key="entry.id")
    agency_id: int | None = Field(default=None, foreign_key="agency.id", index=True)
    """The agency whose safeguarding leads and referrers may answer it signed in, where one was named."""

    asked_at: datetime
    asked_by_id: int = Field(foreign_key="practitioner.id")
    ended_at: datetime | None = None
    ended_how: AskEnd | None = Field(default=None, sa_type=word(AskEnd, "ask_ended_how"))


class GrantWhy(StrEnum):
    named = "named"
    break_glass = "break_glass"


class Grant(SQLModel, table=True):
    """Why a practitioner who doesn't answer for a case may see it, and until when."""

    __tablename__ = "access_grant"
    __table_args__ = (together("reviewed_at", "reviewed_by_id", "access_grant"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    practitioner_id: int = Field(foreign_key="practitioner.id", index=True)
    why: GrantWhy = Field(sa_type=word(GrantWhy, "access_grant_why"))
    given_at: datetime
    given_by_id: int = Field(foreign_key="practitioner.id")
    until: datetime | None = None
    entry_id: int = Field(foreign_key="entry.id")
    reviewed_at: datetime | None = None
    reviewed_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
