"""How long whoever asks is still going to wait: nobody works for an answer that is not awaited any more.

The gateway waits 30 seconds. A service that calls another says in `X-Deadline` how many seconds are left, so that each
one in the row has less than the one before; clocks need not agree.
"""

import math
import time

from flask import g, request

from servicekit.problems import Timeout

HEADER = "X-Deadline"
LONGEST = 30.0  # what the gateway waits
LEAST = 0.01  # less than this is not enough for anything


def begin() -> None:
    """Note until when this request is awaited; 504 if that is over already."""
    g.deadline = time.monotonic() + min(_told(), LONGEST)
    need()


def left() -> float:
    """Seconds that are left of this request. Nobody waits for a worker: it has the longest time, each time."""
    return float(g.deadline - time.monotonic()) if "deadline" in g else LONGEST


def need(seconds: float = LEAST) -> None:
    """504 unless so many seconds are left: before work that takes as long, and cannot be stopped on the way."""
    if left() < seconds:
        raise Timeout("There is not enough time left to do this.")


def _told() -> float:
    """What is no number counts as nothing said."""
    try:
        seconds = float(request.headers.get(HEADER, LONGEST))
    except ValueError:
        return LONGEST
    return seconds if math.isfinite(seconds) else LONGEST
