"""Documents that tests put into the index: what the documents service would tell of them, kept in memory."""

import re
import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ai.embedding.reading import Reading
from ai.index import service, tasks
from ai.index.indexer import Indexer
from ai.index.texts import Text
from ai.search.second_look import SecondLook
from servicekit import current_identity
from servicekit.database import Database
from servicekit.ids import new_id


@dataclass
class Library:
    """People save and delete here as they would there; `settle` does what the worker does then."""

    database: Database
    reading: Reading
    texts: dict[str, Text] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    second_look: SecondLook = field(default_factory=SecondLook)

    def __post_init__(self) -> None:
        self.indexer = Indexer(self.database, self.reading, self.text, threading.Event())

    def text(self, document_id: str) -> Text | None:
        self.asked.append(document_id)
        return self.texts.get(document_id)

    def save(
        self,
        owner: str,
        title: str,
        body: str = "",
        tags: tuple[str, ...] = (),
        document_id: str | None = None,
    ) -> str:
        document_id = document_id or new_id()
        before = self.texts.get(document_id)
        self.texts[document_id] = Text(owner, title, body, tags, before.version + 1 if before else 1)
        with self.database.write() as session:
            tasks.want(session, owner, document_id)
        return document_id

    def delete(self, owner: str, document_id: str) -> None:
        del self.texts[document_id]
        with self.database.write() as session:
            service.remove(session, owner, document_id)

    def settle(self) -> None:
        while self.indexer.do_one():
            pass

    def as_user(self, _peer: str, *_scope: str) -> "Library":
        return self

    def get(self, _path: str, params: dict[str, Any]) -> SimpleNamespace:
        """The full-text search, as far as it goes here: all words, the last as a beginning."""
        owner, wanted = current_identity().subject, params["q"].casefold().split()
        items = [
            {"id": document_id, "title": text.title, "tags": [], "snippet": [{"text": text.body}]}
            for document_id, text in self.texts.items()
            if text.owner == owner and _has(f"{text.title} {text.body}".casefold(), wanted)
        ]
        return SimpleNamespace(json=lambda: {"items": items})


def _has(text: str, wanted: list[str]) -> bool:
    words = re.findall(r"\w+", text)
    return {*wanted[:-1]} <= {*words} and any(word.startswith(wanted[-1]) for word in words)
