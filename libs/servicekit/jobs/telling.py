"""Tells the others how a job is getting on, so that its person can see it at once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from servicekit.events import Event, publish
from servicekit.ids import now
from servicekit.jobs.tables import JOBS

EVERY = timedelta(seconds=1)
"""Progress is told no more often; a new state always."""


def queued_event(service: str) -> str:
    """Told when a job is submitted, and heard by the service itself: only then it is begun."""
    return f"{service}.job_queued.v1"


def changed_event(service: str) -> str:
    return f"{service}.job_changed.v1"


def tell_state(tx: Session, service: str, job_id: str) -> None:
    _tell(tx, service, _row(tx, job_id))


def tell_progress(tx: Session, service: str, job_id: str) -> None:
    row = _row(tx, job_id)
    if now() - row.told_at >= EVERY:
        _tell(tx, service, row)


def _row(tx: Session, job_id: str) -> Row[Any]:
    return tx.execute(select(JOBS).where(JOBS.c.id == job_id)).one()


def _tell(tx: Session, service: str, job: Row[Any]) -> None:
    told = {name: getattr(job, name) for name in ("owner", "kind", "state", "done")}
    total = {} if job.total is None else {"total": job.total}
    publish(tx, Event.of(changed_event(service), job.id, **told, **total))
    tx.execute(update(JOBS).where(JOBS.c.id == job.id).values(told_at=now()))
