"""Passages of documents, with their vectors."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import digest, exact, identifier, long_text

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "passages",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True),
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("document_id", identifier(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("text", long_text(), nullable=False),
        sa.Column("language", exact(8), nullable=False),
        sa.Column("digest", digest(), nullable=False),
        sa.Column("vector", sa.LargeBinary(1536), nullable=False),
        sa.Index("ix_passages_owner", "owner", "number"),
        sa.Index("ix_passages_document", "document_id", "position"),
        sqlite_autoincrement=True,
        mysql_default_charset="utf8mb4",
    )
