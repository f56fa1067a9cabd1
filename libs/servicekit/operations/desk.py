"""What a service knows of its own events: its outbox, its queues, and its dead letters."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from amqp.exceptions import AMQPError
from kombu.exceptions import KombuError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from servicekit.database import Database
from servicekit.events import inbox, letters, outbox
from servicekit.events.line import BrokerUnavailable, Delivery, Line
from servicekit.events.lines import line_to_broker
from servicekit.events.shape import shape_of
from servicekit.events.topology import topology
from servicekit.ids import is_id, moment_of, now
from servicekit.message_tokens import HEADER
from servicekit.operations.renewal import Renew, renewed
from servicekit.operations.schemas import (
    DeadLetter,
    DeadLetters,
    LettersQuery,
    Outbox,
    Part,
    Queue,
    ServiceState,
)
from servicekit.problems import Conflict, NotFound, Unavailable
from servicekit.settings import Settings

log = structlog.get_logger()

LATELY = timedelta(minutes=1)
FLOWS = timedelta(seconds=10)  # a queue of which nothing was handled for so long may be touched
AT_ONCE, MOST = 50, 500  # dead letters taken over in one transaction, and in one look
TOGETHER = 4  # who may look at the same moment
GONE = "This dead letter is gone already: it was sent again and handled, or dropped."
BUSY = "This dead letter was sent again already, and is being tried."
BROKER_AWAY = (AMQPError, KombuError, OSError, BrokerUnavailable)
NO_BROKER = "The broker of {} does not answer. Try again in a few seconds."


@dataclass(frozen=True)
class Desk:
    """Where administrators look and decide; one for each service."""

    service: str
    database: Database
    settings: Settings
    renew: Renew = renewed

    def state(self) -> ServiceState:
        """How far everything is at this moment; without the broker, what the database knows."""
        since = now() - LATELY
        with self.database.read() as tx:
            told, kept, handled = _outbox(tx), letters.counts(tx), inbox.handled_since(tx, since)
            known = [
                Queue(
                    name=name,
                    events=list(events),
                    handled_last_minute=handled.get(name, 0),
                    sent_again=kept.get(name, letters.NONE).sent_again,
                )
                for name, events in topology().listening(self.service).items()
            ]
        try:
            with self._line() as line:
                queues = [self._complete(line, queue, kept.get(queue.name, letters.NONE)) for queue in known]
        except Unavailable:
            return ServiceState(broker="unreachable", outbox=told, queues=known)
        return ServiceState(broker="ok", outbox=told, queues=queues)

    def page(self, query: LettersQuery) -> DeadLetters:
        """A page of a queue's dead letters; those that the broker still has come into the table first."""
        if query.queue not in topology().listening(self.service):
            raise NotFound(f"{self.service} has no queue {query.queue[:64]}.")
        if query.cursor is None:
            self._take_over(query.queue)
        with self.database.read() as tx:
            found = letters.listed(tx, query.queue, query.cursor, query.limit + 1)
        page = found[: query.limit]
        following = page[-1].id if len(found) > query.limit else None
        return DeadLetters(items=[_shown(letter) for letter in page], next=following)

    def letter(self, letter_id: str) -> DeadLetter:
        """One that waits for a decision; 404 when it is gone, 409 when it is being tried."""
        return _shown(self._waiting(letter_id))

    def send_again(self, letter_id: str, event_id: str | None = None) -> None:
        """Have it tried once more, by its own queue's handler only, as often as a new one. `event_id`: which event
        was decided about, where that is known."""
        letter = self._waiting(letter_id)
        if event_id not in {None, letter.event_id}:
            raise NotFound(GONE)
        headers = self.renew(letter)
        with self.database.write() as tx:
            done = letters.send_again(tx, letter.id, headers)
        self._decided(letter, "dead letter sent again", done=done)

    def drop(self, letter_id: str) -> None:
        """Forget it."""
        letter = self._waiting(letter_id)
        with self.database.write() as tx:
            done = letters.drop(tx, letter.id)
        self._decided(letter, "dead letter dropped", done=done)

    def _waiting(self, letter_id: str) -> letters.DeadLetter:
        with self.database.read() as tx:
            found = letters.find(tx, letter_id)
        if found is None:
            raise NotFound(GONE)
        if found.due_at is not None:
            raise Conflict(BUSY)
        return found

    def _decided(self, letter: letters.DeadLetter, what: str, *, done: bool) -> None:
        """If not `done`, somebody else has decided at the same moment: 404, or 409."""
        if not done:
            self._waiting(letter.id)
            raise Conflict(BUSY)
        log.warning(what, queue=letter.queue, event_id=letter.event_id)

    def _complete(self, line: Line, queue: Queue, kept: letters.Count) -> Queue:
        """The same, with what the broker says."""
        depth = line.depth(queue.name)
        dead_letters = line.dead_letters(queue.name) + kept.waiting
        told = {"waiting": depth.messages, "consumers": depth.consumers, "dead_letters": dead_letters}
        oldest_at = self._oldest_at(line, queue.name) if depth.messages else None
        return queue.model_copy(update=told | {"oldest_at": oldest_at})

    def _oldest_at(self, line: Line, queue: str) -> datetime | None:
        """Where messages go on, it is not older than the one that was handled last. Only what stands still is touched:
        while somebody looks at a message, the next could overtake it."""
        with self.database.read() as tx:
            last = inbox.newest(tx, queue, now() - FLOWS)
        return moment_of(last) if last else line.oldest_at(queue)

    def _take_over(self, queue: str) -> None:
        with self._line() as line:
            for _ in range(MOST // AT_ONCE):
                if line.take_over(queue, AT_ONCE, partial(self._keep, queue)) < AT_ONCE:
                    return

    def _keep(self, queue: str, found: list[Delivery]) -> None:
        """Once more, if somebody else who looks keeps the same at this moment."""
        for left in range(TOGETHER, -1, -1):
            try:
                with self.database.write() as tx:
                    letters.keep(tx, queue, found)
            except DBAPIError:
                if not left:
                    raise
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - no secret
            else:
                return

    @contextmanager
    def _line(self) -> Iterator[Line]:
        """A line for one look; 503 when the broker is away. What the database raises stays what it is."""
        line = line_to_broker(self.settings)
        try:
            line.open()
            yield line
        except BROKER_AWAY as error:
            log.warning("broker not reached", error=type(error).__name__)
            raise Unavailable(NO_BROKER.format(self.service)) from None
        finally:
            line.close()


def _outbox(tx: Session) -> Outbox:
    waiting, returned = outbox.waiting(tx)
    return Outbox(
        waiting=waiting,
        returned=returned,
        oldest_at=outbox.oldest_at(tx),
        sent_last_minute=outbox.sent_since(tx, now() - LATELY),
    )


def _shown(letter: letters.DeadLetter) -> DeadLetter:
    return DeadLetter(
        id=letter.id,
        queue=letter.queue,
        event_id=letter.event_id if is_id(letter.event_id) else None,
        event_type=letter.type or None,
        happened_at=moment_of(letter.event_id),
        buried_at=letter.buried_at,
        reason=letter.reason,
        tries=letter.tries,
        state="waiting" if letter.due_at is None else "sent_again",
        on_behalf=HEADER in letter.headers,
        size=len(letter.body),
        shape=[Part(**part._asdict()) for part in shape_of(letter.body)],
    )
