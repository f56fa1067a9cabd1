"""When a worker begins: what was saved before anybody listened is read now, and what was missed;
what was deleted meanwhile is forgotten."""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from ai.index import tasks
from ai.index.models import IndexedDocument
from servicekit import as_service
from servicekit.database import Database
from servicekit.problems import Problem

log = structlog.get_logger()

AT_ONCE = 500
AGAIN = 5.0  # seconds until documents is asked again, if it did not answer
Page = dict[str, Any]
Pages = Callable[[str | None], Page]
"""The documents that there are, after an id: `items` with `id`, `owner` and `version`, and `next`."""


class CatchingUp:
    """Goes through all documents once, a page at each step."""

    def __init__(self, database: Database, pages: Pages, stopping: threading.Event) -> None:
        self._database, self._pages, self._stopping = database, pages, stopping
        self._after: str | None = None
        self._done = False

    def step(self) -> None:
        if self._done:
            self._stopping.wait(AGAIN)
            return
        try:
            page = self._pages(self._after)
        except Problem as problem:
            log.info("not caught up yet", reason=problem.slug)
            self._stopping.wait(AGAIN)
            return
        with self._database.write() as session:
            _want_what_is_new(session, page["items"])
            _doubt_what_is_gone(session, self._after, page)
        self._after, self._done = page["next"], page["next"] is None


def of_documents(after: str | None) -> Page:
    """As documents lists them."""
    asked = {"limit": AT_ONCE} | ({"after": after} if after else {})
    page: Page = as_service("documents", "documents:index").get("/documents", params=asked).json()
    return page


def _want_what_is_new(session: Session, items: list[dict[str, Any]]) -> None:
    ids = [item["id"] for item in items]
    known = select(IndexedDocument.document_id, IndexedDocument.version)
    rows = session.execute(known.where(IndexedDocument.document_id.in_(ids)))
    versions = {document_id: version for document_id, version in rows}  # noqa: C416 - rows are no tuples to mypy
    for item in items:
        if versions.get(item["id"], 0) < item["version"] and not tasks.is_noted(session, item["id"]):
            tasks.want(session, item["owner"], item["id"])


def _doubt_what_is_gone(session: Session, after: str | None, page: Page) -> None:
    """Documents of the index that are not on the page on which they would be: they are read again, and so forgotten."""
    theirs = select(IndexedDocument.document_id, IndexedDocument.owner)
    if after is not None:
        theirs = theirs.where(IndexedDocument.document_id > after)
    if page["next"] is not None:
        theirs = theirs.where(IndexedDocument.document_id <= page["next"])
    there = {item["id"] for item in page["items"]}
    for document_id, owner in session.execute(theirs):
        if document_id not in there and not tasks.is_noted(session, document_id):
            tasks.want(session, owner, document_id)
