"""Looks after this process' reservations: moves them on while their requests live, settles what could not be settled,
and releases those of processes that are gone."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ai.budgets import service
from ai.budgets.service import Held, Used
from servicekit.database import Database
from servicekit.ids import now
from servicekit.problems import Unavailable

log = structlog.get_logger()

EVERY: Final = 3.0  # seconds
TIDY_EVERY: Final = 3600.0  # seconds
LONGEST_WAIT: Final = 20.0  # seconds in the line of those who write
MOST_WRITERS: Final = 12  # of the connections that there are
LONGEST: Final = 600.0  # seconds that a request may live
Settled = tuple[Held, Used | None]


class Keeper:
    """One for a process; its thread begins with `start`, or with the first reservation."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._line = threading.BoundedSemaphore(
            1 if self._database.engine.dialect.name == "sqlite" else MOST_WRITERS
        )
        self._alive: dict[str, float] = {}
        self._late: list[Settled] = []
        self._tidied_at = -TIDY_EVERY
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()

    def start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="budgets", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(EVERY)

    def hold(self, held: Held) -> None:
        self.start()
        with self._lock:
            self._alive[held.id] = time.monotonic()

    def settle(self, held: Held, used: Used | None) -> None:
        """Now, or as soon as the database answers again. `used` None: nothing was."""
        try:
            self._settle(held, used)
        except (SQLAlchemyError, Unavailable) as error:
            log.warning("settled later", error=type(error).__name__)
            with self._lock:
                self._late.append((held, used))
            return
        self._forget(held)

    def tidy(self) -> None:
        """One round of what the thread does."""
        self._renew()
        self._catch_up()
        self.release()
        self._forget_visitors()

    def release(self) -> None:
        """What was reserved by processes that are gone."""
        with self._database.read() as tx:
            ids = service.abandoned(tx)
        for each in ids:
            with self.write() as tx:
                service.release(tx, each)
            log.warning("reservation released", reservation=each)

    def _forget_visitors(self) -> None:
        if time.monotonic() > self._tidied_at + TIDY_EVERY:
            self._tidied_at = time.monotonic()
            with self.write() as tx:
                service.forget_visitors(tx, now())

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction on the budgets. SQLite has one writer: many requests at once stand in line for it here, longer
        than the database itself would let them wait."""
        if not self._line.acquire(timeout=LONGEST_WAIT):
            raise Unavailable
        try:
            with self._database.write() as tx:
                yield tx
        finally:
            self._line.release()

    def _settle(self, held: Held, used: Used | None) -> None:
        with self.write() as tx:
            if used is None:
                service.give_back(tx, held)
            else:
                service.settle(tx, held, used)

    def _forget(self, held: Held) -> None:
        with self._lock:
            self._alive.pop(held.id, None)

    def _run(self) -> None:
        steps: tuple[Callable[[], None], ...] = (
            self._renew,
            self._catch_up,
            self.release,
            self._forget_visitors,
        )
        while True:
            for step in steps:
                try:
                    step()
                except (SQLAlchemyError, Unavailable) as error:
                    log.warning("budgets wait", error=type(error).__name__)
            if self._stopping.wait(EVERY):
                return

    def _renew(self) -> None:
        oldest = time.monotonic() - LONGEST
        with self._lock:
            ids = [each for each, since in self._alive.items() if since > oldest]
        if ids:
            with self.write() as tx:
                service.renew(tx, ids)

    def _catch_up(self) -> None:
        with self._lock:
            late, self._late = self._late, []
        for held, used in late:
            self.settle(held, used)
