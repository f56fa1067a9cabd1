"""The documents service, as jobs see it, in memory: what is another's is not found, and versions are asked for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from ai.index.texts import Text
from servicekit import current_identity
from servicekit.ids import new_id
from servicekit.problems import ChangedMeanwhile, NotFound

Doc = dict[str, Any]


@dataclass
class Shelf:
    """`acting` is for whom a job is at work; in a request it is who asks. `before_put` may do what others do."""

    documents: dict[str, Doc] = field(default_factory=dict)
    acting: str | None = None
    before_put: Callable[[str], None] = lambda _: None
    puts: list[str] = field(default_factory=list)

    def save(self, owner: str, title: str, body: str = "", tags: tuple[str, ...] = ()) -> str:
        document = new_id()
        self.documents[document] = {
            "id": document,
            "owner": owner,
            "title": title,
            "body": body,
            "tags": list(tags),
            "version": 1,
        }
        return document

    def of(self, owner: str) -> list[Doc]:
        return [document for document in self.documents.values() if document["owner"] == owner]

    def as_user(self, _peer: str, *_scope: str) -> "Shelf":
        return self

    def as_service(self, _peer: str, *_scope: str) -> SimpleNamespace:
        return SimpleNamespace(get=self._mentions)

    def text(self, document_id: str) -> Text | None:
        told = self.documents.get(document_id)
        if told is None:
            return None
        return Text(told["owner"], told["title"], told["body"], tuple(told["tags"]), told["version"])

    def get(self, path: str) -> SimpleNamespace:
        told = self._own(path)
        return SimpleNamespace(json=lambda: dict(told), headers={"ETag": f'"{told["version"]}"'})

    def head(self, path: str) -> None:
        self._own(path)

    def put(self, path: str, json: Doc, headers: dict[str, str], timeout: float = 0) -> None:
        document = path.removeprefix("/")
        self.before_put(document)
        if "If-None-Match" in headers:
            if document in self.documents:
                self._own(path)
                raise ChangedMeanwhile
            self.documents[document] = {"id": document, "owner": self._person, "version": 0}
        elif headers["If-Match"] != f'"{self._own(path)["version"]}"':
            raise ChangedMeanwhile
        self.documents[document] |= json | {"version": self.documents[document]["version"] + 1}
        self.puts.append(document)

    @property
    def _person(self) -> str:
        return self.acting or current_identity().subject

    def _own(self, path: str) -> Doc:
        told = self.documents.get(path.removeprefix("/"))
        if told is None or told["owner"] != self._person:
            raise NotFound
        return told

    def _mentions(self, _path: str, params: dict[str, Any]) -> SimpleNamespace:
        after = params.get("after", "")
        ids = sorted(document["id"] for document in self.of(params["owner"]) if document["id"] > after)
        page = ids[: params["limit"]]
        told = {"items": [{"id": each} for each in page], "next": page[-1] if len(ids) > len(page) else None}
        return SimpleNamespace(json=lambda: told)
