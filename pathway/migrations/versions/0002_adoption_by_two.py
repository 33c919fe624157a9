"""Two people adopt an edition"""

import secrets

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ADOPTED = "adopted_edition"
WAITING = "agreed_at IS NULL AND withdrawn_at IS NULL"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
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
)
CHECKS = {
    "ck_adopted_edition_withdrawn_at_with_withdrawn_by_id": "(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)",
    "ck_adopted_edition_withdrawn_at_with_withdrawn_because": "(withdrawn_at IS NULL) = (withdrawn_because IS NULL)",
    "ck_adopted_edition_one_end": "agreed_at IS NULL OR withdrawn_at IS NULL",
    "ck_adopted_edition_two_people": "agreed_by_id <> proposed_by_id OR reason IS NULL",
}


def upgrade() -> None:
    _widen_tasks(*KINDS, "edition_waits")
    with op.batch_alter_table(ADOPTED) as batch_op:
        batch_op.drop_constraint("uq_adopted_edition_from", type_="unique")
        batch_op.alter_column("adopted_at", new_column_name="proposed_at")
        batch_op.alter_column("adopted_by_id", new_column_name="proposed_by_id")
        batch_op.add_column(sa.Column("public_id", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True))
        batch_op.add_column(sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_because", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    # What was adopted before this was adopted by one person's act, and live cases run on it: it stays in force, so it
    # counts as agreed by whoever adopted it, when they did. Having no reason, it can't be taken for two people's.
    op.execute(f"UPDATE {ADOPTED} SET agreed_at = proposed_at, agreed_by_id = proposed_by_id WHERE agreed_at IS NULL")
    _give_references()
    with op.batch_alter_table(ADOPTED) as batch_op:
        batch_op.alter_column("public_id", existing_type=sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False)
        batch_op.create_unique_constraint("uq_adopted_edition_public_id", ["public_id"])
        batch_op.create_foreign_key("fk_adopted_edition_withdrawn_by", "practitioner", ["withdrawn_by_id"], ["id"])
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(name, sa.text(condition))
        batch_op.create_index(
            "uq_adopted_edition_waiting",
            ["authority", "edition_hash", "in_force_from"],
            unique=True,
            sqlite_where=sa.text(WAITING),
            postgresql_where=sa.text(WAITING),
        )


def downgrade() -> None:
    """One person's adoption again: what nobody agreed was never in force, and of a text from one date one row stays."""
    op.execute(f"DELETE FROM {ADOPTED} WHERE agreed_at IS NULL")
    op.execute(
        f"DELETE FROM {ADOPTED} WHERE id NOT IN (SELECT MAX(id) FROM {ADOPTED} "
        "GROUP BY authority, edition_hash, in_force_from)"
    )
    op.execute("DELETE FROM task WHERE kind = 'edition_waits'")
    with op.batch_alter_table(ADOPTED) as batch_op:
        batch_op.drop_index("uq_adopted_edition_waiting")
        for name in CHECKS:
            batch_op.drop_constraint(name, type_="check")
        batch_op.drop_constraint("fk_adopted_edition_withdrawn_by", type_="foreignkey")
        batch_op.drop_constraint("uq_adopted_edition_public_id", type_="unique")
        for column in ("public_id", "reason", "withdrawn_at", "withdrawn_by_id", "withdrawn_because"):
            batch_op.drop_column(column)
        batch_op.alter_column("proposed_at", new_column_name="adopted_at")
        batch_op.alter_column("proposed_by_id", new_column_name="adopted_by_id")
        batch_op.create_unique_constraint("uq_adopted_edition_from", ["authority", "edition_hash", "in_force_from"])
    _widen_tasks(*KINDS)


def _widen_tasks(*kinds: str) -> None:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint("ck_task_kind", type_="check")
        batch_op.create_check_constraint("ck_task_kind", sa.text(f"kind IN ({words})"))


def _give_references() -> None:
    adopted = sa.table(ADOPTED, sa.column("id", sa.Integer), sa.column("public_id", sa.String))
    bind = op.get_bind()
    for (row,) in bind.execute(sa.select(adopted.c.id)).all():
        reference = "".join(secrets.choice(LETTERS) for _ in range(10))
        bind.execute(sa.update(adopted).where(adopted.c.id == row).values(public_id=reference))
