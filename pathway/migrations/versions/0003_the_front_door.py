"""The front door"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

EITHER = "ck_delivery_practitioner_id_or_outsider_id"
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
)
NEW_KINDS = (
    "contact_half_taken",
    "known_here",
    "new_contact",
    "link_to_agree",
    "answer_came",
    "family_says",
    "address_to_unseal",
)


def upgrade() -> None:
    _widen_tasks(*KINDS, *NEW_KINDS)
    op.create_table(
        "person_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "key", name="uq_person_key"),
    )
    with op.batch_alter_table("person_key") as batch_op:
        batch_op.create_index("ix_person_key", ["authority", "key"], unique=False)

    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("of_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "mother",
                "father",
                "parent",
                "step_parent",
                "carer",
                "foster_carer",
                "partner_of_parent",
                "grandparent",
                "sibling",
                "half_sibling",
                "step_sibling",
                "other_relative",
                "other",
                "unknown",
                name="ck_tie_relation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "lives_with",
            sa.Enum(
                "yes", "no", "unknown", name="ck_tie_lives_with", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.CheckConstraint("person_id <> of_id", name="ck_tie_two_persons"),
        sa.CheckConstraint("until IS NULL OR since IS NULL OR until >= since", name="ck_tie_until_after_since"),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["of_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("tie") as batch_op:
        batch_op.create_index("ix_tie_authority", ["authority"], unique=False)
        batch_op.create_index("ix_tie_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_tie_of_id", ["of_id"], unique=False)
        batch_op.create_index("ix_tie_person_id", ["person_id"], unique=False)

    op.create_table(
        "voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "not_working",
                "correct_fact",
                "advocate",
                "complaint",
                name="ck_voice_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("claims_id", sa.Integer(), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("reach", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("said", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("heard_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("heard_by_id", sa.Integer(), nullable=False),
        sa.Column("due_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_of", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "voice",
                "in_person",
                "writing",
                "could_not",
                name="ck_voice_way",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by_id IS NULL)", name="ck_voice_answered_at_with_answered_by_id"
        ),
        sa.CheckConstraint("(asked_at IS NULL) = (asked_by_id IS NULL)", name="ck_voice_asked_at_with_asked_by_id"),
        sa.ForeignKeyConstraint(
            ["answered_by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["heard_by_id"],
            ["practitioner.id"],
        ),
        sa.ForeignKeyConstraint(
            ["claims_id"],
            ["case.id"],
        ),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("voice") as batch_op:
        batch_op.create_index("ix_voice_authority", ["authority"], unique=False)
        batch_op.create_index("ix_voice_case_id", ["case_id"], unique=False)
        batch_op.create_index("ix_voice_claims_id", ["claims_id"], unique=False)
        batch_op.create_index(
            "ix_voice_waiting",
            ["authority", "due_at"],
            unique=False,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    op.create_table(
        "knock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("network", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("knock") as batch_op:
        batch_op.create_index("ix_knock_at", ["at"], unique=False)
        batch_op.create_index("ix_knock_network", ["network"], unique=False)

    op.create_table(
        "ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "ended_how",
            sa.Enum(
                "answered", "given_up", name="ck_ask_ended_how", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ck_ask_ended_at_with_ended_how"),
        sa.ForeignKeyConstraint(
            ["agency_id"],
            ["agency.id"],
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
            ["entry_id"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("ask") as batch_op:
        batch_op.create_index("ix_ask_agency_id", ["agency_id"], unique=False)
        batch_op.create_index("ix_ask_authority", ["authority"], unique=False)
        batch_op.create_index("ix_ask_case_id", ["case_id"], unique=False)

    op.create_table(
        "outsider",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column(
            "part",
            sa.Enum("referrer", "asked", name="ck_outsider_part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("email", sqlmodel.sql.sqltypes.AutoString(length=254), nullable=False),
        sa.Column("added_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=False),
        sa.Column("verified_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_how", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.CheckConstraint(
            "(verified_at IS NULL) = (verified_by_id IS NULL)", name="ck_outsider_verified_at_with_verified_by_id"
        ),
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
            ["verified_by_id"],
            ["practitioner.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
    )
    with op.batch_alter_table("outsider") as batch_op:
        batch_op.create_index("ix_outsider_about", ["about"], unique=False)
        batch_op.create_index("ix_outsider_authority", ["authority"], unique=False)
        batch_op.create_index("ix_outsider_case_id", ["case_id"], unique=False)

    op.create_table(
        "one_time_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("authority", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("outsider_id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=12), nullable=True),
        sa.Column("made_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("visit_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority"],
            ["authority.id"],
        ),
        sa.ForeignKeyConstraint(
            ["outsider_id"],
            ["outsider.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("public_id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("one_time_code") as batch_op:
        batch_op.create_index("ix_one_time_code_authority", ["authority"], unique=False)
        batch_op.create_index("ix_one_time_code_outsider_id", ["outsider_id"], unique=False)

    with op.batch_alter_table("case") as batch_op:
        batch_op.add_column(sa.Column("urgency", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True))

    with op.batch_alter_table("deadline") as batch_op:
        batch_op.add_column(
            sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False, server_default="")
        )
        batch_op.drop_index("uq_deadline_running", sqlite_where=sa.text("closed_at IS NULL"))
        batch_op.create_index(
            "uq_deadline_running",
            ["case_id", "limit_id", "about"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("outsider_id", sa.Integer(), nullable=True))
        batch_op.alter_column("practitioner_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_index("ix_delivery_outsider_id", ["outsider_id"], unique=False)
        batch_op.create_check_constraint(EITHER, sa.text("(practitioner_id IS NULL) <> (outsider_id IS NULL)"))
        batch_op.create_unique_constraint("uq_delivery_outside_once", ["message_id", "outsider_id", "channel"])
        batch_op.create_foreign_key("fk_delivery_outsider", "outsider", ["outsider_id"], ["id"])

    with op.batch_alter_table("draft") as batch_op:
        batch_op.add_column(sa.Column("team_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("saved_by_id", sa.Integer(), nullable=True))
        batch_op.create_index("ix_draft_team_id", ["team_id"], unique=False)
        batch_op.create_foreign_key("fk_draft_saved_by", "practitioner", ["saved_by_id"], ["id"])
        batch_op.create_foreign_key("fk_draft_team", "team", ["team_id"], ["id"])
    unused = sa.text("used_at IS NULL")
    op.create_index("ix_draft_open", "draft", ["team_id", "saved_at"], sqlite_where=unused, postgresql_where=unused)

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(
            sa.Column("other_names", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column(
                "sex",
                sa.Enum(
                    "unknown",
                    "female",
                    "male",
                    "another",
                    name="ck_person_sex",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=False,
                server_default="unknown",
            )
        )
        batch_op.add_column(
            sa.Column("telephone", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("school", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False, server_default="")
        )
        batch_op.add_column(sa.Column("keyed", sa.Integer(), nullable=False, server_default="0"))
    sent = sa.text("destination IS NOT NULL")
    op.create_index(
        "ix_case_child_sent", "case_child", ["destination", "case_id"], sqlite_where=sent, postgresql_where=sent
    )
    op.create_index("ix_viewing_at", "viewing", ["authority", "at"])
    op.create_index("ix_viewing_by", "viewing", ["practitioner_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_case_child_sent", "case_child")
    op.drop_index("ix_viewing_by", "viewing")
    op.drop_index("ix_viewing_at", "viewing")
    """As it was: what was told to, asked of or heard from people outside has no place there, and goes."""
    gone = ", ".join(f"'{kind}'" for kind in NEW_KINDS)
    op.execute(f"DELETE FROM task WHERE kind IN ({gone})")
    op.execute("DELETE FROM delivery WHERE outsider_id IS NOT NULL")
    op.execute("DELETE FROM deadline_event WHERE deadline_id IN (SELECT id FROM deadline WHERE about <> '')")
    op.execute("DELETE FROM deadline WHERE about <> ''")
    _widen_tasks(*KINDS)
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("keyed")
        batch_op.drop_column("school")
        batch_op.drop_column("telephone")
        batch_op.drop_constraint("ck_person_sex", type_="check")
        batch_op.drop_column("sex")
        batch_op.drop_column("other_names")

    op.drop_index("ix_draft_open", "draft")
    with op.batch_alter_table("draft") as batch_op:
        batch_op.drop_constraint("fk_draft_saved_by", type_="foreignkey")
        batch_op.drop_constraint("fk_draft_team", type_="foreignkey")
        batch_op.drop_index("ix_draft_team_id")
        batch_op.drop_column("saved_by_id")
        batch_op.drop_column("version")
        batch_op.drop_column("team_id")

    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_constraint("fk_delivery_outsider", type_="foreignkey")
        batch_op.drop_constraint(EITHER, type_="check")
        batch_op.drop_constraint("uq_delivery_outside_once", type_="unique")
        batch_op.drop_index("ix_delivery_outsider_id")
        batch_op.alter_column("practitioner_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("outsider_id")

    with op.batch_alter_table("deadline") as batch_op:
        batch_op.drop_index(
            "uq_deadline_running",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "uq_deadline_running",
            ["case_id", "limit_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_column("about")

    with op.batch_alter_table("case") as batch_op:
        batch_op.drop_column("urgency")

    with op.batch_alter_table("one_time_code") as batch_op:
        batch_op.drop_index("ix_one_time_code_outsider_id")
        batch_op.drop_index("ix_one_time_code_authority")

    op.drop_table("one_time_code")
    with op.batch_alter_table("outsider") as batch_op:
        batch_op.drop_index("ix_outsider_case_id")
        batch_op.drop_index("ix_outsider_authority")
        batch_op.drop_index("ix_outsider_about")

    op.drop_table("outsider")
    with op.batch_alter_table("ask") as batch_op:
        batch_op.drop_index("ix_ask_case_id")
        batch_op.drop_index("ix_ask_authority")
        batch_op.drop_index("ix_ask_agency_id")

    op.drop_table("ask")
    op.drop_table("knock")
    with op.batch_alter_table("voice") as batch_op:
        batch_op.drop_index(
            "ix_voice_waiting",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index("ix_voice_claims_id")
        batch_op.drop_index("ix_voice_case_id")
        batch_op.drop_index("ix_voice_authority")

    op.drop_table("voice")
    with op.batch_alter_table("tie") as batch_op:
        batch_op.drop_index("ix_tie_person_id")
        batch_op.drop_index("ix_tie_of_id")
        batch_op.drop_index("ix_tie_case_id")
        batch_op.drop_index("ix_tie_authority")

    op.drop_table("tie")
    with op.batch_alter_table("person_key") as batch_op:
        batch_op.drop_index("ix_person_key")

    op.drop_table("person_key")


def _widen_tasks(*kinds: str) -> None:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint("ck_task_kind", type_="check")
        batch_op.create_check_constraint("ck_task_kind", sa.text(f"kind IN ({words})"))
