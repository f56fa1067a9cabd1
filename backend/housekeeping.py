"""What the backend does by itself, in a thread of each process that serves: until there is a queue for it."""

import random
import threading
from collections.abc import Callable
from functools import partial

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session as Transaction

from backend.audit import retention
from backend.context import Backend
from backend.deletion import worker as deletion
from backend.live import service as live
from backend.revocations import service as revocations

log = structlog.get_logger()

EVERY = (
    2.0  # seconds between two looks, and up to half as much more: processes need not look at the same moment
)
Chore = Callable[[Backend], bool]


def _prune(parts: Backend) -> bool:
    retention.prune_daily(parts.database, parts.settings.audit_retention)
    return False


def _tidy(is_due: Callable[[Transaction], bool], tidy: Callable[[Transaction], None], parts: Backend) -> bool:
    """Looks first: a write lock is taken only where there is something to remove."""
    with parts.database.read() as tx:
        due = is_due(tx)
    if due:
        with parts.database.write() as tx:
            tidy(tx)
    return due


CHORES: tuple[Chore, ...] = (
    deletion.work,
    _prune,
    partial(_tidy, revocations.is_due, revocations.tidy),
    partial(_tidy, live.is_due, live.tidy),
)
"""Each does a little, and says whether there may be more."""


def start(parts: Backend) -> threading.Event:
    """Begin, and go on until the event that is returned is set, or the process ends."""
    stop = threading.Event()
    threading.Thread(target=_run, args=(parts, stop), name="housekeeping", daemon=True).start()
    return stop


def _run(parts: Backend, stop: threading.Event) -> None:
    while not stop.wait(EVERY * random.uniform(1, 1.5)):  # noqa: S311 - no secret
        for chore in CHORES:
            _do(chore, parts, stop)


def _do(chore: Chore, parts: Backend, stop: threading.Event) -> None:
    try:
        while not stop.is_set() and chore(parts):
            pass
    except SQLAlchemyError as error:
        log.warning("housekeeping waits", error=type(error).__name__)
    except Exception:
        log.exception("housekeeping failed")
