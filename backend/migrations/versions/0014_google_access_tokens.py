"""The access tokens of Google that services have been given, sealed."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "google_access_tokens",
        sa.Column("connection_id", identifier(), nullable=False),
        sa.Column("service", exact(64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("sealed_access_token", long_text(), nullable=False),
        sa.Column("expires_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("connection_id", "service", name="pk_google_access_tokens"),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["google_connections.id"],
            name="fk_google_access_tokens_connection_id",
            ondelete="CASCADE",
        ),
        mysql_default_charset="utf8mb4",
    )
