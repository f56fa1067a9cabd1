"""People who use the API: a test client that carries somebody's identity token."""

from dataclasses import dataclass
from typing import Any

from apiflask import APIFlask
from werkzeug.test import TestResponse

from servicekit.testing import Issuer

USER = "ai:use"
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

    def post(self, path: str = "", **details: Any) -> TestResponse:
        return self.call("POST", path, **details)


def read(answer: TestResponse) -> dict[str, Any]:
    """The JSON object of an answer."""
    told: dict[str, Any] = answer.get_json()
    return told
