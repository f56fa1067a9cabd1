"""Programs that wait for their person's word (RFC 8628)."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, digest, exact, identifier

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "device_authorizations",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("device_code_hash", digest(), nullable=False),
        sa.Column("user_code_hash", digest(), nullable=False),
        sa.Column("client_id", exact(64), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("user_agent", sa.String(300)),
        sa.Column("address", sa.String(45)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("user_id", identifier()),
        sa.Column("poll_interval", sa.Integer(), nullable=False),
        sa.Column("next_poll_at", Moment(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device_authorizations"),
        sa.UniqueConstraint("device_code_hash", name="uq_device_authorizations_device_code_hash"),
        sa.UniqueConstraint("user_code_hash", name="uq_device_authorizations_user_code_hash"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_device_authorizations_user_id", ondelete="CASCADE"
        ),
        sa.Index("ix_device_authorizations_user_id", "user_id"),
        sa.Index("ix_device_authorizations_expires_at", "expires_at"),
        mysql_default_charset="utf8mb4",
    )
