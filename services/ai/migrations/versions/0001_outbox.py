"""The outbox: events that are to be told."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "outbox",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", identifier(), nullable=False),
        sa.Column("type", exact(64), nullable=False),
        sa.Column("subject", exact(64), nullable=False),
        sa.Column("body", long_text(), nullable=False),
        sa.Column("headers", long_text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("sent_at", Moment()),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
        sa.Index("ix_outbox_unsent", "sent_at", "number"),
        sa.Index("ix_outbox_of_subject", "subject", "sent_at", "number"),
        mysql_default_charset="utf8mb4",
    )
