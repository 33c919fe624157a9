"""Danger is counted for itself, and what is searched is found by an index"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FIRST_WORDS = """
INSERT INTO person_key (authority, person_id, key)
SELECT authority, id, substr('w:' || lower({name}), 1, 80) FROM person WHERE {name} <> ''
ON CONFLICT DO NOTHING
"""
"""So that a name is found by its beginning at once; the worker makes every key anew, with the rest of its words."""

VIEWED = {
    "sqlite": """
INSERT OR IGNORE INTO viewed_record (viewing_id, ref, at)
SELECT viewing.id, one.value, viewing.at FROM viewing, json_each(viewing.cases) AS one
""",
    "postgresql": """
INSERT INTO viewed_record (viewing_id, ref, at)
SELECT viewing.id, one.value, viewing.at FROM viewing, jsonb_array_elements_text(viewing.cases::jsonb) AS one(value)
ON CONFLICT DO NOTHING
""",
}


def upgrade() -> None:
    with op.batch_alter_table("knock") as batch_op:
        batch_op.add_column(sa.Column("danger", sa.Boolean(), nullable=False, server_default=sa.false()))
    _sort_keys('"C"')
    for name in ("given_name", "family_name"):
        op.execute(FIRST_WORDS.format(name=name))
    op.create_table(
        "viewed_record",
        sa.Column("viewing_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["viewing_id"],
            ["viewing.id"],
        ),
        sa.PrimaryKeyConstraint("viewing_id", "ref"),
    )
    op.execute(VIEWED[op.get_bind().dialect.name])
    op.create_index("ix_viewed_record", "viewed_record", ["ref", "at"])


def downgrade() -> None:
    op.drop_index("ix_viewed_record", "viewed_record")
    op.drop_table("viewed_record")
    op.execute("DELETE FROM person_key WHERE key LIKE 'w:%'")
    op.execute("UPDATE person SET keyed = 1 WHERE keyed > 1")
    _sort_keys('"default"')
    with op.batch_alter_table("knock") as batch_op:
        batch_op.drop_column("danger")


def _sort_keys(collation: str) -> None:
    """SQLite sorts by characters as it is."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE person_key ALTER COLUMN key TYPE VARCHAR(80) COLLATE {collation}")
