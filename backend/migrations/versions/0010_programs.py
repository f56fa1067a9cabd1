"""Programs that people have signed in."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "programs",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("client_id", exact(64), nullable=False),
        sa.Column("permissions", sa.JSON(), nullable=False),
        sa.Column("user_agent", sa.String(300)),
        sa.Column("address", sa.String(45)),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("last_used_at", Moment()),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_programs"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_programs_user_id", ondelete="CASCADE"),
        sa.Index("ix_programs_user_id", "user_id"),
        sa.Index("ix_programs_expires_at", "expires_at"),
        mysql_default_charset="utf8mb4",
    )
