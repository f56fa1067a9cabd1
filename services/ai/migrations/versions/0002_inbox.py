"""The inbox: which events have been handled."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("queue", exact(64), nullable=False),
        sa.Column("event_id", identifier(), nullable=False),
        sa.Column("handled_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("queue", "event_id", name="pk_inbox"),
        sa.Index("ix_inbox_handled_at", "handled_at"),
        mysql_default_charset="utf8mb4",
    )
