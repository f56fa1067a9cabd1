"""What was revoked in the last minutes, for who holds streams."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, identifier

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "revocations",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", identifier(), nullable=False),
        sa.Column("credential", identifier()),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_revocations"),
        sa.Index("ix_revocations_at", "at"),
        mysql_default_charset="utf8mb4",
    )
