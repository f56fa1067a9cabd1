"""What goes over a stream: server-sent events, as the HTML standard has them (9.2, Server-sent events)."""

import json
import random

from backend.live.models import LiveEvent
from servicekit.revocations import CHANGED, UNKNOWN

AGAIN, MUCH_LATER = 1.0, 60.0  # seconds until a client that was cut off comes again
LEAVING, CROWDED, EXPIRED = "leaving", "crowded", "expired"
"""Reasons of our own for an end: this process ends; the person has opened newer ones; the credential's life is over."""
COME_AGAIN = frozenset({CHANGED, UNKNOWN, LEAVING})
"""After these the same credential opens a new stream."""
HEARTBEAT = b":\n\n"


def opening(number: int) -> bytes:
    """Nothing happens by it, but who is cut off right afterwards knows where they were."""
    return _retry(AGAIN) + b"id: %d\n\n" % number


def change(event: LiveEvent) -> bytes:
    return f"id: {event.number}\nevent: {event.kind}\ndata: {event.data}\n\n".encode()


def reset(number: int) -> bytes:
    """More was missed than is known: everything has to be fetched anew."""
    return b"id: %d\nevent: reset\ndata: {}\n\n" % number


def end(reason: str) -> bytes:
    """The last one."""
    pause = AGAIN if reason in COME_AGAIN else MUCH_LATER
    return _retry(pause) + f"event: end\ndata: {json.dumps({'reason': reason})}\n\n".encode()


def _retry(seconds: float) -> bytes:
    """In milliseconds; not all of them at one moment."""
    return b"retry: %d\n" % (1000 * seconds * random.uniform(1, 2))  # noqa: S311 - no secret
