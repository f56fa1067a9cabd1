"""A runner's hold on a job: taken, kept, made progress in, given back. Each statement asks for the fence."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, insert, or_, select, update
from sqlalchemy.orm import Session

from servicekit.database import changed_one
from servicekit.ids import now
from servicekit.jobs import content, ending
from servicekit.jobs.job import UNFINISHED, Leased, Line, Lost, Outcome, State, Step
from servicekit.jobs.service import lock_person
from servicekit.jobs.tables import JOB_LINES, JOB_PEOPLE, JOBS
from servicekit.jobs.telling import tell_progress, tell_state

LEASE = timedelta(seconds=10)
RUNNING_PER_PERSON = 2
"""Jobs of one person that run at the same time, however many runners there are."""


def is_due(tx: Session, kinds: Collection[str]) -> bool:
    """Whether there is anything to take: asked without a write lock."""
    return tx.execute(_next(kinds, now())).first() is not None


def take(tx: Session, service: str, kinds: Collection[str]) -> Leased | None:
    """The next job: of who has the fewest running, and among them of who has waited longest to be served.

    Of several runners who see the same job, the one that locks its person first gets it; the others find nothing.
    """
    moment = now()
    found = tx.execute(_next(kinds, moment)).first()
    if found is None:
        return None
    lock_person(tx, found.owner)
    row = tx.execute(select(JOBS).where(JOBS.c.id == found.id, *_free(moment))).first()
    if row is None or _running(tx, found.owner, moment) >= RUNNING_PER_PERSON:
        return None
    return _leased(tx, service, row, moment)


def _next(kinds: Collection[str], moment: datetime) -> Select[Any]:
    running = (
        select(JOBS.c.owner, func.count().label("count"))
        .where(JOBS.c.state == State.RUNNING, JOBS.c.leased_until > moment)
        .group_by(JOBS.c.owner)
        .subquery()
    )
    count = func.coalesce(running.c.count, 0)
    return (
        select(JOBS.c.id, JOBS.c.owner)
        .join(JOB_PEOPLE, JOB_PEOPLE.c.owner == JOBS.c.owner)
        .outerjoin(running, running.c.owner == JOBS.c.owner)
        .where(*_free(moment), JOBS.c.kind.in_(kinds), count < RUNNING_PER_PERSON)
        .order_by(count, JOB_PEOPLE.c.served_at, JOBS.c.created_at, JOBS.c.id)
        .limit(1)
    )


def _free(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    nobodys = or_(JOBS.c.leased_until.is_(None), JOBS.c.leased_until <= moment)
    return JOBS.c.state.in_(UNFINISHED), JOBS.c.due_at <= moment, nobodys


def _running(tx: Session, owner: str, moment: datetime) -> int:
    theirs = (JOBS.c.owner == owner, JOBS.c.state == State.RUNNING, JOBS.c.leased_until > moment)
    return tx.scalar(select(func.count()).where(*theirs)) or 0


def _leased(tx: Session, service: str, row: Row[Any], moment: datetime) -> Leased | None:
    """A lease that has run out was a runner that died: that counts as a failure."""
    changes = {
        "state": State.RUNNING,
        "fence": row.fence + 1,
        "failures": row.failures + (row.leased_until is not None),
        "leased_until": moment + LEASE,
        "started_at": row.started_at or moment,
        "changed_at": moment if row.state == State.QUEUED else row.changed_at,
    }
    ours = (JOBS.c.id == row.id, JOBS.c.fence == row.fence, *_free(moment))
    if not changed_one(tx, update(JOBS).where(*ours).values(changes)):
        return None
    _served(tx, row.owner, moment)
    if row.state == State.QUEUED:
        tell_state(tx, service, row.id)
    return _as_leased(tx.execute(select(JOBS).where(JOBS.c.id == row.id)).one())


def _as_leased(row: Row[Any]) -> Leased:
    return Leased(
        id=row.id,
        owner=row.owner,
        kind=row.kind,
        params=json.loads(row.params),
        size=row.size,
        position=None if row.position is None else json.loads(row.position),
        done=row.done,
        total=row.total,
        token=row.token or "",
        trace=row.trace,
        fence=row.fence,
        failures=row.failures,
        changed_at=row.changed_at,
    )


def _served(tx: Session, owner: str, moment: datetime) -> None:
    tx.execute(update(JOB_PEOPLE).where(JOB_PEOPLE.c.owner == owner).values(served_at=moment))


def _is(job: Leased) -> tuple[ColumnElement[bool], ...]:
    return JOBS.c.id == job.id, JOBS.c.fence == job.fence, JOBS.c.state == State.RUNNING


def is_held(tx: Session, job: Leased) -> bool:
    """Whether it is still this runner's."""
    return tx.scalar(select(JOBS.c.id).where(*_is(job))) is not None


def reread(tx: Session, job: Leased) -> Leased:
    """As it is now. Raises Lost."""
    row = tx.execute(select(JOBS).where(*_is(job))).first()
    if row is None:
        raise Lost
    return _as_leased(row)


def renew(tx: Session, job: Leased) -> bool:
    """Keep it for longer; whether it is still this runner's."""
    return changed_one(tx, update(JOBS).where(*_is(job)).values(leased_until=now() + LEASE))


def advance(tx: Session, service: str, job: Leased, step: Step) -> None:
    """Apply a step: its effect, its lines and the progress, or nothing of it. Raises Lost."""
    counted = Counter(line.outcome for line in step.lines)
    moment = now()
    changes = {
        "done": step.done,
        "total": step.total,
        "position": json.dumps(step.position),
        "failures": 0,
        "changed_at": moment,
        "leased_until": moment + LEASE,
        **{outcome.value: getattr(JOBS.c, outcome.value) + counted[outcome] for outcome in Outcome},
    }
    if not changed_one(tx, update(JOBS).where(*_is(job)).values(changes)):
        raise Lost
    _report(tx, job, step.lines)
    content.add(tx, job.id, step.made)
    step.effect(tx)
    tell_progress(tx, service, job.id)


def _report(tx: Session, job: Leased, lines: Sequence[Line]) -> None:
    if lines:
        last = select(func.coalesce(func.max(JOB_LINES.c.number), -1)).where(JOB_LINES.c.job_id == job.id)
        first = tx.execute(last).scalar_one() + 1
        rows = [_row_of(job, first + place, line) for place, line in enumerate(lines)]
        tx.execute(insert(JOB_LINES), rows)


def _row_of(job: Leased, number: int, line: Line) -> dict[str, Any]:
    cut = line._replace(subject=line.subject[:300], detail=line.detail and line.detail[:500])
    return {"job_id": job.id, "number": number, **cut._asdict()}


def give_back(tx: Session, job: Leased, wait: timedelta = timedelta(0), *, failed: bool = False) -> None:
    """Another runner, or this one later, goes on with it."""
    moment = now()
    changes = {"leased_until": None, "due_at": moment + wait, "failures": JOBS.c.failures + int(failed)}
    tx.execute(update(JOBS).where(*_is(job)).values(changes))
    _served(tx, job.owner, moment)


def finish(tx: Session, service: str, job: Leased) -> None:
    """All its steps are applied."""
    ending.end(tx, service, job.id, State.DONE, JOBS.c.fence == job.fence)


def fail(tx: Session, service: str, job: Leased, code: str, detail: str) -> None:
    """Nothing more is done for it; what was done before stays."""
    reason = {"reason": code[:50], "detail": detail[:500]}
    ending.end(tx, service, job.id, State.FAILED, JOBS.c.fence == job.fence, **reason)
