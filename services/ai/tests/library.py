"""Documents that tests put into the index: what the documents service would tell of them, kept in memory."""

import threading
from dataclasses import dataclass, field

from ai.embedding.reading import Reading
from ai.index import service, tasks
from ai.index.indexer import Indexer
from ai.index.texts import Text
from ai.search.second_look import SecondLook
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
