"""Of each person only so many requests at once, and of all together fewer than there are threads: what they wait for,
others wait for as well, and whoever comes too late is told so at once."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ai.problems import QueueFull


class Crowd:
    """One for a process and a kind of work; of it anybody may have `of_one` under way, and all together `of_all`."""

    def __init__(self, of_one: int, of_all: int | None = None, *, by_thread: bool = False) -> None:
        self._of_one, self._of_all, self._by_thread = of_one, of_all, by_thread
        self._lock = threading.Lock()
        self._inside: Counter[str] = Counter()
        self._here = threading.local()

    @classmethod
    def of_threads(cls, threads: int) -> "Crowd":
        """Of a process with so many, each of which a request holds while it waits: some are left for what is answered
        at once, refusals among it. Of the others anybody may have two thirds."""
        of_all = max(1, threads - max(2, threads // 8))
        return cls(max(1, of_all * 2 // 3), of_all, by_thread=True)

    @contextmanager
    def one_of(self, person: str) -> Iterator[None]:
        """Inside it is one of theirs; QueueFull when they have enough already, or all together have. Where threads are
        what is counted, whoever is inside already is so once."""
        if self._by_thread and getattr(self._here, "inside", False):
            yield
            return
        self._enter(person)
        self._here.inside = True
        try:
            yield
        finally:
            self._here.inside = False
            with self._lock:
                self._inside[person] -= 1
                self._inside += Counter()  # forget who has none

    def _enter(self, person: str) -> None:
        with self._lock:
            if self._inside[person] >= self._of_one:
                raise QueueFull("You have too many requests under way already. Try again in a few seconds.")
            if self._of_all is not None and self._inside.total() >= self._of_all:
                raise QueueFull
            self._inside[person] += 1
