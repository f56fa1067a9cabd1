"""When a worker begins: of whose account was deleted while nobody here listened, everything is erased now.

Where the AI service was switched off, the deletion of an account did not wait for it, and told it nothing.
"""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from ai.budgets.limits import PERSON
from ai.budgets.models import Budget, Spending, Use
from ai.index.models import IndexedDocument, IndexTask
from ai.own_data.service import erase_some
from ai.tags.models import TagSuggestion
from servicekit import as_service
from servicekit.database import Database
from servicekit.ids import is_id
from servicekit.jobs.tables import JOBS
from servicekit.problems import Problem

log = structlog.get_logger()

AGAIN = 5.0  # seconds until the backend is asked again, if it did not answer
AT_ONCE = 100
Known = Callable[[str], bool]
"""Whether there is an account of this id."""

OWNERS: tuple[Select[Any], ...] = (
    select(IndexedDocument.owner),
    select(IndexTask.owner),
    select(TagSuggestion.owner),
    select(Spending.subject),
    select(Use.subject),
    select(Budget.name).where(Budget.scope == PERSON),
    select(JOBS.c.owner),
)
"""Of whom anything is kept, visitors and samples among them."""


class Gone:
    """Goes through all people once, some at each step."""

    def __init__(self, database: Database, known: Known, stopping: threading.Event) -> None:
        self._database, self._known, self._stopping = database, known, stopping
        self._after: str | None = ""

    def step(self) -> None:
        if self._after is None:
            self._stopping.wait(AGAIN)
            return
        with self._database.read() as session:
            some = people(session, self._after)
        try:
            for person in some:
                self._ask_about(person)
        except Problem as problem:
            log.info("not asked who is gone yet", reason=problem.slug)
            self._stopping.wait(AGAIN)
            return
        self._after = some[-1] if some else None

    def _ask_about(self, person: str) -> None:
        if not is_id(person) or self._known(person):
            return
        log.warning("erasing who is gone", person=person)
        gone = False
        while not gone and not self._stopping.is_set():
            with self._database.write() as session:
                gone = erase_some(session, person)


def people(session: Session, after: str) -> list[str]:
    """Some of those of whom anything is kept, in order."""
    owners = union(*OWNERS).subquery()
    owner = owners.c[0]
    return list(session.scalars(select(owner).where(owner > after).order_by(owner).limit(AT_ONCE)))


def of_backend(person: str) -> bool:
    """As the backend says. One of an earlier release, which does not, is taken to know everybody."""
    told = as_service("backend").get(f"/people/{person}/roles").json()
    return bool(told.get("known", True))
