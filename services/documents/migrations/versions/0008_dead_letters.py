"""Dead letters that somebody has looked at."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, digest, exact, identifier, long_bytes, long_text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("digest", digest(), nullable=False),
        sa.Column("queue", exact(64), nullable=False),
        sa.Column("event_id", exact(255), nullable=False),
        sa.Column("type", exact(64), nullable=False),
        sa.Column("reason", exact(200), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("buried_at", Moment(), nullable=False),
        sa.Column("headers", long_text(), nullable=False),
        sa.Column("body", long_bytes(), nullable=False),
        sa.Column("due_at", Moment()),
        sa.PrimaryKeyConstraint("id", name="pk_dead_letters"),
        sa.UniqueConstraint("digest", name="uq_dead_letters_digest"),
        sa.Index("ix_dead_letters_of_queue", "queue", "due_at"),
        mysql_default_charset="utf8mb4",
    )
