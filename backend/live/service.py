"""Note what has changed for a person, and tell what they have missed."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, delete, func, insert, select, tuple_, update
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session as Transaction

from backend.live.models import LiveEvent, LiveHead
from servicekit.database import changed_one
from servicekit.ids import is_id, now

KEPT = timedelta(hours=1)
MOST = 500
"""Who has missed more fetches everything anew, which is less."""
CHUNK = 1000

DOCUMENTS, JOB, SESSION, BUDGET = "documents", "job", "session", "budget"
"""The names of the events in the stream."""


@dataclass(frozen=True)
class Missed:
    """What a stream has to tell, and the number that it stands at then. None: more than is known; fetch all anew."""

    head: int
    events: Sequence[LiveEvent] | None


def note(tx: Transaction, person: str, kind: str, permission: str | None, told: Mapping[str, object]) -> None:
    """Something has changed for this person. Of who has no account, or not any more, nothing is noted."""
    number = _next(tx, person) if is_id(person) else None
    if number is not None:
        data = json.dumps(told, separators=(",", ":"))
        row = {"user_id": person, "number": number, "kind": kind, "permission": permission, "data": data}
        tx.execute(insert(LiveEvent).values(**row, at=now()))


def _next(tx: Transaction, person: str) -> int | None:
    mine = LiveHead.user_id == person
    step = update(LiveHead).where(mine).values(number=LiveHead.number + 1)
    if not changed_one(tx, step) and not _begun(tx, person):
        return None
    return tx.scalars(select(LiveHead.number).where(mine)).one()


def _begun(tx: Transaction, person: str) -> bool:
    """The first change of a person, or the next one after whoever was faster; False if there is no such person.

    In one statement, which locks the row at once: an INSERT that fails would keep a lock that two may share, and none
    of them could go on from there.
    """
    first, following = {"user_id": person, "number": 1}, {"number": LiveHead.number + 1}
    statement = (
        mysql.insert(LiveHead).values(first).on_duplicate_key_update(following)
        if tx.get_bind().dialect.name == "mysql"
        else sqlite.insert(LiveHead).values(first).on_conflict_do_update(set_=following)
    )
    try:
        with tx.begin_nested():
            tx.execute(statement)
    except IntegrityError:
        return False
    return True


def heads(tx: Transaction, people: Collection[str]) -> dict[str, int]:
    """The number of the last change of each of these, of whom something is known."""
    theirs = select(LiveHead.user_id, LiveHead.number).where(LiveHead.user_id.in_(people))
    return dict(tx.execute(theirs).all())


def missed(tx: Transaction, person: str, last: int) -> Missed:
    """What came after the change number `last`."""
    head = heads(tx, [person]).get(person, 0)
    if last == head:
        return Missed(head, [])
    if not head - MOST <= last < head:
        return Missed(head, None)
    mine = select(LiveEvent).where(LiveEvent.user_id == person, LiveEvent.number > last)
    events = tx.scalars(mine.where(LiveEvent.number <= head).order_by(LiveEvent.number)).all()
    return Missed(head, events if len(events) == head - last else None)


def before(tx: Transaction, person: str, seconds: int) -> int:
    """The number of the last change that is older than so many seconds."""
    newer = LiveEvent.user_id == person, LiveEvent.at > now() - timedelta(seconds=seconds)
    first = tx.scalar(select(func.min(LiveEvent.number)).where(*newer)) if seconds else None
    return heads(tx, [person]).get(person, 0) if first is None else first - 1


def is_due(tx: Transaction) -> bool:
    """Whether there is something to remove: asked without a write lock."""
    return bool(tx.execute(_old().limit(1)).all())


def tidy(tx: Transaction) -> None:
    """Remove some of what nobody can miss any more."""
    old = [tuple(row) for row in tx.execute(_old().limit(CHUNK))]
    tx.execute(delete(LiveEvent).where(tuple_(LiveEvent.user_id, LiveEvent.number).in_(old)))


def _old() -> Select[str, int]:
    return select(LiveEvent.user_id, LiveEvent.number).where(LiveEvent.at < now() - KEPT)
