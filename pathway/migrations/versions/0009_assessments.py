"""Assessments on a record, and who answered what"""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OPEN = "completed_at IS NULL"
OWNED = ("authority", "case_id")
ASKED_BY = ("entry_id", "assessment", "person_id")


def upgrade() -> None:
    op.create_table(
        "assessment",
        *_owned(),
        sa.Column("form", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("edition_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("light", sa.Boolean(), nullable=False),
        sa.Column("follows", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("begun_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("completed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("completed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(completed_at IS NULL) = (completed_by_id IS NULL)",
            name="ck_assessment_completed_at_with_completed_by_id",
        ),
        sa.ForeignKeyConstraint(["begun_by_id"], ["practitioner.id"]),
        sa.ForeignKeyConstraint(["completed_by_id"], ["practitioner.id"]),
        *_keys(),
    )
    _index("assessment", *OWNED)
    op.create_index(
        "uq_assessment_open",
        "assessment",
        ["case_id", "form"],
        unique=True,
        sqlite_where=sa.text(OPEN),
        postgresql_where=sa.text(OPEN),
    )
    op.create_table(
        "answer",
        *_owned(),
        sa.Column("assessment", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("readers", _readers(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.Column("brought_from_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.ForeignKeyConstraint(["answered_by_id"], ["practitioner.id"]),
        sa.ForeignKeyConstraint(["brought_from_id"], ["entry.id"]),
        *_keys(),
    )
    _index("answer", *OWNED, *ASKED_BY)


def downgrade() -> None:
    op.drop_table("answer")
    op.drop_table("assessment")


def _owned() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
    )


def _keys() -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["authority"], ["authority.id"]),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )


def _readers() -> sa.Enum:
    return sa.Enum(
        "everybody_who_helps",
        "not_parents",
        "writer_and_manager",
        name="ck_answer_readers",
        native_enum=False,
        create_constraint=True,
        length=40,
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
