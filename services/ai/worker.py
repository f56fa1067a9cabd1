"""The `worker` command: tells what has happened, handles what others tell, and does long work."""

import threading
from functools import cache, partial

from ai.index import catching_up, hearing
from ai.index.catching_up import CatchingUp
from ai.index.indexer import Indexer
from ai.index.texts import of_documents
from ai.jobs.kinds import kinds
from ai.own_data import gone
from ai.own_data.gone import Gone
from ai.own_data.service import erase_some
from ai.parts import Parts, parts_of
from ai.settings import Settings
from servicekit import people
from servicekit.database import Database
from servicekit.events import worker
from servicekit.events.figures import Figures
from servicekit.events.worker import Loop, More
from servicekit.jobs.runners import job_queued, runners

QUEUES: worker.Queues = {
    "ai.people": people.erasing("ai.person_erased.v1", erase_some),
    "ai.jobs": {"ai.job_queued.v1": job_queued},
    "ai.documents": {"document.saved.v1": hearing.saved, "document.deleted.v1": hearing.deleted},
}
INDEXERS = 3
"""Threads."""


def work() -> None:
    """Relay, consumers, the index and runners of jobs until SIGTERM."""
    settings = Settings.from_environment()
    database = Database(settings.database_url, settings.database_password)
    parts = parts_of(settings, database)
    worker.run(
        "ai",
        settings,
        database,
        QUEUES,
        more=[
            *indexing(database, parts),
            partial(_catching_up, database),
            partial(_erasing, database),
            *runners("ai", database, kinds(parts)),
        ],
    )


def indexing(database: Database, parts: Parts) -> list[More]:
    """A few threads, so that nobody waits for one long document of somebody else. What they do keeps all processors
    busy with any number.

    Their indexer is there once, so it is here that what jobs are refused by budgets joins the worker's figures.
    """

    @cache
    def indexer(figures: Figures, stopping: threading.Event) -> Indexer:
        figures.registry.register(parts.figures.refusals)
        return Indexer(database, parts.meaning.reading, of_documents, stopping)

    def make(figures: Figures, stopping: threading.Event) -> Loop:
        return Loop("index", indexer(figures, stopping).step, line=None)

    return [make] * INDEXERS


def _catching_up(database: Database, _: Figures, stopping: threading.Event) -> Loop:
    return Loop("catching up", CatchingUp(database, catching_up.of_documents, stopping).step)


def _erasing(database: Database, _: Figures, stopping: threading.Event) -> Loop:
    return Loop("erasing", Gone(database, gone.of_backend, stopping).step)
