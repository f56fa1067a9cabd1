"""Wait for what happens a moment later."""

import time
from collections.abc import Callable

EVERY = 0.05  # seconds between two looks


def until(condition: Callable[[], bool], within: float = 30) -> None:
    """Wait for it, `within` seconds at most; fail if it does not come."""
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(EVERY)
