"""Records that began on another are found by it: every record's page asks for them.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_case_parent_id", "case", ["parent_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_case_parent_id", "case")
