"""Keys by which people are found say whom they find: a search among very many reads no row but theirs.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _keyed_by("authority", "key", "person_id")


def downgrade() -> None:
    _keyed_by("authority", "key")


def _keyed_by(*columns: str) -> None:
    op.drop_index("ix_person_key", "person_key")
    op.create_index("ix_person_key", "person_key", list(columns), unique=False)
