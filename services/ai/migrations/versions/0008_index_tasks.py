"""Documents that are to be read for the index."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "index_tasks",
        sa.Column("document_id", identifier(), primary_key=True),
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("due_at", Moment(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease", identifier()),
        sa.Index("ix_index_tasks_due", "owner", "due_at"),
        mysql_default_charset="utf8mb4",
    )
