"""The audit."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("action", exact(64), nullable=False),
        sa.Column("actor", exact(64)),
        sa.Column("target", exact(64)),
        sa.Column("address", sa.String(45)),
        sa.Column("request_id", exact(64)),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        *(sa.Index(f"ix_audit_{name}", name) for name in ("at", "action", "actor", "target")),
        mysql_default_charset="utf8mb4",
    )
