"""What a service's worker needs for its jobs: the handler of their event, and some runners."""

import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy.orm import Session

from servicekit.database import Database
from servicekit.errands import Ended, acting
from servicekit.events import Event
from servicekit.events import figures as events
from servicekit.events.worker import Loop, More
from servicekit.jobs import service
from servicekit.jobs.figures import Figures
from servicekit.jobs.job import JobFailed, Kind, Leased
from servicekit.jobs.runner import Asked, Runner

RUNNERS = 2
"""Threads in each worker. Jobs mostly wait: for the database, or for another service."""

WORDS = {
    "ended": "Nobody may act for you with what you had when you began this: you have signed out everywhere, your "
    "account was suspended, or the access token was revoked.",
    "expired": "It was not finished within a day. Begin it again.",
}


def job_queued(tx: Session, event: Event) -> None:
    """Hears the service's own `job_queued`: the message brings the token that the job acts with."""
    if event.on_behalf_of is not None:
        service.make_ready(tx, event.subject, event.on_behalf_of.text)


def runners(name: str, database: Database, kinds: Collection[Kind], count: int = RUNNERS) -> list[More]:
    """For the worker of the service `name`."""
    figures_in = cache(Figures)

    def make(told: events.Figures, stopping: threading.Event) -> Loop:
        figures = figures_in(told.registry)
        return Loop("jobs", Runner(name, kinds, as_person, database, figures, stopping).step, None)

    return [make] * count


@contextmanager
def as_person(job: Leased) -> Iterator[Asked]:
    """Within it the job's person is who acts, for as long as the backend says so."""
    try:
        with acting(job.token) as person:
            yield person.identity
    except Ended as ended:
        raise JobFailed(ended.reason, WORDS[ended.reason]) from None
