"""The API of a service's jobs, which the service mounts, and how one of its own endpoints begins a job."""

import json
from collections.abc import Sequence
from typing import Any

from apiflask import APIBlueprint
from sqlalchemy import Row

from servicekit.database import Database
from servicekit.events import on_behalf, publish
from servicekit.guards import Room, require, signed_in
from servicekit.identity import current_identity
from servicekit.ids import new_id
from servicekit.jobs import schemas, service

Answer = tuple[dict[str, Any], int, dict[str, str]]


def room(name: str, database: Database, *, read: str, write: str) -> Room:
    """`/api/<name>/jobs`: to list and see one's own with the permission `read`, to cancel with `write`."""
    blueprint = APIBlueprint("jobs", __name__, tag="Jobs")

    @blueprint.get("")
    @require(read)
    @blueprint.input(schemas.JobQuery, location="query", arg_name="query")
    @blueprint.output(schemas.JobPage, description="A page of jobs")
    @blueprint.doc(operation_id="listJobs")
    def list_jobs(query: schemas.JobQuery) -> dict[str, Any]:
        """List your jobs, the last first

        Those that have ended can be seen for a week.
        """
        with database.read() as tx:
            found = service.newest(tx, _owner(), query.limit + 1, query.cursor)
        page = found[: query.limit]
        return {
            "items": [shown(job) for job in page],
            "next": page[-1].id if len(found) > len(page) else None,
        }

    @blueprint.get("/<job_id>")
    @require(read)
    @blueprint.output(schemas.Job, description="The job")
    @blueprint.doc(operation_id="readJob")
    def read_job(job_id: str) -> dict[str, Any]:
        """See how a job is getting on"""
        with database.read() as tx:
            return shown(service.read(tx, _owner(), job_id))

    @blueprint.get("/<job_id>/report")
    @require(read)
    @blueprint.input(schemas.ReportQuery, location="query", arg_name="query")
    @blueprint.output(schemas.ReportPage, description="A page of the report")
    @blueprint.doc(operation_id="readJobReport")
    def read_report(job_id: str, query: schemas.ReportQuery) -> dict[str, Any]:
        """Read what became of each thing that the job is about

        While the job runs, the report grows.
        """
        after = -1 if query.cursor is None else query.cursor
        with database.read() as tx:
            found = service.lines(tx, _owner(), job_id, query.limit + 1, after, query.outcome)
        page = found[: query.limit]
        following = str(page[-1].number) if len(found) > len(page) else None
        return {"items": [line._asdict() for line in page], "next": following}

    @blueprint.delete("/<job_id>")
    @require(write)
    @blueprint.doc(operation_id="cancelJob", responses={204: "It is cancelled"})
    def cancel_job(job_id: str) -> tuple[str, int]:
        """Cancel a job

        What it has done stays, and its report tells of it. 409 if it has ended.
        """
        with database.write() as tx:
            service.cancel(tx, name, _owner(), job_id)
        return "", 204

    return Room(blueprint, f"/api/{name}/jobs", signed_in)


def begin(name: str, database: Database, kind: str, pieces: Sequence[bytes] = (), **params: Any) -> Answer:
    """Submit a job for the person of this request; what its endpoint answers. Called outside any transaction."""
    job = service.draft(name, new_id(), _owner(), kind, **params)
    token = on_behalf(job.event)
    with database.write() as tx:
        service.submit(tx, name, job, pieces)
        publish(tx, job.event, on_behalf_of=token)
        row = service.read(tx, job.owner, job.id)
    return shown(row), 202, {"Location": f"/api/{name}/jobs/{job.id}"}


def shown(job: Row[Any]) -> dict[str, Any]:
    """As the API shows it."""
    kept = ("id", "kind", "state", "done", "total", "created_at", "started_at", "ended_at")
    counts = {name: getattr(job, name) for name in ("succeeded", "left_out", "failed")}
    reason = {"code": job.reason, "detail": job.detail} if job.reason else None
    told = {name: getattr(job, name) for name in kept}
    return {**told, "params": json.loads(job.params), "counts": counts, "reason": reason}


def _owner() -> str:
    return current_identity().subject
