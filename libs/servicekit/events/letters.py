"""Dead letters as a service keeps them once somebody has looked: in its own table, until somebody decides.

What is decided there is decided once, whoever asks at the same moment. What is sent again is handled from here
(servicekit.events.again), by this queue's handler alone, and is gone in the transaction of its effect.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from kombu.transport.base import Message
from sqlalchemy import Row, Select, delete, func, insert, select, update
from sqlalchemy.orm import Session

from servicekit.database import changed_one
from servicekit.events.event import Event
from servicekit.events.line import BURIED_AT, REASON, TRIED, Delivery
from servicekit.events.tables import DEAD_LETTERS
from servicekit.events.topology import TRIES
from servicekit.ids import new_id, now

LEASE = timedelta(seconds=30)
LONGEST_REASON = 200
MOST_TRIES = 1000
KILLED = f"its consumer ended {TRIES} times while it was handled"
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
HERE = DEAD_LETTERS.c
WAITS = HERE.due_at.is_(None)


@dataclass(frozen=True)
class DeadLetter:
    """One that waits, or that was sent again (`due_at`). What the message itself says is not to be believed."""

    id: str
    queue: str
    event_id: str
    type: str
    reason: str
    tries: int
    buried_at: datetime
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    due_at: datetime | None


class Count(NamedTuple):
    waiting: int
    sent_again: int


NONE = Count(0, 0)


def keep(tx: Session, queue: str, deliveries: Iterable[Delivery]) -> None:
    """Note them; what is here already stays as it is. IntegrityError if somebody else notes one at this moment."""
    rows = {row["digest"]: row for row in (_row(queue, delivery) for delivery in deliveries)}
    known = set(tx.scalars(select(HERE.digest).where(HERE.digest.in_(rows))))
    if fresh := [row for digest, row in rows.items() if digest not in known]:
        tx.execute(insert(DEAD_LETTERS), fresh)


def keep_own(tx: Session, queue: str, event: Event, reason: str, tries: int) -> None:
    """Note one whose event was handled well, and whose work could not be done later."""
    told = {REASON: reason, TRIED: tries}
    keep(tx, queue, [Delivery(event.as_json().encode(), told, event.id, tries, Message())])


def _row(queue: str, delivery: Delivery) -> dict[str, Any]:
    told, event_id = delivery.headers, _storable(delivery.event_id)
    headers = {name: text for name, text in told.items() if isinstance(text, str) and name[:2] != "x-"}
    kept = json.dumps(headers, sort_keys=True)
    parts = (queue.encode(), event_id.encode(), kept.encode(), delivery.body)
    by_broker = _deaths(told) if REASON not in told else {}
    tries = told.get(TRIED, TRIES if by_broker else 1)
    return {
        "id": new_id(),
        "digest": hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest(),
        "queue": queue,
        "event_id": event_id[:255],
        "type": type_in(delivery.body),
        "reason": _storable(str(told.get(REASON) or _reason(by_broker)))[:LONGEST_REASON],
        "tries": tries if isinstance(tries, int) and 0 <= tries <= MOST_TRIES else 1,
        "buried_at": _moment(told.get(BURIED_AT) or by_broker.get("time")),
        "headers": kept,
        "body": delivery.body,
    }


def _storable(text: str) -> str:
    """What the broker passes on may have halves of characters in it, which no database takes."""
    return text.encode(errors="replace").decode()


def _deaths(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the broker notes of what it has put there itself, the newest first."""
    deaths = told.get("x-death")
    first = deaths[0] if isinstance(deaths, list) and deaths else None
    return first if isinstance(first, dict) else {}


def _reason(by_broker: Mapping[str, Any]) -> str:
    if by_broker.get("reason") == "delivery_limit":
        return KILLED
    return str(by_broker.get("reason", "unknown"))


def _moment(told: object) -> datetime:
    """The broker's moments have no zone and are in UTC; what is none that can be, is now."""
    try:
        moment = datetime.fromisoformat(told) if isinstance(told, str) else told
        if not isinstance(moment, datetime):
            return now()
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return now()
    return moment if EARLIEST <= moment <= now() else now()


def type_in(body: bytes) -> str:
    """The type of event that a body claims to be; empty if it says none that could be one."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    kind = told.get("type") if isinstance(told, dict) else None
    return kind if isinstance(kind, str) and len(kind) <= 64 and kind.isprintable() else ""


def counts(tx: Session) -> dict[str, Count]:
    """How many there are of each queue that has any."""
    again = func.count(HERE.due_at)
    told = select(HERE.queue, func.count() - again, again).group_by(HERE.queue)
    return {queue: Count(waiting, tried) for queue, waiting, tried in tx.execute(told)}


def listed(tx: Session, queue: str, before: str | None, most: int) -> list[DeadLetter]:
    """Those of a queue, what was found last first, older than the one `before`."""
    wanted = _all().where(HERE.queue == queue).order_by(HERE.id.desc()).limit(most)
    return [_letter(row) for row in tx.execute(wanted.where(HERE.id < before) if before else wanted)]


def find(tx: Session, letter_id: str) -> DeadLetter | None:
    row = tx.execute(_all().where(HERE.id == letter_id)).first()
    return _letter(row) if row else None


def send_again(tx: Session, letter_id: str, headers: Mapping[str, str]) -> bool:
    """From now on it is tried, with these headers, and as often as a new one; False if it does not wait any more."""
    told = {"due_at": now(), "tries": 0, "headers": json.dumps(dict(headers), sort_keys=True)}
    return changed_one(tx, update(DEAD_LETTERS).where(HERE.id == letter_id, WAITS).values(told))


def drop(tx: Session, letter_id: str) -> bool:
    """Forget it; False if it does not wait any more."""
    return changed_one(tx, delete(DEAD_LETTERS).where(HERE.id == letter_id, WAITS))


def due(tx: Session, queues: Collection[str]) -> DeadLetter | None:
    """One that was sent again and is to be tried now: asked without a write lock."""
    wanted = _all().where(HERE.queue.in_(queues), HERE.due_at <= now())
    row = tx.execute(wanted.order_by(HERE.due_at).limit(1)).first()
    return _letter(row) if row else None


def claim(tx: Session, letter: DeadLetter) -> bool:
    """Take it, so that nobody else does; False if somebody has. It counts as a failure until it turns out otherwise:
    who is killed by what is in it tells nobody.
    """
    mine = update(DEAD_LETTERS).where(HERE.id == letter.id, HERE.due_at == letter.due_at)
    return changed_one(tx, mine.values(due_at=now() + LEASE, tries=letter.tries + 1))


def not_tried(tx: Session, letter: DeadLetter) -> None:
    """An outage came in between: that is no failure. It comes again when its lease has ended."""
    tx.execute(update(DEAD_LETTERS).where(HERE.id == letter.id).values(tries=letter.tries))


def handled(tx: Session, letter: DeadLetter) -> None:
    """It has had its effect."""
    tx.execute(delete(DEAD_LETTERS).where(HERE.id == letter.id))


def failed(tx: Session, letter: DeadLetter, wait: timedelta) -> None:
    """Once more, after a while."""
    told = {"tries": letter.tries + 1, "due_at": now() + wait}
    tx.execute(update(DEAD_LETTERS).where(HERE.id == letter.id).values(told))


def bury(tx: Session, letter: DeadLetter, reason: str) -> None:
    """It is a dead letter again."""
    told = {
        "tries": min(letter.tries + 1, TRIES),
        "due_at": None,
        "reason": reason[:LONGEST_REASON],
        "buried_at": now(),
    }
    tx.execute(update(DEAD_LETTERS).where(HERE.id == letter.id).values(told))


def _all() -> Select[Any]:
    return select(*(column for column in HERE if column.name != "digest"))


def _letter(row: Row[Any]) -> DeadLetter:
    told = row._asdict()
    return DeadLetter(**told | {"headers": json.loads(told["headers"]), "body": bytes(told["body"])})
