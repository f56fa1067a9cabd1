"""Who has long work, and when something was last done for them."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "job_people",
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("served_at", Moment()),
        sa.PrimaryKeyConstraint("owner", name="pk_job_people"),
        mysql_default_charset="utf8mb4",
    )
