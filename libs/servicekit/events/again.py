"""What somebody has sent again: handled once more, by the handler of the queue in which it was buried."""

from collections.abc import Mapping
from datetime import timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from servicekit import tracing
from servicekit.backend import Away
from servicekit.database import Database
from servicekit.events import inbox, letters
from servicekit.events.consumer import Handlers, Watch
from servicekit.events.event import Event, InvalidEvent
from servicekit.events.letters import DeadLetter
from servicekit.events.line import Delivery
from servicekit.events.together import MORE
from servicekit.events.topology import TRIES

log = structlog.get_logger()

IDLE = 0.5  # seconds between two looks
WAIT = timedelta(seconds=0.5)  # times the failures: as the broker delays it


class Again:
    """For all queues of a service. It needs no broker; any number may work side by side.

    What it raises is an outage, of the database or the backend: then a letter comes again when its lease has ended.
    """

    def __init__(self, queues: Mapping[str, Handlers], database: Database, watch: Watch) -> None:
        self._queues, self._database = queues, database
        self._reader, self._figures, self._stopping = watch.reader, watch.figures, watch.stopping

    def step(self) -> None:
        """Handle one, or rest a moment."""
        with self._database.read() as tx:
            letter = letters.due(tx, list(self._queues))
        if letter is None:
            self._stopping.wait(IDLE)
            return
        with self._database.write() as tx:
            ours = letters.claim(tx, letter)
        if ours:
            trace = tracing.begin(letter.headers.get(tracing.HEADER))
            with structlog.contextvars.bound_contextvars(request_id=trace, queue=letter.queue):
                self._handle(letter)

    def _handle(self, letter: DeadLetter) -> None:
        if letter.tries >= TRIES:
            self._bury(letter, letters.KILLED)
            return
        try:
            self._try(letter)
        except Exception:
            with self._database.write() as tx:
                letters.not_tried(tx, letter)
            raise

    def _try(self, letter: DeadLetter) -> None:
        try:
            event = self._read(letter)
        except InvalidEvent as error:
            self._bury(letter, str(error))
            return
        try:
            fresh = self._apply(letter, event)
        except Away:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a handler raises
            self._failed(letter, event, error)
            return
        log.info("dead letter handled", event_type=event.type, event_id=event.id, fresh=fresh)
        self._count(letter, event.type, "handled" if fresh else "dropped")

    def _read(self, letter: DeadLetter) -> Event:
        event = self._reader.read(Delivery(letter.body, dict(letter.headers), letter.event_id, 0, None))
        if event.type not in self._queues[letter.queue]:
            raise InvalidEvent(f"{letter.queue} has no handler of {event.type}")
        return event

    def _apply(self, letter: DeadLetter, event: Event) -> bool:
        """Its effect, its entry in the inbox and its removal in one transaction; whether it was new."""
        handler = self._queues[letter.queue][event.type]
        while True:
            with self._database.write() as tx:
                fresh = inbox.note(tx, letter.queue, event.id)
                if not fresh or handler(tx, event) is not MORE:
                    letters.handled(tx, letter)
                    return fresh
                inbox.forget(tx, letter.queue, {event.id})

    def _failed(self, letter: DeadLetter, event: Event, error: Exception) -> None:
        if isinstance(error, SQLAlchemyError):
            self._database.check()  # raises if it is away: that is no failure of the letter's
        told = {"event_type": event.type, "event_id": event.id, "attempt": letter.tries + 1}
        log.warning("event failed", **told, exc_info=error)
        if letter.tries + 1 >= TRIES:
            self._bury(letter, f"failed {TRIES} times, at last with {type(error).__name__}")
            return
        with self._database.write() as tx:
            letters.failed(tx, letter, WAIT * (letter.tries + 1))
        self._count(letter, event.type, "failed")

    def _bury(self, letter: DeadLetter, reason: str) -> None:
        log.error("dead letter", reason=reason, event_id=letter.event_id)
        with self._database.write() as tx:
            letters.bury(tx, letter, reason)
        self._count(letter, letter.type or "unknown", "buried")

    def _count(self, letter: DeadLetter, kind: str, outcome: str) -> None:
        self._figures.consumed.labels(letter.queue, kind, outcome).inc()
