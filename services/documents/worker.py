"""The `worker` command: tells what has happened, and handles what others tell."""

from documents.own_data.service import erase_some
from documents.settings import Settings
from servicekit import people
from servicekit.database import Database
from servicekit.events import worker

QUEUES: worker.Queues = {"documents.people": people.erasing("documents.person_erased.v1", erase_some)}


def work() -> None:
    """Relay and consumers until SIGTERM."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run("documents", settings, database, QUEUES)
