"""The line to RabbitMQ, 4.3 or later: publisher confirms, quorum queues, and retries that the broker itself delays."""

import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

import kombu
from amqp import serialization, spec
from amqp.exceptions import AMQPError
from kombu.transport import pyamqp
from kombu.transport.base import Message

from servicekit.events.line import AT_ONCE, PACKED, BrokerUnavailable, Delivery, Keep, Letter, Line
from servicekit.events.topology import dead
from servicekit.ids import moment_of

HEARTBEAT = 20  # seconds
TIMEOUT = 5.0
OLDEST = (4, 3)
FRESH = 20  # messages that have not failed, after one that had


class Plain(pyamqp.Message):  # type: ignore[misc]
    """kombu's, but never unpacked: a small message could ask for any amount of memory."""

    def __init__(self, msg: Any, channel: Any = None, **more: Any) -> None:
        (msg.properties.get("application_headers") or {}).pop(PACKED, None)
        super().__init__(msg, channel, **more)


class Channel(pyamqp.Channel):  # type: ignore[misc]
    Message = Plain


class Connection(pyamqp.Connection):  # type: ignore[misc]
    Channel = Channel


class Transport(pyamqp.Transport):  # type: ignore[misc]
    Connection = Connection


def _read_properties(
    buffer: Any, offset: int, read: Any = serialization.PROPERTY_CLASSES[spec.Basic.CLASS_ID]
) -> Any:
    """amqp's, but what it cannot read it takes for none: such a message becomes a dead letter like any other.

    Else it would break the connection, with all that its consumer has in hand, each time that it comes.
    """
    try:
        return read(buffer, offset)
    except Exception:  # noqa: BLE001 - no UTF-8, no time, too deep: there is no end of it
        return {}, len(buffer)


serialization.PROPERTY_CLASSES[spec.Basic.CLASS_ID] = _read_properties


class RabbitMQ(Line):
    def __init__(self, url: str, password: str | None) -> None:
        super().__init__()
        self._url, self._password = url, password
        self._unconfirmed: dict[int, int] = {}
        """Delivery tags of what was published, and the place of each in what is being put."""
        self._refused: set[int] = set()
        self._places: dict[str, int] = {}
        self._published = 0
        self._alone = 0
        """How many fresh messages in a row are still to be taken one by one."""

    def open(self, queue: str = "") -> None:
        self._alone = 0
        super().open(queue)

    def receive(self, wait: float) -> list[Delivery]:
        """What has failed before is taken alone: when a consumer is killed, all that it had in hand counts as failed.

        Else a message that kills its consumer would take its neighbours with it among the dead letters.
        """
        found = super().receive(wait)
        failed = any(delivery.failures for delivery in found)
        if failed and not self._alone:
            self._give_back([delivery.message for delivery in found])
            self._alone = FRESH
            self._listen(1)
            return []
        if found and self._alone:
            self._alone = FRESH if failed else self._alone - 1
            if not self._alone:
                self._give_back([])
                self._listen(AT_ONCE)
        return found

    def _give_back(self, messages: list[Message]) -> None:
        """Stop listening; what came meanwhile goes back, too. To give back is not to fail: it does not count."""
        if self._consumer:
            self._consumer.cancel()
        came, self._arrived = self._arrived, []
        _put_back(self._channel, (*messages, *came))

    def rest(self, wait: float) -> None:
        super().rest(wait)
        self._raw.heartbeat_tick()

    def done_with(self, deliveries: Sequence[Delivery], *, and_all_before: bool) -> None:
        if deliveries and and_all_before:
            deliveries[-1].message.ack(multiple=True)
        else:
            super().done_with(deliveries, and_all_before=False)

    def again(self, delivery: Delivery) -> None:
        delivery.message.reject(requeue=True)  # counts as failed; `nack` would not

    def oldest_at(self, queue: str) -> datetime | None:
        with closing(self._new_channel()) as channel:
            found = list(islice(_messages(channel, queue), 1))
            _put_back(channel, found)
        return moment_of(self._delivery(found[0]).event_id) if found else None

    def take_over(self, queue: str, most: int, keep: Keep) -> int:
        with closing(self._new_channel()) as channel:
            found = list(islice(_messages(channel, dead(queue)), most))
            try:
                if found:
                    keep([self._delivery(message) for message in found])
            except BaseException:
                _put_back(channel, found)  # were the channel closed on them, each would count as failed
                raise
            for message in found:
                message.ack()
        return len(found)

    def _address(self) -> kombu.Connection:
        told = urlsplit(self._url)
        # without a name to compare, the library takes anybody's certificate for the broker's
        checked = {"cert_reqs": ssl.CERT_REQUIRED, "server_hostname": told.hostname}
        return kombu.Connection(
            transport=Transport,
            ssl=checked if told.scheme == "amqps" else False,
            hostname=told.hostname,
            port=told.port,
            userid=told.username,
            password=self._password or told.password,
            virtual_host=told.path.removeprefix("/") or "/",
            heartbeat=HEARTBEAT,
            connect_timeout=TIMEOUT,
            transport_options={"read_timeout": TIMEOUT, "write_timeout": TIMEOUT},
        )

    def _prepare(self, channel: Any, queue: str) -> None:
        """It was told all exchanges, queues and bindings when it started; nobody else may make any."""
        version = str(self._raw.server_properties.get("version", ""))
        if tuple(int(part) for part in version.split(".")[:2] if part.isdecimal()) < OLDEST:
            raise BrokerUnavailable(f"RabbitMQ {version} does not delay retries: 4.3 or later is needed")
        for name in (queue, dead(queue)) if queue else ():
            _must_exist(channel, name)

    def _sending_channel(self) -> Any:
        channel = self._new_channel()
        self._published = 0
        self._unconfirmed, self._refused, self._places = {}, set(), {}
        channel.events["basic_return"].add(self._on_return)
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)
        channel.confirm_select()
        return channel

    def _put(self, letters: Sequence[Letter]) -> list[bool]:
        """All are published before the first is confirmed: waiting for each would take ten times as long."""
        self._refused = set()
        self._places = {letter.event_id: place for place, letter in enumerate(letters)}
        for place, letter in enumerate(letters):
            self._published += 1
            self._unconfirmed[self._published] = place
            self._publish(letter)
        self._await_confirms()
        return [place not in self._refused for place in range(len(letters))]

    def _await_confirms(self) -> None:
        """Each confirm gives the broker time for the next."""
        left, deadline = len(self._unconfirmed), time.monotonic() + TIMEOUT
        while self._unconfirmed:
            self.rest(max(0.01, deadline - time.monotonic()))
            if len(self._unconfirmed) < left:
                left, deadline = len(self._unconfirmed), time.monotonic() + TIMEOUT
            elif time.monotonic() >= deadline:
                raise BrokerUnavailable(f"{left} messages were not confirmed in time")

    def _on_return(self, _error: AMQPError, _exchange: str, _routing_key: str, message: Any) -> None:
        """Nobody to deliver it to. It is confirmed all the same, after this."""
        place = self._places.get(message.properties.get("message_id", ""))
        if place is not None:
            self._refused.add(place)

    def _on_ack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001 - the library calls it so
        for confirmed in self._up_to(tag, multiple=multiple):
            self._unconfirmed.pop(confirmed, None)

    def _on_nack(self, tag: int, multiple: bool) -> None:  # noqa: FBT001
        for refused in self._up_to(tag, multiple=multiple):
            if (place := self._unconfirmed.pop(refused, None)) is not None:
                self._refused.add(place)

    def _up_to(self, tag: int, *, multiple: bool) -> list[int]:
        return [open_tag for open_tag in self._unconfirmed if open_tag <= tag] if multiple else [tag]


def _messages(channel: Any, queue: str) -> Iterator[Message]:
    """Out of the queue, one after the other, each still to be acknowledged or put back."""
    while (message := channel.basic_get(queue)) is not None:
        yield channel.message_to_python(message)


def _put_back(channel: Any, messages: Sequence[Message]) -> None:
    """Where they were, in their order, and without counting as failed.

    amqp has no method for it: the arguments are the tag, not all before it, and back into the queue.
    """
    for message in messages:
        channel.send_method(spec.Basic.Nack, "Lbb", (message.delivery_tag, False, True))


def _must_exist(channel: Any, queue: str) -> None:
    try:
        channel.queue_declare(queue, passive=True)
    except AMQPError as error:
        raise BrokerUnavailable(
            f"the broker has no queue {queue}; it learns of new ones when it starts ({type(error).__name__})"
        ) from None
