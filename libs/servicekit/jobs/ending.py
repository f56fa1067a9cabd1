"""The end of a job, whatever it is, and what is removed some days later."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from servicekit.database import changed_one
from servicekit.ids import now
from servicekit.jobs.job import UNFINISHED, State
from servicekit.jobs.tables import JOB_PIECES, JOBS
from servicekit.jobs.telling import tell_state

KEPT = timedelta(days=7)
"""How long a person can read what has become of it."""
KEPT_OF_ONE = 200
"""Of one person the newest so many are kept, however short that time is."""
LONGEST = timedelta(days=1)
"""How long it may wait and run: its message token lives as long."""
CHUNK = 100
MOST_LINES = 10_000
"""Of reports that are removed in one transaction, where one report does not have more: others wait meanwhile."""


def end(
    tx: Session, service: str, job_id: str, state: State, *where: ColumnElement[bool], **changes: Any
) -> bool:
    """Whether it had not ended before. Its token and its content go; no runner's step is applied after it."""
    moment = now()
    changes |= {"state": state, "ended_at": moment, "changed_at": moment, "fence": JOBS.c.fence + 1}
    changes |= dict.fromkeys(("token", "position", "leased_until", "due_at"))
    unfinished = (JOBS.c.id == job_id, JOBS.c.state.in_(UNFINISHED), *where)
    if not changed_one(tx, update(JOBS).where(*unfinished).values(changes)):
        return False
    tx.execute(delete(JOB_PIECES).where(JOB_PIECES.c.job_id == job_id))
    tell_state(tx, service, job_id)
    return True


def expire(tx: Session, service: str) -> int:
    """End some that are a day old: their events never arrived, or nobody has worked for as long."""
    old = select(JOBS.c.id).where(JOBS.c.state.in_(UNFINISHED), JOBS.c.created_at < now() - LONGEST)
    ids = tx.scalars(old.limit(CHUNK)).all()
    detail = "It was not finished within a day. Begin it again."
    for job_id in ids:
        end(tx, service, job_id, State.FAILED, reason="expired", detail=detail)
    return len(ids)


def tidy(tx: Session) -> int:
    """Remove some that ended long ago, with their reports; returns how many."""
    return remove_some(tx, JOBS.c.ended_at < now() - KEPT)


def trim(tx: Session) -> int:
    """Remove some of somebody who has more that have ended than are kept; returns how many."""
    count = func.count()
    crowded = select(JOBS.c.owner).where(JOBS.c.ended_at.is_not(None)).group_by(JOBS.c.owner)
    owner = tx.scalar(crowded.having(count > KEPT_OF_ONE).limit(1))
    if owner is None:
        return 0
    ended = select(JOBS.c.id).where(JOBS.c.owner == owner, JOBS.c.ended_at.is_not(None))
    beyond = ended.order_by(JOBS.c.ended_at.desc(), JOBS.c.id.desc()).offset(KEPT_OF_ONE).limit(CHUNK)
    return remove_some(tx, JOBS.c.id.in_(tx.scalars(beyond).all()))


def remove_some(tx: Session, *which: ColumnElement[bool]) -> int:
    """Remove some of these, at least one, with their reports; returns how many. A runner loses what it has of them."""
    length = (JOBS.c.succeeded + JOBS.c.left_out + JOBS.c.failed).label("length")
    ids, lines = list[str](), 0
    for job in tx.execute(select(JOBS.c.id, length).where(*which).limit(CHUNK)):
        lines += job.length
        if ids and lines > MOST_LINES:
            break
        ids.append(job.id)
    if ids:
        tx.execute(delete(JOBS).where(JOBS.c.id.in_(ids)))
    return len(ids)
