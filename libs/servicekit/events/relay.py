"""The relay: takes events out of the outbox and gives them to the broker. Any number may work side by side."""

import time
from collections.abc import Sequence
from datetime import timedelta

import structlog

from servicekit.database import Database
from servicekit.events import inbox, outbox
from servicekit.events.figures import Figures
from servicekit.events.line import Line, Outcome
from servicekit.events.outbox import Waiting

log = structlog.get_logger()

BATCH = 200
IDLE = 0.1  # seconds between two looks into an empty outbox
PENDING = timedelta(seconds=0.2)
TIDY_EVERY = 60.0  # seconds


class Relay:
    def __init__(self, database: Database, line: Line, figures: Figures) -> None:
        self._database, self._line, self._figures = database, line, figures
        self._tidied_at = -TIDY_EVERY
        self._busy = False
        """Whether there was as much as could be taken: then there is more."""

    def step(self) -> None:
        """Send what is due, or rest a moment. Raises what the database or the broker raise."""
        if not self._line.is_open:
            self._line.open()
        self._tidy()
        if self._busy or self._is_due():
            self._send_some()
        else:
            self._line.rest(IDLE)

    def _is_due(self) -> bool:
        with self._database.read() as tx:
            return outbox.is_due(tx)

    def _send_some(self) -> None:
        with self._database.write() as tx:
            events = outbox.lease(tx, BATCH)
        self._busy = len(events) == BATCH
        if not events:
            self._line.rest(IDLE)
            return
        try:
            outcomes = self._line.send(events)
        except Exception:
            self._give_back(events)
            raise
        self._note(events, outcomes)

    def _note(self, events: Sequence[Waiting], outcomes: dict[int, Outcome]) -> None:
        by_outcome = {outcome: [e for e in events if outcomes[e.number] is outcome] for outcome in Outcome}
        with self._database.write() as tx:
            outbox.sent(tx, _numbers(by_outcome[Outcome.SENT]))
            outbox.later(tx, _numbers(by_outcome[Outcome.PENDING]), PENDING)
            for event in by_outcome[Outcome.RETURNED]:
                outbox.returned(tx, event)
                log.warning("event not delivered", event_type=event.type, event_id=event.event_id)
        for event in events:
            self._figures.relayed.labels(event.type, outcomes[event.number].value).inc()

    def _give_back(self, events: Sequence[Waiting]) -> None:
        with self._database.write() as tx:
            outbox.later(tx, _numbers(events), timedelta(0))

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied_at < TIDY_EVERY:
            return
        self._tidied_at = time.monotonic()
        for tidy in (outbox.tidy, inbox.tidy):
            more = True
            while more:
                with self._database.write() as tx:
                    more = tidy(tx) > 0


def _numbers(events: Sequence[Waiting]) -> list[int]:
    return [event.number for event in events]
