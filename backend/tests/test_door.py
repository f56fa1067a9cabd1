"""/internal/authorize: the table of who gets what, and what the identity token says."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import update
from werkzeug.test import TestResponse

from backend.context import Backend
from backend.people import service as people
from backend.people.models import SUSPENDED, User
from backend.sessions.models import BrowserSession
from backend.tests.conftest import HERE, Person
from servicekit.ids import now

Somebody = Callable[[str], Person]


def ask(client: FlaskClient, audience: str = "documents", cookie: str = "", **headers: str) -> TestResponse:
    told = {"X-Audience": audience, "X-Client-Address": "192.0.2.7"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    told |= {"Cookie": f"__Host-session={cookie}"} if cookie else {}
    return client.get("/internal/authorize", headers=told)


def token_in(answer: TestResponse, parts: Backend) -> jwt.Token:
    assert answer.status_code == 200
    keys = KeySet.import_key_set(parts.keys.public())
    return jwt.decode(answer.headers["X-Identity-Token"], keys, algorithms=["ES256"])


@pytest.mark.parametrize(
    ("who", "visitors", "audience", "status"),
    [
        ("nobody", False, "documents", 401),
        ("nobody", True, "documents", 200),
        ("nobody", False, "backend", 401),
        ("stale", False, "documents", 401),
        ("stale", True, "documents", 200),
        ("pending", False, "documents", 403),
        ("pending", False, "backend", 200),
        ("pending", True, "documents", 200),
        ("member", False, "documents", 200),
        ("member", False, "backend", 200),
        ("member", False, "somewhere-new", 200),
    ],
)
def test_who_gets_in(
    client: FlaskClient, somebody: Somebody, who: str, visitors: bool, audience: str, status: int
) -> None:
    cookie = {"nobody": "", "stale": "x" * 43}.get(who)
    if cookie is None:
        cookie = somebody(who).cookie
    answer = ask(client, audience, cookie, **({"X-Visitors": "yes"} if visitors else {}))
    assert answer.status_code == status
    assert ("X-Identity-Token" in answer.headers) == (status == 200)


@pytest.mark.parametrize("value", ["", "Bearer", "Bearer zgn_unknown", "Basic eDp5", "nonsense"])
def test_an_authorization_header_counts_even_beside_a_good_cookie(
    client: FlaskClient, somebody: Somebody, value: str
) -> None:
    answer = ask(client, cookie=somebody("member").cookie, Authorization=value, X_Visitors="yes")
    assert answer.status_code == 401


def test_the_token_is_for_one_service_and_says_no_more_than_it_needs(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    person = somebody("admin")
    token = token_in(ask(client, "documents", person.cookie), parts)
    assert token.header["typ"] == "JWT"
    claims = token.claims
    assert claims["iss"] == parts.settings.public_url
    assert (claims["sub"], claims["aud"]) == (person.id, "documents")
    assert claims["exp"] == claims["iat"] + 60
    assert abs(claims["iat"] - time.time()) < 10
    assert claims["scope"] == "documents:read documents:write"
    assert set(claims) == {"iss", "sub", "aud", "iat", "exp", "jti", "sid", "scope"}


def test_an_audience_that_the_policy_does_not_list_learns_no_permission(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    token = token_in(ask(client, "somewhere-new", somebody("admin").cookie), parts)
    assert token.claims["scope"] == ""


def test_a_person_who_waits_has_no_permission(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    person = somebody("pending")
    with parts.database.write() as tx:
        people.give_role(tx, tx.get_one(User, person.id), "admin", HERE)
    assert token_in(ask(client, "backend", person.cookie), parts).claims["scope"] == ""


def test_a_visitor_is_the_same_for_one_address_and_cannot_be_told_from_it(
    client: FlaskClient, parts: Backend
) -> None:
    def visitor(address: str) -> str:
        answer = ask(client, X_Visitors="yes", X_Client_Address=address)
        claims = token_in(answer, parts).claims
        assert claims["scope"] == ""
        assert "sid" not in claims
        return str(claims["sub"])

    assert visitor("192.0.2.7") == visitor("192.0.2.7") != visitor("192.0.2.8")
    assert visitor("2001:db8::1") == visitor("2001:db8::2") != visitor("2001:db8:0:1::1")
    assert visitor("192.0.2.7").startswith("visitor:")
    assert "192" not in visitor("192.0.2.7").removeprefix("visitor:")[:3]


def test_who_is_suspended_is_as_nobody(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    person = somebody("member")
    with parts.database.write() as tx:
        people.set_status(tx, tx.get_one(User, person.id), SUSPENDED, HERE)
    assert ask(client, cookie=person.cookie).status_code == 401
    assert token_in(ask(client, cookie=person.cookie, X_Visitors="yes"), parts).claims["sub"] != person.id


@pytest.mark.parametrize("column", ["expires_at", "last_used_at"])
def test_a_session_ends_when_it_is_old_or_not_used(
    client: FlaskClient, parts: Backend, somebody: Somebody, column: str
) -> None:
    person, other = somebody("member"), somebody("member")
    past = now() - parts.lifetimes.idle - timedelta(seconds=1)
    with parts.database.write() as tx:
        tx.execute(update(BrowserSession).where(BrowserSession.user_id == person.id).values({column: past}))
    assert ask(client, cookie=person.cookie).status_code == 401
    assert ask(client, cookie=other.cookie).status_code == 200


def test_use_keeps_a_session_alive(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    person = somebody("member")
    almost = now() - parts.lifetimes.idle + timedelta(minutes=5)
    mine = BrowserSession.user_id == person.id
    with parts.database.write() as tx:
        tx.execute(update(BrowserSession).where(mine).values(last_used_at=almost))
    assert ask(client, cookie=person.cookie).status_code == 200
    with parts.database.read() as tx:
        used = tx.query(BrowserSession.last_used_at).where(mine).scalar()
    assert used is not None
    assert now() - used < timedelta(minutes=1)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_get_asks(client: FlaskClient, method: str) -> None:
    assert client.open("/internal/authorize", method=method.upper()).status_code == 405


def test_a_request_without_audience_is_refused(client: FlaskClient) -> None:
    assert client.get("/internal/authorize").status_code == 400
