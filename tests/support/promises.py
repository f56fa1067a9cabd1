"""What is promised within a time. What this machine itself is late by is measured beside it, and is nobody's fault."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx2

LOOK = 0.05  # seconds
STEPS = 20  # how often something is woken up on the way through several processes, each time as late as the machine is
REVOKED_WITHIN = 2.0  # seconds


class Noise:
    """How late this machine wakes somebody up who sleeps for a moment: what no program can be blamed for."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._stopping = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self.worst = max(self.worst, overslept())

    def stop(self) -> float:
        self._stopping.set()
        return self.worst


def overslept() -> float:
    """Sleep for a moment; how many seconds longer it was."""
    began = time.monotonic()
    time.sleep(LOOK)
    return time.monotonic() - began - LOOK


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """The block takes no longer than that."""
    noise, began = Noise(), time.monotonic()
    try:
        yield
    finally:
        took, late = time.monotonic() - began, noise.stop()
    assert took < seconds + STEPS * late, f"it took {took:.2f} s, on a machine that was {late:.2f} s late"


class Revoked:
    """Something was revoked just now: who asks two seconds later is refused."""

    def __init__(self) -> None:
        self._began, self._late, self._slowest = time.monotonic(), 0.0, 0.0

    def refuses(self, ask: Callable[[], httpx2.Response], status: int = 401) -> httpx2.Response:
        """The first refusal. A decision that the door keeps is older by as much as its answer took."""
        while True:
            asked = time.monotonic()
            answer = ask()
            self._slowest = max(self._slowest, time.monotonic() - asked)
            if answer.status_code == status:
                return answer
            allowed = REVOKED_WITHIN + STEPS * self._late + self._slowest
            assert asked - self._began < allowed, (answer.status_code, allowed)
            self._late = max(self._late, overslept())
