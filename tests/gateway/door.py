"""A gateway started for a test, and a client that sends any bytes at all."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.gateway import Gateway, clean, render

Headers = Sequence[tuple[str, str]]
PATIENCE = 60  # seconds: how long a busy machine may take for an answer


@dataclass(frozen=True)
class Answer:
    """One response; header names in lower case, repeated headers kept."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        values = self.all(name)
        return values[0] if values else None

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def upstream(self) -> dict[str, list[str]]:
        """The headers that the service received, when the answer is the echo of one."""
        seen: dict[str, list[str]] = {}
        for name, value in self.json()["headers"]:
            seen.setdefault(name.lower(), []).append(value)
        return seen


@dataclass(frozen=True)
class Door:
    """A running gateway."""

    gateway: Gateway
    prefix: Path
    process: subprocess.Popen[bytes]

    def ask(self, method: str, target: str, headers: Headers = (), body: bytes = b"") -> Answer:
        """One request as written, one answer."""
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers]
        if body:
            lines.append(f"Content-Length: {len(body)}")
        answers = self.raw("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)
        assert len(answers) == 1, answers
        return answers[0]

    def get(self, target: str, headers: Headers = ()) -> Answer:
        return self.ask("GET", target, headers)

    def connect(self, timeout: float = PATIENCE) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.gateway.port), timeout)

    def raw(self, request: bytes, timeout: float = PATIENCE) -> list[Answer]:
        """Every response that comes until the gateway closes, or has been silent for `timeout` after one."""
        received = b""
        with self.connect() as connection:
            try:
                connection.sendall(request)
                while chunk := connection.recv(65536):
                    received += chunk
                    connection.settimeout(timeout)
            except (TimeoutError, ConnectionResetError, BrokenPipeError):
                pass
        return list(_answers(received))

    def stop(self) -> str:
        """Ends the gateway once all that it does is done and logged; what it wrote to its error log."""
        self.process.send_signal(signal.SIGQUIT)
        _, told = self.process.communicate(timeout=PATIENCE)
        return told.decode()

    @property
    def log(self) -> str:
        return Path(self.gateway.access_log).read_text(encoding="utf-8")


def _answers(received: bytes) -> Iterator[Answer]:
    while received:
        head, separator, rest = received.partition(b"\r\n\r\n")
        assert separator, received
        status_line, *lines = head.decode("latin-1").split("\r\n")
        assert status_line.startswith("HTTP/1.1 "), status_line
        pairs = [line.partition(":") for line in lines]
        headers = [(name.lower(), value.strip()) for name, _, value in pairs]
        body, received = _body(dict(headers), rest)
        if not status_line.startswith("HTTP/1.1 1"):
            yield Answer(int(status_line.split()[1]), headers, body)


def _body(headers: dict[str, str], rest: bytes) -> tuple[bytes, bytes]:
    if headers.get("transfer-encoding") != "chunked":
        length = int(headers.get("content-length", 0))
        return rest[:length], rest[length:]
    body = b""
    while True:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size, 16)
        body, rest = body + rest[:length], rest[length + 2 :]
        if not length:
            return body, rest


@contextmanager
def opened(gateway: Gateway, prefix: Path) -> Iterator[Door]:
    """The gateway, for as long as the block lasts."""
    process = subprocess.Popen(render(gateway, prefix), stderr=subprocess.PIPE)
    door = Door(gateway, prefix, process)
    try:
        _wait_until_ready(door)
        yield door
    finally:
        if process.poll() is None:
            process.terminate()
            process.communicate(timeout=PATIENCE)
        clean(prefix)


def _wait_until_ready(door: Door) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if door.process.poll() is not None:
            assert door.process.stderr
            raise RuntimeError(door.process.stderr.read().decode())
        try:
            door.connect().close()
        except ConnectionRefusedError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("the gateway did not start")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def cookie(value: str) -> tuple[str, str]:
    return "Cookie", f"__Host-session={value}"


def bearer(value: str) -> tuple[str, str]:
    return "Authorization", f"Bearer {value}"
