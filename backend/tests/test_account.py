"""/api/account with an identity token, as the gateway passes it on."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from backend.context import Backend
from backend.people.models import SUSPENDED, User
from backend.tests.conftest import Person
from backend.tests.test_door import ask

Somebody = Callable[[str], Person]


def bearer(client: FlaskClient, audience: str, cookie: str) -> dict[str, str]:
    answer = ask(client, audience, cookie, X_Visitors="yes")
    return {"Authorization": f"Bearer {answer.headers['X-Identity-Token']}"}


@pytest.mark.parametrize(
    ("kind", "status", "roles", "first_permission"),
    [
        ("member", "active", ["member"], "ai:use"),
        ("admin", "active", ["admin"], "ai:manage"),
        ("pending", "pending", [], None),
    ],
)
def test_it_says_who_i_am_and_what_i_may_do(
    client: FlaskClient,
    somebody: Somebody,
    kind: str,
    status: str,
    roles: list[str],
    first_permission: str | None,
) -> None:
    person = somebody(kind)
    answer = client.get("/api/account", headers=bearer(client, "backend", person.cookie))
    told = answer.get_json()
    assert answer.status_code == 200
    assert (told["id"], told["status"], told["roles"]) == (person.id, status, roles)
    assert (told["permissions"] or [None])[0] == first_permission


def test_the_cookie_itself_opens_nothing(client: FlaskClient, somebody: Somebody) -> None:
    cookie = somebody("member").cookie
    assert client.get("/api/account", headers={"Cookie": f"__Host-session={cookie}"}).status_code == 401


def test_a_token_for_another_service_or_of_a_visitor_opens_nothing(
    client: FlaskClient, somebody: Somebody
) -> None:
    cookie = somebody("member").cookie
    assert client.get("/api/account", headers=bearer(client, "documents", cookie)).status_code == 401
    assert client.get("/api/account", headers=bearer(client, "backend", "")).status_code == 401


def test_a_token_of_a_person_who_is_suspended_now_opens_nothing(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    person = somebody("member")
    headers = bearer(client, "backend", person.cookie)
    with parts.database.write() as tx:
        tx.get_one(User, person.id).status = SUSPENDED
    assert client.get("/api/account", headers=headers).status_code == 401
