"""The embedded line: messages are files in a folder, for `make up` and tests. One machine, no broker.

kombu's filesystem transport forgets what a consumer had in hand when it was killed. So an event counts as sent only
once each consumer has told that it has handled it, by a file: the receipt. Without one it is sent again. Services that
do not run here are named `absent`: nothing is kept for them.
"""

import json
import time
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty
from typing import Any

import kombu
from kombu.transport import filesystem, virtual

from servicekit.events.line import PACKED, Delivery, Depth, Keep, Letter, Line, Outcome, letter_of
from servicekit.events.outbox import Waiting
from servicekit.events.topology import dead, dead_exchange, owner, topology
from servicekit.ids import is_id, new_id

POLL = 0.05  # seconds
RESEND = 10.0  # seconds: longer than all tries of a message that fails take
FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0  # seconds; RabbitMQ is told the same in compose/broker.py
DAY = 24 * 3600


class Plain(virtual.Message):
    """kombu's, but what comes packed stays so."""

    def __init__(self, payload: dict[str, Any], channel: Any = None, **more: Any) -> None:
        (payload.get("headers") or {}).pop(PACKED, None)
        super().__init__(payload, channel, **more)


class Channel(filesystem.Channel):
    """kombu's, but no reader ever sees half a message, and none lies in the folder for everybody's temporary files."""

    Message = Plain

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:
        """Bindings are those of the topology: nothing has to be declared."""
        table = topology()
        absent = self.transport_options["absent"]
        bound = [
            (b.event, b.queue)
            for b in table.bindings
            if b.exchange == exchange and owner(b.queue) not in absent
        ]
        buried = [(name, dead(name)) for name in table.queues if dead_exchange(name) == exchange]
        return [filesystem.exchange_queue_t(key, "", name) for key, name in bound + buried]

    def _put(self, queue: str, payload: dict[str, Any], **_: Any) -> None:
        name = f"{time.time_ns():020}-{new_id()}.{queue}.msg"
        written = self._folder / f".{name}"
        written.write_text(json.dumps(payload))
        written.rename(self._folder / name)

    def _get(self, queue: str) -> dict[str, Any]:
        for name in sorted(file.name for file in self._folder.iterdir()):
            if not name.startswith(".") and name.partition(".")[2] == f"{queue}.msg":
                taken = self._folder / f".taken-{name}"
                try:
                    (self._folder / name).rename(taken)
                except FileNotFoundError:
                    continue  # somebody else has it
                text = taken.read_text()
                taken.unlink()
                told: dict[str, Any] = json.loads(text)
                return told
        raise Empty

    @property
    def _folder(self) -> Path:
        return Path(self.data_folder_in)


class Transport(filesystem.Transport):
    Channel = Channel


class Embedded(Line):
    def __init__(self, folder: Path, absent: AbstractSet[str] = frozenset()) -> None:
        super().__init__()
        self._absent = absent
        self._messages, self._receipts = folder / "messages", folder / "receipts"
        self._sent_at: dict[str, float] = {}
        self._failing: list[tuple[float, Delivery]] = []

    def send(self, events: Sequence[Waiting]) -> dict[int, Outcome]:
        return {event.number: self._send(event) for event in events}

    def receive(self, wait: float) -> list[Delivery]:
        moment = time.monotonic()
        due = [delivery for at, delivery in self._failing if at <= moment]
        self._failing = [(at, delivery) for at, delivery in self._failing if at > moment]
        return due or [found for found in super().receive(min(wait, FIRST_WAIT)) if not self._is_copy(found)]

    def _is_copy(self, delivery: Delivery) -> bool:
        """Whether it was sent again while it waits here for its next try; then it is not needed."""
        copy = any(delivery.event_id == waiting.event_id for _, waiting in self._failing)
        if copy:
            delivery.message.ack()
        return copy

    def done(self, delivery: Delivery) -> None:
        if is_id(delivery.event_id):
            self._receipt(delivery.event_id, self._queue).touch()
        super().done(delivery)

    def again(self, delivery: Delivery) -> None:
        delivery.failures += 1
        wait = min(FIRST_WAIT * delivery.failures, LONGEST_WAIT)
        self._failing.append((time.monotonic() + wait, delivery))

    def close(self) -> None:
        super().close()
        self._failing = []

    def depth(self, queue: str) -> Depth:
        return super().depth(queue)._replace(consumers=None)  # who listens here leaves no trace

    def oldest_at(self, queue: str) -> datetime | None:
        files = self._files(queue)
        return datetime.fromtimestamp(int(files[0].name.partition("-")[0]) / 1e9, UTC) if files else None

    def take_over(self, queue: str, most: int, keep: Keep) -> int:
        """Who looks at the same time may keep the same ones: they are told apart by what they say."""
        found = [(file, letter) for file in self._files(dead(queue))[:most] if (letter := self._read(file))]
        if found:
            keep([letter for _, letter in found])
        for file, _ in found:
            file.unlink(missing_ok=True)
        return len(found)

    def _files(self, queue: str) -> list[Path]:
        """The messages of a queue, the oldest first."""
        names = sorted(file.name for file in self._messages.iterdir())
        return [self._messages / name for name in names if name.partition(".")[2] == f"{queue}.msg"]

    def _read(self, file: Path) -> Delivery | None:
        try:
            told = json.loads(file.read_text())
        except FileNotFoundError:
            return None  # somebody else has it
        return self._delivery(self._channel.message_to_python(told))

    def _send(self, event: Waiting) -> Outcome:
        queues = [name for name in topology().queues_of(event.type) if owner(name) not in self._absent]
        awaited = [self._receipt(event.event_id, name) for name in queues]
        if all(receipt.exists() for receipt in awaited):
            for receipt in awaited:
                receipt.unlink(missing_ok=True)
            self._sent_at.pop(event.event_id, None)
            return Outcome.SENT
        if time.monotonic() - self._sent_at.get(event.event_id, -RESEND) >= RESEND:
            self._put([letter_of(event)])
            self._sent_at[event.event_id] = time.monotonic()
        return Outcome.PENDING

    def _put(self, letters: Sequence[Letter]) -> list[bool]:
        for letter in letters:
            self._publish(letter)
        return [True] * len(letters)

    def _address(self) -> kombu.Connection:
        folder = str(self._messages)
        folders = {"data_folder_in": folder, "data_folder_out": folder}
        options = {**folders, "polling_interval": POLL, "absent": self._absent}
        return kombu.Connection(transport=Transport, transport_options=options)

    def _prepare(self, _channel: Any, _queue: str) -> None:
        for folder in (self._messages, self._receipts):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _remove_forgotten(folder)

    def _receipt(self, event_id: str, queue: str) -> Path:
        return self._receipts / f"{event_id}.{queue}"


def _remove_forgotten(folder: Path) -> None:
    """Receipts of what was sent twice, and what was being written or read when somebody was killed."""
    for file in folder.iterdir():
        temporary = file.name.startswith(".") or not file.name.endswith(".msg")
        with suppress(FileNotFoundError):  # others are at work here
            if temporary and time.time() - file.stat().st_mtime > DAY:
                file.unlink()
