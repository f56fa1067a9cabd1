"""Reports of long work, line by line."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact, identifier

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    job = sa.ForeignKey("jobs.id", ondelete="CASCADE")
    op.create_table(
        "job_lines",
        sa.Column("job_id", identifier(), job, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("subject", exact(300), nullable=False),
        sa.Column("outcome", exact(10), nullable=False),
        sa.Column("code", exact(50)),
        sa.Column("detail", exact(500)),
        sa.Column("result", exact(64)),
        sa.PrimaryKeyConstraint("job_id", "number", name="pk_job_lines"),
        mysql_default_charset="utf8mb4",
    )
