"""Small secrets of the platform's own."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "sealed_secrets",
        sa.Column("name", exact(64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sealed_secrets"),
        mysql_default_charset="utf8mb4",
    )
