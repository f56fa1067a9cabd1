"""A loop of the worker: reads the documents that are to be read, and puts what they say into the index."""

import threading
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from ai.embedding.reading import Reading
from ai.index import service, tasks
from ai.index.tasks import Task
from ai.index.texts import Text, Texts
from servicekit.database import Database
from servicekit.problems import Problem

log = structlog.get_logger()

IDLE = 0.25  # seconds between two looks


class Indexer:
    """Several threads may share one, and others work beside it: tasks are leased. Whoever has a document in hand waits
    with their next one: however long it is, the other threads are there for others."""

    def __init__(self, database: Database, reading: Reading, texts: Texts, stopping: threading.Event) -> None:
        self._database, self._reading, self._texts, self._stopping = database, reading, texts, stopping
        self._choosing = threading.Lock()
        self._in_hand: set[str] = set()
        self._last = ""

    def step(self) -> None:
        """Do what is due, or rest a moment."""
        self.do_one(IDLE)

    def do_one(self, rest: float = 0.0) -> bool:
        """Whether there was anything to do. Of several who rest only one looks out."""
        with self._choosing:
            task = self._leased()
            if task is None:
                self._stopping.wait(rest)
                return False
            self._last = task.owner
            self._in_hand.add(task.owner)
        try:
            self._do(task)
        finally:
            self._in_hand.discard(task.owner)
        return True

    def _do(self, task: Task) -> None:
        began = time.perf_counter()
        try:
            text = self._texts(task.document_id)
            self._index(task, text)
        except Exception as error:
            away = isinstance(error, Problem | SQLAlchemyError)
            with self._database.write() as session:
                (tasks.postponed if away else tasks.failed)(session, task)
            raise
        log.info("indexed", document_id=task.document_id, seconds=round(time.perf_counter() - began, 3))

    def _leased(self) -> Task | None:
        busy = list(self._in_hand)
        with self._database.read() as session:
            if not tasks.is_due(session, busy):
                return None
        with self._database.write() as session:
            return tasks.lease(session, self._last, busy)

    def _index(self, task: Task, text: Text | None) -> None:
        """Only while the lease holds: whoever deleted or changed the document meanwhile has taken it away."""
        if text is None:
            self._forget(task)
            return
        with self._database.read() as session:
            has = service.known(session, text.owner, task.document_id)
        rows = service.read(self._reading, text, has)
        with self._database.write() as session:
            if tasks.done(session, task):
                service.put(session, task.document_id, text, rows)

    def _forget(self, task: Task) -> None:
        with self._database.write() as session:
            if tasks.done(session, task):
                service.remove(session, task.owner, task.document_id)
