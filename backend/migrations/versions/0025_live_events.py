"""What changed for people in the last hour."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.create_table(
        "live_events",
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("permission", exact(64)),
        sa.Column("data", sa.String(500), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "number", name="pk_live_events"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_live_events_user_id", ondelete="CASCADE"),
        sa.Index("ix_live_events_at", "at"),
        mysql_default_charset="utf8mb4",
    )
