"""A program and its person, as the API meets them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import update

from backend.context import Backend
from backend.programs.models import DeviceAuthorization
from backend.programs.oauth import DEVICE_CODE
from backend.tests.conftest import Person, at_the_door, authorize, entries
from backend.tests.test_own_credentials import ACCOUNT
from backend.vault import fingerprint
from servicekit.ids import now

Somebody = Callable[[str], Person]
ZAGUAN = "zaguan"
USUAL = "account:tokens ai:use documents:read documents:write models:read"


def post(client: FlaskClient, path: str, **fields: str) -> Any:
    form = {"client_id": ZAGUAN, **fields}
    return client.post(f"/oauth/{path}", data=form, headers={"User-Agent": "zaguan/1 (laptop)"})


def ask(client: FlaskClient, **fields: str) -> Any:
    answer = post(client, "device_authorization", **fields)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def poll(client: FlaskClient, asked: Any, **fields: str) -> Any:
    return post(client, "token", grant_type=DEVICE_CODE, device_code=asked["device_code"], **fields)


def refresh(client: FlaskClient, text: str, **fields: str) -> Any:
    return post(client, "token", grant_type="refresh_token", refresh_token=text, **fields)


def say(client: FlaskClient, person: Person, what: str, code: str) -> Any:
    """The person says `approve`, `deny` or `lookup` at the browser."""
    headers = at_the_door(client, person)
    return client.post(f"{ACCOUNT}/programs/{what}", json={"user_code": code}, headers=headers)


def connect(client: FlaskClient, person: Person, **fields: str) -> Any:
    """The credentials of a program that this person has just signed in."""
    asked = ask(client, **fields)
    assert say(client, person, "approve", asked["user_code"]).status_code == 204
    answer = poll(client, asked)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def enters(client: FlaskClient, text: str) -> int:
    return int(authorize(client, Authorization=f"Bearer {text}").status_code)


def as_program(client: FlaskClient, text: str) -> dict[str, str]:
    answer = authorize(client, Authorization=f"Bearer {text}")
    return {"Authorization": f"Bearer {answer.headers['X-Identity-Token']}"}


def error(answer: Any) -> str:
    """The OAuth error, and that it has the shape of one."""
    assert (answer.status_code, answer.content_type) == (400, "application/json")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert told.keys() == {"error", "error_description"}
    return str(told["error"])


def without_waiting(parts: Backend, asked: Any) -> None:
    """The program has waited as long as it was told to."""
    change(parts, asked, next_poll_at=now() - timedelta(seconds=1))


def change(parts: Backend, asked: Any, **values: Any) -> None:
    this = DeviceAuthorization.device_code_hash == fingerprint(asked["device_code"])
    with parts.database.write() as tx:
        tx.execute(update(DeviceAuthorization).where(this).values(**values))


def actions(parts: Backend, person: Person) -> list[str]:
    return [entry.action for entry in entries(parts, person.id) if entry.action.startswith("program.")]
