"""The `worker` command: tells what has happened, and handles what others tell."""

from backend.settings import BackendSettings
from servicekit.database import Database
from servicekit.events import worker

QUEUES: worker.Queues = {}
"""The backend hears nothing yet."""


def work() -> None:
    """Relay and consumers until SIGTERM."""
    settings = BackendSettings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run("backend", settings, database, QUEUES)
