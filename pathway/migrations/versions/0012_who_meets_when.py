"""Who meets when, and who is invited.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("invited_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "reply",
            sa.Enum(
                "coming", "apologies", name="ck_invitation_reply", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("replied_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "attended",
            sa.Enum(
                "came",
                "apologies",
                "missing",
                name="ck_invitation_attended",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="ck_invitation_reply_with_replied_at"),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.create_index("ix_invitation_authority", ["authority"], unique=False)
        batch_op.create_index("ix_invitation_case_id", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_invitation_who_now",
            ["practitioner_id"],
            unique=False,
            sqlite_where=sa.text("practitioner_id IS NOT NULL"),
            postgresql_where=sa.text("practitioner_id IS NOT NULL"),
        )

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.create_index("ix_meeting_authority", ["authority"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("meeting") as batch_op:
        batch_op.drop_index("ix_meeting_authority")

    op.drop_table("meeting")
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.drop_index(
            "ix_invitation_who_now",
            sqlite_where=sa.text("practitioner_id IS NOT NULL"),
            postgresql_where=sa.text("practitioner_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_invitation_case_id")
        batch_op.drop_index("ix_invitation_authority")

    op.drop_table("invitation")
