"""How many may wait for the provider at once: one that hangs must not hold all threads of the backend, for whoever
is signed in already needs them too.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from backend.sign_in.refusals import Unreachable

PATIENCE = 1.0  # seconds without an answer after which a provider counts as hanging


class Places:
    """Who finds none free waits for one as long as answers come, and is sent away at once when none do."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._changed = threading.Condition()
        self._began: dict[object, float] = {}
        self._answered_at = time.monotonic()

    @contextmanager
    def taken(self, ends_at: float) -> Iterator[None]:
        """A place; Unreachable if there is none until `ends_at`, or the provider hangs."""
        who = object()
        with self._changed:
            while len(self._began) >= self._number:
                left = min(self._sign_of_life() + PATIENCE, ends_at) - time.monotonic()
                if left <= 0:
                    raise Unreachable("too many wait for it")
                self._changed.wait(left)
            self._began[who] = time.monotonic()
        answered = False
        try:
            yield
            answered = True
        finally:
            with self._changed:
                del self._began[who]
                if answered:
                    self._answered_at = time.monotonic()
                self._changed.notify_all()

    def hang(self) -> bool:
        """Whether those who ask at this moment have waited in vain for a while."""
        with self._changed:
            return bool(self._began) and self._sign_of_life() + PATIENCE < time.monotonic()

    def _sign_of_life(self) -> float:
        return max(self._answered_at, min(self._began.values()))
