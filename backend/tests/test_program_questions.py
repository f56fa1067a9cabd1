"""What programs ask at /oauth/token, how often, how many at once, and how it is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import select

from backend.context import Backend
from backend.opaque import new_credential
from backend.programs import grants
from backend.programs import service as programs
from backend.programs.clients import CLIENTS, Client
from backend.programs.models import DeviceAuthorization
from backend.programs.oauth import DEVICE_CODE
from backend.tests.programs import (
    ZAGUAN,
    Somebody,
    ask,
    change,
    enters,
    error,
    poll,
    post,
    refresh,
    say,
    without_waiting,
)
from backend.vault import fingerprint
from servicekit.ids import now


def test_who_asks_too_soon_has_to_wait_longer(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    asked = ask(client)
    assert error(poll(client, asked)) == "authorization_pending"
    assert [error(poll(client, asked)) for _ in range(2)] == ["slow_down"] * 2
    with parts.database.read() as tx:
        this = DeviceAuthorization.device_code_hash == fingerprint(asked["device_code"])
        assert tx.scalar(select(DeviceAuthorization.poll_interval).where(this)) == 15
    say(client, somebody("member"), "approve", asked["user_code"])
    assert error(poll(client, asked)) == "slow_down"
    without_waiting(parts, asked)
    assert poll(client, asked).status_code == 200


def test_asking_too_soon_has_an_upper_limit(client: FlaskClient, parts: Backend) -> None:
    asked = ask(client)
    for _ in range(16):
        poll(client, asked)
    with parts.database.read() as tx:
        this = DeviceAuthorization.device_code_hash == fingerprint(asked["device_code"])
        assert tx.scalar(select(DeviceAuthorization.poll_interval).where(this)) == grants.SLOWEST


def test_a_device_code_is_good_once(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    asked = ask(client)
    say(client, somebody("member"), "approve", asked["user_code"])
    given = poll(client, asked).get_json()
    assert error(poll(client, asked)) == "invalid_grant"
    assert enters(client, given["access_token"]) == 200


def test_polled_in_parallel_a_code_gives_one_set_of_credentials(
    app: APIFlask, parts: Backend, somebody: Somebody
) -> None:
    """Without any wait between the questions, so that nothing but the database decides."""
    mar, client = somebody("member"), app.test_client(use_cookies=False)
    asked = ask(client)
    say(client, mar, "approve", asked["user_code"])
    change(parts, asked, poll_interval=0, next_poll_at=now() - timedelta(minutes=1))

    def polled(_: int) -> Any:
        return poll(app.test_client(use_cookies=False), asked)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(polled, range(16)))
    given = [answer.get_json() for answer in answers if answer.status_code == 200]
    assert len(given) == 1
    assert {error(answer) for answer in answers if answer.status_code != 200} == {"invalid_grant"}
    assert enters(client, given[0]["access_token"]) == 200
    with parts.database.read() as tx:
        assert len(programs.of(tx, mar.id)) == 1


def test_the_code_of_another_client_is_nothing(
    client: FlaskClient, parts: Backend, somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CLIENTS, "other", Client("other", "another program", frozenset({"ai:use"})))
    mar, asked = somebody("member"), ask(client)
    say(client, mar, "approve", asked["user_code"])
    assert error(poll(client, asked, client_id="other")) == "invalid_grant"
    given = poll(client, asked).get_json()
    assert error(refresh(client, given["refresh_token"], client_id="other")) == "invalid_grant"
    assert post(client, "revoke", token=given["refresh_token"], client_id="other").status_code == 200
    assert enters(client, given["access_token"]) == 200
    assert refresh(client, given["refresh_token"]).status_code == 200


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code", "code": "x"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "invalid_request"),
        ({}, "invalid_request"),
        ({"grant_type": DEVICE_CODE}, "invalid_request"),
        ({"grant_type": DEVICE_CODE, "device_code": ""}, "invalid_request"),
        ({"grant_type": DEVICE_CODE, "device_code": "x" * 1001}, "invalid_request"),
        ({"grant_type": DEVICE_CODE, "device_code": "x"}, "invalid_grant"),
        ({"grant_type": DEVICE_CODE, "device_code": "\0"}, "invalid_grant"),
        ({"grant_type": "refresh_token"}, "invalid_request"),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": new_credential("zgr")}, "invalid_grant"),
        ({"grant_type": DEVICE_CODE, "device_code": "x", "client_id": "nobody"}, "invalid_client"),
        ({"grant_type": DEVICE_CODE, "device_code": "x", "client_id": ""}, "invalid_request"),
    ],
)
def test_a_wrong_question_is_answered_as_oauth_does(
    client: FlaskClient, fields: dict[str, str], expected: str
) -> None:
    assert error(post(client, "token", **fields)) == expected


@pytest.mark.parametrize("path", ["device_authorization", "token", "revoke"])
def test_only_forms_are_read_and_each_field_once(client: FlaskClient, path: str) -> None:
    assert error(client.post(f"/oauth/{path}", json={"client_id": ZAGUAN})) == "invalid_request"
    assert error(client.post(f"/oauth/{path}?client_id={ZAGUAN}")) == "invalid_request"
    twice = client.post(
        f"/oauth/{path}",
        data=f"client_id={ZAGUAN}&client_id={ZAGUAN}",
        content_type="application/x-www-form-urlencoded",
    )
    assert error(twice) == "invalid_request"
    assert client.get(f"/oauth/{path}").status_code == 405
