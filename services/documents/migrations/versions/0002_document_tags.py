"""Tags of documents, indexed for filtering."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import exact, identifier

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    op.create_table(
        "document_tags",
        sa.Column("document_id", identifier(), document, primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("tag", exact(50), nullable=False),
        sa.Column("folded", exact(200), nullable=False),
        sa.Index("ix_document_tags_folded", "folded", "document_id"),
    )
