"""Signing programs in (RFC 8628), and all that could go wrong on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from backend.context import Backend
from backend.opaque import kind_of
from backend.people import service as people
from backend.people.models import User, UserRole
from backend.programs import grants
from backend.programs.clients import CLIENTS
from backend.programs.models import DeviceAuthorization, Program, ProgramCredential
from backend.tests.conftest import HERE, age, at_the_door, entries
from backend.tests.programs import (
    USUAL,
    ZAGUAN,
    Somebody,
    actions,
    as_program,
    ask,
    change,
    connect,
    enters,
    error,
    poll,
    post,
    refresh,
    say,
    without_waiting,
)
from backend.tests.test_own_credentials import ACCOUNT, make_token, scope_of
from servicekit.ids import now

# --- the way that it should go --------------------------------------------------------------------------------


def test_a_program_asks_its_person_approves_and_it_may_what_was_given(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    asked = ask(client)
    assert asked["verification_uri"] == f"{parts.settings.public_url}/app/device"
    assert asked["verification_uri_complete"].endswith(f"?user_code={asked['user_code']}")
    assert (asked["expires_in"], asked["interval"]) == (600, 5)
    assert error(poll(client, asked)) == "authorization_pending"
    shown = say(client, mar, "lookup", asked["user_code"]).get_json()
    assert shown["client"] == CLIENTS[ZAGUAN].name
    assert (shown["user_agent"], shown["permissions"]) == ("zaguan/1 (laptop)", USUAL.split())
    assert say(client, mar, "approve", asked["user_code"]).status_code == 204
    without_waiting(parts, asked)
    answer = poll(client, asked)
    given = answer.get_json()
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 3600, USUAL)
    assert (kind_of(given["access_token"]), kind_of(given["refresh_token"])) == ("zga", "zgr")
    assert scope_of(client, parts, given["access_token"]) == "documents:read documents:write"
    assert client.get(ACCOUNT, headers=as_program(client, given["access_token"])).get_json()["id"] == mar.id
    assert actions(parts, mar) == ["program.approved", "program.connected"]


def test_user_codes_can_be_typed_as_people_type(client: FlaskClient, somebody: Somebody) -> None:
    mar, code = somebody("member"), ask(client)["user_code"]
    assert [len(part) for part in code.split("-")] == [4, 4]
    assert set(code) <= {*grants.LETTERS, "-"}
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' – ')} "):
        assert say(client, mar, "lookup", typed).get_json()["user_code"] == code


def test_nothing_secret_is_stored(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    mar = somebody("member")
    asked = ask(client)
    with parts.database.read() as tx:
        rows = [vars(row) for row in tx.scalars(select(DeviceAuthorization))]
    given = connect(client, mar)
    with parts.database.read() as tx:
        rows += [vars(row) for row in (*tx.scalars(select(Program)), *tx.scalars(select(ProgramCredential)))]
    secrets = [
        asked["device_code"],
        asked["user_code"],
        asked["user_code"].replace("-", ""),
        given["access_token"],
        given["refresh_token"],
    ]
    assert [secret for secret in secrets if secret in str(rows)] == []
    told = str([vars(entry) for entry in entries(parts, mar.id)])
    assert [secret for secret in secrets if secret in told] == []


# --- no further than its person -------------------------------------------------------------------------------


def test_it_gets_what_it_asks_for_as_far_as_its_person_has_it(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    given = connect(client, somebody("member"), scope="documents:read users:manage")
    assert given["scope"] == "documents:read"
    assert scope_of(client, parts, given["access_token"], "backend") == ""
    admin = connect(client, somebody("admin"))
    assert admin["scope"] == USUAL, "an administrator's powers are not given unless asked for"
    assert scope_of(client, parts, admin["access_token"], "backend") == ""
    asked = connect(client, somebody("admin"), scope="users:manage")
    assert scope_of(client, parts, asked["access_token"], "backend") == "users:manage"


def test_what_its_person_loses_it_loses_and_what_they_gain_it_does_not(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    given = connect(client, mar, scope="documents:read")
    with parts.database.write() as tx:
        tx.execute(delete(UserRole).where(UserRole.user_id == mar.id))
    assert scope_of(client, parts, given["access_token"]) == ""
    renewed = refresh(client, given["refresh_token"]).get_json()
    with parts.database.write() as tx:
        people.give_role(tx, tx.get_one(User, mar.id), "admin", HERE)
    assert renewed["scope"] == "documents:read"
    assert scope_of(client, parts, renewed["access_token"]) == "documents:read"


def test_unknown_permissions_are_refused(client: FlaskClient) -> None:
    for scope in ("no:such", "documents:read no:such", "*"):
        assert error(post(client, "device_authorization", scope=scope)) == "invalid_scope"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "programs"),
        ("POST", "programs/lookup"),
        ("POST", "programs/approve"),
        ("POST", "programs/deny"),
        ("DELETE", "programs/00000000-0000-7000-8000-000000000000"),
        ("GET", "sessions"),
        ("DELETE", "sessions"),
        ("POST", "tokens"),
        ("GET", "audit"),
    ],
)
def test_programs_do_not_let_programs_in(
    client: FlaskClient, somebody: Somebody, method: str, path: str
) -> None:
    mar = somebody("member")
    made = make_token(client, mar).get_json()["token"]
    body = {"user_code": ask(client)["user_code"], "name": "x", "permissions": ["ai:use"]}
    for text in (made, connect(client, mar)["access_token"]):
        answer = client.open(f"{ACCOUNT}/{path}", method=method, json=body, headers=as_program(client, text))
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/forbidden")


def test_access_tokens_are_listed_and_revoked_by_a_program_that_was_given_that(
    client: FlaskClient, somebody: Somebody
) -> None:
    mar, eve = somebody("member"), somebody("member")
    token = make_token(client, mar).get_json()
    with_it = as_program(client, connect(client, mar)["access_token"])
    without = as_program(client, connect(client, mar, scope="documents:read")["access_token"])
    hers = as_program(client, connect(client, eve)["access_token"])
    itself = as_program(client, token["token"])
    path = f"{ACCOUNT}/tokens/{token['id']}"
    for headers, status in ((without, 403), (itself, 403), (hers, 404)):
        assert client.delete(path, headers=headers).status_code == status
    listed = client.get(f"{ACCOUNT}/tokens", headers=with_it).get_json()["items"]
    assert [item["id"] for item in listed] == [token["id"]]
    assert client.get(f"{ACCOUNT}/tokens", headers=without).status_code == 403
    assert client.delete(path, headers=with_it).status_code == 204
    assert enters(client, token["token"]) == 401


# --- the person's word ----------------------------------------------------------------------------------------


def test_approving_asks_for_a_fresh_sign_in_and_refusing_does_not(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar, asked = somebody("member"), ask(client)
    age(parts, mar, timedelta(minutes=11))
    answer = say(client, mar, "approve", asked["user_code"])
    assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/sign-in-again")
    assert say(client, mar, "lookup", asked["user_code"]).status_code == 200
    assert error(poll(client, asked)) == "authorization_pending"
    assert say(client, mar, "deny", asked["user_code"]).status_code == 204
    without_waiting(parts, asked)
    assert error(poll(client, asked)) == "access_denied"
    assert actions(parts, mar) == ["program.refused"]


@pytest.mark.parametrize("first", ["approve", "deny"])
@pytest.mark.parametrize("second", ["lookup", "approve", "deny"])
def test_a_word_is_given_once(client: FlaskClient, somebody: Somebody, first: str, second: str) -> None:
    asked = ask(client)
    assert say(client, somebody("member"), first, asked["user_code"]).status_code == 204
    assert say(client, somebody("member"), second, asked["user_code"]).status_code == 404


def test_who_waits_for_approval_lets_no_program_in(client: FlaskClient, somebody: Somebody) -> None:
    asked = ask(client)
    for what in ("lookup", "approve", "deny"):
        assert say(client, somebody("pending"), what, asked["user_code"]).status_code == 403
    assert error(poll(client, asked)) == "authorization_pending"


def test_an_old_code_is_nothing_to_the_person_and_expired_to_the_program(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    asked = ask(client)
    change(parts, asked, expires_at=now())
    assert say(client, somebody("member"), "lookup", asked["user_code"]).status_code == 404
    assert error(poll(client, asked)) == "expired_token"
    change(parts, asked, expires_at=now() - grants.KEPT)
    ask(client)
    assert error(poll(client, asked)) == "invalid_grant", "it was removed"


def test_an_approval_that_is_not_fetched_ends_with_the_code(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    asked = ask(client)
    say(client, somebody("member"), "approve", asked["user_code"])
    change(parts, asked, expires_at=now())
    assert error(poll(client, asked)) == "expired_token"


def test_codes_cannot_be_guessed(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    """All that can be tried counts together, also what was over; a good code does not help any more, until later."""
    eve, asked = somebody("member"), ask(client)
    wrong = ["BBBB-BBBB", "x", "💥", *[f"CCCC-{n}" for n in range(grants.MOST_WRONG - 3)]]
    ways = ["lookup", "approve", "deny"]
    tried = [say(client, eve, ways[n % 3], code) for n, code in enumerate(wrong)]
    assert [answer.status_code for answer in tried] == [404] * grants.MOST_WRONG
    assert len({(a.get_json()["detail"], a.get_json()["type"]) for a in tried}) == 1
    for way in ways:
        refused = say(client, eve, way, asked["user_code"])
        assert (refused.status_code, refused.get_json()["type"]) == (429, "/docs/errors/too-many-requests")
        assert int(refused.headers["Retry-After"]) == 600
    assert say(client, somebody("member"), "lookup", asked["user_code"]).status_code == 200
    assert actions(parts, eve) == ["program.code_unknown"] * grants.MOST_WRONG


def test_guessing_in_parallel_gives_no_more_tries(app: APIFlask, parts: Backend, somebody: Somebody) -> None:
    eve = somebody("member")
    headers = at_the_door(app.test_client(use_cookies=False), eve)

    def guess(number: int) -> int:
        client = app.test_client(use_cookies=False)
        code = {"user_code": f"DDDD-{number}"}
        return client.post(f"{ACCOUNT}/programs/lookup", json=code, headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        met = list(pool.map(guess, range(24)))
    assert sorted(met) == [404] * grants.MOST_WRONG + [429] * (24 - grants.MOST_WRONG)
