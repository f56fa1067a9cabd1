"""The `worker` command: tells what has happened, and handles what others tell."""

from ai.own_data.service import erase_some
from ai.settings import Settings
from servicekit import people
from servicekit.database import Database
from servicekit.events import worker

QUEUES: worker.Queues = {"ai.people": people.erasing("ai.person_erased.v1", erase_some)}


def work() -> None:
    """Relay and consumers until SIGTERM."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run("ai", settings, database, QUEUES)
