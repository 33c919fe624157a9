"""Who agreed to what"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


TO_HELP = "ended_at IS NULL AND asked_for = 'support'"
KINDS = (
    "delivery_failed",
    "nobody_answerable",
    "ring_back",
    "team_unstaffed",
    "review_break_glass",
    "message_unheard",
    "referrer_chased",
    "data_to_put_right",
    "children_to_ask_about",
    "edition_waits",
    "contact_half_taken",
    "known_here",
    "new_contact",
    "link_to_agree",
    "answer_came",
    "family_says",
    "address_to_unseal",
)
NEW_KINDS = ("help_declined", "agreement_withdrawn")


def upgrade() -> None:
    _widen_tasks(*KINDS, *NEW_KINDS)
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "asked_for",
            sa.Enum(
                "support",
                "sharing",
                name="ck_agreement_asked_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reply",
            sa.Enum(
                "given",
                "refused",
                "not_safe_to_ask",
                name="ck_agreement_reply",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "ended_how",
            sa.Enum(
                "withdrawn",
                "asked_again",
                name="ck_agreement_ended_how",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("weighed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("weighed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ck_agreement_ended_at_with_ended_by_id"),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ck_agreement_ended_at_with_ended_how"),
        sa.CheckConstraint(
            "(weighed_at IS NULL) = (weighed_by_id IS NULL)", name="ck_agreement_weighed_at_with_weighed_by_id"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
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
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["weighed_by_id"],
            ["practitioner.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("agreement") as batch_op:
        batch_op.create_index("ix_agreement_authority", ["authority"], unique=False)
        batch_op.create_index("ix_agreement_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_agreement_person_id", ["person_id"], unique=False)
        batch_op.create_index(
            "uq_agreement_to_help",
            ["case_id", "person_id"],
            unique=True,
            sqlite_where=sa.text(TO_HELP),
            postgresql_where=sa.text(TO_HELP),
        )


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind IN ('help_declined', 'agreement_withdrawn')")
    _widen_tasks(*KINDS)
    op.drop_index("uq_agreement_to_help", "agreement")
    with op.batch_alter_table("agreement") as batch_op:
        batch_op.drop_index("ix_agreement_person_id")
        batch_op.drop_index("ix_agreement_case_id")
        batch_op.drop_index("ix_agreement_authority")

    op.drop_table("agreement")


def _widen_tasks(*kinds: str) -> None:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint("ck_task_kind", type_="check")
        batch_op.create_check_constraint("ck_task_kind", sa.text(f"kind IN ({words})"))
