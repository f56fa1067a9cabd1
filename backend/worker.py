"""The `worker` command: tells what has happened, and handles what others tell."""

from backend.audit.hearing import HANDLERS as AUDIT
from backend.deletion import worker as deletion
from backend.live.hearing import HANDLERS as LIVE
from backend.settings import BackendSettings
from servicekit.database import Database
from servicekit.events import worker
from servicekit.events.topology import topology

QUEUES: worker.Queues = {
    "backend.audit": AUDIT,
    "backend.live": LIVE,
    "backend.people": dict.fromkeys(topology().queues["backend.people"], deletion.hear),
}
"""Which services report is the topology's to say."""


def work() -> None:
    """Relay and consumers until SIGTERM."""
    settings = BackendSettings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run("backend", settings, database, QUEUES)
