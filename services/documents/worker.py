"""The `worker` command: tells what has happened, handles what others tell, and does long work."""

from documents.imports.work import IMPORT
from documents.own_data.service import erase_some
from documents.settings import Settings
from servicekit import people
from servicekit.database import Database
from servicekit.events import worker
from servicekit.jobs.runners import job_queued, runners

QUEUES: worker.Queues = {
    "documents.people": people.erasing("documents.person_erased.v1", erase_some),
    "documents.jobs": {"documents.job_queued.v1": job_queued},
}


def work() -> None:
    """Relay, consumers and runners of jobs until SIGTERM."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run("documents", settings, database, QUEUES, runners("documents", database, [IMPORT]))
