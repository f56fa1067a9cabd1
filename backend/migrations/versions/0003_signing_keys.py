"""Signing keys of the identity tokens."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("kid", exact(64), nullable=False),
        sa.Column("public_jwk", sa.Text(), nullable=False),
        sa.Column("sealed_private_jwk", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("activates_at", Moment(), nullable=False),
        sa.Column("retires_at", Moment()),
        sa.PrimaryKeyConstraint("kid", name="pk_signing_keys"),
        mysql_default_charset="utf8mb4",
    )
