"""How often each person may do what costs nothing of their budget: bursts, and so many a second after that."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ai.problems import TooFast

MOST = 10_000
"""People who are remembered; of more, those who have everything left are forgotten first."""


@dataclass
class Pace:
    """One for a process. `left` of each person fills up again, at `per_second`, to `burst`."""

    per_second: float = 20.0
    burst: int = 600
    clock: Callable[[], float] = time.monotonic
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _seen: dict[str, tuple[float, float]] = field(default_factory=dict, repr=False)

    def step(self, person: str) -> None:
        """Count one; TooFast, which counts nothing, when none is left."""
        with self._lock:
            moment = self.clock()
            left = self._left(person, moment)
            if left < 1:
                raise TooFast((1 - left) / self.per_second)
            self._seen[person] = (left - 1, moment)
            if len(self._seen) > MOST:
                self._forget(moment)

    def _left(self, person: str, moment: float) -> float:
        left, since = self._seen.get(person, (float(self.burst), moment))
        return min(float(self.burst), left + (moment - since) * self.per_second)

    def _forget(self, moment: float) -> None:
        self._seen = {
            person: told for person, told in self._seen.items() if self._left(person, moment) < self.burst
        }
