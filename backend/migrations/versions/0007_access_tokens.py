"""Personal access tokens."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, digest, identifier

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "access_tokens",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("token_hash", digest(), nullable=False),
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment()),
        sa.Column("expires_at", Moment()),
        sa.PrimaryKeyConstraint("id", name="pk_access_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_access_tokens_token_hash"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_access_tokens_user_id", ondelete="CASCADE"
        ),
        sa.Index("ix_access_tokens_user_id", "user_id"),
        mysql_default_charset="utf8mb4",
    )
