"""Wait for what happens a moment later: on a slow machine, a long moment."""

import time
from collections.abc import Callable

EVERY = 0.05  # seconds between two looks
LONG = 120.0  # seconds: what has not come by then does not come


def until(condition: Callable[[], bool], within: float = LONG) -> None:
    """Wait for it, `within` seconds at most; fail if it does not come."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(EVERY)
