"""Suggested tags, and what people chose."""

import sqlalchemy as sa
from alembic import op

from servicekit.database import Moment, exact, identifier, long_text

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "tag_suggestions",
        sa.Column("id", identifier(), primary_key=True),
        sa.Column("owner", exact(64), nullable=False),
        sa.Column("document_id", identifier()),
        sa.Column("model", exact(64), nullable=False),
        sa.Column("offered", long_text(), nullable=False),
        sa.Column("chosen", long_text()),
        sa.Column("made_at", Moment(), nullable=False),
        sa.Column("chosen_at", Moment()),
        sa.Index("ix_tag_suggestions_owner", "owner", "made_at"),
        mysql_default_charset="utf8mb4",
    )
