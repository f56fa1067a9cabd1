"""The consumer: takes messages out of one queue, and does for each what is to be done, exactly once."""

import threading
from collections.abc import Callable, Mapping

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from servicekit import tracing
from servicekit.database import Database
from servicekit.events import inbox, schemas
from servicekit.events.event import Event, InvalidEvent
from servicekit.events.figures import Figures
from servicekit.events.line import Delivery, Line
from servicekit.events.topology import TRIES
from servicekit.ids import now

log = structlog.get_logger()

WAIT = 1.0  # seconds for the next message
OUTAGE = 1.0  # seconds until the database is asked again

MORE = object()
"""What a handler returns that has done a part only: the part is committed, and it is called again."""

Handler = Callable[[Session, Event], object]
Handlers = Mapping[str, Handler]


class Stopping(Exception):
    """The process ends; what is in hand comes again."""


class Consumer:
    def __init__(
        self,
        queue: str,
        handlers: Handlers,
        database: Database,
        line: Line,
        figures: Figures,
        stopping: threading.Event,
    ) -> None:
        self.queue, self._handlers = queue, handlers
        self._database, self._line, self._figures, self._stopping = database, line, figures, stopping

    def step(self) -> None:
        """Handle what has arrived. Raises what the broker raises."""
        if not self._line.is_open:
            self._line.open(self.queue)
        for delivery in self._line.receive(WAIT):
            self._consume(delivery)

    def _consume(self, delivery: Delivery) -> None:
        told = delivery.headers.get(tracing.HEADER)
        trace = tracing.begin(told if isinstance(told, str) else None)
        with structlog.contextvars.bound_contextvars(request_id=trace, queue=self.queue):
            try:
                event = self._read(delivery)
            except InvalidEvent as error:
                self._bury(delivery, str(error))
                return
            self._handle(delivery, event)

    def _read(self, delivery: Delivery) -> Event:
        event = schemas.read(delivery.body)
        if event.type not in self._handlers:
            raise InvalidEvent(f"{self.queue} has no handler of {event.type}")
        if event.id != delivery.event_id:
            raise InvalidEvent("the message's id is not the event's")
        return event

    def _handle(self, delivery: Delivery, event: Event) -> None:
        """Its effect and its entry in the inbox in one transaction; acknowledged after the commit."""
        try:
            fresh = self._apply(event)
        except Exception as error:  # noqa: BLE001 - whatever a handler raises
            self._failed(delivery, event, error)
            return
        self._line.done(delivery)
        self._count(event.type, "handled" if fresh else "dropped")
        if fresh:
            self._figures.age.labels(self.queue).observe((now() - event.time).total_seconds())

    def _apply(self, event: Event) -> bool:
        """Whether it was new."""
        handler = self._handlers[event.type]
        while True:
            with self._database.write() as tx:
                if not inbox.note(tx, self.queue, event.id):
                    return False
                if handler(tx, event) is not MORE:
                    return True
                inbox.forget(tx, self.queue, event.id)
            self._line.rest(0)

    def _failed(self, delivery: Delivery, event: Event, error: Exception) -> None:
        if isinstance(error, SQLAlchemyError) and self._awaited_database():
            self._handle(delivery, event)
            return
        told = {"event_type": event.type, "event_id": event.id, "attempt": delivery.failures + 1}
        log.warning("event failed", **told, exc_info=error)
        if delivery.failures + 1 >= TRIES:
            self._bury(delivery, f"failed {TRIES} times, at last with {type(error).__name__}", event.type)
        else:
            self._line.again(delivery)
            self._count(event.type, "failed")

    def _awaited_database(self) -> bool:
        """Whether the database was away: that is no failure of the message's. It is back then."""
        if self._database_answers():
            return False
        while not self._database_answers():
            if self._stopping.wait(OUTAGE):
                raise Stopping
            self._line.rest(0)
        return True

    def _database_answers(self) -> bool:
        try:
            self._database.check()
        except SQLAlchemyError:
            return False
        return True

    def _bury(self, delivery: Delivery, reason: str, kind: str = "unknown") -> None:
        log.error("dead letter", reason=reason, event_id=delivery.event_id)
        self._line.bury(delivery, reason)
        self._count(kind, "buried")

    def _count(self, kind: str, outcome: str) -> None:
        self._figures.consumed.labels(self.queue, kind, outcome).inc()
