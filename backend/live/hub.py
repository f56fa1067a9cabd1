"""All streams of one process: opened here, fed by one thread that looks for news, and ended here."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session as Transaction

from backend.door import credentials
from backend.live import frames
from backend.live import service as live
from backend.live.stream import Stream, Told
from backend.people.models import DELETING
from backend.revocations import service as revocations
from backend.sessions.fresh import AccountDeleting
from backend.sessions.models import BrowserSession
from backend.sessions.service import Lifetimes
from servicekit import leaving
from servicekit.database import Database
from servicekit.identity import Identity
from servicekit.ids import now
from servicekit.problems import Unauthenticated, Unavailable
from servicekit.revocations import Revocation, Watcher
from servicekit.revocations import Told as Learned

log = structlog.get_logger()

EVERY = 0.25  # seconds between two looks
MOST_OF_ONE = 10
"""Streams of one person in this process; the oldest makes room for one more."""
AT_ONCE = 500  # people in one question

Start = Callable[[Transaction], int]
"""After which change a stream begins."""


class Hub:
    """`places` is how many streams this process holds at most."""

    def __init__(self, database: Database, lifetimes: Lifetimes, places: int) -> None:
        self._database, self._lifetimes, self._places = database, lifetimes, places
        self.watcher = Watcher(self._learn)
        self._lock = threading.Lock()
        self._streams: dict[str, list[Stream]] = {}
        self._started = False

    def start(self) -> None:
        """In the process that serves streams; in others none can be opened."""
        self._started = True
        self.watcher.start()
        threading.Thread(target=self._run, name="live", daemon=True).start()

    def check(self) -> None:
        """Raises when nothing could be opened now, for the readiness."""
        if self.watcher.is_blind:
            raise RuntimeError("revocations cannot be learned")

    @property
    def size(self) -> int:
        with self._lock:
            return sum(map(len, self._streams.values()))

    def of(self, person: str) -> list[Stream]:
        """The open streams of a person, oldest first."""
        with self._lock:
            return list(self._streams.get(person, ()))

    def open(self, identity: Identity, last: int | None, recent: int = 0) -> Stream:
        """A stream of what comes after the change `last`; without one, of the `recent` seconds and from now on."""
        if not self._started or leaving.is_asked_to():
            raise Unavailable
        with ExitStack() as leave:
            stream = self._watched(identity, lambda tx: _start(tx, identity, last, recent), leave)
            self._place(stream)
            leave.callback(self._forget, stream)
            stream.finally_do(leave.pop_all().close)
        return stream

    def _watched(self, identity: Identity, start: Start, leave: ExitStack) -> Stream:
        """Watched first, then looked at: what is revoked in between is seen by one of the two at least."""
        opened: list[Stream] = []

        def then(reason: str) -> None:
            for stream in opened:
                stream.end(reason)

        watch = leave.enter_context(self.watcher.watch(identity, then, looks=True))
        with self._database.read() as tx:
            seen = revocations.of(tx, identity.subject)
            stream = self._begun(tx, identity, start(tx))
        opened.append(stream)
        stream.watch = watch
        watch.heed(seen)
        return stream

    def _begun(self, tx: Transaction, identity: Identity, last: int) -> Stream:
        credential = identity.session or ""
        holder = credentials.living(tx, credential, self._lifetimes)
        if holder is None or holder.user_id != identity.subject:
            raise Unauthenticated
        if holder.status == DELETING:
            raise AccountDeleting
        in_browser = tx.get(BrowserSession, credential) is not None
        told = Told(holder.user_id, credential, holder.permissions, in_browser)
        ends_at = credentials.ends_at(tx, credential, self._lifetimes)
        stream = Stream(told, last, ends_at)
        missed = live.missed(tx, told.person, last)
        if missed.events is None or missed.events:
            stream.feed(missed)
        return stream

    def _place(self, stream: Stream) -> None:
        with self._lock:
            if sum(map(len, self._streams.values())) >= self._places:
                raise Unavailable("Too many live updates are followed at this moment. Try again later.")
            mine = self._streams.setdefault(stream.told.person, [])
            mine.append(stream)
            crowded = mine[:-MOST_OF_ONE]
        for older in crowded:
            older.end(frames.CROWDED)

    def _forget(self, stream: Stream) -> None:
        with self._lock:
            mine = self._streams.get(stream.told.person, [])
            if stream in mine:
                mine.remove(stream)
            if not mine:
                self._streams.pop(stream.told.person, None)

    def end_all(self, reason: str) -> None:
        for stream in self._open_ones():
            stream.end(reason)

    def _open_ones(self) -> list[Stream]:
        """Those that have not ended; who has may take a while to hear it."""
        with self._lock:
            return [each for mine in self._streams.values() for each in mine if each.reason is None]

    def _run(self) -> None:
        while True:
            time.sleep(EVERY)
            try:
                self._look(self._open_ones())
            except SQLAlchemyError as error:
                log.warning("live updates wait", error=type(error).__name__)
            except Exception:
                log.exception("live updates failed")

    def _look(self, streams: list[Stream]) -> None:
        if leaving.is_asked_to():
            self.end_all(frames.LEAVING)
            return
        for stream in streams:
            if stream.watch is not None and stream.watch.ended:  # even if who watches should hang
                stream.end(stream.watch.ended)
        self._expire([stream for stream in streams if stream.ends_at and stream.ends_at <= now()])
        people = sorted({stream.told.person for stream in streams})
        for start in range(0, len(people), AT_ONCE):
            self._feed(people[start : start + AT_ONCE], streams)

    def _expire(self, streams: list[Stream]) -> None:
        """Their credential has lived its life, or has been used meanwhile and lives longer."""
        for stream in streams:
            with self._database.read() as tx:
                stream.ends_at = credentials.ends_at(tx, stream.told.credential, self._lifetimes)
            if stream.ends_at is not None and stream.ends_at <= now():
                stream.end(frames.EXPIRED)

    def _feed(self, people: list[str], streams: list[Stream]) -> None:
        with self._database.read() as tx:
            heads = live.heads(tx, people)
            behind = [each for each in streams if each.position < heads.get(each.told.person, 0)]
            for stream in behind:
                stream.feed(live.missed(tx, stream.told.person, stream.position))

    def _learn(self, since: datetime | None) -> Learned:
        """The database is ours: nobody has to be asked over HTTP."""
        moment = now()
        with self._database.read() as tx:
            rows = revocations.since(tx, since)
        items = (Revocation(r.number, r.at, r.person, r.credential, r.reason) for r in rows)
        return Learned(moment, tuple(items))


def _start(tx: Transaction, identity: Identity, last: int | None, recent: int) -> int:
    return live.before(tx, identity.subject, recent) if last is None else last
