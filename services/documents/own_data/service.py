"""Everything of one person, a little at a time: thousands of documents fit neither memory nor one transaction."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, selectinload

from documents import events
from documents.library.models import Document
from servicekit import jobs

BATCH = 10  # documents of up to 1 MB
ERASED_AT_ONCE = 10  # their words leave the index with them, and other writers wait meanwhile


def some(session: Session, owner: str, after: str) -> list[Document]:
    """The person's next documents, in the order of their ids."""
    theirs = select(Document).where(Document.owner == owner, Document.id > after)
    return list(
        session.scalars(theirs.order_by(Document.id).limit(BATCH).options(selectinload(Document.tag_rows)))
    )


def erase_some(session: Session, owner: str) -> bool:
    """Whether the person has nothing left. Jobs go first: those that run would save more."""
    return jobs.own.erase_some(session, owner) and _erase_documents(session, owner)


def _erase_documents(session: Session, owner: str) -> bool:
    """Tags and index go with their document."""
    theirs = select(Document.id).where(Document.owner == owner).limit(ERASED_AT_ONCE)
    found = list(session.scalars(theirs))
    if found:
        session.execute(delete(Document).where(Document.owner == owner, Document.id.in_(found)))
        events.documents_deleted(session, owner, found)
    return len(found) < ERASED_AT_ONCE
