"""For how long the audit is kept: for ever, until a number is recorded."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    table = op.create_table(
        "audit_retention",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("days", sa.Integer()),
        sa.Column("pruned_at", Moment()),
        sa.PrimaryKeyConstraint("id", name="pk_audit_retention"),
        mysql_default_charset="utf8mb4",
    )
    op.bulk_insert(table, [{"id": 1, "days": None, "pruned_at": None}])
