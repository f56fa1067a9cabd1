"""What comes with long work, until it ends."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import identifier, long_bytes

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    job = sa.ForeignKey("jobs.id", ondelete="CASCADE")
    op.create_table(
        "job_pieces",
        sa.Column("job_id", identifier(), job, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("content", long_bytes(), nullable=False),
        sa.PrimaryKeyConstraint("job_id", "number", name="pk_job_pieces"),
        mysql_default_charset="utf8mb4",
    )
