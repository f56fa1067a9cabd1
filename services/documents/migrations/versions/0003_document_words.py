"""Words of documents, which full-text indexes are built on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from servicekit.database import identifier

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    words = sa.Text().with_variant(mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"), "mysql")
    document = sa.ForeignKey("documents.id", ondelete="CASCADE")
    op.create_table(
        "document_words",
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("document_id", identifier(), document, nullable=False, unique=True),
        sa.Column("title", words, nullable=False),
        sa.Column("tags", words, nullable=False),
        sa.Column("body", words, nullable=False),
    )
