"""A house of two services with one database: what the backend tells and what documents hears, and what came of it."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from servicekit.database import Database, exact
from servicekit.events import Event, embedded, line, publish_all, worker
from servicekit.events.again import Again
from servicekit.events.consumer import Consumer, Handler, Watch
from servicekit.events.embedded import Embedded
from servicekit.events.figures import Figures
from servicekit.events.line import REASON, Delivery, Letter
from servicekit.events.reading import Reader
from servicekit.events.relay import Relay
from servicekit.events.tables import DEAD_LETTERS, INBOX, OUTBOX, add_to
from servicekit.events.topology import Topology, dead
from servicekit.ids import new_id, now
from servicekit.message_tokens import MessageVerifier
from servicekit.operations import desk
from servicekit.operations.desk import Desk
from servicekit.settings import Settings
from servicekit.testing import Issuer
from tests.support.databases import NewDatabase

QUEUE, DELETED = "documents.people", "user.deleted.v1"
HERE = Topology(
    {"backend.events": (DELETED,), "documents.events": ("documents.person_erased.v1",)}, {QUEUE: (DELETED,)}
)
"""Whoever else listens in the real one is not in this house, and would be waited for."""

METADATA = MetaData()
add_to(METADATA)
EFFECTS = Table(
    "effects",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("subject", exact(64), nullable=False),
)


@dataclass
class House:
    """What a test does with events."""

    database: Database
    folder: Path
    handler: Handler
    issuer: Issuer = field(default_factory=Issuer)
    figures: Figures = field(default_factory=Figures)
    stopping: threading.Event = field(default_factory=threading.Event)

    def tell(self, count: int = 1, subject: str | None = None) -> list[Event]:
        events = [Event.of(DELETED, subject or new_id()) for _ in range(count)]
        with self.database.write() as tx:
            publish_all(tx, events)
        return events

    def put(self, event: Event, body: str | bytes | None = None, **headers: Any) -> None:
        """Past the relay, straight into the queue."""
        line = self.line()
        line.open()
        line._put([Letter("backend.events", DELETED, body or event.as_json(), headers, event.id)])
        line.close()

    def line(self) -> Embedded:
        return Embedded(self.folder)

    def desk(self) -> Desk:
        return Desk("documents", self.database, Settings(broker_url=f"filesystem://{self.folder}"))

    def again(self) -> Again:
        return Again({QUEUE: {DELETED: self.handler}}, self.database, self.watch())

    def relay(self) -> Relay:
        return Relay(self.database, self.line(), self.figures)

    def consumer(self) -> Consumer:
        return Consumer(QUEUE, {DELETED: self.handler}, self.database, self.line(), self.watch())

    def watch(self) -> Watch:
        reader = Reader(MessageVerifier(self.issuer.url, self.issuer.keys()))
        return Watch(reader, self.figures, self.stopping)

    @contextmanager
    def working(self, relays: int = 1, consumers: int = 1, again: int = 0) -> Iterator[None]:
        """Relays and consumers at work while the block runs; what they raise fails the test."""
        done, errors = threading.Event(), list[BaseException]()
        steps = [self.relay().step for _ in range(relays)] + [self.consumer().step for _ in range(consumers)]
        steps += [self.again().step for _ in range(again)]
        threads = [threading.Thread(target=_repeat, args=(step, done, errors)) for step in steps]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert errors == []

    @property
    def effects(self) -> list[str]:
        with self.database.read() as tx:
            return list(tx.scalars(select(EFFECTS.c.subject).order_by(EFFECTS.c.number)))

    @property
    def unsent(self) -> int:
        with self.database.read() as tx:
            return tx.scalar(select(func.count()).where(OUTBOX.c.sent_at.is_(None))) or 0

    def hurry(self) -> None:
        """What waits is due now."""
        with self.database.write() as tx:
            tx.execute(update(OUTBOX).where(OUTBOX.c.sent_at.is_(None)).values(due_at=now()))

    def dead_letters(self) -> list[str]:
        """Their reasons."""
        return [reason for _, reason in self.buried()]

    def buried(self) -> list[tuple[str, str]]:
        """The dead letters, which are taken away: of each its event's id, and the reason."""
        line = self.line()
        line.open(dead(QUEUE))
        found = list[Delivery]()
        while some := line.receive(0.2):
            found += some
            for letter in some:
                line.done(letter)
        line.close()
        return [(letter.event_id, str(letter.headers[REASON])) for letter in found]

    def count(self, outcome: str, kind: str = DELETED) -> float:
        labels = {"queue": QUEUE, "type": kind, "outcome": outcome}
        return self.figures.registry.get_sample_value("events_consumed_total", labels) or 0


def note_effect(tx: Session, event: Event) -> None:
    tx.execute(insert(EFFECTS).values(subject=event.subject))


def _repeat(step: Callable[[], None], done: threading.Event, errors: list[BaseException]) -> None:
    while not done.is_set() and not errors:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - told in the test's own thread
            errors.append(error)


@pytest.fixture(scope="session")
def event_database(new_database: NewDatabase) -> Iterator[Database]:
    database = Database(new_database())
    METADATA.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture
def house(event_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    for module in (desk, embedded, line, worker):
        monkeypatch.setattr(module, "topology", lambda: HERE)
    with event_database.write() as tx:
        for table in (OUTBOX, INBOX, DEAD_LETTERS, EFFECTS):
            tx.execute(delete(table))
    return House(event_database, tmp_path / "events", note_effect)
