"""A time may stand still or be made longer, and says all that was changed"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("deadline") as batch_op:
        batch_op.add_column(
            sa.Column("changes", sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default="[]")
        )
        batch_op.add_column(sa.Column("paused_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("deadline") as batch_op:
        batch_op.alter_column(
            "changes", existing_type=sqlmodel.sql.sqltypes.AutoString(), existing_nullable=False, server_default=None
        )


def downgrade() -> None:
    with op.batch_alter_table("deadline") as batch_op:
        batch_op.drop_column("paused_until")
        batch_op.drop_column("changes")
