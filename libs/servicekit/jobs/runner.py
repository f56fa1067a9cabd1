"""A runner: takes the next job, works out its steps, applies each in one transaction. Any number work side by side.

No transaction is open while a step is worked out. Before it, and before it is applied, the person is asked for anew:
who was suspended or has signed out everywhere has nothing more done in their name.
"""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from datetime import timedelta
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError

from servicekit import tracing
from servicekit.database import Database
from servicekit.guards import lacking
from servicekit.identity import Identity
from servicekit.ids import now
from servicekit.jobs import ending, lease
from servicekit.jobs.content import Gone
from servicekit.jobs.figures import Figures
from servicekit.jobs.job import GiveBack, JobFailed, Kind, Leased, Lost, Step, Work
from servicekit.problems import Problem, Unavailable

log = structlog.get_logger()

IDLE = 0.25  # seconds between two looks for work
SLICE = 2.0  # seconds for one job; then it is somebody else's turn
LOOK, RENEW = 1.0, 3.0  # seconds: how often a job in hand is looked at, and its lease made longer
WAITS = 1.0  # seconds for which a step that is applied may wait for the database
TRIES = 5
"""After so many failures without progress in between a job has failed."""
PATIENCE = timedelta(hours=1)
"""How long a service that does not answer is waited for."""
LONGEST_WAIT = timedelta(seconds=30)
TIDY_EVERY = 60.0  # seconds

Asked = Callable[[], Identity]
Acts = Callable[[Leased], AbstractContextManager[Asked]]
"""Within it the job's person acts. It gives how to ask for them as they are now; JobFailed when that ends."""


class _TooLate(Exception):
    """The person may have lost the right meanwhile: what was done in this transaction is not to be."""


class Runner:
    def __init__(
        self,
        service: str,
        kinds: Collection[Kind],
        acts: Acts,
        database: Database,
        figures: Figures,
        stopping: threading.Event,
    ) -> None:
        self._service, self._kinds, self._acts = service, {kind.name: kind for kind in kinds}, acts
        self._database, self._figures, self._stopping = database, figures, stopping
        self._tidied_at = -TIDY_EVERY

    def step(self) -> None:
        """Go on with somebody's job for a while, or rest a moment. Raises what the database raises."""
        self._tidy()
        job = self._take()
        if job is None:
            self._stopping.wait(IDLE)
            return
        request = tracing.begin(job.trace)
        with structlog.contextvars.bound_contextvars(request_id=request, job=job.id, kind=job.kind):
            self._serve(job)

    def _take(self) -> Leased | None:
        with self._database.read() as tx:
            if not lease.is_due(tx, self._kinds):
                return None
        with self._database.write() as tx:
            return lease.take(tx, self._service, self._kinds)

    def _serve(self, job: Leased) -> None:
        """Until its end, the end of its turn, or something in between."""
        try:
            with self._held(job) as held:
                self._work(job, held)
        except JobFailed as failure:
            log.info("job failed", reason=failure.code)
            self._end(job, "failed", partial(lease.fail, code=failure.code, detail=failure.detail))
        except (Lost, Gone):
            log.info("job lost")
        except GiveBack:
            self._give_back(job)
        except Exception as error:  # noqa: BLE001 - whatever a kind raises
            self._failed(job, error)

    @contextmanager
    def _held(self, job: Leased) -> Iterator[threading.Event]:
        """Meanwhile a thread of its own keeps the lease; the event is cleared when the job is lost."""
        held, over = threading.Event(), threading.Event()
        held.set()
        keeper = threading.Thread(target=self._keep, args=(job, held, over), name="keeper", daemon=True)
        keeper.start()
        try:
            yield held
        finally:
            over.set()
            keeper.join()

    def _keep(self, job: Leased, held: threading.Event, over: threading.Event) -> None:
        renewed_at = time.monotonic()
        while held.is_set() and not over.wait(LOOK):
            try:
                if time.monotonic() - renewed_at < RENEW:
                    with self._database.read() as tx:
                        ours = lease.is_held(tx, job)
                else:
                    with self._database.write() as tx:
                        ours = lease.renew(tx, job)
                    renewed_at = time.monotonic()
            except SQLAlchemyError:
                continue  # the fence decides
            if not ours:
                held.clear()

    def _work(self, job: Leased, held: threading.Event) -> None:
        if job.failures >= TRIES:
            raise _given_up()
        kind = self._kinds[job.kind]
        with self._acts(job) as asked:
            identity = partial(_allowed, job, kind, asked)
            identity()
            work = Work(job, self._database, identity, held, self._stopping)
            with closing(kind.steps(work)) as steps:
                self._apply_all(job, steps, identity)
            identity()
        self._end(job, "done", lease.finish)

    def _apply_all(self, job: Leased, steps: Iterable[Step], identity: Asked) -> None:
        until = time.monotonic() + SLICE
        for step in steps:
            self._apply(job, step, identity)
            if time.monotonic() > until or self._stopping.is_set():
                raise GiveBack

    def _apply(self, job: Leased, step: Step, identity: Asked) -> None:
        """Who was asked for is a second old at most, and the database is waited for no longer than another: else they
        are asked for again, and nothing of it was applied."""
        for _ in range(TRIES):
            identity()
            until = time.monotonic() + WAITS
            with suppress(_TooLate), self._database.write() as tx:
                lease.advance(tx, self._service, job, step)
                if time.monotonic() > until:
                    raise _TooLate
                break
        else:
            raise Unavailable
        self._figures.steps.labels(job.kind).inc()

    def _end(self, job: Leased, outcome: str, end: Callable[..., None]) -> None:
        with self._database.write() as tx:
            end(tx, self._service, job)
        self._figures.ended.labels(job.kind, outcome).inc()

    def _give_back(self, job: Leased, wait: timedelta = timedelta(0), *, failed: bool = False) -> None:
        with self._database.write() as tx:
            lease.give_back(tx, job, wait, failed=failed)

    def _failed(self, job: Leased, error: Exception) -> None:
        """Once more after a while. What does not answer is no fault of the job, and waited for longer."""
        if isinstance(error, SQLAlchemyError):
            self._database.check()
        with self._database.read() as tx:
            job = lease.reread(tx, job)
        if isinstance(error, Problem) and error.status in {429, 503, 504}:
            self._wait(job, error)
            return
        log.warning("job interrupted", failures=job.failures + 1, exc_info=error)
        if job.failures + 1 >= TRIES:
            failure = _given_up()
            self._end(job, "failed", partial(lease.fail, code=failure.code, detail=failure.detail))
        else:
            self._give_back(job, timedelta(seconds=2**job.failures), failed=True)

    def _wait(self, job: Leased, problem: Problem) -> None:
        """Half as long again as nothing has gone on already."""
        still = now() - job.changed_at
        if still > PATIENCE:
            self._end(job, "failed", partial(lease.fail, code="unavailable", detail=problem.detail))
            return
        log.warning("job waits", problem=problem.slug)
        self._give_back(job, min(timedelta(seconds=1) + still / 2, LONGEST_WAIT))

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied_at < TIDY_EVERY:
            return
        self._tidied_at = time.monotonic()
        for tidy in (partial(ending.expire, service=self._service), ending.tidy, ending.trim):
            more = True
            while more:
                with self._database.write() as tx:
                    more = tidy(tx) > 0


def _allowed(job: Leased, kind: Kind, asked: Asked) -> Identity:
    """The person as they are now, who may still do this."""
    identity = asked()
    if identity.subject != job.owner:
        raise JobFailed("forbidden", "This job is not of the person whom it acts for.")
    for permission in kind.permissions:
        if not identity.may(permission):
            raise JobFailed("forbidden", lacking(permission))
    return identity


def _given_up() -> JobFailed:
    return JobFailed("internal", f"It failed {TRIES} times, and was given up. The error is in the logs.")
