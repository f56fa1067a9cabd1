"""The outbox: what has happened, written in the transaction in which it happened, until it has been told."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, delete, func, insert, select, update
from sqlalchemy.orm import Session

from servicekit import tracing
from servicekit.events import behalf, schemas
from servicekit.events.event import Event
from servicekit.events.tables import OUTBOX
from servicekit.ids import now, seconds_since
from servicekit.message_tokens import HEADER, MessageToken

LEASE = timedelta(seconds=15)
KEPT = timedelta(days=1)
LONGEST_WAIT = timedelta(minutes=1)
HELD_UP = timedelta(seconds=1)
CHUNK = 1000

UNSENT = OUTBOX.c.sent_at.is_(None)


@dataclass(frozen=True)
class Waiting:
    """An event that a relay has leased."""

    number: int
    event_id: str
    type: str
    subject: str
    body: str
    headers: dict[str, str]
    attempts: int


def publish(tx: Session, event: Event, *, on_behalf_of: MessageToken | None = None) -> None:
    """Tell that this has happened, if the transaction commits. InvalidEvent unless its schema holds.

    What speaks for a person needs the token that `on_behalf(event)` gave before the transaction began.
    """
    tx.execute(insert(OUTBOX), [_row(event, on_behalf_of)])


def publish_all(tx: Session, events: Iterable[Event]) -> None:
    """The same for many, which speak for nobody."""
    rows = [_row(event) for event in events]
    if rows:
        tx.execute(insert(OUTBOX), rows)


def _row(event: Event, token: MessageToken | None = None) -> dict[str, object]:
    schemas.hold(event)
    behalf.hold(event, token)
    headers = {tracing.HEADER: tracing.traceparent()} | ({HEADER: token.text} if token else {})
    return {
        "event_id": event.id,
        "type": event.type,
        "subject": event.subject,
        "body": event.as_json(),
        "headers": json.dumps(headers),
        "attempts": 0,
        "created_at": event.time,
        "due_at": event.time,
    }


def is_due(tx: Session) -> bool:
    """Whether there is anything to lease: asked without a write lock."""
    return tx.execute(select(OUTBOX.c.number).where(*_due(now())).limit(1)).first() is not None


def lease(tx: Session, most: int) -> list[Waiting]:
    """Take what is due, oldest first, so that no other relay takes it; of a subject only from its oldest on."""
    moment = now()
    wanted = select(OUTBOX).where(*_due(moment)).order_by(OUTBOX.c.number).limit(most)
    rows = tx.execute(wanted.with_for_update(skip_locked=True)).all()
    held_up = _held_up(tx, {row.number: row.subject for row in rows})
    _delay(tx, held_up, moment + HELD_UP)
    taken = [row for row in rows if row.number not in held_up]
    _delay(tx, [row.number for row in taken], moment + LEASE)
    return [
        Waiting(r.number, r.event_id, r.type, r.subject, r.body, json.loads(r.headers), r.attempts)
        for r in taken
    ]


def _held_up(tx: Session, subjects: dict[int, str]) -> set[int]:
    """Those that must wait because an older event of their subject has not been sent and is not among them."""
    older = select(OUTBOX.c.subject, func.min(OUTBOX.c.number)).where(
        UNSENT, OUTBOX.c.subject.in_(set(subjects.values()))
    )
    first = dict(tx.execute(older.group_by(OUTBOX.c.subject)).all())
    return {number for number, subject in subjects.items() if first.get(subject) not in subjects}


def _due(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return UNSENT, OUTBOX.c.due_at <= moment


def _delay(tx: Session, numbers: Collection[int], until: datetime) -> None:
    if numbers:
        tx.execute(update(OUTBOX).where(OUTBOX.c.number.in_(numbers)).values(due_at=until))


def sent(tx: Session, numbers: Collection[int]) -> None:
    """The broker has them."""
    if numbers:
        tx.execute(update(OUTBOX).where(OUTBOX.c.number.in_(numbers)).values(sent_at=now()))


def later(tx: Session, numbers: Collection[int], wait: timedelta) -> None:
    """Give them back, to be looked at after `wait`."""
    _delay(tx, numbers, now() + wait)


def returned(tx: Session, event: Waiting) -> None:
    """The broker could not deliver it: again after a while, each time a longer one."""
    wait = min(timedelta(seconds=2 ** min(event.attempts, 10)), LONGEST_WAIT)
    changes = {"attempts": OUTBOX.c.attempts + 1, "due_at": now() + wait}
    tx.execute(update(OUTBOX).where(OUTBOX.c.number == event.number).values(changes))


def tidy(tx: Session) -> int:
    """Remove some of what was sent long ago; returns how many."""
    old = select(OUTBOX.c.number).where(OUTBOX.c.sent_at < now() - KEPT).limit(CHUNK)
    numbers = tx.scalars(old).all()
    if numbers:
        tx.execute(delete(OUTBOX).where(OUTBOX.c.number.in_(numbers)))
    return len(numbers)


def oldest_at(tx: Session) -> datetime | None:
    """Since when the oldest event waits."""
    return tx.scalar(select(OUTBOX.c.created_at).where(UNSENT).order_by(OUTBOX.c.number).limit(1))


def lag(tx: Session) -> float:
    """How long the oldest event has been waiting, in seconds."""
    return seconds_since(oldest_at(tx))


def waiting(tx: Session) -> tuple[int, int]:
    """How many events wait, and how many of them the broker has returned."""
    returned = func.sum(case((OUTBOX.c.attempts > 0, 1), else_=0))
    count, came_back = tx.execute(select(func.count(), returned).where(UNSENT)).one()
    return count, int(came_back or 0)


def sent_since(tx: Session, moment: datetime) -> int:
    """How many were sent since then."""
    return tx.scalar(select(func.count()).where(OUTBOX.c.sent_at >= moment)) or 0
