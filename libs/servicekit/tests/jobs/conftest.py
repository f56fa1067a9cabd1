"""A workshop: a service's database with jobs in it, kinds of work that tests write, and runners that do it."""

import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import Column, Integer, MetaData, Row, Table, delete, insert, select, update
from sqlalchemy.orm import Session

from servicekit.database import Database, exact
from servicekit.events.tables import INBOX, OUTBOX
from servicekit.events.tables import add_to as add_events
from servicekit.identity import Identity
from servicekit.ids import new_id, now
from servicekit.jobs import Kind, Step, Work, lease, runner, service
from servicekit.jobs.figures import Figures
from servicekit.jobs.job import Leased, Steps
from servicekit.jobs.runner import Asked, Runner
from servicekit.jobs.tables import JOB_LINES, JOB_PEOPLE, JOB_PIECES, JOBS
from servicekit.jobs.tables import add_to as add_jobs
from tests.support.databases import NewDatabase

NAME, KIND, MAY = "documents", "counting", "documents:write"
ANA, BEA = "ana", "bea"

METADATA = MetaData()
add_events(METADATA)
add_jobs(METADATA)
EFFECTS = Table(
    "effects",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("said", exact(64), nullable=False),
)


def note(said: str) -> Callable[[Session], None]:
    def effect(tx: Session) -> None:
        tx.execute(insert(EFFECTS).values(said=said))

    return effect


def counting(work: Work) -> Generator[Step, None, None]:
    """As many steps as the job asks for, each with an effect."""
    total: int = work.job.params["total"]
    for number in range(work.job.position or 0, total):
        yield Step(number + 1, total, number + 1, effect=note(f"{work.job.owner} {number}"))


@dataclass
class Workshop:
    """What a test does with jobs."""

    database: Database
    steps: Steps = counting
    ask: Callable[[Leased], Identity] = lambda job: Identity(job.owner, frozenset({MAY}))
    figures: Figures = field(default_factory=lambda: Figures(CollectorRegistry()))
    stopping: threading.Event = field(default_factory=threading.Event)

    def submit(
        self, owner: str = ANA, total: int = 3, pieces: tuple[bytes, ...] = (), *, ready: bool = True
    ) -> str:
        job = service.draft(NAME, new_id(), owner, KIND, total=total)
        with self.database.write() as tx:
            service.submit(tx, NAME, job, pieces)
            if ready:
                service.make_ready(tx, job.id, "a token")
        return job.id

    def take(self) -> Leased | None:
        with self.database.write() as tx:
            return lease.take(tx, NAME, [KIND])

    def runner(self) -> Runner:
        @contextmanager
        def acts(job: Leased) -> Iterator[Asked]:
            yield lambda: self.ask(job)

        kind = Kind(KIND, (MAY,), self.steps)
        return Runner(NAME, [kind], acts, self.database, self.figures, self.stopping)

    def run(self, turns: int = 1) -> None:
        """So many turns of one runner."""
        one = self.runner()
        for _ in range(turns):
            one.step()

    @contextmanager
    def running(self, count: int = 1) -> Iterator[None]:
        """Runners at work while the block runs; what they raise fails the test."""
        errors, steps = list[BaseException](), [self.runner().step for _ in range(count)]
        threads = [threading.Thread(target=self._repeat, args=(step, errors)) for step in steps]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()
        assert errors == []

    def _repeat(self, step: Callable[[], None], errors: list[BaseException]) -> None:
        while not self.stopping.is_set() and not errors:
            try:
                step()
            except Exception as error:  # noqa: BLE001 - told in the test's own thread
                errors.append(error)

    def row(self, job_id: str) -> Row[Any]:
        with self.database.read() as tx:
            return tx.execute(select(JOBS).where(JOBS.c.id == job_id)).one()

    def state(self, job_id: str) -> str:
        return str(self.row(job_id).state)

    def change(self, job_id: str, **changes: Any) -> None:
        with self.database.write() as tx:
            tx.execute(update(JOBS).where(JOBS.c.id == job_id).values(changes))

    def abandon(self, job_id: str) -> None:
        """As if its runner had been killed, and the lease had run out."""
        self.change(job_id, leased_until=now() - timedelta(seconds=1))

    @property
    def effects(self) -> list[str]:
        with self.database.read() as tx:
            return list(tx.scalars(select(EFFECTS.c.said).order_by(EFFECTS.c.number)))

    def told(self, job_id: str) -> list[str]:
        """The states that were told, in order."""
        with self.database.read() as tx:
            bodies = tx.scalars(
                select(OUTBOX.c.body).where(OUTBOX.c.subject == job_id).order_by(OUTBOX.c.number)
            )
            return [body.partition('"state":"')[2].partition('"')[0] for body in bodies]


@pytest.fixture(scope="session")
def job_database(new_database: NewDatabase) -> Iterator[Database]:
    database = Database(new_database())
    METADATA.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture
def workshop(job_database: Database, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    monkeypatch.setattr(runner, "IDLE", 0.01)
    monkeypatch.setattr(runner, "LOOK", 0.05)
    with job_database.write() as tx:
        for table in (JOB_LINES, JOB_PIECES, JOBS, JOB_PEOPLE, OUTBOX, INBOX, EFFECTS):
            tx.execute(delete(table))
    return Workshop(job_database)
