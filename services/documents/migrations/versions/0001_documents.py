"""Documents."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "documents",
        sa.Column("id", identifier(), primary_key=True),
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("title", exact(200), nullable=False),
        sa.Column("body", long_text(), nullable=False),
        sa.Column("locale", exact(5), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Index("ix_documents_newest", "owner", "updated_at", "id"),
    )
