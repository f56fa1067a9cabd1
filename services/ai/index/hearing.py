"""What the index does when documents tells something: notes it, or forgets; the indexers do the long work."""

from sqlalchemy.orm import Session

from ai.index import service, tasks
from servicekit.events import Event


def saved(session: Session, event: Event) -> None:
    """There is a new version: it is to be read."""
    tasks.want(session, event.data["owner"], event.subject)


def deleted(session: Session, event: Event) -> None:
    """It is gone: so is what it said."""
    service.remove(session, event.data["owner"], event.subject)
