"""Documents as the index knows them."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "indexed_documents",
        sa.Column("document_id", identifier(), primary_key=True),
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("title", exact(200), nullable=False),
        sa.Column("tags", long_text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("indexed_at", Moment(), nullable=False),
        sa.Index("ix_indexed_documents_owner", "owner", "document_id"),
        mysql_default_charset="utf8mb4",
    )
