"""Clients that read and write all the time, and note every answer: what was promised can then be counted."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle

import httpx2

from tests.support import people

READERS, WRITERS = 4, 2


@dataclass
class Ledger:
    """What the clients were told. An answer that never came counts as 0."""

    reads: list[int] = field(default_factory=list)
    writes: list[int] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    """The ids of what was acknowledged."""

    @property
    def failed_reads(self) -> list[int]:
        return [status for status in self.reads if status != 200]

    @property
    def failed_writes(self) -> list[int]:
        return [status for status in self.writes if status != 201]

    def lost(self, client: httpx2.Client) -> set[str]:
        """What was acknowledged and is not there."""
        return {item for item in self.saved if client.get(f"/api/documents/{item}").status_code != 200}


@contextmanager
def load(url: str) -> Iterator[Ledger]:
    """Readers and writers while the block runs, and a moment before and after."""
    ledger, done = Ledger(), threading.Event()
    with ThreadPoolExecutor(READERS + WRITERS) as pool:
        clients = [pool.submit(_read, url, ledger, done) for _ in range(READERS)]
        clients += [pool.submit(_write, url, ledger, done) for _ in range(WRITERS)]
        try:
            _until_busy(ledger)
            yield ledger
            _until_busy(ledger)
        finally:
            done.set()
    _raise_errors(clients)


def _read(url: str, ledger: Ledger, done: threading.Event) -> None:
    with closing(people.sign_in(url, "mar")) as mar:
        for path in cycle(("/api/documents?limit=5", "/", "/api/account")):
            if done.wait(0.005):
                break
            ledger.reads.append(_status(mar, "GET", path)[0])


def _write(url: str, ledger: Ledger, done: threading.Event) -> None:
    with closing(people.sign_in(url, "mar")) as mar:
        while not done.wait(0.02):
            status, saved = _status(
                mar, "POST", "/api/documents", {"title": "ledger", "body": "", "tags": []}
            )
            ledger.writes.append(status)
            if saved:
                ledger.saved.add(saved)


def _status(client: httpx2.Client, method: str, path: str, body: object = None) -> tuple[int, str | None]:
    """The status, and the id of what was saved."""
    try:
        answer = client.request(method, path, json=body) if body else client.request(method, path)
    except httpx2.HTTPError:
        return 0, None
    return answer.status_code, answer.json()["id"] if answer.status_code == 201 else None


def _until_busy(ledger: Ledger) -> None:
    """Until every client has got some more answers."""
    reads, writes, deadline = len(ledger.reads) + 60, len(ledger.writes) + 20, time.monotonic() + 60
    while (len(ledger.reads) < reads or len(ledger.writes) < writes) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(ledger.reads) >= reads
    assert len(ledger.writes) >= writes


def _raise_errors(clients: list[Future[None]]) -> None:
    for client in clients:
        client.result()
