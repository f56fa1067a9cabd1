"""Sessions, and the states of sign-ins that have come back."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, digest, identifier

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("token_hash", digest(), nullable=False),
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("user_agent", sa.String(300)),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token_hash", name="uq_sessions_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id", ondelete="CASCADE"),
        sa.Index("ix_sessions_user_id", "user_id"),
        sa.Index("ix_sessions_expires_at", "expires_at"),
        mysql_default_charset="utf8mb4",
    )
    op.create_table(
        "used_states",
        sa.Column("state_hash", digest(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name="pk_used_states"),
        sa.Index("ix_used_states_expires_at", "expires_at"),
        mysql_default_charset="utf8mb4",
    )
