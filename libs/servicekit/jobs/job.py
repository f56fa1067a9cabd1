"""What a job is, and how a kind of job is written."""

import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from io import BufferedReader
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.orm import Session

from servicekit.database import Database
from servicekit.identity import Identity
from servicekit.jobs import content

T = TypeVar("T")

LONGEST_STEP = 0.5  # seconds, after which what is worked out is applied


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


UNFINISHED = (State.QUEUED, State.RUNNING)


class Outcome(StrEnum):
    """What has become of one thing that a job was about."""

    SUCCEEDED = "succeeded"
    LEFT_OUT = "left_out"
    FAILED = "failed"


class Line(NamedTuple):
    """A line of the report: what it is about, what became of it, a word for programs and a sentence for people."""

    subject: str
    outcome: Outcome
    code: str | None = None
    detail: str | None = None
    result: str | None = None
    """The id of what was made of it."""


class JobFailed(Exception):
    """It cannot be done: `code` is a word that the app knows, `detail` says what happened and what to do."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Lost(Exception):
    """The job is not this runner's any more: cancelled, erased, or taken over by another."""


class GiveBack(Exception):
    """The process ends: somebody else is to go on."""


@dataclass(frozen=True)
class Leased:
    """A job in a runner's hands. Whoever leases it later has a higher `fence`."""

    id: str
    owner: str
    kind: str
    params: Mapping[str, Any]
    size: int
    position: Any
    done: int
    total: int | None
    token: str = field(repr=False)
    trace: str
    fence: int
    failures: int
    changed_at: datetime


@dataclass(frozen=True)
class Step:
    """What a step has worked out, and is now applied in one transaction."""

    done: int
    """How much is done with it."""
    total: int | None = None
    """Of how much, as far as that is known."""
    position: Any = None
    """Where to go on, as JSON; the first step finds None."""
    lines: Sequence[Line] = ()
    effect: Callable[[Session], None] = lambda _tx: None
    """Changes the service's own data. Nothing else may happen in it: a transaction waits for nobody."""
    made: Sequence[bytes] = ()
    """What later steps need of it, kept until the job ends: `work.made()` gives all of it."""


@dataclass(frozen=True)
class Work:
    """What a kind's steps are given."""

    job: Leased
    database: Database = field(repr=False)
    identity: Callable[[], Identity]
    """The person as they are now; raises when the job must end."""
    held: threading.Event = field(repr=False)
    """Set as long as the job is this runner's."""
    stopping: threading.Event = field(repr=False)

    def check(self) -> None:
        """To be called now and then in a long step: raises when it is in vain, as after a cancellation."""
        if not self.held.is_set():
            raise Lost
        if self.stopping.is_set():
            raise GiveBack

    def for_a_step(self, items: Iterable[T]) -> Iterator[T]:
        """The first of them, as many as are worked out in the time of a step; one at least, and none in vain."""
        until = time.monotonic() + LONGEST_STEP
        for item in items:
            self.check()
            yield item
            if time.monotonic() > until:
                return

    def content(self) -> BufferedReader:
        """What came with the job, as a file that can be read anywhere."""
        return content.opened(self.database, self.job.id, self.job.size)

    def made(self) -> list[bytes]:
        """What the steps that were applied have made, in order."""
        return content.made(self.database, self.job.id, self.job.size)


Steps = Callable[[Work], Generator[Step, None, None]]


@dataclass(frozen=True)
class Kind:
    """A kind of job. `steps` begins at the job's `position` and yields each step when it has worked it out.

    While it works no transaction is open, so it may take its time and ask other services; when it goes on after a
    `yield`, the step has been applied. After a crash it begins again at the position of the last one that was.
    """

    name: str
    permissions: tuple[str, ...]
    """Without all of them the person's jobs of this kind do not go on."""
    steps: Steps
