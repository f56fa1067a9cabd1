"""Long work on behalf of people."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("kind", exact(50), nullable=False),
        sa.Column("state", exact(10), nullable=False),
        sa.Column("params", long_text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("position", long_text()),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer()),
        sa.Column("succeeded", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("reason", exact(50)),
        sa.Column("detail", exact(500)),
        sa.Column("token", long_text()),
        sa.Column("trace", exact(55), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("leased_until", Moment()),
        sa.Column("due_at", Moment()),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("started_at", Moment()),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("told_at", Moment(), nullable=False),
        sa.Column("ended_at", Moment()),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sa.Index("ix_jobs_newest", "owner", "id"),
        sa.Index("ix_jobs_due", "state", "due_at"),
        sa.Index("ix_jobs_ended_at", "ended_at"),
        mysql_default_charset="utf8mb4",
    )
