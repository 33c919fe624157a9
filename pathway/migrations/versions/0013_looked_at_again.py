"""A family that two reviews found no better, or that wishes to be asked again how they are, is somebody's task.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

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
    "help_declined",
    "agreement_withdrawn",
)
NEW_KINDS = ("no_better_twice", "check_back")


def upgrade() -> None:
    _widen_tasks(*KINDS, *NEW_KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM task WHERE kind IN ('no_better_twice', 'check_back')")
    _widen_tasks(*KINDS)


def _widen_tasks(*kinds: str) -> None:
    words = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("task") as batch_op:
        batch_op.drop_constraint("ck_task_kind", type_="check")
        batch_op.create_check_constraint("ck_task_kind", sa.text(f"kind IN ({words})"))
