"""A replica that is asked to end leaves without a failed request.

A gateway keeps connections open for the next request, and a change sent into one that closes at that moment cannot be
sent again: nobody knows whether it was done. So for a while the replica goes on serving, but closes each connection
with its answer; those that stay idle the gateway drops by itself. Then nobody holds a connection any more.
"""

import os
import signal
import tempfile
import time
from pathlib import Path
from types import FrameType

from flask import Response


def before_stopping(seconds: float) -> None:
    """Put this before what the process that leads the workers does at SIGTERM. Ctrl-C does not wait."""
    stop = signal.getsignal(signal.SIGTERM)
    _mark(os.getpid()).unlink(missing_ok=True)  # of one with the same number that was killed

    def leave(number: int, frame: FrameType | None) -> None:
        _announce(seconds)
        if callable(stop):
            stop(number, frame)

    signal.signal(signal.SIGTERM, leave)


def _announce(seconds: float) -> None:
    """Tell the workers, and give the gateway time to notice."""
    mark = _mark(os.getpid())
    mark.touch()
    try:
        time.sleep(seconds)
    finally:
        mark.unlink(missing_ok=True)


def is_asked_to() -> bool:
    """Asked in a worker: whether whoever leads it has been told to end."""
    return _mark(os.getppid()).exists()


def close_connection(response: Response) -> Response:
    """Called in a worker after each request."""
    if is_asked_to():
        response.headers["Connection"] = "close"
    return response


def _mark(leader: int) -> Path:
    """Workers are processes of their own: a file tells them. It is named for the process that leads them."""
    return Path(tempfile.gettempdir(), f"zaguan-leaving-{leader}")
