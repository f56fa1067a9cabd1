"""By what a process knows whether the vectors that it holds of a person are current."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact, identifier

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "index_stamps",
        sa.Column("owner", exact(64), primary_key=True),
        sa.Column("stamp", identifier(), nullable=False),
        mysql_default_charset="utf8mb4",
    )
