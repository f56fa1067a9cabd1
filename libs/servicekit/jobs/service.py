"""What a person does with jobs: submit, see, cancel. `owner` is part of every statement."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Session

from servicekit import tracing
from servicekit.events import Event
from servicekit.ids import is_id, now
from servicekit.jobs import content, ending
from servicekit.jobs.job import UNFINISHED, State
from servicekit.jobs.tables import JOB_LINES, JOB_PEOPLE, JOBS
from servicekit.jobs.telling import queued_event, tell_state
from servicekit.problems import Conflict, NotFound, TooManyRequests

MOST_UNFINISHED = 100
"""Jobs of one person that wait or run."""
MOST_KEPT = 64 * 1024 * 1024
"""Bytes that may wait with them."""
AGAIN_AFTER = "30"  # seconds


@dataclass(frozen=True)
class Draft:
    """A job that is about to be submitted. `event` has its id as subject."""

    event: Event
    owner: str
    kind: str
    params: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.event.subject


def draft(service: str, job_id: str, owner: str, kind: str, **params: Any) -> Draft:
    event = Event.of(queued_event(service), job_id, owner=owner, kind=kind)
    return Draft(event, owner, kind, params)


def submit(tx: Session, service: str, job: Draft, pieces: Sequence[bytes] = ()) -> None:
    """Keep it; 429 if the person has too many already. The caller publishes `job.event` in the same transaction."""
    size = sum(map(len, pieces))
    lock_person(tx, job.owner)
    _refuse_too_many(tx, job.owner, size)
    tx.execute(insert(JOBS).values(_new(job, size)))
    content.keep(tx, job.id, pieces)
    tell_state(tx, service, job.id)


def _new(job: Draft, size: int) -> dict[str, Any]:
    moment = job.event.time
    return {
        "id": job.id,
        "owner": job.owner,
        "kind": job.kind,
        "state": State.QUEUED,
        "params": json.dumps(job.params, ensure_ascii=False),
        "size": size,
        "trace": tracing.traceparent(),
        **dict.fromkeys(("done", "succeeded", "left_out", "failed", "fence", "failures"), 0),
        **dict.fromkeys(("created_at", "changed_at", "told_at"), moment),
    }


def lock_person(tx: Session, owner: str) -> None:
    """Until the end of the transaction nobody else submits or begins anything of theirs.

    One statement that takes the row's lock, new or not: to insert, and to lock what was there already, would let two
    at once wait for each other.
    """
    if tx.get_bind().dialect.name == "sqlite":
        tx.execute(sqlite.insert(JOB_PEOPLE).values(owner=owner).on_conflict_do_nothing())
    else:
        tx.execute(mysql.insert(JOB_PEOPLE).values(owner=owner).on_duplicate_key_update(owner=owner))


def _refuse_too_many(tx: Session, owner: str, size: int) -> None:
    theirs = select(func.count(), func.coalesce(func.sum(JOBS.c.size), 0))
    count, kept = tx.execute(theirs.where(JOBS.c.owner == owner, JOBS.c.state.in_(UNFINISHED))).one()
    if count >= MOST_UNFINISHED or (size and kept + size > MOST_KEPT):
        raise TooManyRequests(
            "Too much of yours is waiting already. Wait until some of it is done, or cancel it.",
            headers={"Retry-After": AGAIN_AFTER},
        )


def newest(tx: Session, owner: str, limit: int, before: str | None = None) -> list[Row[Any]]:
    """Their jobs, the last submitted first."""
    wanted = select(JOBS).where(JOBS.c.owner == owner)
    if before is not None:
        wanted = wanted.where(JOBS.c.id < before)
    return list(tx.execute(wanted.order_by(JOBS.c.id.desc()).limit(limit)).all())


def read(tx: Session, owner: str, job_id: str) -> Row[Any]:
    """NotFound also when it is another's."""
    wanted = select(JOBS).where(JOBS.c.id == job_id, JOBS.c.owner == owner)
    found = tx.execute(wanted).first() if is_id(job_id) else None
    if found is None:
        raise NotFound
    return found


def lines(
    tx: Session, owner: str, job_id: str, limit: int, after: int = -1, outcome: str | None = None
) -> list[Row[Any]]:
    """The report of a job, from after that number on; with `outcome`, only lines of that."""
    read(tx, owner, job_id)
    wanted = select(JOB_LINES).where(JOB_LINES.c.job_id == job_id, JOB_LINES.c.number > after)
    if outcome is not None:
        wanted = wanted.where(JOB_LINES.c.outcome == outcome)
    return list(tx.execute(wanted.order_by(JOB_LINES.c.number).limit(limit)).all())


def cancel(tx: Session, service: str, owner: str, job_id: str) -> None:
    """End it now: what a runner still works out for it is not applied any more. 409 if it has ended otherwise."""
    if is_id(job_id) and ending.end(tx, service, job_id, State.CANCELLED, JOBS.c.owner == owner):
        return
    if read(tx, owner, job_id).state != State.CANCELLED:
        raise Conflict("It has ended already.")


def make_ready(tx: Session, job_id: str, token: str) -> None:
    """Its event has arrived: from now on runners see it."""
    unready = (JOBS.c.id == job_id, JOBS.c.state == State.QUEUED, JOBS.c.due_at.is_(None))
    tx.execute(update(JOBS).where(*unready).values(token=token, due_at=now()))
