"""What requests under way may cost at most."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "reservations",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("subject", exact(80), nullable=False),
        sa.Column("period", exact(10), nullable=False),
        sa.Column("other_subject", exact(80), nullable=False),
        sa.Column("other_period", exact(10), nullable=False),
        sa.Column("tokens", sa.BigInteger(), nullable=False),
        sa.Column("until", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reservations"),
        sa.Index("ix_reservations_until", "until"),
        sa.Index("ix_reservations_subject", "subject"),
        mysql_default_charset="utf8mb4",
    )
