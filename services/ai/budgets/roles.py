"""Which roles somebody has, for their budget: the backend tells it to us as ourselves, and it is kept for a moment."""

import threading
import time
from collections import OrderedDict
from typing import Final

import structlog

from servicekit import as_service
from servicekit.problems import Problem

log = structlog.get_logger()

KEEP: Final = 10.0  # seconds
MOST: Final = 10_000  # people
PATIENCE: Final = 2.0  # seconds


class Roles:
    """One for a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, tuple[float, tuple[str, ...]]] = OrderedDict()

    def of(self, person: str) -> tuple[str, ...]:
        """As they were a moment ago; while the backend is away, as they were last, or none."""
        with self._lock:
            asked_at, known = self._known.get(person, (-KEEP, ()))
        if time.monotonic() < asked_at + KEEP:
            return known
        try:
            told = as_service("backend").get(f"/people/{person}/roles", timeout=PATIENCE).json()
            known = tuple(map(str, told["roles"]))
        except Problem as problem:
            log.warning("roles not learned", problem=problem.slug)
        with self._lock:
            self._known[person] = (time.monotonic(), known)
            self._known.move_to_end(person)
            while len(self._known) > MOST:
                self._known.popitem(last=False)
        return known
