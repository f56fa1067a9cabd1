"""One open stream: waits for what its person has to be told, until one of many ends comes."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from backend.live import frames
from backend.live.service import Missed
from servicekit.revocations import Watch

HEARTBEAT = 15.0  # seconds of silence: who has gone is noticed when nobody takes it
MOST_WAITING = 1000
"""Frames that a slow client may be behind."""


@dataclass(frozen=True)
class Told:
    """To whom a stream tells, and what."""

    person: str
    credential: str
    permissions: frozenset[str]
    in_browser: bool

    def may_hear(self, permission: str | None) -> bool:
        return self.in_browser if permission is None else permission in self.permissions


@dataclass(eq=False)
class Stream(Iterator[bytes]):
    """The body of an answer: each piece is one frame or more. `position` is the number of the last change told."""

    told: Told
    position: int
    ends_at: datetime | None
    watch: Watch | None = None
    _leave: ExitStack = field(default_factory=ExitStack)
    _waiting: deque[bytes] = field(default_factory=deque)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _reason: str | None = None
    _closed: bool = False

    def __post_init__(self) -> None:
        self._waiting.append(frames.opening(self.position))

    @property
    def reason(self) -> str | None:
        """Why it is over, if it is."""
        return self._reason

    def feed(self, missed: Missed) -> None:
        """What came after `position`."""
        with self._news:
            if missed.events is None or len(self._waiting) > MOST_WAITING:
                self._waiting.clear()
                self._waiting.append(frames.reset(missed.head))
            else:
                heard = (event for event in missed.events if event.number > self.position)
                self._waiting += [frames.change(e) for e in heard if self.told.may_hear(e.permission)]
            self.position = missed.head
            self._news.notify()

    def end(self, reason: str) -> None:
        """Tell why, and that was all. The first reason counts."""
        with self._news:
            if self._reason is None:
                self._reason = reason
                self._waiting.append(frames.end(reason))
                self._news.notify()

    def __next__(self) -> bytes:
        with self._news:
            if not self._waiting and self._reason is None:
                self._news.wait(HEARTBEAT)
            if self._waiting:
                told = b"".join(self._waiting)
                self._waiting.clear()
                return told
            if self._reason is not None:
                raise StopIteration
            return frames.HEARTBEAT

    def finally_do(self, call: Callable[[], None]) -> None:
        self._leave.callback(call)

    def close(self) -> None:
        """The server calls it, however the answer has ended."""
        self._leave.close()
