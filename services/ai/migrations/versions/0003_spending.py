"""What is spent in a period."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "spending",
        sa.Column("subject", exact(80), nullable=False),
        sa.Column("period", exact(10), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "period", name="pk_spending"),
        sa.Index("ix_spending_period", "period"),
        mysql_default_charset="utf8mb4",
    )
