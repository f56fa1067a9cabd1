"""The inbox: which events a queue's handler has handled, noted in the transaction of what it did."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from servicekit.events.tables import INBOX
from servicekit.ids import now

KEPT = timedelta(days=14)
CHUNK = 1000


def note(tx: Session, queue: str, event_id: str) -> bool:
    """Note that it is handled; False if it was already. Who comes at the same time waits for the first to end."""
    try:
        with tx.begin_nested():
            tx.execute(insert(INBOX).values(queue=queue, event_id=event_id, handled_at=now()))
    except IntegrityError:
        return False
    return True


def note_all(tx: Session, queue: str, event_ids: Collection[str]) -> set[str]:
    """Note those that were not yet, and return them. IntegrityError when somebody else does so at the same time."""
    fresh = set(event_ids) - known(tx, queue, event_ids)
    in_one_order = sorted(fresh)  # so that no two wait for each other
    if fresh:
        moment = now()
        tx.execute(
            insert(INBOX), [{"queue": queue, "event_id": each, "handled_at": moment} for each in in_one_order]
        )
    return fresh


def known(tx: Session, queue: str, event_ids: Collection[str]) -> set[str]:
    """Which of these are handled."""
    return set(
        tx.scalars(select(INBOX.c.event_id).where(INBOX.c.queue == queue, INBOX.c.event_id.in_(event_ids)))
    )


def forget(tx: Session, queue: str, event_ids: Collection[str]) -> None:
    """There is more to do for these."""
    if event_ids:
        tx.execute(delete(INBOX).where(INBOX.c.queue == queue, INBOX.c.event_id.in_(event_ids)))


def handled_since(tx: Session, moment: datetime) -> dict[str, int]:
    """queue → how many events were handled since then."""
    counted = select(INBOX.c.queue, func.count()).where(INBOX.c.handled_at >= moment)
    return dict(tx.execute(counted.group_by(INBOX.c.queue)).all())


def newest(tx: Session, queue: str, since: datetime) -> str | None:
    """The event that was handled last, if that was after `since`."""
    wanted = select(INBOX.c.event_id).where(INBOX.c.queue == queue, INBOX.c.handled_at >= since)
    return tx.scalar(wanted.order_by(INBOX.c.handled_at.desc()).limit(1))


def tidy(tx: Session) -> int:
    """Remove some of the oldest entries; returns how many."""
    key = (INBOX.c.queue, INBOX.c.event_id)
    old = tx.execute(select(*key).where(INBOX.c.handled_at < now() - KEPT).limit(CHUNK)).all()
    if old:
        tx.execute(delete(INBOX).where(tuple_(*key).in_(old)))
    return len(old)
