"""Turns at something that few can use at once: those who wait take turns, and not those who ask most."""

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """`places` may be used at the same time. Of those who wait, each person in turn gets the next free place."""

    def __init__(self, places: int) -> None:
        self._lock = threading.Lock()
        self._free = places
        self._waiting: OrderedDict[str, deque[threading.Event]] = OrderedDict()

    @contextmanager
    def turn(self, person: str) -> Iterator[None]:
        """Wait for one's turn; the place is free again when the block ends."""
        self._wait(person)
        try:
            yield
        finally:
            self._next()

    def _wait(self, person: str) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            called = threading.Event()
            self._waiting.setdefault(person, deque()).append(called)
        called.wait()

    def _next(self) -> None:
        """Hand the place to whoever's turn it is; if they want more, they go to the end of the row."""
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            person, row = self._waiting.popitem(last=False)
            called = row.popleft()
            if row:
                self._waiting[person] = row
        called.set()
