"""The consumer: takes messages out of one queue, and does for each what is to be done, exactly once."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from servicekit import tracing
from servicekit.backend import Away
from servicekit.database import Database
from servicekit.events import inbox
from servicekit.events.event import Event, InvalidEvent
from servicekit.events.figures import Figures
from servicekit.events.line import Delivery, Line
from servicekit.events.reading import Reader
from servicekit.events.together import MORE, Arrived, Course, Failed, handle_together
from servicekit.events.topology import TRIES
from servicekit.ids import now
from servicekit.problems import Unavailable

log = structlog.get_logger()

WAIT = 1.0  # seconds for the next message
OUTAGE = 1.0  # seconds until the database or the backend is asked again

Handler = Callable[[Session, Event], object]
Handlers = Mapping[str, Handler]


class Stopping(Exception):
    """The process ends; what is in hand comes again."""


class Watch(NamedTuple):
    """What the consumers of a worker have in common."""

    reader: Reader
    figures: Figures
    stopping: threading.Event


class Consumer:
    def __init__(
        self,
        queue: str,
        handlers: Handlers,
        database: Database,
        line: Line,
        watch: Watch,
    ) -> None:
        self.queue, self._handlers, self._database, self._line = queue, handlers, database, line
        self._reader, self._figures, self._stopping = watch.reader, watch.figures, watch.stopping

    def step(self) -> None:
        """Handle what has arrived. Raises what the broker raises."""
        if not self._line.is_open:
            self._line.open(self.queue)
        arrived = [one for delivery in self._line.receive(WAIT) if (one := self._opened(delivery))]
        alone = list[Arrived]()
        while len(arrived) > 1:
            course = self._together(arrived)
            arrived = course.left
            alone += course.alone
            self._settle(course, still_open=bool(alone))
        for one in (*arrived, *alone):
            with self._traced(one.delivery):
                self._alone(one)

    def _opened(self, delivery: Delivery) -> Arrived | None:
        with self._traced(delivery):
            try:
                return Arrived(delivery, self._read(delivery))
            except InvalidEvent as error:
                self._bury(delivery, str(error))
                return None

    @contextmanager
    def _traced(self, delivery: Delivery) -> Iterator[None]:
        """In the trace that the message belongs to."""
        told = delivery.headers.get(tracing.HEADER)
        trace = tracing.begin(told if isinstance(told, str) else None)
        with structlog.contextvars.bound_contextvars(request_id=trace, queue=self.queue):
            yield

    def _read(self, delivery: Delivery) -> Event:
        while True:
            try:
                event = self._reader.read(delivery)
            except Unavailable:  # the keys: that is no failure of the message's
                self._pause()
                continue
            if event.type not in self._handlers:
                raise InvalidEvent(f"{self.queue} has no handler of {event.type}")
            return event

    def _together(self, arrived: Sequence[Arrived]) -> Course:
        """Their effects and their entries in the inbox in one transaction; acknowledged after the commit."""
        try:
            with self._database.write() as tx:
                return handle_together(tx, self.queue, arrived, self._call)
        except Failed as failure:
            others = [one for one in arrived if one is not failure.one]
            return Course(failed=[(failure.one, failure.error)], alone=others)
        except SQLAlchemyError as error:
            log.info("events handled one by one", queue=self.queue, error=type(error).__name__)
            return Course(alone=list(arrived))

    def _call(self, tx: Session, one: Arrived) -> object:
        with self._traced(one.delivery):
            return self._handlers[one.event.type](tx, one.event)

    def _settle(self, course: Course, *, still_open: bool) -> None:
        for one, error in course.failed:
            with self._traced(one.delivery):
                if self._outlasted(error):
                    self._alone(one)
                else:
                    self._failed(one, error)
        handled = [one.delivery for one, _ in course.handled]
        self._line.done_with(handled, and_all_before=not still_open)
        for one, fresh in course.handled:
            self._told(one, fresh=fresh)

    def _alone(self, one: Arrived) -> None:
        """The same for one by itself, in as many parts as it takes."""
        while True:
            try:
                fresh = self._apply(one.event)
                break
            except Exception as error:  # noqa: BLE001 - whatever a handler raises
                if not self._outlasted(error):
                    self._failed(one, error)
                    return
        self._line.done(one.delivery)
        self._told(one, fresh=fresh)

    def _apply(self, event: Event) -> bool:
        """Whether it was new."""
        handler = self._handlers[event.type]
        while True:
            with self._database.write() as tx:
                if not inbox.note(tx, self.queue, event.id):
                    return False
                if handler(tx, event) is not MORE:
                    return True
                inbox.forget(tx, self.queue, {event.id})
            self._line.rest(0)

    def _failed(self, one: Arrived, error: Exception) -> None:
        delivery, event = one
        told = {"event_type": event.type, "event_id": event.id, "attempt": delivery.failures + 1}
        log.warning("event failed", **told, exc_info=error)
        if delivery.failures + 1 >= TRIES:
            self._bury(delivery, f"failed {TRIES} times, at last with {type(error).__name__}", event.type)
        else:
            self._line.again(delivery)
            self._count(event.type, "failed")

    def _outlasted(self, error: Exception) -> bool:
        """Whether it was an outage, of the database or the backend: no failure of the message's. It is worth a try."""
        if isinstance(error, Away):
            self._pause()
            return True
        return isinstance(error, SQLAlchemyError) and self._awaited_database()

    def _pause(self) -> None:
        if self._stopping.wait(OUTAGE):
            raise Stopping
        self._line.rest(0)

    def _awaited_database(self) -> bool:
        """Whether the database was away: that is no failure of the message's. It is back then."""
        if self._database_answers():
            return False
        while not self._database_answers():
            self._pause()
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

    def _told(self, one: Arrived, *, fresh: bool) -> None:
        self._count(one.event.type, "handled" if fresh else "dropped")
        if fresh:
            self._figures.age.labels(self.queue).observe((now() - one.event.time).total_seconds())

    def _count(self, kind: str, outcome: str) -> None:
        self._figures.consumed.labels(self.queue, kind, outcome).inc()
