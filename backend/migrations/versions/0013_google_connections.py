"""Google, connected for more than signing in: consents and their sealed tokens."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "google_connections",
        sa.Column("id", identifier(), nullable=False),
        sa.Column("user_id", identifier(), nullable=False),
        sa.Column("email", exact(254)),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("sealed_refresh_token", long_text(), nullable=False),
        sa.Column("needs_reconnecting", sa.Boolean(), nullable=False),
        sa.Column("connected_at", Moment(), nullable=False),
        sa.Column("lease", identifier()),
        sa.Column("lease_until", Moment()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("retry_at", Moment()),
        sa.PrimaryKeyConstraint("id", name="pk_google_connections"),
        sa.UniqueConstraint("user_id", name="uq_google_connections_user_id"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name="fk_google_connections_user_id", ondelete="CASCADE"
        ),
        mysql_default_charset="utf8mb4",
    )
