"""Accounts that are being deleted, and how far that is."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, identifier

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("begun_at", Moment(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("lease", identifier()),
        sa.Column("leased_until", Moment()),
        sa.PrimaryKeyConstraint("user_id", name="pk_deletions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_deletions_user_id", ondelete="CASCADE"),
        sa.Index("ix_deletions_due_at", "due_at"),
        mysql_default_charset="utf8mb4",
    )
