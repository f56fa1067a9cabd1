"""The `worker` command of a service: its relay and its consumers, as threads of one process.

Any number of them may run: relays lease rows, consumers share their queue.
"""

import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

import structlog
from flask import Flask

from servicekit import logs
from servicekit.database import Database
from servicekit.events import letters, outbox
from servicekit.events.again import Again
from servicekit.events.consumer import Consumer, Handlers, Stopping, Watch
from servicekit.events.figures import Figures
from servicekit.events.health import serve_health
from servicekit.events.line import Line
from servicekit.events.lines import line_to_broker
from servicekit.events.reading import Reader
from servicekit.events.relay import Relay
from servicekit.events.topology import topology
from servicekit.identity import Keys, Verifier
from servicekit.message_tokens import MessageVerifier
from servicekit.observe import Metrics
from servicekit.service import create_service
from servicekit.settings import Settings, SettingsError

log = structlog.get_logger()

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 5.0  # seconds after a failure
WATCH_EVERY = 5.0  # seconds
END_WITHIN = 4.0  # seconds

Queues = Mapping[str, Handlers]
"""The handlers of each queue by type of event."""


@dataclass
class Loop:
    """A step that is repeated until the end, whatever it raises."""

    name: str
    step: Callable[[], None]
    line: Line | None = None
    failure: str | None = None
    failures: int = field(default=0)

    def run(self, stopping: threading.Event) -> None:
        while not stopping.is_set():
            try:
                self.step()
                self.failure, self.failures = None, 0
            except Stopping:
                break
            except Exception as error:  # noqa: BLE001 - broker or database, and every way in which they break
                self._failed(error)
                stopping.wait(min(FIRST_PAUSE * 2 ** min(self.failures - 1, 8), LONGEST_PAUSE))
        self._close()

    def _failed(self, error: Exception) -> None:
        self._close()
        self.failures += 1
        told = f"{type(error).__name__}: {error}"[:300]
        if told != self.failure:
            log.warning("events interrupted", part=self.name, error=told)
        self.failure = told

    def _close(self) -> None:
        if self.line is not None:
            self.line.close()


More = Callable[[Figures, threading.Event], Loop]
"""What else a service's worker does, beside telling and hearing: given its figures, and what is set in the end."""


class Worker:
    """Its threads are at work in the context of `app`: what `as_user`, `as_service` and `acting` need is there.

    `keys` are those of the message tokens, normally those at JWKS_URL.
    """

    def __init__(
        self,
        service: str,
        settings: Settings,
        database: Database,
        queues: Queues,
        more: Sequence[More] = (),
        keys: Keys | None = None,
    ) -> None:
        check_queues(service, queues)
        self.stopping = threading.Event()
        self.app = create_service(service, settings, keys=keys)
        self.figures = Figures(cast("Metrics", self.app.extensions["metrics"]).registry)
        self._watched = Watch(_reader_of(self.app, settings), self.figures, self.stopping)
        self._database, self._queues = database, queues
        new_line = partial(line_to_broker, settings)
        relay, watch = new_line(), new_line()
        self.loops = [
            Loop("relay", Relay(database, relay, self.figures).step, relay),
            Loop("watch", partial(self._watch, watch), watch),
            *(self._consumer(queue, handlers, new_line()) for queue, handlers in queues.items()),
            *([Loop("again", Again(queues, database, self._watched).step)] if queues else []),
            *(make(self.figures, self.stopping) for make in more),
        ]

    def run(self) -> None:
        """Until `stopping` is set."""
        threads = [
            threading.Thread(target=self._run, args=(loop,), name=loop.name, daemon=True)
            for loop in self.loops
        ]
        for thread in threads:
            thread.start()
        self.stopping.wait()
        for thread in threads:
            thread.join(END_WITHIN / len(threads))

    def _run(self, loop: Loop) -> None:
        with self.app.app_context():
            loop.run(self.stopping)

    def state(self) -> dict[str, str]:
        """What works, for the readiness."""
        return {loop.name: "failing" if loop.failure else "ok" for loop in self.loops}

    def _consumer(self, queue: str, handlers: Handlers, line: Line) -> Loop:
        consumer = Consumer(queue, handlers, self._database, line, self._watched)
        return Loop(queue, consumer.step, line)

    def _watch(self, line: Line) -> None:
        """Figures that nobody counts: how far the outbox is behind, and what lies among the dead letters."""
        with self._database.read() as tx:
            self.figures.lag.set(outbox.lag(tx))
            self.figures.unsent.set(outbox.waiting(tx)[0])
            kept = letters.counts(tx)
        if not line.is_open:
            line.open()
        for queue in self._queues:
            self.figures.depth.labels(queue).set(line.depth(queue).messages)
            waiting = kept.get(queue, letters.NONE).waiting
            self.figures.dead_letters.labels(queue).set(line.dead_letters(queue) + waiting)
        if not self.stopping.wait(WATCH_EVERY):
            line.rest(0)


def check_queues(service: str, queues: Queues) -> None:
    """The handlers of a service are those that the topology promises."""
    promised = {queue: set(events) for queue, events in topology().listening(service).items()}
    if {queue: set(handlers) for queue, handlers in queues.items()} != promised:
        raise SettingsError(f"The queues of {service} are not those in contracts/events/topology.toml.")


def _reader_of(app: Flask, settings: Settings) -> Reader:
    verifier: Verifier = app.extensions["identity"]
    return Reader(MessageVerifier(settings.token_issuer, verifier.keys))


def run(
    service: str,
    settings: Settings,
    database: Database,
    queues: Queues,
    more: Sequence[More] = (),
    keys: Keys | None = None,
) -> None:
    """What the command does: until SIGTERM or Ctrl-C."""
    logs.configure(settings.log_level, service)
    worker = Worker(service, settings, database, queues, more, keys)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stopping.set())
    with serve_health(settings.host, settings.worker_port, worker.state, worker.figures.registry):
        worker.run()
