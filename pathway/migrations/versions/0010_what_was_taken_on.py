"""What was taken on"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "ended_how",
            sa.Enum(
                "done",
                "not_needed",
                name="ck_plan_action_ended_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name="ck_plan_action_ended_at_with_ended_by_id"
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ck_plan_action_ended_at_with_ended_how"),
        sa.ForeignKeyConstraint(
            ["added_by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["practitioner.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("plan_action") as batch_op:
        batch_op.create_index("ix_plan_action_authority", ["authority"], unique=False)
        batch_op.create_index("ix_plan_action_case_id", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_plan_action_owner_now",
            ["owner_id"],
            unique=False,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("plan_action") as batch_op:
        batch_op.drop_index(
            "ix_plan_action_owner_now",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index("ix_plan_action_case_id")
        batch_op.drop_index("ix_plan_action_authority")

    op.drop_table("plan_action")
