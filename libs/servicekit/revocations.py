"""What was revoked meanwhile: for a process that holds streams, which outlive the token that they were opened with.

    with watcher.watch(current_identity()) as watch:
        for piece in pieces:
            if watch.ended:
                break
            yield piece

The process asks each second what has ended. If it cannot learn it for a few seconds, everything counts as ended:
nothing goes on that might have been revoked.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from servicekit.connections import client
from servicekit.identity import Identity
from servicekit.problems import Unauthenticated, Unavailable

log = structlog.get_logger()

EVERY = 1.0  # seconds between two questions
TIMEOUT = 1.0  # seconds for an answer
PATIENCE = 5.0  # seconds without one, after which everything ends
OVERLAP = timedelta(seconds=30)
"""What was noted so long ago is asked for again: its transaction may have ended later than those after it."""
REMEMBERED = 120.0  # seconds: longer than an identity token lives, and longer than OVERLAP
MARGIN = 1  # seconds that a change takes from being noted to its commit

CHANGED = "changed"
"""The reason of what concerns a person who may open the stream again: their roles are others now."""
UNKNOWN = "unknown"
"""The reason of this process, when it cannot learn what was revoked."""


@dataclass(frozen=True)
class Revocation:
    """Of one credential, or of everything that the person came with until `at`."""

    number: int
    at: datetime
    person: str
    credential: str | None
    reason: str


@dataclass(frozen=True)
class Told:
    """The backend's answer; `now` is its clock."""

    now: datetime
    items: tuple[Revocation, ...]


Ask = Callable[[datetime | None], Told]
"""What was revoked since then. Whatever it raises: nothing was learned."""


def asking(backend_url: str) -> Ask:
    """Asks the backend over HTTP."""

    def ask(since: datetime | None) -> Told:
        params = {"since": since.isoformat()} if since else {}
        answer = client().get(f"{backend_url}/internal/revocations", params=params, timeout=TIMEOUT)
        answer.raise_for_status()
        told = answer.json()
        return Told(datetime.fromisoformat(told["now"]), tuple(map(_read, told["items"])))

    return ask


def _read(item: dict[str, str | int | None]) -> Revocation:
    at, credential = datetime.fromisoformat(str(item["at"])), item["credential"]
    told = str(item["person"]), str(credential) if credential else None, str(item["reason"])
    return Revocation(int(item["number"] or 0), at, *told)


class Watch:
    """On one stream: whether whoever opened it may go on."""

    def __init__(self, identity: Identity, watcher: "Watcher", then: Callable[[str], None] | None) -> None:
        self._heeded: frozenset[int] | None = frozenset()
        self._learned: list[Revocation] = []
        self.identity = identity
        self._watcher, self._then = watcher, then
        self._lock, self._over = threading.Lock(), threading.Event()
        self._reason: str | None = None

    @property
    def ended(self) -> str | None:
        """Why it is over, in one word; None while it goes on."""
        if self._reason is None and self._watcher.is_blind:
            self.end(UNKNOWN)
        return self._reason

    def wait(self, seconds: float) -> str | None:
        """The same, but sleeps until it is over, for so long at most."""
        self._over.wait(min(seconds, self._watcher.sight))
        return self.ended

    def heed_later(self) -> None:
        """Whoever opens it looks in the database meanwhile, and says with `heed` what they have seen there."""
        self._heeded = None

    def heed(self, numbers: frozenset[int]) -> None:
        """These were taken into account when it was opened: they do not end it."""
        with self._lock:
            learned, self._learned, self._heeded = self._learned, [], numbers
        for known in learned:
            self.learn(known)

    def learn(self, known: Revocation) -> None:
        with self._lock:
            if self._heeded is None:
                self._learned.append(known)
                return
            is_news = known.number not in self._heeded
        if is_news:
            self.end(known.reason)

    def end(self, reason: str) -> None:
        """The first reason counts."""
        with self._lock:
            if self._reason is not None:
                return
            self._reason = reason
        self._over.set()
        if self._then is not None:
            self._then(reason)


class Watcher:
    """One for a process. It begins to ask when the first stream is opened."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stopping, self._learned = threading.Event(), threading.Event()
        self._learned_at = -PATIENCE
        self._their_now: datetime | None = None
        self._watches: dict[str, set[Watch]] = {}
        self._recent: dict[int, tuple[float, Revocation]] = {}

    @contextmanager
    def watch(
        self, identity: Identity, then: Callable[[str], None] | None = None, *, looks: bool = False
    ) -> Iterator[Watch]:
        """Watch over a stream while the block runs; 401 or 503 if it is over before it begins.

        `then` is called with the reason, once and in another thread, and must not wait for anything. Whoever `looks` in
        the database itself, and does not go by what the token says, has to say what they saw: `watch.heed(…)`.
        """
        self.start()
        if not self._learned.wait(PATIENCE) or self.is_blind:
            raise Unavailable
        watch = Watch(identity, self, then)
        if looks:
            watch.heed_later()
        self._add(watch, looks=looks)
        try:
            yield watch
        finally:
            with self._lock:
                self._watches[identity.subject].discard(watch)
                if not self._watches[identity.subject]:
                    del self._watches[identity.subject]

    @property
    def is_blind(self) -> bool:
        return self.sight <= 0

    @property
    def sight(self) -> float:
        """For how many seconds what was learned last holds."""
        return max(0.0, self._learned_at + PATIENCE - time.monotonic())

    def start(self) -> None:
        """Begin to ask, if it has not begun yet."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="revocations", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        self._stopping.set()

    def _add(self, watch: Watch, *, looks: bool) -> None:
        """Registered and compared with what is known already under one lock: nothing falls in between."""
        with self._lock:
            over = [known for _, known in self._recent.values() if concerns(known, watch.identity)]
            if looks or not over:
                self._watches.setdefault(watch.identity.subject, set()).add(watch)
                return
        raise Unavailable if all(known.reason == CHANGED for known in over) else Unauthenticated

    def _run(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            self._look()
            self._stopping.wait(max(0.05, began + EVERY - time.monotonic()))

    def _look(self) -> None:
        began = time.monotonic()
        try:
            told = self._ask(self._their_now - OVERLAP if self._their_now else None)
        except Exception as error:  # noqa: BLE001 - whatever hinders it, nothing was learned
            log.warning("revocations not learned", error=type(error).__name__)
            if self.is_blind:
                for watch in self._all():
                    watch.end(UNKNOWN)
            return
        for watch, known in self._learn(told):  # outside the lock: what follows is not ours
            watch.learn(known)
        self._learned_at = began
        self._learned.set()

    def _learn(self, told: Told) -> list[tuple[Watch, Revocation]]:
        """Remember what is new; whom it concerns."""
        moment, over = time.monotonic(), []
        with self._lock:
            for known in sorted(told.items, key=lambda item: item.number):
                if known.number not in self._recent:
                    self._recent[known.number] = (moment, known)
                    theirs = self._watches.get(known.person, ())
                    over += [(watch, known) for watch in theirs if _ends(known, watch.identity)]
            for number in [n for n, (at, _) in self._recent.items() if at < moment - REMEMBERED]:
                del self._recent[number]
        self._their_now = told.now
        return over

    def _all(self) -> list[Watch]:
        with self._lock:
            return [watch for theirs in self._watches.values() for watch in theirs]


def concerns(known: Revocation, identity: Identity) -> bool:
    """Whether an identity token that is shown now is older than what it was revoked by."""
    older = identity.issued_at <= known.at.timestamp() + MARGIN
    return _ends(known, identity) and (known.credential is not None or older)


def _ends(known: Revocation, identity: Identity) -> bool:
    same = known.credential in {None, identity.session}
    return known.person == identity.subject and same
