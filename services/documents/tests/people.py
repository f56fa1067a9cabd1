"""People who use the API: a test client that carries somebody's identity token."""

from dataclasses import dataclass
from typing import Any

from apiflask import APIFlask
from werkzeug.test import TestResponse

from servicekit.testing import Issuer

MEMBER = "documents:read documents:write"
ANA, BEA = "01920000-0000-7000-8000-00000000000a", "01920000-0000-7000-8000-00000000000b"


@dataclass(frozen=True)
class Person:
    """Somebody with an identity and permissions; `subject` None sends no token."""

    app: APIFlask
    issuer: Issuer
    subject: str | None
    scope: str = MEMBER

    def call(self, method: str, path: str = "", **details: Any) -> TestResponse:
        """An answer to a request under /api/documents; `if_match` and the like are headers."""
        names = {"if_match": "If-Match", "if_none_match": "If-None-Match"}
        headers = {header: details.pop(name) for name, header in names.items() if name in details}
        if self.subject is not None:
            token = self.issuer.token("documents", self.subject, self.scope)
            headers["Authorization"] = f"Bearer {token}"
        return self.app.test_client().open(f"/api/documents{path}", method=method, headers=headers, **details)

    def get(self, path: str = "", **details: Any) -> TestResponse:
        return self.call("GET", path, **details)

    def put(self, path: str, **details: Any) -> TestResponse:
        return self.call("PUT", path, **details)

    def post(self, **details: Any) -> TestResponse:
        return self.call("POST", **details)

    def delete(self, path: str, **details: Any) -> TestResponse:
        return self.call("DELETE", path, **details)

    def save(self, title: str = "Title", body: str = "", tags: tuple[str, ...] = ()) -> str:
        """Save a new document; its id."""
        answer = self.post(json={"title": title, "body": body, "tags": list(tags)})
        assert answer.status_code == 201, answer.text
        return str(read(answer)["id"])

    def titles(self, path: str = "", **query: Any) -> list[str]:
        """The titles of a list."""
        answer = self.get(path, query_string=query)
        assert answer.status_code == 200, answer.text
        return [item["title"] for item in read(answer)["items"]]

    def search(self, text: str) -> list[str]:
        """The titles that a search finds."""
        return self.titles("/search", q=text)


def read(answer: TestResponse) -> dict[str, Any]:
    """The JSON object of an answer."""
    told: dict[str, Any] = answer.get_json()
    return told
