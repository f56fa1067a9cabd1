"""What was used, by person, day and model."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "uses",
        sa.Column("subject", exact(80), nullable=False),
        sa.Column("day", exact(10), nullable=False),
        sa.Column("model", exact(200), nullable=False),
        sa.Column("requests", sa.BigInteger(), nullable=False),
        sa.Column("prompt_tokens", sa.BigInteger(), nullable=False),
        sa.Column("completion_tokens", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "day", "model", name="pk_uses"),
        sa.Index("ix_uses_day", "day"),
        mysql_default_charset="utf8mb4",
    )
