"""Budgets that an administrator has set."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "budgets",
        sa.Column("scope", exact(8), nullable=False),
        sa.Column("name", exact(80), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "name", name="pk_budgets"),
        mysql_default_charset="utf8mb4",
    )
