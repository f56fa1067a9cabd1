"""What programs come with: renewed, used twice, too old, ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from backend.context import Backend
from backend.opaque import new_credential
from backend.people import service as people
from backend.people.models import ACTIVE, SUSPENDED, User
from backend.programs import service as programs
from backend.programs.models import Program, ProgramCredential
from backend.tests.conftest import HERE, Person, at_the_door
from backend.tests.programs import (
    USUAL,
    Somebody,
    actions,
    ask,
    connect,
    enters,
    error,
    poll,
    post,
    refresh,
    say,
)
from backend.tests.test_own_credentials import ACCOUNT, make_token
from backend.vault import fingerprint
from servicekit.ids import now


def test_a_refresh_credential_is_good_once_and_gives_new_ones(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    given = connect(client, somebody("member"))
    renewed = refresh(client, given["refresh_token"]).get_json()
    assert not {given["access_token"], given["refresh_token"]} & set(renewed.values())
    assert renewed["scope"] == given["scope"]
    assert enters(client, renewed["access_token"]) == 200
    again = refresh(client, renewed["refresh_token"])
    assert again.status_code == 200


def test_a_used_refresh_credential_ends_all_of_that_program_and_no_other(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    given, other = connect(client, mar), connect(client, mar)
    renewed = refresh(client, given["refresh_token"]).get_json()
    assert error(refresh(client, given["refresh_token"])) == "invalid_grant"
    assert [enters(client, t["access_token"]) for t in (given, renewed, other)] == [401, 401, 200]
    assert error(refresh(client, renewed["refresh_token"])) == "invalid_grant"
    assert actions(parts, mar)[-1] == "program.credential_reused"
    assert actions(parts, mar).count("program.credential_reused") == 1


def test_refreshed_in_parallel_there_is_one_new_set_at_most(
    app: APIFlask, parts: Backend, somebody: Somebody
) -> None:
    """Who uses one credential in several hands at once is signed out: there is no telling who of them stole it."""
    mar, client = somebody("member"), app.test_client(use_cookies=False)
    given = connect(client, mar)

    def renewed(_: int) -> Any:
        return refresh(app.test_client(use_cookies=False), given["refresh_token"])

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(renewed, range(12)))
    assert sum(answer.status_code == 200 for answer in answers) == 1
    assert {error(answer) for answer in answers if answer.status_code != 200} == {"invalid_grant"}
    with parts.database.read() as tx:
        assert programs.of(tx, mar.id) == []


def test_no_credential_stands_for_another(client: FlaskClient, somebody: Somebody) -> None:
    mar = somebody("member")
    given = connect(client, mar)
    assert enters(client, given["refresh_token"]) == 401
    assert error(refresh(client, given["access_token"])) == "invalid_grant"
    assert error(refresh(client, make_token(client, mar).get_json()["token"])) == "invalid_grant"
    assert enters(client, given["access_token"]) == 200


def expire(parts: Backend, person: Person, kind: str) -> None:
    theirs = ProgramCredential.program_id.in_(select(Program.id).where(Program.user_id == person.id))
    with parts.database.write() as tx:
        these = update(ProgramCredential).where(theirs, ProgramCredential.kind == kind)
        tx.execute(these.values(expires_at=now()))


def test_credentials_end_by_themselves_and_are_removed(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    given = connect(client, mar)
    expire(parts, mar, "zga")
    assert enters(client, given["access_token"]) == 401
    renewed = refresh(client, given["refresh_token"]).get_json()
    assert enters(client, renewed["access_token"]) == 200
    with parts.database.read() as tx:
        gone = ProgramCredential.credential_hash == fingerprint(given["access_token"])
        assert tx.scalar(select(func.count()).where(gone)) == 0
    expire(parts, mar, "zgr")
    assert error(refresh(client, renewed["refresh_token"])) == "invalid_grant"
    assert error(refresh(client, given["refresh_token"])) == "invalid_grant"
    assert enters(client, renewed["access_token"]) == 200, "too old is not stolen"


def test_a_program_ends_a_year_after_it_was_let_in_however_much_it_is_used(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    given = connect(client, mar)
    with parts.database.write() as tx:
        theirs = update(Program).where(Program.user_id == mar.id)
        tx.execute(theirs.values(created_at=now() - programs.LIFETIME + timedelta(minutes=10)))
    renewed = refresh(client, given["refresh_token"]).get_json()
    assert 590 <= renewed["expires_in"] <= 600


def test_programs_that_are_over_are_removed(client: FlaskClient, parts: Backend, somebody: Somebody) -> None:
    mar = somebody("member")
    given = connect(client, mar)
    with parts.database.write() as tx:
        tx.execute(update(Program).where(Program.user_id == mar.id).values(expires_at=now()))
    assert enters(client, given["access_token"]) == 401
    assert error(refresh(client, given["refresh_token"])) == "invalid_grant"
    assert client.get(f"{ACCOUNT}/programs", headers=at_the_door(client, mar)).get_json()["items"] == []
    connect(client, somebody("member"))
    with parts.database.read() as tx:
        assert tx.scalar(select(func.count()).where(Program.user_id == mar.id)) == 0


# --- ending ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_a_program_signs_itself_out(
    client: FlaskClient, parts: Backend, somebody: Somebody, which: str
) -> None:
    mar = somebody("member")
    given, other = connect(client, mar), connect(client, mar)
    for _ in range(2):
        assert post(client, "revoke", token=given[which]).status_code == 200
    assert [enters(client, t["access_token"]) for t in (given, other)] == [401, 200]
    assert error(refresh(client, given["refresh_token"])) == "invalid_grant"
    assert actions(parts, mar).count("program.ended") == 1


def test_revoking_what_is_not_a_programs_does_nothing(client: FlaskClient, somebody: Somebody) -> None:
    """RFC 7009, section 2.2: who does not know a credential learns nothing of it either."""
    token = make_token(client, somebody("member")).get_json()["token"]
    for text in (token, "x", new_credential("zgr"), new_credential("zga")):
        assert post(client, "revoke", token=text).status_code == 200
    assert enters(client, token) == 200
    assert error(post(client, "revoke")) == "invalid_request"


def test_programs_are_listed_and_signed_out_one_by_one_by_their_person(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar, eve = somebody("member"), somebody("member")
    first, second = connect(client, mar, scope="ai:use"), connect(client, mar)
    enters(client, first["access_token"])
    headers = at_the_door(client, mar)
    listed = client.get(f"{ACCOUNT}/programs", headers=headers).get_json()["items"]
    assert [item["permissions"] for item in listed] == [USUAL.split(), ["ai:use"]]
    assert [item["last_used_at"] is None for item in listed] == [True, False]
    path = f"{ACCOUNT}/programs/{listed[1]['id']}"
    assert client.get(f"{ACCOUNT}/programs", headers=at_the_door(client, eve)).get_json()["items"] == []
    assert client.delete(path, headers=at_the_door(client, eve)).status_code == 404
    assert client.delete(path, headers=headers).status_code == 204
    assert client.delete(path, headers=headers).status_code == 404
    assert [enters(client, given["access_token"]) for given in (first, second)] == [401, 200]


def test_signing_out_everywhere_ends_programs_and_leaves_access_tokens(
    client: FlaskClient, somebody: Somebody
) -> None:
    mar = somebody("member")
    token, given, under_way = make_token(client, mar).get_json()["token"], connect(client, mar), ask(client)
    say(client, mar, "approve", under_way["user_code"])
    assert client.delete(f"{ACCOUNT}/sessions", headers=at_the_door(client, mar)).status_code == 204
    assert [enters(client, text) for text in (given["access_token"], token)] == [401, 200]
    assert error(refresh(client, given["refresh_token"])) == "invalid_grant"
    assert error(poll(client, under_way)) == "invalid_grant"


def set_status(parts: Backend, person: Person, status: str) -> None:
    with parts.database.write() as tx:
        people.set_status(tx, tx.get_one(User, person.id), status, HERE)


def test_suspension_ends_programs_and_reactivation_brings_none_back(
    client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    given, under_way = connect(client, mar), ask(client)
    say(client, mar, "approve", under_way["user_code"])
    set_status(parts, mar, SUSPENDED)
    assert enters(client, given["access_token"]) == 401
    assert error(refresh(client, given["refresh_token"])) == "invalid_grant"
    set_status(parts, mar, ACTIVE)
    assert enters(client, given["access_token"]) == 401
    assert error(poll(client, under_way)) == "invalid_grant"


def test_no_program_slips_in_beside_a_suspension(
    app: APIFlask, client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    """The code is fetched while the suspension is not yet committed."""
    mar, asked = somebody("member"), ask(client)
    say(client, mar, "approve", asked["user_code"])
    with ThreadPoolExecutor(1) as pool:
        with parts.database.write() as tx:
            people.set_status(tx, tx.get_one(User, mar.id), SUSPENDED, HERE)
            fetched = pool.submit(poll, app.test_client(use_cookies=False), asked)
            with pytest.raises(TimeoutError):
                fetched.result(timeout=0.5)
        assert error(fetched.result()) == "invalid_grant"
    with parts.database.read() as tx:
        assert tx.scalar(select(func.count()).where(Program.user_id == mar.id)) == 0
