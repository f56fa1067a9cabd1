"""Jobs as part of a person's own data: given as files, and erased."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, delete
from sqlalchemy.orm import Session

from servicekit.database import Database
from servicekit.jobs import ending, service
from servicekit.jobs.routes import shown
from servicekit.jobs.tables import JOB_PEOPLE, JOBS
from servicekit.people import File


def files(database: Database, owner: str) -> Iterator[File]:
    """A file for each job, with its report."""
    before = None
    while True:
        with database.read() as tx:
            found = service.newest(tx, owner, 1, before)
            report = service.lines(tx, owner, found[0].id, 1_000_000) if found else []
        if not found:
            return
        yield _file(found[0], report)
        before = found[0].id


def _file(job: Row[Any], report: list[Row[Any]]) -> File:
    lines = [{name: told for name, told in line._asdict().items() if name != "job_id"} for line in report]
    text = json.dumps(
        shown(job) | {"report": lines}, indent=2, ensure_ascii=False, default=lambda at: at.isoformat()
    )
    return File(f"{job.kind} {job.created_at:%Y-%m-%d %H.%M.%S}.json", text, job.changed_at)


def erase_some(tx: Session, owner: str) -> bool:
    """Whether the person has none left. A runner that has one in hand loses it."""
    if ending.remove_some(tx, JOBS.c.owner == owner):
        return False
    tx.execute(delete(JOB_PEOPLE).where(JOB_PEOPLE.c.owner == owner))
    return True
