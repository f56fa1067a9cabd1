"""Documents of everybody, for who indexes them: which there are, and one of them whole."""

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, selectinload

from documents.library.models import Document
from servicekit.ids import is_id
from servicekit.problems import NotFound


def mentions(
    session: Session, owner: str | None, after: str | None, limit: int
) -> list[Row[tuple[str, str, int]]]:
    """Those of `owner`, or of everybody, in the order of their ids, following `after`."""
    wanted = select(Document.id, Document.owner, Document.version).order_by(Document.id).limit(limit)
    if owner is not None:
        wanted = wanted.where(Document.owner == owner)
    if after is not None:
        wanted = wanted.where(Document.id > after)
    return list(session.execute(wanted))


def whole(session: Session, document_id: str) -> Document:
    """Whoever's it is; NotFound when it is gone."""
    wanted = select(Document).where(Document.id == document_id).options(selectinload(Document.tag_rows))
    document = session.scalar(wanted) if is_id(document_id) else None
    if document is None:
        raise NotFound
    return document
