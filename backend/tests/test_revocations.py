"""What ends before its time is noted where it ends, for whoever holds a stream that was opened with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session as Transaction

from backend import housekeeping
from backend.context import Backend
from backend.deletion import service as deletion
from backend.people import service as people
from backend.people.actor import operator
from backend.people.models import ACTIVE, SUSPENDED, User, UserRole
from backend.people.service import Profile, SignUp
from backend.programs import service as programs
from backend.revocations import service as revocations
from backend.revocations.models import Revocation
from backend.roles import service as roles
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.tests.conftest import HERE, Person, at_the_door, sign_in
from backend.tests.programs import connect, post
from backend.tokens import service as tokens
from servicekit.ids import new_id, now

Somebody = Callable[[str], Person]
Told = list[tuple[str | None, str]]


def told_of(client: FlaskClient, person: Person, since: str = "") -> Told:
    """Credential and reason, as whoever holds streams is told."""
    answer = client.get("/internal/revocations", query_string={"since": since} if since else {})
    assert answer.status_code == 200
    items: list[dict[str, Any]] = answer.get_json()["items"]
    assert [item["number"] for item in items] == sorted(item["number"] for item in items)
    return [(item["credential"], item["reason"]) for item in items if item["person"] == person.id]


@pytest.fixture
def mar(client: FlaskClient, parts: Backend, somebody: Somebody) -> Person:
    """Somebody of whom nothing is told yet: roles that were given at the beginning are no news."""
    mar = somebody("member")
    with parts.database.write() as tx:
        tx.execute(update(Revocation).where(Revocation.person == mar.id).values(person=new_id()))
    assert told_of(client, mar) == []
    return mar


def session_of(parts: Backend, person: Person) -> str:
    with parts.database.read() as tx:
        return tx.scalars(select(BrowserSession.id).where(BrowserSession.user_id == person.id)).one()


def test_a_newcomer_has_nothing_that_ends(client: FlaskClient, parts: Backend) -> None:
    """Else their first answers, within two seconds of signing in, would break off."""
    profile = Profile("https://idp.example", new_id(), "new@demo.example", email_verified=True)
    with parts.database.write() as tx:
        newcomer = people.recognise(tx, profile, SignUp("open", frozenset()), HERE).id
        assert tx.scalars(select(UserRole.role).where(UserRole.user_id == newcomer)).all() == ["member"]
    items = client.get("/internal/revocations").get_json()["items"]
    assert newcomer not in {item["person"] for item in items}


def test_a_sign_out(client: FlaskClient, parts: Backend, mar: Person) -> None:
    session = session_of(parts, mar)
    headers = {"Cookie": f"__Host-session={mar.cookie}"}
    assert client.post("/auth/logout", headers=headers).status_code == 204
    assert told_of(client, mar) == [(session, "signed-out")]


def test_another_device_and_then_all(client: FlaskClient, parts: Backend, mar: Person) -> None:
    here = session_of(parts, mar)
    with parts.database.write() as tx:
        sign_in(tx, parts, mar.id)
        (there,) = {each.id for each in sessions.of(tx, mar.id, parts.lifetimes)} - {here}
    mine = at_the_door(client, mar)
    assert client.delete(f"/api/account/sessions/{there}", headers=mine).status_code == 204
    assert told_of(client, mar) == [(there, "elsewhere")]
    assert client.delete("/api/account/sessions", headers=mine).status_code == 204
    assert told_of(client, mar) == [(there, "elsewhere"), (here, "everywhere")]


def test_an_access_token(client: FlaskClient, parts: Backend, mar: Person) -> None:
    with parts.database.write() as tx:
        made, _ = tokens.make(tx, mar.id, "laptop", ["documents:read"], None, HERE)
    assert (
        client.delete(f"/api/account/tokens/{made.id}", headers=at_the_door(client, mar)).status_code == 204
    )
    assert told_of(client, mar) == [(made.id, "revoked")]


def test_a_program(client: FlaskClient, parts: Backend, mar: Person) -> None:
    credentials = connect(client, mar)
    with parts.database.read() as tx:
        (program,) = programs.of(tx, mar.id)
    assert post(client, "revoke", token=credentials["access_token"]).status_code == 200
    assert told_of(client, mar) == [(program.id, "revoked")]


def test_a_suspension_is_told_before_what_follows_from_it(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    session = session_of(parts, mar)
    with parts.database.write() as tx:
        people.set_status(tx, tx.get_one(User, mar.id), SUSPENDED, HERE)
    assert told_of(client, mar) == [(None, "suspended"), (session, "everywhere")]


@pytest.mark.parametrize("change", ["give", "take", "approve"])
def test_a_change_of_what_somebody_may(client: FlaskClient, parts: Backend, mar: Person, change: str) -> None:
    with parts.database.write() as tx:
        user = tx.get_one(User, mar.id)
        if change == "give":
            people.give_role(tx, user, "admin", HERE)
        elif change == "take":
            people.take_role(tx, user, "member", HERE)
        else:
            user.status = "pending"
            people.set_status(tx, user, ACTIVE, HERE)
    assert told_of(client, mar) == [(None, "changed")]


@pytest.mark.parametrize("change", ["change", "remove"])
def test_a_change_of_a_role_concerns_all_who_have_it(
    client: FlaskClient, parts: Backend, mar: Person, somebody: Somebody, change: str
) -> None:
    role, other, actor = f"r{new_id()}", somebody("member"), operator(parts.policy)
    before = told_of(client, other)
    with parts.database.write() as tx:
        roles.make(tx, actor, role, ["documents:read"], HERE)
        people.give_role(tx, tx.get_one(User, mar.id), role, HERE)
    with parts.database.write() as tx:
        if change == "change":
            roles.change(tx, actor, role, ["ai:use"], HERE)
        else:
            roles.remove(tx, actor, role, HERE)
    assert told_of(client, mar) == [(None, "changed"), (None, "changed")]
    assert told_of(client, other) == before


def test_a_deletion_leaves_one_session_to_see_how_far_it_is(
    client: FlaskClient, parts: Backend, mar: Person
) -> None:
    here = session_of(parts, mar)
    with parts.database.write() as tx:
        sign_in(tx, parts, mar.id)
        (there,) = {each.id for each in sessions.of(tx, mar.id, parts.lifetimes)} - {here}
        deletion.begin(tx, mar.id, here, [], HERE)
    assert told_of(client, mar) == [(there, "everywhere"), (None, "changed")]
    with parts.database.write() as tx:
        held = deletion.claim(tx, mar.id, [])
        assert held is not None
        assert deletion.finish(tx, held)
    assert told_of(client, mar)[-1] == (None, "deleted")


def test_what_is_rolled_back_is_not_told(client: FlaskClient, parts: Backend, mar: Person) -> None:
    def fails(tx: Transaction) -> None:
        sessions.end_all(tx, mar.id)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), parts.database.write() as tx:
        fails(tx)
    assert told_of(client, mar) == []


def test_only_what_is_new_is_told(client: FlaskClient, parts: Backend, mar: Person) -> None:
    with parts.database.write() as tx:
        revocations.of_credentials(tx, mar.id, ["old"], "revoked")
        theirs = update(Revocation).where(Revocation.person == mar.id)
        tx.execute(theirs.values(at=now() - timedelta(minutes=3)))
        revocations.of_credentials(tx, mar.id, ["new"], "revoked")
    assert told_of(client, mar) == [("new", "revoked")]
    at = (now() - timedelta(minutes=5)).isoformat()
    assert told_of(client, mar, at) == [("old", "revoked"), ("new", "revoked")]
    assert told_of(client, mar, (now() + timedelta(minutes=1)).isoformat()) == []


@pytest.mark.parametrize("since", ["yesterday", "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_is_refused(client: FlaskClient, since: str) -> None:
    assert client.get("/internal/revocations", query_string={"since": since}).status_code == 422


def test_what_nobody_asks_for_any_more_is_removed(fresh: Backend) -> None:
    with fresh.database.write() as tx:
        revocations.of_credentials(tx, new_id(), ["a", "b"], "revoked")
        tx.execute(update(Revocation).values(at=now() - timedelta(minutes=11)))
        revocations.of_credentials(tx, new_id(), ["c"], "revoked")
    for chore in housekeeping.CHORES:
        while chore(fresh):
            pass
    with fresh.database.read() as tx:
        assert tx.scalars(select(Revocation.credential)).all() == ["c"]
