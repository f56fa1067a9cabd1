"""Clients of event streams: as many as wanted, read by one thread, each event with the moment at which it came."""

import json
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PATH = "/api/account/events"


@dataclass
class Event:
    """`name` is None for what only carries an id."""

    at: float
    name: str | None
    id: str | None
    data: Any


@dataclass(eq=False)
class Stream:
    """One open stream. `closed_at` is when the gateway ended the answer."""

    connection: socket.socket
    status: int = 0
    head: bytes = b""
    events: list[Event] = field(default_factory=list)
    closed_at: float | None = None
    _rest: bytes = b""

    @property
    def told(self) -> list[tuple[str, Any]]:
        return [(event.name, event.data) for event in list(self.events) if event.name]

    @property
    def reason(self) -> str | None:
        """Why it is over, as it was told."""
        ends = [data["reason"] for name, data in self.told if name == "end"]
        return ends[0] if ends else None

    @property
    def last_id(self) -> str:
        return [event.id for event in self.events if event.id is not None][-1]

    def take(self, received: bytes) -> None:
        moment, self._rest = time.monotonic(), self._rest + received
        if not self.status and b"\r\n\r\n" in self._rest:
            self.head, _, self._rest = self._rest.partition(b"\r\n\r\n")
            self.status = int(self.head.split()[1])
        while self.status == 200 and b"\n\n" in self._rest:
            frame, _, self._rest = self._rest.partition(b"\n\n")
            self._read(frame, moment)

    def _read(self, frame: bytes, moment: float) -> None:
        lines = [line.partition(b": ") for line in frame.split(b"\n")]
        fields = {name.decode(): value.decode() for name, separator, value in lines if separator}
        if "id" in fields or "event" in fields:
            data = json.loads(fields["data"]) if "data" in fields else None
            self.events.append(Event(moment, fields.get("event"), fields.get("id"), data))


class Listener:
    """Reads all streams that it has opened."""

    def __init__(self, url: str) -> None:
        where = urlsplit(url)
        self._address = (where.hostname or "", where.port or 80)
        self._selector, self._stopping = selectors.DefaultSelector(), threading.Event()
        self._lock = threading.Lock()
        self.streams: list[Stream] = []
        threading.Thread(target=self._run, daemon=True).start()

    def open(self, credential: str, last: str | None = None) -> Stream:
        """`credential` is a header's line: a cookie or an access token."""
        lines = [f"GET {PATH} HTTP/1.0", "Host: localhost", credential, "Accept-Encoding: gzip"]
        lines += [f"Last-Event-ID: {last}"] if last is not None else []
        stream = Stream(socket.create_connection(self._address, 10))
        stream.connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        stream.connection.setblocking(False)
        with self._lock:
            self._selector.register(stream.connection, selectors.EVENT_READ, stream)
            self.streams.append(stream)
        return stream

    def _run(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                ready = [key.data for key, _ in self._selector.select(0)] if self.streams else []
            for stream in ready:
                self._receive(stream)
            if not ready:
                time.sleep(0.002)

    def _receive(self, stream: Stream) -> None:
        try:
            received = stream.connection.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        if received:
            stream.take(received)
            return
        stream.closed_at = time.monotonic()
        with self._lock:
            self._selector.unregister(stream.connection)

    def close(self) -> None:
        self._stopping.set()
        with self._lock:
            for stream in self.streams:
                stream.connection.close()


@contextmanager
def listening(url: str) -> Iterator[Listener]:
    listener = Listener(url)
    try:
        yield listener
    finally:
        listener.close()
