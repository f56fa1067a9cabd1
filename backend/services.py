"""How the backend asks the services that keep people's data: for one person, with a token made for that alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from backend.context import Backend
from backend.door import service as door

TIMEOUT = httpx2.Timeout(15.0, connect=2.0)  # between two pieces of an answer


@contextmanager
def asked(parts: Backend, name: str, method: str, person: str, permission: str) -> Iterator[httpx2.Response]:
    """The answer of the service `name` about this person, whose body is still to be read."""
    path = f"/internal/people/{person}" + ("/export" if method == "GET" else "")
    token = door.internal_token(person, name, permission, parts.settings.token_issuer, parts.keys.signing())
    with (
        httpx2.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client,
        client.stream(
            method,
            parts.settings.keepers[name] + path,
            headers={"Authorization": f"Bearer {token}"},
        ) as answer,
    ):
        answer.raise_for_status()
        yield answer
