"""The full-text index over all words: FULLTEXT on MySQL; FTS5, kept up to date by triggers, on SQLite."""

from alembic import op

revision = "0004"
down_revision = "0003"

FTS5 = """
    CREATE VIRTUAL TABLE document_index
    USING fts5 (title, tags, body, content = 'document_words', content_rowid = 'number', tokenize = 'ascii')
"""
ADD = """
    CREATE TRIGGER document_words_added AFTER INSERT ON document_words BEGIN
      INSERT INTO document_index (rowid, title, tags, body)
      VALUES (new.number, new.title, new.tags, new.body);
    END
"""
REMOVE = """
    CREATE TRIGGER document_words_removed AFTER DELETE ON document_words BEGIN
      INSERT INTO document_index (document_index, rowid, title, tags, body)
      VALUES ('delete', old.number, old.title, old.tags, old.body);
    END
"""


def upgrade() -> None:
    if op.get_context().dialect.name == "sqlite":
        for statement in (FTS5, ADD, REMOVE):
            op.execute(statement)
    else:
        op.create_index("ft_words", "document_words", ["title", "tags", "body"], mysql_prefix="FULLTEXT")
