"""Which documents are to be read again: noted by the events' handlers, done by the worker's indexers, one at a time."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import structlog
from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ai.index.models import IndexTask
from servicekit.database import changed_one
from servicekit.events import Event, letters
from servicekit.ids import new_id, now

log = structlog.get_logger()

LEASE = timedelta(minutes=5)
PAUSE = timedelta(seconds=10)
LONGEST_WAIT = timedelta(minutes=10)
MOST_TRIES = 5
"""How often a document is read that cannot be, or that kills who reads it."""
GIVEN_UP = datetime(9000, 1, 1, tzinfo=UTC)
"""When it is due that was given up: not before it is saved again, or its dead letter sent again."""
QUEUE = "ai.documents"


class Task(NamedTuple):
    document_id: str
    owner: str
    attempts: int
    lease: str


def want(session: Session, owner: str, document_id: str) -> None:
    """Let it be read as soon as possible; whoever is reading it now has read too early, and loses the lease."""
    fresh = {"owner": owner, "due_at": now(), "attempts": 0, "lease": None}
    if changed_one(session, update(IndexTask).where(IndexTask.document_id == document_id).values(fresh)):
        return
    try:
        with session.begin_nested():
            session.execute(insert(IndexTask).values(document_id=document_id, **fresh))
    except IntegrityError:  # somebody else noted it at the same moment
        session.execute(update(IndexTask).where(IndexTask.document_id == document_id).values(fresh))


def take(session: Session, owner: str, document_id: str) -> Task:
    """A task of who reads this document anyway, now: whoever was at it has read too early."""
    want(session, owner, document_id)
    task = Task(document_id, owner, 0, new_id())
    taken = {"lease": task.lease, "due_at": now() + LEASE}
    session.execute(update(IndexTask).where(IndexTask.document_id == document_id).values(taken))
    return task


def is_due(session: Session, busy: Collection[str]) -> bool:
    """Of anybody but those who are `busy`. Asked without a write lock."""
    others = IndexTask.owner.not_in(busy)
    return session.scalar(select(IndexTask.document_id).where(_due(), others).limit(1)) is not None


def lease(session: Session, after: str, busy: Collection[str]) -> Task | None:
    """Take the oldest task of the next person after `after`, in the order of their ids: people take turns, but for
    those who are `busy`."""
    waiting = select(func.min(IndexTask.owner)).where(_due(), IndexTask.owner.not_in(busy))
    owner = session.scalar(waiting.where(IndexTask.owner > after)) or session.scalar(waiting)
    if owner is None:
        return None
    oldest = select(IndexTask).where(_due(), IndexTask.owner == owner).order_by(IndexTask.due_at).limit(1)
    row = session.scalar(oldest.with_for_update(skip_locked=True))
    if row is None:
        return None
    if row.attempts >= MOST_TRIES:
        _give_up(session, row)
        return None
    # Counted before it is read: who is killed over it cannot count.
    row.lease, row.due_at, row.attempts = new_id(), now() + LEASE, row.attempts + 1
    session.flush()
    return Task(row.document_id, row.owner, row.attempts, row.lease)


def done(session: Session, task: Task) -> bool:
    """Whether the lease still holds: only then may what was read take effect, in the same transaction."""
    return changed_one(session, delete(IndexTask).where(*_mine(task)))


def failed(session: Session, task: Task) -> None:
    """Again later, each time after a longer pause."""
    pause = min(timedelta(seconds=2.0**task.attempts), LONGEST_WAIT)
    session.execute(update(IndexTask).where(*_mine(task)).values(due_at=now() + pause, lease=None))


def postponed(session: Session, task: Task) -> None:
    """Again in a while: who did not answer is at fault, and not the document."""
    later = {"attempts": IndexTask.attempts - 1, "due_at": now() + PAUSE, "lease": None}
    session.execute(update(IndexTask).where(*_mine(task)).values(later))


def is_noted(session: Session, document_id: str) -> bool:
    return session.get(IndexTask, document_id) is not None


def _give_up(session: Session, row: IndexTask) -> None:
    """It is told among the dead letters of the queue that it came by; sent again from there, it is read again."""
    row.due_at, row.lease = GIVEN_UP, None
    event = Event.of("document.saved.v1", row.document_id, owner=row.owner, version=1)
    reason = f"the index gave up reading it: {MOST_TRIES} tries failed, or ended with their process"
    letters.keep_own(session, QUEUE, event, reason, row.attempts)
    session.flush()
    log.error("document given up", document_id=row.document_id, tries=row.attempts)


def drop(session: Session, owner: str, document_id: str) -> None:
    """It is gone: who is reading it now reads in vain."""
    session.execute(delete(IndexTask).where(IndexTask.owner == owner, IndexTask.document_id == document_id))


def _due() -> ColumnElement[bool]:
    return IndexTask.due_at <= now()


def _mine(task: Task) -> list[ColumnElement[bool]]:
    return [IndexTask.document_id == task.document_id, IndexTask.lease == task.lease]
