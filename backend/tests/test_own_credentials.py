"""A person's devices, access tokens and history, as the API shows them."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import delete, select, update

from backend.context import Backend
from backend.people import service as people
from backend.people.models import SUSPENDED, User, UserRole
from backend.sessions import service as sessions
from backend.tests.conftest import HERE, Person, age, at_the_door, authorize, entries
from backend.tokens import service as tokens
from backend.tokens.models import AccessToken
from servicekit.ids import new_id, now

Somebody = Callable[[str], Person]
ACCOUNT = "/api/account"


def make_token(client: FlaskClient, person: Person, **changed: Any) -> Any:
    draft = {"name": "laptop", "permissions": ["documents:read"], **changed}
    return client.post(f"{ACCOUNT}/tokens", json=draft, headers=at_the_door(client, person))


def scope_of(client: FlaskClient, parts: Backend, token: str, audience: str = "documents") -> str:
    answer = authorize(client, audience, Authorization=f"Bearer {token}")
    assert answer.status_code == 200
    keys = KeySet.import_key_set(parts.keys.public())
    scope = jwt.decode(answer.headers["X-Identity-Token"], keys, algorithms=["ES256"]).claims["scope"]
    assert isinstance(scope, str)
    return scope


def test_a_token_is_shown_once_and_only_its_hash_is_stored(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    answer = make_token(client, mar)
    assert answer.status_code == 201
    text = answer.get_json()["token"]
    listed = client.get(f"{ACCOUNT}/tokens", headers=at_the_door(client, mar)).get_json()["items"]
    assert [item["name"] for item in listed] == ["laptop"]
    assert text not in str(listed)
    with parts.database.read() as tx:
        row = tx.scalars(select(AccessToken).where(AccessToken.user_id == mar.id)).one()
    assert text not in str(vars(row))
    assert [e.action for e in entries(parts, mar.id)][-1] == "token.made"


def test_a_token_may_what_both_it_and_its_person_may(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    text = make_token(client, mar, permissions=["documents:read", "ai:use"]).get_json()["token"]
    assert scope_of(client, parts, text) == "documents:read"
    with parts.database.write() as tx:
        tx.execute(delete(UserRole).where(UserRole.user_id == mar.id))
    assert scope_of(client, parts, text) == ""


def test_nobody_gives_a_token_what_they_do_not_have(client: FlaskClient, somebody: Somebody) -> None:
    answer = make_token(client, somebody("member"), permissions=["documents:read", "users:manage", "no:such"])
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.get_json()["errors"]] == ["/permissions/1", "/permissions/2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "two\nlines"},
        {"name": "x" * 101},
        {"permissions": []},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "2999-01-01T00:00:00"},
        {"expires_at": "soon"},
        {"expires_at": "9999-12-31T23:59:59-01:00"},
    ],
)
def test_a_wrong_draft_is_told(client: FlaskClient, somebody: Somebody, wrong: dict[str, Any]) -> None:
    assert make_token(client, somebody("member"), **wrong).status_code == 422


def test_a_token_ends_when_it_expires_is_revoked_or_its_person_suspended(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    until = (now() + timedelta(hours=1)).isoformat()
    made = [make_token(client, mar, expires_at=until).get_json() for _ in range(3)]

    def statuses() -> list[int]:
        return [authorize(client, Authorization=f"Bearer {t['token']}").status_code for t in made]

    assert statuses() == [200, 200, 200]
    with parts.database.write() as tx:
        mine = update(AccessToken).where(AccessToken.id == made[0]["id"])
        tx.execute(mine.values(expires_at=now() - timedelta(seconds=1)))
    revoked = client.delete(f"{ACCOUNT}/tokens/{made[1]['id']}", headers=at_the_door(client, mar))
    assert (revoked.status_code, statuses()) == (204, [401, 401, 200])
    with parts.database.write() as tx:
        people.set_status(tx, tx.get_one(User, mar.id), SUSPENDED, HERE)
    assert statuses() == [401, 401, 401]


def test_use_is_noted(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    mar = somebody("member")
    text = make_token(client, mar).get_json()["token"]
    authorize(client, Authorization=f"Bearer {text}")
    with parts.database.read() as tx:
        (token,) = tokens.of(tx, mar.id)
    assert token.last_used_at is not None


def test_anothers_token_and_session_do_not_exist(client: FlaskClient, somebody: Somebody) -> None:
    mar, eve = somebody("member"), somebody("member")
    token = make_token(client, mar).get_json()["id"]
    headers = at_the_door(client, mar)
    session = client.get(f"{ACCOUNT}/sessions", headers=headers).get_json()["items"][0]["id"]
    for path in (f"tokens/{token}", f"sessions/{session}", f"tokens/{new_id()}"):
        assert client.delete(f"{ACCOUNT}/{path}", headers=at_the_door(client, eve)).status_code == 404
    assert client.get(f"{ACCOUNT}/sessions", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "sessions"), ("DELETE", "sessions"), ("GET", "tokens"), ("POST", "tokens"), ("GET", "audit")],
)
def test_a_token_is_not_enough_for_what_is_done_in_the_browser(
    client: FlaskClient, somebody: Somebody, method: str, path: str
) -> None:
    text = make_token(client, somebody("member")).get_json()["token"]
    answer = authorize(client, Authorization=f"Bearer {text}")
    headers = {"Authorization": f"Bearer {answer.headers['X-Identity-Token']}"}
    assert client.get(ACCOUNT, headers=headers).status_code == 200
    told = client.open(
        f"{ACCOUNT}/{path}", method=method, headers=headers, json={"name": "x", "permissions": ["ai:use"]}
    )
    assert (told.status_code, told.get_json()["type"]) == (403, "/docs/errors/forbidden")


def test_what_is_dangerous_asks_for_a_fresh_sign_in(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    age(parts, mar, timedelta(minutes=11))
    answer = make_token(client, mar)
    assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/sign-in-again")
    assert answer.get_json()["sign_in"] == "/auth/login?again=yes"
    age(parts, mar, timedelta(minutes=9))
    assert make_token(client, mar).status_code == 201


def test_devices_are_listed_and_signed_out_one_by_one(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    with parts.database.write() as tx:
        phone = sessions.begin(tx, mar.id, "a phone", parts.lifetimes, "192.0.2.9")
    headers = at_the_door(client, mar)
    listed = client.get(f"{ACCOUNT}/sessions", headers=headers).get_json()["items"]
    assert {(s["user_agent"], s["current"], s["address"]) for s in listed} == {
        ("a browser", True, None),
        ("a phone", False, "192.0.2.9"),
    }
    other = next(s["id"] for s in listed if not s["current"])
    assert client.delete(f"{ACCOUNT}/sessions/{other}", headers=headers).status_code == 204
    assert authorize(client, Cookie=f"__Host-session={phone}").status_code == 401
    assert entries(parts, mar.id)[-1].detail == {"session": other, "user_agent": "a phone"}
    assert authorize(client, Cookie=f"__Host-session={mar.cookie}").status_code == 200


def test_signing_out_everywhere_ends_this_device_too(client: FlaskClient, somebody: Somebody) -> None:
    mar = somebody("member")
    assert client.delete(f"{ACCOUNT}/sessions", headers=at_the_door(client, mar)).status_code == 204
    assert authorize(client, Cookie=f"__Host-session={mar.cookie}").status_code == 401


def test_the_history_is_ones_own_and_comes_in_pages(client: FlaskClient, somebody: Somebody) -> None:
    mar = somebody("member")
    for name in "abc":
        make_token(client, mar, name=name)
    headers = at_the_door(client, mar)
    first = client.get(f"{ACCOUNT}/audit?limit=2", headers=headers).get_json()
    second = client.get(f"{ACCOUNT}/audit?limit=2&cursor={first['next']}", headers=headers).get_json()
    told = [entry["action"] for entry in first["items"] + second["items"]]
    assert told == ["token.made", "token.made", "token.made", "user.role_given"]
    assert second["next"] is None
    assert {(entry["by_me"], entry["to_me"]) for entry in first["items"]} == {(True, True)}
    assert (second["items"][-1]["by_me"], second["items"][-1]["to_me"]) == (False, True)
    assert [entry["detail"]["name"] for entry in first["items"]] == ["c", "b"]
    assert client.get(f"{ACCOUNT}/audit?cursor=x", headers=headers).status_code == 422


def test_a_person_has_so_many_tokens_at_most(parts: Backend, somebody: Somebody) -> None:
    mar = somebody("member")
    with parts.database.write() as tx:
        for _ in range(tokens.MOST):
            tokens.make(tx, mar.id, "one of many", ["ai:use"], None, HERE)
        with pytest.raises(tokens.TooMany):
            tokens.make(tx, mar.id, "one too many", ["ai:use"], None, HERE)


def test_no_token_is_made_beside_a_suspension(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    """It would come alive when the person is reactivated, though all tokens of before were to end."""
    mar = somebody("member")
    headers, draft = at_the_door(client, mar), {"name": "late", "permissions": ["documents:read"]}
    with ThreadPoolExecutor(1) as pool:
        with parts.database.write() as tx:
            people.set_status(tx, tx.get_one(User, mar.id), SUSPENDED, HERE)
            tx.flush()
            making = pool.submit(client.post, f"{ACCOUNT}/tokens", json=draft, headers=headers)
            time.sleep(1)  # it has begun, and waits
        assert making.result().status_code in {401, 422}
    with parts.database.read() as tx:
        assert tokens.of(tx, mar.id) == []
