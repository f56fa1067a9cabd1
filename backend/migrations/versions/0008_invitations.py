"""Invitations by e-mail address."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, digest, exact, identifier

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("code_hash", digest(), nullable=False),
        sa.Column("email", exact(254), nullable=False),
        sa.Column("role", exact(64), nullable=False),
        sa.Column("invited_by", identifier(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.Column("accepted_at", Moment()),
        sa.Column("accepted_by", identifier()),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("code_hash", name="uq_invitations_code_hash"),
        mysql_default_charset="utf8mb4",
    )
