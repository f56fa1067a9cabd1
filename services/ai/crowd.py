"""Of each person only so many requests at once: what they wait for, others wait for as well, and threads are few."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from ai.problems import QueueFull


class Crowd:
    """One for a process and a kind of work; `of_one` is how much of it anybody may have under way."""

    def __init__(self, of_one: int) -> None:
        self._of_one = of_one
        self._lock = threading.Lock()
        self._inside: Counter[str] = Counter()

    @contextmanager
    def one_of(self, person: str) -> Iterator[None]:
        """Inside it is one of theirs; QueueFull when they have enough already."""
        with self._lock:
            if self._inside[person] >= self._of_one:
                raise QueueFull("You have too many requests under way already. Try again in a few seconds.")
            self._inside[person] += 1
        try:
            yield
        finally:
            with self._lock:
                self._inside[person] -= 1
                self._inside += Counter()  # forget who has none
