"""Who is the work about? Persons, who is whom to them, links between rows, families and dated membership."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from pathway.tables.columns import by_character, public_id, together, word
from workflows.referral_facts import Relation, Sex, YesNo


class PersonKind(StrEnum):
    child = "child"
    adult = "adult"
    expected_child = "expected_child"


class Person(SQLModel, table=True):
    """A child, adult or expected child. Two rows for one person are linked, never merged by rewriting."""

    __table_args__ = (
        CheckConstraint("born_on IS NULL OR expected_on IS NULL", name="ck_person_born_or_expected"),
        together("age_told", "age_told_on", "person"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    kind: PersonKind = Field(sa_type=word(PersonKind, "person_kind"))
    given_name: str = ""
    family_name: str = Field(default="", index=True)
    other_names: str = ""
    """Names they are known by or had before, one to a line."""

    sex: Sex = Field(default=Sex.unknown, sa_type=word(Sex, "person_sex"))
    born_on: date | None = None
    expected_on: date | None = None
    age_told: int | None = None
    age_told_on: date | None = None
    nhs_number: str | None = Field(default=None, max_length=10)
    telephone: str = Field(default="", max_length=200)
    address: str = ""
    address_sealed: bool = False
    """A sealed address is in no search, no match, no export, and on no page but to those who must know it."""

    school: str = Field(default="", max_length=200)
    keyed: int = 0
    """The scheme by which this row's `PersonKey`s were made; an older one is made anew by the worker."""

    restricted: bool = False
    retention_class: str = "contact"
    legal_hold: bool = False


class PersonKey(SQLModel, table=True):
    """One way of finding a person: a sound, a date of birth, a postcode. Derived, and made anew at will."""

    __tablename__ = "person_key"
    __table_args__ = (
        UniqueConstraint("person_id", "key", name="uq_person_key"),
        Index("ix_person_key", "authority", "key", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", max_length=60)
    person_id: int = Field(foreign_key="person.id")
    key: str = Field(sa_type=by_character(80))


class Tie(SQLModel, table=True):
    """Who a person is to another, as one record was told it: `person_id` is the mother, father, sibling of `of_id`."""

    __table_args__ = (
        CheckConstraint("person_id <> of_id", name="ck_tie_two_persons"),
        CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="ck_tie_until_after_since"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    case_id: int = Field(foreign_key="case.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    of_id: int = Field(foreign_key="person.id", index=True)
    relation: Relation = Field(sa_type=word(Relation, "tie_relation"))
    lives_with: YesNo = Field(default=YesNo.unknown, sa_type=word(YesNo, "tie_lives_with"))
    since: date | None = None
    until: date | None = None


class PersonLink(SQLModel, table=True):
    """These two rows are one person: proposed by one practitioner, agreed by a second, reversible."""

    __tablename__ = "person_link"
    __table_args__ = (
        CheckConstraint("person_id <> same_as_id", name="ck_person_link_two_rows"),
        CheckConstraint("agreed_by_id IS NULL OR agreed_by_id <> proposed_by_id", name="ck_person_link_second_person"),
        together("agreed_at", "agreed_by_id", "person_link"),
        together("undone_at", "undone_by_id", "person_link"),
    )

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    person_id: int = Field(foreign_key="person.id", index=True)
    same_as_id: int = Field(foreign_key="person.id", index=True)
    proposed_at: datetime
    proposed_by_id: int = Field(foreign_key="practitioner.id")
    agreed_at: datetime | None = None
    agreed_by_id: int | None = Field(default=None, foreign_key="practitioner.id")
    undone_at: datetime | None = None
    undone_by_id: int | None = Field(default=None, foreign_key="practitioner.id")


class Family(SQLModel, table=True):
    """Optional: strangers ring, siblings split; a person may belong to several, or none."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=public_id, max_length=20, unique=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    name: str
    restricted: bool = False
    retention_class: str = "contact"
    legal_hold: bool = False


class FamilyMember(SQLModel, table=True):
    __tablename__ = "family_member"

    id: int | None = Field(default=None, primary_key=True)
    authority: str = Field(foreign_key="authority.id", index=True, max_length=60)
    family_id: int = Field(foreign_key="family.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    relation: str = ""
    since: date | None = None
    until: date | None = None
