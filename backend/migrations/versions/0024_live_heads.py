"""How many changes each person has been told of."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import identifier

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "live_heads",
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name="pk_live_heads"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_live_heads_user_id", ondelete="CASCADE"),
        mysql_default_charset="utf8mb4",
    )
