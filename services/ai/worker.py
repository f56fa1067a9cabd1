"""The `worker` command: tells what has happened, and handles what others tell."""

import threading
from functools import partial

from ai.embedding.reading import Reading
from ai.index import catching_up, hearing
from ai.index.catching_up import CatchingUp
from ai.index.indexer import Indexer
from ai.index.texts import of_documents
from ai.meaning import Meaning
from ai.own_data.service import erase_some
from ai.settings import Settings
from servicekit import people
from servicekit.database import Database
from servicekit.events import worker
from servicekit.events.figures import Figures
from servicekit.events.worker import Loop

QUEUES: worker.Queues = {
    "ai.people": people.erasing("ai.person_erased.v1", erase_some),
    "ai.documents": {"document.saved.v1": hearing.saved, "document.deleted.v1": hearing.deleted},
}


def work() -> None:
    """Relay, consumers and the index until SIGTERM."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    worker.run(
        "ai",
        settings,
        database,
        QUEUES,
        more=[partial(_indexing, database, Meaning().reading), partial(_catching_up, database)],
    )


def _indexing(database: Database, reading: Reading, _: Figures, stopping: threading.Event) -> Loop:
    """One is enough for one process: what it does keeps all processors busy, and people take turns."""
    indexer = Indexer(database, reading, of_documents, stopping)
    return Loop("index", indexer.step, line=None)


def _catching_up(database: Database, _: Figures, stopping: threading.Event) -> Loop:
    return Loop("catching up", CatchingUp(database, catching_up.of_documents, stopping).step)
