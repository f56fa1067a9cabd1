"""What the documents service tells the others, each in the transaction of the change itself."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from servicekit.events import Event, publish, publish_all


def document_saved(session: Session, document_id: str, owner: str, version: int) -> None:
    """There is a new version, or a new document."""
    publish(session, Event.of("document.saved.v1", document_id, owner=owner, version=version))


def documents_deleted(session: Session, owner: str, document_ids: Iterable[str]) -> None:
    """They are gone."""
    publish_all(session, (Event.of("document.deleted.v1", each, owner=owner) for each in document_ids))
