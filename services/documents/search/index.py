"""The index: putting a document's words in, and asking which documents contain some."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Column, Double, String, Subquery, TextClause, delete, insert, text
from sqlalchemy.orm import Session

from documents.search.models import DocumentWords
from documents.search.words import indexed

# A word in the title or a tag counts as a hundred in the body; a higher score is better.
FTS5 = """
    SELECT document_words.document_id, -bm25(document_index, 100, 100, 1) AS score
    FROM document_index JOIN document_words ON document_words.number = document_index.rowid
    WHERE document_index MATCH :every
"""
FULLTEXT = """
    SELECT document_id,
      MATCH (title, tags, body) AGAINST (:some IN BOOLEAN MODE)
        + 100 * MATCH (title, tags) AGAINST (:some IN BOOLEAN MODE) AS score
    FROM document_words
    WHERE MATCH (title, tags, body) AGAINST (:every IN BOOLEAN MODE)
"""


LARGEST = 4 * 1024 * 1024
"""Characters of the words of a text: what no writing needs for a megabyte, though one sign may stand for 18 letters."""


class Words(NamedTuple):
    """A document as the index takes it."""

    title: str
    tags: str
    body: str


def words_of(title: str, tags: Iterable[str], body: str) -> Words:
    """Seconds of work for a text of 1 MB: to be done before a transaction holds others back."""
    return Words(*(" ".join(indexed(text))[:LARGEST] for text in (title, " ".join(tags), body)))


def put(session: Session, document_id: str, words: Words) -> None:
    """Index a document, in place of what was known of it."""
    session.execute(delete(DocumentWords).where(DocumentWords.document_id == document_id))
    session.execute(insert(DocumentWords).values(document_id=document_id, **words._asdict()))


def matches(session: Session, query: str) -> Subquery | None:
    """`document_id` and `score` of all documents with every word of `query`, the last as a beginning.

    Anybody's documents: join it with those that may be seen. None when `query` has no words.
    """
    words = indexed(query)
    if not words:
        return None
    statement = _fts5(words) if session.get_bind().dialect.name == "sqlite" else _fulltext(words)
    return statement.columns(Column("document_id", String()), Column("score", Double())).subquery("matches")


def _fts5(words: list[str]) -> TextClause:
    return text(FTS5).bindparams(every=" ".join(words) + "*")


def _fulltext(words: list[str]) -> TextClause:
    return text(FULLTEXT).bindparams(some=" ".join(words) + "*", every=" ".join(f"+{w}" for w in words) + "*")
