"""A service that asks the backend for tokens, and whom it may serve."""

from typing import Any

from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet

from backend.context import Backend
from backend.exchange.schemas import GRANT, JWT
from backend.people import service as people
from backend.people.models import User
from backend.tests.conftest import HERE, Person, at_the_door, authorize
from servicekit.service_key import ServiceKey


class Caller:
    """A service with its key, and what it sends."""

    def __init__(self, client: FlaskClient, parts: Backend, name: str) -> None:
        self._client, self._parts, self.name = client, parts, name
        self.key = ServiceKey.read(parts.settings.secrets_dir, name)

    def form(self, subject_token: str, audience: str, **changes: str) -> dict[str, str]:
        return {
            "grant_type": GRANT,
            "subject_token": subject_token,
            "subject_token_type": JWT,
            "audience": audience,
            **self.key.form(self._parts.settings.token_issuer),
        } | changes

    def send(self, form: dict[str, Any]) -> Any:
        return self._client.post("/internal/token", data=form)

    def ask(self, subject_token: str, audience: str, **changes: str) -> Any:
        return self.send(self.form(subject_token, audience, **changes))

    def exchanged(self, subject_token: str, audience: str, **changes: str) -> str:
        answer = self.ask(subject_token, audience, **changes)
        assert answer.status_code == 200, answer.text
        return str(answer.get_json()["access_token"])


def of_cookie(client: FlaskClient, person: Person, audience: str = "shelf") -> str:
    """The identity token that the gateway sends on."""
    answer = authorize(client, audience, Cookie=f"__Host-session={person.cookie}")
    return str(answer.headers["X-Identity-Token"])


def of_access_token(client: FlaskClient, person: Person, *permissions: str) -> str:
    draft = {"name": "laptop", "permissions": list(permissions)}
    made = client.post("/api/account/tokens", json=draft, headers=at_the_door(client, person)).get_json()
    answer = authorize(client, "shelf", Authorization=f"Bearer {made['token']}")
    return str(answer.headers["X-Identity-Token"])


def of_visitor(client: FlaskClient) -> str:
    headers = {"X-Audience": "shelf", "X-Visitors": "yes", "X-Client-Address": "192.0.2.9"}
    return str(client.get("/internal/authorize", headers=headers).headers["X-Identity-Token"])


def claims_of(parts: Backend, token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(parts.keys.public())
    return jwt.decode(token, keys, algorithms=["ES256"]).claims


def set_status(parts: Backend, person: Person, status: str) -> None:
    with parts.database.write() as tx:
        people.set_status(tx, tx.get_one(User, person.id), status, HERE)
