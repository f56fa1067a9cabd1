"""Jobs: long work on a person's behalf, with progress, a report and an end that the person understands.

An endpoint begins one and answers 202 at once:

    return jobs.begin("notes", database, "translation", language="es")

A `worker` does it, step by step (`Kind`), as the person and only as long as they may. A service has the tables
(`tables.add_to`, and migrations), the API (`room`), the events `<service>.job_queued.v1` and
`<service>.job_changed.v1` in the topology, and a queue `<service>.jobs` that hears the first: docs/adding-a-service.md.
"""

from servicekit.jobs import own, schemas, tables
from servicekit.jobs.job import GiveBack, JobFailed, Kind, Line, Lost, Outcome, State, Step, Work
from servicekit.jobs.routes import Answer, begin, room

__all__ = [
    "Answer",
    "GiveBack",
    "JobFailed",
    "Kind",
    "Line",
    "Lost",
    "Outcome",
    "State",
    "Step",
    "Work",
    "begin",
    "own",
    "room",
    "schemas",
    "tables",
]
