"""POST /internal/token: who gets a token for the next service, what it says, and everybody who gets none."""

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey

from backend.app import create_app
from backend.context import Backend
from backend.door import service as door
from backend.exchange.schemas import ACCESS_TOKEN, JWT
from backend.migrate import bring_up_to_date
from backend.people import service as people
from backend.people.models import DELETING, SUSPENDED, User
from backend.policy import FILE, BadPolicy, read_policy
from backend.sessions import service as sessions
from backend.settings import BackendSettings
from backend.tests.callers import Caller, claims_of, of_access_token, of_cookie, of_visitor, set_status
from backend.tests.conftest import HERE, Person, at_the_door, authorize, secrets_in
from backend.tests.programs import connect, post
from servicekit.service_key import PRIVATE, PUBLIC, ServiceKey
from tests.support.attacks import Attacks, Kind
from tests.support.databases import NewDatabase

Somebody = Callable[[str], Person]
SERVICES = ("ai", "documents", "press", "shelf")
PAIRS = """[exchange.shelf]
ai = ["ai:use"]
documents = ["documents:read", "documents:write"]
press = { permissions = [], visitors = true }

[exchange.press]
shelf = ["documents:read"]

[exchange.documents]
ai = ["ai:use"]
"""
AUDIENCES = '[audiences]\nshelf = ["documents:read"]\n'


def policy_with(file: Path, pairs: str, audiences: str = AUDIENCES) -> Path:
    text = FILE.read_text().replace("[exchange]\n", pairs).replace("[audiences]\n", audiences)
    file.write_text(text)
    return file


@pytest.fixture(scope="session")
def app(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> APIFlask:
    """A backend that knows four services, and which may call which."""
    folder = secrets_in(tmp_path_factory.mktemp("exchange"))
    for name in SERVICES:
        key = ECKey.generate_key("P-256")
        (folder / PRIVATE.format(name)).write_bytes(key.as_pem(private=True))
        (folder / PUBLIC.format(name)).write_bytes(key.as_pem(private=False))
    file = policy_with(folder / "policy.toml", PAIRS)
    app = create_app(BackendSettings(database_url=new_database(), secrets_dir=folder, policy_file=file))
    bring_up_to_date(app.extensions["backend"])
    return app


@pytest.fixture
def mar(somebody: Somebody) -> Person:
    return somebody("member")


@pytest.fixture
def caller(client: FlaskClient, parts: Backend) -> Callable[[str], Caller]:
    return lambda name: Caller(client, parts, name)


@pytest.fixture
def shelf(caller: Callable[[str], Caller]) -> Caller:
    return caller("shelf")


def test_it_is_the_same_person_for_the_next_service_and_for_a_minute(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller
) -> None:
    first = of_cookie(client, mar)
    answer = shelf.ask(first, "documents")
    told = answer.get_json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert told.keys() == {"access_token", "issued_token_type", "token_type", "expires_in", "scope"}
    assert (told["issued_token_type"], told["token_type"], told["expires_in"]) == (JWT, "Bearer", 60)
    before, after = claims_of(parts, first), claims_of(parts, told["access_token"])
    assert set(after) == {"iss", "sub", "aud", "iat", "exp", "jti", "sid", "scope", "act"}
    assert (after["sub"], after["sid"], after["iss"]) == (mar.id, before["sid"], before["iss"])
    assert (after["aud"], after["act"]) == ("documents", {"sub": "shelf"})
    assert after["exp"] - after["iat"] == 60
    assert abs(after["iat"] - time.time()) < 10
    assert after["jti"] != before["jti"]
    assert after["scope"] == told["scope"] == "documents:read documents:write"


def test_both_names_of_the_kind_will_do(client: FlaskClient, mar: Person, shelf: Caller) -> None:
    kinds = {"subject_token_type": ACCESS_TOKEN, "requested_token_type": ACCESS_TOKEN}
    answer = shelf.ask(of_cookie(client, mar), "ai", **kinds)
    assert answer.get_json()["issued_token_type"] == ACCESS_TOKEN


@pytest.mark.parametrize(
    ("asked", "given"), [("documents:read", "documents:read"), ("", "documents:read documents:write")]
)
def test_no_more_than_was_asked_for(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, asked: str, given: str
) -> None:
    token = shelf.exchanged(of_cookie(client, mar), "documents", scope=asked)
    assert claims_of(parts, token)["scope"] == given


def test_no_more_than_the_person_has_at_this_moment(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller
) -> None:
    """Not what the old token says: that one is older than the change."""
    first = of_cookie(client, mar)
    assert claims_of(parts, shelf.exchanged(first, "ai"))["scope"] == "ai:use"
    with parts.database.write() as tx:
        people.take_role(tx, tx.get_one(User, mar.id), "member", HERE)
    assert claims_of(parts, shelf.exchanged(first, "ai"))["scope"] == ""
    assert claims_of(parts, shelf.exchanged(first, "ai", scope="ai:use"))["scope"] == ""


@pytest.mark.parametrize(
    ("permissions", "given"),
    [(["documents:read"], "documents:read"), (["ai:use"], ""), (["documents:write"], "documents:write")],
)
def test_an_access_token_gains_nothing(
    client: FlaskClient,
    parts: Backend,
    mar: Person,
    shelf: Caller,
    permissions: list[str],
    given: str,
) -> None:
    token = shelf.exchanged(of_access_token(client, mar, *permissions), "documents")
    assert claims_of(parts, token)["scope"] == given


def test_a_program_gains_nothing_either_and_ends(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller
) -> None:
    given = connect(client, mar, scope="documents:read")
    answer = authorize(client, "shelf", Authorization=f"Bearer {given['access_token']}")
    token = answer.headers["X-Identity-Token"]
    assert claims_of(parts, shelf.exchanged(token, "documents"))["scope"] == "documents:read"
    assert post(client, "revoke", token=given["refresh_token"]).status_code == 200
    assert shelf.ask(token, "documents").get_json()["error"] == "invalid_grant"


def test_the_chain_is_kept_and_ends(
    client: FlaskClient, parts: Backend, mar: Person, caller: Callable[[str], Caller]
) -> None:
    token, way = of_cookie(client, mar), ["shelf", "press", "shelf", "press", "shelf"]
    for here, there in pairwise(way):
        token = caller(here).exchanged(token, there)
    told = claims_of(parts, token)
    inner = {"sub": "press", "act": {"sub": "shelf"}}
    assert told["act"] == {"sub": "press", "act": {"sub": "shelf", "act": inner}}
    assert (told["sub"], told["aud"]) == (mar.id, "shelf")
    answer = caller("shelf").ask(token, "press")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")
    assert "4 services" in answer.get_json()["error_description"]


def test_a_visitor_goes_on_only_where_the_pair_says_so(
    client: FlaskClient, parts: Backend, shelf: Caller
) -> None:
    token = of_visitor(client)
    told = claims_of(parts, shelf.exchanged(token, "press"))
    assert (told["sub"], told["scope"]) == (claims_of(parts, token)["sub"], "")
    assert "sid" not in told
    refused = shelf.ask(token, "documents")
    assert (refused.status_code, refused.get_json()["error"]) == (400, "access_denied")


def signed(parts: Backend, key: ECKey | None = None, **changes: Any) -> str:
    """A token for shelf with the backend's own key, if no other is given."""
    moment = int(time.time())
    claims = {
        "iss": parts.settings.token_issuer, "sub": "x", "aud": "shelf", "iat": moment, "exp": moment + 60,
        "jti": "12345678", "scope": "documents:read",
    }  # fmt: skip
    own = parts.keys.signing()
    return jwt.encode({"alg": "ES256", "typ": "JWT", "kid": own.kid}, claims | changes, key or own)


def bad_tokens(client: FlaskClient, parts: Backend, mar: Person) -> dict[str, tuple[str, str]]:
    """What is no token that shelf may use → the error."""
    real = claims_of(parts, of_cookie(client, mar))
    kept = {"sub": mar.id, "sid": real["sid"]}
    past = int(time.time()) - 70
    other = ECKey.generate_key("P-256")
    internal = door.internal_token(
        mar.id, "shelf", "internal:erase", parts.settings.token_issuer, parts.keys.signing()
    )
    head, body, signature = of_cookie(client, mar).split(".")
    return {
        "for another service": (of_cookie(client, mar, "documents"), "invalid_request"),
        "for the backend": (of_cookie(client, mar, "backend"), "invalid_request"),
        "expired": (signed(parts, **kept, iat=past - 60, exp=past), "invalid_request"),
        "of the future": (signed(parts, **kept, iat=int(time.time()) + 600), "invalid_request"),
        "forged": (signed(parts, other, **kept), "invalid_request"),
        "unsigned": (f"{head}.{body}.", "invalid_request"),
        "altered": (f"{head}.{body[:-4]}AAAA.{signature}", "invalid_request"),
        "of another platform": (signed(parts, **kept, iss="https://elsewhere.example"), "invalid_request"),
        "a cookie": (mar.cookie, "invalid_request"),
        "nothing at all": ("x", "invalid_request"),
        "of no credential": (signed(parts, sub=mar.id), "invalid_grant"),
        "the backend's own errand": (internal, "invalid_grant"),
        "of another's session": (signed(parts, sub=mar.id, sid="x" * 36), "invalid_grant"),
        "of another person": (signed(parts, sub="somebody", sid=real["sid"]), "invalid_grant"),
    }


def test_no_other_token_is_taken(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, attacks: Attacks
) -> None:
    for what, (token, error) in bad_tokens(client, parts, mar).items():
        answer = shelf.ask(token, "documents")
        attacks.note(Kind.ELSEWHERE, what, (answer.status_code, answer.get_json()["error"]), (400, error))
        assert answer.get_json()["error_description"]


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (("shelf", "backend", {}), "invalid_target"),
        (("shelf", "shelf", {}), "invalid_target"),
        (("shelf", "nowhere", {}), "invalid_target"),
        (("documents", "shelf", {}), "invalid_target"),
        (("ai", "press", {}), "invalid_target"),
        (("shelf", "ai", {"scope": "documents:read"}), "invalid_scope"),
        (("shelf", "documents", {"scope": "documents:read users:manage"}), "invalid_scope"),
        (("shelf", "documents", {"scope": "internal:export"}), "invalid_scope"),
        (("shelf", "documents", {"scope": "no-such-thing"}), "invalid_scope"),
        (("shelf", "documents", {"grant_type": "password"}), "unsupported_grant_type"),
        (("shelf", "documents", {"grant_type": "client_credentials"}), "invalid_request"),
        (("shelf", "documents", {"subject_token_type": "urn:x"}), "invalid_request"),
        (("shelf", "documents", {"requested_token_type": "urn:x"}), "invalid_request"),
        (("shelf", "documents", {"actor_token": "x"}), "invalid_request"),
        (("shelf", "documents", {"resource": "https://elsewhere.example"}), "invalid_request"),
        (("shelf", "documents", {"subject_token": ""}), "invalid_request"),
        (("shelf", "", {}), "invalid_request"),
    ],
)
def test_what_a_service_may_not_ask_for(
    client: FlaskClient,
    mar: Person,
    caller: Callable[[str], Caller],
    wish: tuple[str, str, dict[str, str]],
    error: str,
    attacks: Attacks,
) -> None:
    name, audience, changes = wish
    asks = caller(name)
    answer = asks.send(asks.form(of_cookie(client, mar, name), audience) | changes)
    attacks.note(Kind.BEYOND, str(wish), (answer.status_code, answer.get_json()["error"]), (400, error))
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.get_json().keys() == {"error", "error_description"}


@pytest.mark.parametrize("how", ["suspended", "signed out", "signed out everywhere"])
def test_who_is_gone_is_refused_at_once(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, how: str
) -> None:
    token = of_cookie(client, mar)
    shelf.exchanged(token, "documents")
    if how == "suspended":
        set_status(parts, mar, SUSPENDED)
    else:
        with parts.database.write() as tx:
            sessions.end(tx, mar.cookie) if how == "signed out" else sessions.end_all(tx, mar.id)
    answer = shelf.ask(token, "documents")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_grant")


def test_a_revoked_access_token_is_over(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller
) -> None:
    token = of_access_token(client, mar, "documents:read")
    shelf.exchanged(token, "documents")
    made = client.get("/api/account/tokens", headers=at_the_door(client, mar)).get_json()["items"][0]
    client.delete(f"/api/account/tokens/{made['id']}", headers=at_the_door(client, mar))
    assert shelf.ask(token, "documents").get_json()["error"] == "invalid_grant"


@pytest.mark.parametrize("status", ["pending", DELETING])
def test_who_waits_or_leaves_goes_nowhere(
    client: FlaskClient, parts: Backend, mar: Person, shelf: Caller, status: str
) -> None:
    token = of_cookie(client, mar)
    set_status(parts, mar, status)
    for audience in ("documents", "press"):
        assert shelf.ask(token, audience).get_json()["error"] == "access_denied"


def test_only_the_service_itself_can_ask(
    client: FlaskClient, mar: Person, shelf: Caller, caller: Callable[[str], Caller]
) -> None:
    token, press = of_cookie(client, mar), caller("press")
    good = shelf.form(token, "documents")
    theirs = press.form(token, "documents")
    impostor = ServiceKey("shelf", press.key.key).form("http://localhost:8080")
    forms = {
        "another's assertion, shelf's token": theirs,
        "shelf's name, another's key": good | impostor,
        "no assertion": {k: v for k, v in good.items() if not k.startswith("client_")},
        "an assertion for elsewhere": good | shelf.key.form("https://elsewhere.example"),
        "the identity token as assertion": good | {"client_assertion": token},
    }
    told = {
        what: (answer.status_code, answer.get_json()["error"])
        for what, form in forms.items()
        for answer in [shelf.send(form)]
    }
    expected = dict.fromkeys(forms, (401, "invalid_client"))
    assert told == expected | {"another's assertion, shelf's token": (400, "invalid_request")}
    assert shelf.send(good).status_code == 200
    again = shelf.send(good)
    assert (again.status_code, again.get_json()["error"]) == (401, "invalid_client")


def test_a_token_that_another_service_received_is_nothing(
    client: FlaskClient, mar: Person, caller: Callable[[str], Caller]
) -> None:
    """documents may call ai, but not with what was made for shelf."""
    answer = caller("documents").ask(of_cookie(client, mar, "shelf"), "ai")
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("name", ["audience", "scope", "subject_token", "client_assertion"])
def test_nothing_may_be_said_twice(client: FlaskClient, mar: Person, shelf: Caller, name: str) -> None:
    form: dict[str, Any] = shelf.form(of_cookie(client, mar), "documents", scope="documents:read")
    answer = shelf.send(form | {name: [form[name], form[name]]})
    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")


def test_it_is_a_form_and_a_post(client: FlaskClient, mar: Person, shelf: Caller) -> None:
    form = shelf.form(of_cookie(client, mar), "documents")
    assert client.post("/internal/token", json=form).get_json()["error"] == "invalid_request"
    assert client.get("/internal/token", query_string=form).status_code == 405


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ('[exchange.shelf]\nbackend = ["users:manage"]\n', "between two services"),
        ('[exchange.backend]\ndocuments = ["documents:read"]\n', "between two services"),
        ('[exchange.shelf]\nshelf = ["documents:read"]\n', "between two services"),
        ('[exchange.shelf]\ndocuments = ["ai:use"]\n', "does not let documents know"),
        ('[exchange.shelf]\nnowhere = ["ai:use"]\n', "does not let nowhere know"),
        ('[exchange.shelf]\ndocuments = { visitors = true }\n', "permissions"),
        ('[exchange.shelf]\ndocuments = { permissions = [], visitor = true }\n', "knows no visitor"),
        ('[exchange.shelf]\ndocuments = { permissions = [], visitors = "no" }\n', "true or false"),
        ('[exchange]\nshelf = ["documents"]\n', "cannot be read"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_meant_is_told(tmp_path: Path, pairs: str, told: str) -> None:
    with pytest.raises(BadPolicy, match=told):
        read_policy(policy_with(tmp_path / "policy.toml", pairs))


def test_what_is_shipped_lets_nobody_call_who_is_not_there() -> None:
    policy = read_policy()
    assert {name for row in policy.exchange.values() for name in row} <= policy.audiences.keys()
