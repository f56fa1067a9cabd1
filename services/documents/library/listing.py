"""Documents in lists: those of an owner, newest first, and those that a search finds."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select, tuple_
from sqlalchemy.orm import Session, defer, selectinload

from documents.library.cursors import Position
from documents.library.models import Document, DocumentTag
from documents.library.schemas import fold
from documents.search import index
from documents.search.snippets import excerpt, snippet

OPENING = 20_000  # characters of a body that lists read: enough for an excerpt, and mostly for a snippet


class Listed(NamedTuple):
    """A document without its body, and how the body begins."""

    document: Document
    opening: str

    def summary(self) -> dict[str, Any]:
        """As lists show it."""
        kept = ("id", "title", "tags", "locale", "created_at", "updated_at")
        return {name: getattr(self.document, name) for name in kept} | {"excerpt": excerpt(self.opening)}

    def hit(self, query: str) -> dict[str, Any]:
        """As search results show it."""
        return self.summary() | {"snippet": snippet(self.opening, query)}


def newest(
    session: Session, owner: str, limit: int, after: Position | None = None, tag: str | None = None
) -> list[Listed]:
    """Documents in the order of their last change, newest first, following `after`."""
    wanted = _listing(owner).order_by(Document.updated_at.desc(), Document.id.desc()).limit(limit)
    if after is not None:
        wanted = wanted.where(tuple_(Document.updated_at, Document.id) < tuple_(*after))
    if tag is not None:
        wanted = wanted.where(_tagged(tag))
    return [Listed(document, opening) for document, opening in session.execute(wanted).all()]


def found(session: Session, owner: str, text: str, limit: int, skip: int = 0) -> list[Listed]:
    """Documents that contain all words of `text`, the best first."""
    matches = index.matches(session, text)
    if matches is None:
        return []
    best = (matches.c.score.desc(), Document.updated_at.desc(), Document.id.desc())
    wanted = _listing(owner).join(matches, matches.c.document_id == Document.id).order_by(*best)
    wanted = wanted.limit(limit).offset(skip)
    return [Listed(document, opening) for document, opening in session.execute(wanted).all()]


def _listing(owner: str) -> Select[Document, str]:
    return (
        select(Document, func.substr(Document.body, 1, OPENING))
        .where(Document.owner == owner)
        .options(defer(Document.body, raiseload=True), selectinload(Document.tag_rows))
    )


def _tagged(tag: str) -> ColumnElement[bool]:
    folded = fold(tag.strip())
    return exists().where(DocumentTag.folded == folded, DocumentTag.document_id == Document.id)
