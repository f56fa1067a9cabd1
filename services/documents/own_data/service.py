"""Everything of one person, a little at a time: thousands of documents fit neither memory nor one transaction."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from documents import events
from documents.library.models import Document

BATCH = 10  # documents of up to 1 MB
ERASED_AT_ONCE = 10  # their words leave the index with them, and other writers wait meanwhile


def some(session: Session, owner: str, after: str) -> list[Document]:
    """The person's next documents, in the order of their ids."""
    theirs = select(Document).where(Document.owner == owner, Document.id > after)
    return list(
        session.scalars(theirs.order_by(Document.id).limit(BATCH).options(selectinload(Document.tag_rows)))
    )


def erase_some(session: Session, owner: str) -> bool:
    """Whether the person has none left; tags and index go with their document."""
    theirs = select(Document.id).where(Document.owner == owner).limit(ERASED_AT_ONCE)
    found = list(session.scalars(theirs))
    if found:
        session.execute(delete(Document).where(Document.owner == owner, Document.id.in_(found)))
        events.documents_deleted(session, owner, found)
    return len(found) < ERASED_AT_ONCE
