"""The `worker` command: tells what has happened, and handles what others tell."""

from sqlalchemy.orm import Session

from ai.own_data import service as own_data
from ai.settings import Settings
from servicekit.database import Database
from servicekit.events import MORE, Event, worker


def erase(session: Session, event: Event) -> object:
    """Somebody's account is gone: so is whatever is left of theirs here, a little in each transaction."""
    return None if own_data.erase_some(session, event.subject) else MORE


QUEUES: worker.Queues = {"ai.people": {"user.deleted.v1": erase}}


def work() -> None:
    """Relay and consumers until SIGTERM."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run("ai", settings, database, QUEUES)
