"""People who use the API: a test client that carries somebody's identity token."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apiflask import APIFlask
from werkzeug.test import TestResponse

from servicekit.ids import now
from servicekit.revocations import Revocation, Told
from servicekit.testing import Issuer

USER = "ai:use documents:read"
ANA, BEA = "01920000-0000-7000-8000-00000000000a", "01920000-0000-7000-8000-00000000000b"


@dataclass(frozen=True)
class Person:
    """Somebody with an identity and permissions; `subject` None sends no token."""

    app: APIFlask
    issuer: Issuer
    subject: str | None
    scope: str = USER

    def call(self, method: str, path: str = "", **details: Any) -> TestResponse:
        """An answer to a request under /api/ai."""
        headers = dict(details.pop("headers", {}))
        if self.subject is not None:
            headers["Authorization"] = f"Bearer {self.issuer.token('ai', self.subject, self.scope)}"
        return self.app.test_client().open(f"/api/ai{path}", method=method, headers=headers, **details)

    def get(self, path: str = "", **details: Any) -> TestResponse:
        return self.call("GET", path, **details)

    def chat(self, model: str, text: str = "Hola", **more: Any) -> TestResponse:
        """One question."""
        body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
        return self.call("POST", "/v1/chat/completions", json=body)

    def usage(self) -> dict[str, Any]:
        return read(self.get("/usage"))

    def post(self, path: str = "", **details: Any) -> TestResponse:
        return self.call("POST", path, **details)


class Revocations:
    """What the backend tells those who hold streams."""

    def __init__(self) -> None:
        self._items: list[Revocation] = []

    def of(self, person: str) -> None:
        """All that the person came with is over."""
        self._items.append(Revocation(len(self._items) + 1, now(), person, None, "suspended"))

    def told(self, _since: datetime | None) -> Told:
        return Told(now(), tuple(self._items))

    def forget(self) -> None:
        self._items.clear()


def events(answer: TestResponse) -> list[Any]:
    """The data of a streamed answer, without its end; comments are not data."""
    lines = [line.removeprefix("data: ") for line in answer.text.split("\n\n") if line.startswith("data: ")]
    return [json.loads(line) for line in lines if line != "[DONE]"]


def said(pieces: list[Any]) -> str:
    """What a streamed answer says."""
    return "".join(
        piece["choices"][0]["delta"].get("content") or "" for piece in pieces if piece.get("choices")
    )


def read(answer: TestResponse) -> dict[str, Any]:
    """The JSON object of an answer."""
    told: dict[str, Any] = answer.get_json()
    return told
