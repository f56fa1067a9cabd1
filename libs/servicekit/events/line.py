"""A line to the broker: what relay and consumer need of it, the same for RabbitMQ and for the embedded transport."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, NamedTuple

import kombu
from kombu.transport.base import Message

from servicekit.events.outbox import Waiting
from servicekit.events.topology import dead, dead_exchange, topology
from servicekit.ids import now

REASON, TRIED, BURIED_AT = "x-reason", "x-tries", "x-buried-at"
"""The headers of a dead letter that say why it is one, after how many failures, and since when."""

PACKED = "compression"
"""A header by which kombu would unpack a message before anybody has looked at it. None of ours has it."""

AT_ONCE = 100
"""How many messages a consumer has in hand."""

TOGETHER = AT_ONCE // 2
"""How many of them it handles together; the broker sends more meanwhile."""


class BrokerUnavailable(Exception):
    """The broker does not answer, or is not as the topology says. The text is for logs."""


class Outcome(Enum):
    """What has become of an event that was to be sent."""

    SENT = "sent"
    RETURNED = "returned"  # the broker could not deliver it
    PENDING = "pending"  # on its way; nobody has told yet that it arrived


@dataclass(frozen=True)
class Letter:
    """What is given to the broker."""

    exchange: str
    routing_key: str
    body: str | bytes
    headers: dict[str, Any]
    event_id: str
    mandatory: bool = True


@dataclass
class Delivery:
    """What has come out of a queue. `failures`: how often it has failed before."""

    body: bytes
    headers: dict[str, Any] = field(repr=False)
    event_id: str
    failures: int
    message: Message = field(repr=False)


class Depth(NamedTuple):
    """How many messages wait in a queue, and how many listen to it (None: nobody knows)."""

    messages: int
    consumers: int | None


Keep = Callable[[list[Delivery]], None]
"""Keeps letters for good, and raises if it cannot."""


class Line(ABC):
    """One connection, for one thread. Whatever it raises: `close`, and `open` again after a while."""

    def __init__(self) -> None:
        self._connection: kombu.Connection | None = None
        self._raw: Any = None
        self._channel: Any = None
        self._arrived: list[Message] = []
        self._queue = ""
        self._consumer: kombu.Consumer | None = None

    @property
    def is_open(self) -> bool:
        return self._channel is not None

    def open(self, queue: str = "") -> None:
        """Connect, see that the broker is as the topology says, and listen to `queue` if one is named."""
        self.close()
        self._queue = queue
        self._connection = self._address()
        self._raw = self._connection.transport.establish_connection()
        with closing(self._new_channel()) as channel:
            self._prepare(channel, queue)
        self._channel = self._sending_channel()
        if queue:
            self._listen(AT_ONCE)

    def close(self) -> None:
        """Let go of it; what was not acknowledged comes again."""
        connection, raw = self._connection, self._raw
        self._connection = self._raw = self._channel = None
        self._arrived = []
        if connection and raw:
            with suppress(Exception):  # it may be broken in any way
                connection.transport.close_connection(raw)

    def send(self, events: Sequence[Waiting]) -> dict[int, Outcome]:
        """Give them to the broker in this order; the outcome of each by its number."""
        went = self._put([letter_of(event) for event in events])
        outcomes = [Outcome.SENT if safe else Outcome.RETURNED for safe in went]
        return {event.number: outcome for event, outcome in zip(events, outcomes, strict=True)}

    def receive(self, wait: float) -> list[Delivery]:
        """What has arrived, after at most `wait` seconds."""
        if not self._arrived:
            self.rest(wait)
        self._take_what_is_there()
        found, self._arrived = self._arrived[:TOGETHER], self._arrived[TOGETHER:]
        return [self._delivery(message) for message in found]

    def _take_what_is_there(self) -> None:
        """The libraries hand over one message at a time."""
        before = 0
        while before < len(self._arrived) < TOGETHER:
            before = len(self._arrived)
            self.rest(0)

    def rest(self, wait: float) -> None:
        """Wait, and read what the broker says meanwhile; also called with 0 during long work, to stay connected."""
        if self._connection is None:
            raise BrokerUnavailable("not connected")
        with suppress(TimeoutError):
            self._connection.transport.drain_events(self._raw, timeout=wait)

    def done(self, delivery: Delivery) -> None:
        """It is handled, and need not come again."""
        delivery.message.ack()

    def done_with(self, deliveries: Sequence[Delivery], *, and_all_before: bool) -> None:  # noqa: ARG002
        """The same for these, and whether none that came before them is still open."""
        for delivery in deliveries:
            self.done(delivery)

    @abstractmethod
    def again(self, delivery: Delivery) -> None:
        """It has failed: once more, after a while."""

    def bury(self, delivery: Delivery, reason: str) -> None:
        """Put it among the dead letters, with the reason."""
        kept = {name: told for name, told in delivery.headers.items() if not name.startswith("x-")}
        headers = {
            **kept,
            REASON: reason[:200],
            TRIED: delivery.failures + 1,
            BURIED_AT: now().isoformat(),
        }
        exchange, queue = dead_exchange(self._queue), self._queue
        if self._put([Letter(exchange, queue, delivery.body, headers, delivery.event_id)]) != [True]:
            raise BrokerUnavailable(f"{dead(queue)} does not take dead letters")
        self.done(delivery)

    def dead_letters(self, queue: str) -> int:
        """How many there are."""
        return self.depth(dead(queue)).messages

    def depth(self, queue: str) -> Depth:
        """What can be said of a queue without touching it."""
        with closing(self._new_channel()) as channel:
            told = channel.queue_declare(queue, passive=True)
        return Depth(told.message_count, told.consumer_count)

    @abstractmethod
    def oldest_at(self, queue: str) -> datetime | None:
        """Since when the message waits that is the next one. It stays, but for a moment nobody else can have it."""

    @abstractmethod
    def take_over(self, queue: str, most: int, keep: Keep) -> int:
        """Give the oldest dead letters of `queue` to `keep`, and remove them once they are kept; how many."""

    @abstractmethod
    def _address(self) -> kombu.Connection: ...

    @abstractmethod
    def _prepare(self, channel: Any, queue: str) -> None:
        """See to the topology."""

    @abstractmethod
    def _put(self, letters: Sequence[Letter]) -> list[bool]:
        """Publish all in this order; whether each is safe with the broker and on its way to a queue."""

    def _sending_channel(self) -> Any:
        return self._new_channel()

    def _new_channel(self) -> Any:
        if self._connection is None:
            raise BrokerUnavailable("not connected")
        return self._connection.transport.create_channel(self._raw)

    def _listen(self, at_once: int) -> None:
        queues = [kombu.Queue(self._queue, no_declare=True)]
        options = {"auto_declare": False, "prefetch_count": at_once, "on_message": self._arrived_one}
        self._consumer = kombu.Consumer(self._channel, queues, **options)
        self._consumer.consume()

    def _arrived_one(self, message: Message) -> None:
        self._arrived.append(message)

    def _publish(self, letter: Letter) -> None:
        properties = {"delivery_mode": 2, "message_id": letter.event_id}
        body = letter.body.encode() if isinstance(letter.body, str) else letter.body
        message = self._channel.prepare_message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            headers=letter.headers,
            properties=properties,
        )
        self._channel.basic_publish(
            message, exchange=letter.exchange, routing_key=letter.routing_key, mandatory=letter.mandatory
        )

    def _delivery(self, message: Message) -> Delivery:
        body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
        told = (message.properties or {}).get("message_id")
        event_id = told if isinstance(told, str) else ""
        headers = dict(message.headers or {})
        failures = headers.get("x-delivery-count", 0)
        return Delivery(body, headers, event_id, failures if isinstance(failures, int) else 0, message)


def letter_of(event: Waiting) -> Letter:
    """Nobody has to listen to an event; but those whom the topology names must get it."""
    table = topology()
    exchange, awaited = table.exchange_of(event.type), bool(table.queues_of(event.type))
    return Letter(exchange, event.type, event.body, event.headers, event.event_id, awaited)
