"""Saving and reading documents. `owner` is part of every statement: what is another's does not exist."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Delete, Update, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from documents import events
from documents.library.models import Document, DocumentTag
from documents.library.schemas import DocumentDraft, fold
from documents.search import index
from servicekit.ids import is_id, moment_of, new_id, now
from servicekit.problems import ChangedMeanwhile, NotFound


def words_of(draft: DocumentDraft) -> index.Words:
    """What `create` and `replace` need beside the draft; worked out before their transaction begins."""
    return index.words_of(draft.title, draft.tags, draft.body)


def read(session: Session, owner: str, document_id: str) -> Document:
    """NotFound also when it is another's."""
    wanted = select(Document).where(*_is(owner, document_id)).options(selectinload(Document.tag_rows))
    document = session.scalar(wanted) if is_id(document_id) else None
    if document is None:
        raise NotFound
    return document


def create(
    session: Session,
    owner: str,
    draft: DocumentDraft,
    words: index.Words,
    document_id: str | None = None,
    locale: str | None = None,
) -> Document:
    """A new document in its first version."""
    new, moment = document_id or new_id(), now()
    session.execute(
        insert(Document).values(
            id=new,
            owner=owner,
            title=draft.title,
            body=draft.body,
            locale=locale,
            version=1,
            created_at=moment,
            updated_at=moment,
        )
    )
    _describe(session, new, draft, words)
    events.document_saved(session, new, owner, version=1)
    return read(session, owner, new)


def create_as(
    session: Session, owner: str, document_id: str, draft: DocumentDraft, words: index.Words
) -> Document:
    """A new document under an id that its writer has made; ChangedMeanwhile if they have it already."""
    if moment_of(document_id) is None:
        raise NotFound
    try:
        with session.begin_nested():
            return create(session, owner, draft, words, document_id)
    except IntegrityError:
        read(session, owner, document_id)
        raise ChangedMeanwhile("There is a document with this id already.") from None


def replace(
    session: Session,
    owner: str,
    document_id: str,
    draft: DocumentDraft,
    words: index.Words,
    expected: Collection[int] | None,
) -> Document:
    """Save the next version if the current one is `expected` (None: any); of two writers at once one wins."""
    changes = {"title": draft.title, "body": draft.body, "updated_at": now(), "version": Document.version + 1}
    _change(session, update(Document).values(changes), owner, document_id, expected)
    _describe(session, document_id, draft, words)
    saved = read(session, owner, document_id)
    events.document_saved(session, document_id, owner, saved.version)
    return saved


def remove(session: Session, owner: str, document_id: str, expected: Collection[int] | None = None) -> None:
    """Delete it if the current version is `expected` (None: any)."""
    _change(session, delete(Document), owner, document_id, expected)
    events.documents_deleted(session, owner, [document_id])


def _is(owner: str, document_id: str) -> list[ColumnElement[bool]]:
    return [Document.id == document_id, Document.owner == owner]


def _change(
    session: Session, change: Update | Delete, owner: str, document_id: str, expected: Collection[int] | None
) -> None:
    """One conditional statement: nobody can come between the comparison and the change."""
    change = change.where(*_is(owner, document_id))
    if expected is not None:
        change = change.where(Document.version.in_(expected))
    if session.connection().execute(change).rowcount == 0:
        read(session, owner, document_id)
        raise ChangedMeanwhile


def _describe(session: Session, document_id: str, draft: DocumentDraft, words: index.Words) -> None:
    """What is kept beside the text: tags, and the words to find it by."""
    session.execute(delete(DocumentTag).where(DocumentTag.document_id == document_id))
    rows = [
        {"document_id": document_id, "position": position, "tag": tag, "folded": fold(tag)}
        for position, tag in enumerate(draft.tags)
    ]
    if rows:
        session.execute(insert(DocumentTag), rows)
    index.put(session, document_id, words)
