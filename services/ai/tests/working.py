"""The worker's runners, in the hands of a test: jobs go on when it says so, for people who may or may not."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from apiflask import APIFlask
from prometheus_client import CollectorRegistry
from sqlalchemy import update
from werkzeug.test import TestResponse

from ai.jobs.kinds import kinds
from ai.own_data import service as own_data
from ai.parts import Parts
from ai.tests.people import Person, read
from ai.tests.shelf import Shelf
from servicekit import jobs
from servicekit.database import Database
from servicekit.events import Event
from servicekit.identity import Identity
from servicekit.ids import now
from servicekit.jobs import runner, service
from servicekit.jobs.figures import Figures
from servicekit.jobs.job import Leased
from servicekit.jobs.runner import Asked, Runner
from servicekit.jobs.tables import JOBS
from servicekit.message_tokens import MessageToken
from tests.support.waiting import LONG

MAY = frozenset({"ai:use", "documents:read", "documents:write"})
WRITER = " ".join(sorted(MAY))


def on_behalf(event: Event) -> MessageToken:
    """As the backend would give one: there is none here."""
    return MessageToken("a message token", event.type, event.id, event.data["owner"], frozenset())


@dataclass
class Works:
    """`ask_for` is who a job's person is now; it raises when they are nobody any more."""

    app: APIFlask
    shelf: Shelf = field(default_factory=Shelf)
    ask_for: Callable[[Leased], Identity] = lambda job: Identity(job.owner, MAY)
    stopping: threading.Event = field(default_factory=threading.Event)

    @classmethod
    def set_up(cls, app: APIFlask, patch: pytest.MonkeyPatch) -> "Works":
        works = cls(app)
        patch.setattr("servicekit.jobs.routes.on_behalf", on_behalf)
        for place in ("service", "document", "tag"):
            patch.setattr(f"ai.jobs.{place}.as_user", works.shelf.as_user)
        patch.setattr("ai.jobs.library.as_service", works.shelf.as_service)
        patch.setattr("ai.jobs.index.of_documents", works.shelf.text)
        patch.setattr(runner, "IDLE", 0.01)
        patch.setattr(runner, "LOOK", 0.1)
        return works

    @property
    def parts(self) -> Parts:
        found: Parts = self.app.extensions["ai"]
        return found

    def change(self, patch: pytest.MonkeyPatch, **parts: Any) -> None:
        """Other parts than the service has, until the test ends."""
        patch.setitem(self.app.extensions, "ai", replace(self.parts, **parts))

    @property
    def database(self) -> Database:
        return self.parts.database

    def ask(self, person: Person, **wish: Any) -> TestResponse:
        """Somebody who may save documents asks for a job."""
        return Person(person.app, person.issuer, person.subject, WRITER).post("/jobs", json=wish)

    def begin(self, person: Person, **wish: Any) -> str:
        """The id of a job whose message has come."""
        answer = self.ask(person, **wish)
        assert answer.status_code == 202, answer.text
        job = str(read(answer)["id"])
        with self.database.write() as tx:
            service.make_ready(tx, job, "a message token")
        return job

    def step(self, turns: int = 1) -> None:
        one = Runner("ai", kinds(self.parts), self._acts, self.database, self._figures(), self.stopping)
        for _ in range(turns):
            one.step()

    def finish(self, person: Person, job: str) -> dict[str, Any]:
        """Go on until it has ended; as it is then."""
        for _ in range(100):
            self.hurry(job)
            self.step()
            told = read(person.get(f"/jobs/{job}"))
            if told["state"] not in {"queued", "running"}:
                return told
        raise AssertionError(told)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A runner beside the test."""
        thread = threading.Thread(target=self.step, daemon=True)
        thread.start()
        try:
            yield
        finally:
            thread.join(LONG)
            assert not thread.is_alive()

    def hurry(self, job: str) -> None:
        """What waits for later waits no more."""
        with self.database.write() as tx:
            tx.execute(update(JOBS).where(JOBS.c.id == job).values(due_at=now(), leased_until=None))

    def report(self, person: Person, job: str) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = read(person.get(f"/jobs/{job}/report"))["items"]
        return lines

    def exported(self, owner: str) -> list[str]:
        return [file.name.split()[0] for file in jobs.own.files(self.database, owner)]

    def erase(self, owner: str) -> None:
        done = False
        while not done:
            with self.database.write() as tx:
                done = own_data.erase_some(tx, owner)

    @contextmanager
    def _acts(self, job: Leased) -> Iterator[Asked]:
        self.shelf.acting = job.owner
        try:
            yield lambda: self.ask_for(job)
        finally:
            self.shelf.acting = None

    def _figures(self) -> Figures:
        return Figures(CollectorRegistry())
