"""MySQL ranks by a column only if it has an index of its own; SQLite's bm25 needs none."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        op.create_index("ft_words_of_titles", "document_words", ["title", "tags"], mysql_prefix="FULLTEXT")
