"""Somebody deletes their account: who may, what is closed at once, and what does not come back."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from backend.context import Backend
from backend.deletion import service as deletion
from backend.deletion import worker
from backend.invitations import service as invitations
from backend.invitations.models import Invitation
from backend.people import service as people
from backend.people.actor import operator
from backend.people.models import PENDING, User
from backend.people.service import Profile, SignUp
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.tests.conftest import HERE, NOBODY, Person, age, at_the_door, authorize, sign_in
from backend.tests.deletion.leaving import (
    ACCOUNT,
    Notes,
    account,
    audited,
    is_gone,
    later,
    leave,
    member,
    state,
)
from servicekit.ids import now


def goes(own: Backend, notes: Notes) -> None:
    """All of it, as time goes by."""
    for _ in range(2):
        later(own)
        notes.carry()
        worker.work(own)
    notes.carry()
    later(own, timedelta(0))
    worker.work(own)


def test_all_goes_in_two_rounds_and_the_session_last(
    desk: FlaskClient, own: Backend, notes: Notes, mar: Person
) -> None:
    bea = member(own)
    notes.kept[bea.id] = ["hers"]
    assert account(desk, mar)["deletion"] is None
    answer = leave(desk, mar)
    assert answer.status_code == 202
    assert account(desk, mar)["status"] == "deleting"
    assert state(desk, mar) == {"google": "waiting", "documents": "waiting", "account": "waiting"}
    notes.carry()
    assert notes.kept == {bea.id: ["hers"], mar.id: []}
    assert state(desk, mar) == {"google": "waiting", "documents": "erased", "account": "waiting"}
    assert worker.work(own)
    assert state(desk, mar) == {"google": "erased", "documents": "erased", "account": "waiting"}
    assert not worker.work(own)

    notes.kept[mar.id] = ["a request that was let in before"]
    later(own)
    assert worker.work(own)
    notes.carry()
    assert notes.kept == {bea.id: ["hers"], mar.id: []}
    assert not is_gone(own, mar)
    assert worker.work(own)
    assert is_gone(own, mar)
    assert authorize(desk, Cookie=f"__Host-session={mar.cookie}").status_code == 401
    assert audited(own, mar) == ["account.deletion_begun", "account.deleted"]
    assert account(desk, bea)["status"] == "active"
    assert not worker.work(own)
    assert notes.carry() == []


def test_everything_else_is_closed_at_once(desk: FlaskClient, own: Backend, mar: Person) -> None:
    headers = at_the_door(desk, mar)
    draft = {"name": "laptop", "permissions": ["documents:read"]}
    token = desk.post(f"{ACCOUNT}/tokens", json=draft, headers=headers).get_json()["token"]
    with own.database.write() as tx:
        user = tx.get_one(User, mar.id)
        other = sessions.begin(tx, user.id, "another", own.lifetimes)
    assert leave(desk, mar).status_code == 202
    assert authorize(desk, Authorization=f"Bearer {token}").status_code == 401
    assert authorize(desk, Cookie=f"__Host-session={other}").status_code == 401
    refused = authorize(desk, "documents", Cookie=f"__Host-session={mar.cookie}")
    assert (refused.status_code, refused.headers["X-Refusal"]) == (403, "account-deleting")
    for method, path in (
        ("GET", "/sessions"), ("DELETE", "/sessions"), ("GET", "/tokens"), ("POST", "/tokens"), ("GET", "/audit"),
        ("GET", "/export"),
    ):  # fmt: skip
        answer = desk.open(ACCOUNT + path, method=method, json=draft, headers=at_the_door(desk, mar))
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/account-deleting"), path
    accepted = desk.post("/api/invitations/x", headers=at_the_door(desk, mar))
    assert accepted.status_code == 403


def test_to_ask_twice_begins_once(desk: FlaskClient, own: Backend, mar: Person) -> None:
    first, again = leave(desk, mar), leave(desk, mar)
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.get_json() == again.get_json()
    assert audited(own, mar) == ["account.deletion_begun"]


def test_it_asks_for_a_fresh_sign_in_in_the_browser(desk: FlaskClient, own: Backend, mar: Person) -> None:
    draft = {"name": "laptop", "permissions": ["documents:read"]}
    made = desk.post(f"{ACCOUNT}/tokens", json=draft, headers=at_the_door(desk, mar)).get_json()["token"]
    inner = authorize(desk, Authorization=f"Bearer {made}").headers["X-Identity-Token"]
    assert desk.delete(ACCOUNT, headers={"Authorization": f"Bearer {inner}"}).status_code == 403
    age(own, mar, timedelta(minutes=11))
    answer = leave(desk, mar)
    assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/sign-in-again")
    assert account(desk, mar)["status"] == "active"
    assert desk.delete(ACCOUNT).status_code == 401


def test_the_last_administrator_stays(desk: FlaskClient, own: Backend) -> None:
    ada, second = member(own, "admin"), member(own, "admin")
    assert leave(desk, ada).status_code == 202
    answer = leave(desk, second)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/docs/errors/conflict")
    assert account(desk, second)["status"] == "active"


def test_a_member_may_leave_where_nobody_administers_and_who_waits_may_too(
    desk: FlaskClient, own: Backend, mar: Person
) -> None:
    pau = member(own, None, PENDING)
    assert leave(desk, mar).status_code == 202
    assert leave(desk, pau).status_code == 202


def test_an_administrator_cannot_change_who_leaves(desk: FlaskClient, own: Backend, mar: Person) -> None:
    ada = member(own, "admin")
    assert leave(desk, mar).status_code == 202
    changes: list[dict[str, Any]] = [{"status": "active"}, {"status": "suspended"}, {"roles": []}]
    for change in changes:
        path = f"/api/admin/users/{mar.id}"
        assert desk.patch(path, json=change, headers=at_the_door(desk, ada)).status_code == 409
    listed = desk.get("/api/admin/users?status=deleting", headers=at_the_door(desk, ada)).get_json()
    assert [item["id"] for item in listed["items"]] == [mar.id]


def test_to_sign_in_meanwhile_shows_the_state_and_afterwards_makes_another_account(
    desk: FlaskClient, own: Backend, notes: Notes
) -> None:
    profile = Profile("https://issuer.example", "ana", "ana@example.com", email_verified=True, name="Ana")
    open_to_all = SignUp("open", frozenset())
    with own.database.write() as tx:
        user = people.recognise(tx, profile, open_to_all, HERE)
        ana = Person(user.id, sign_in(tx, own, user.id))
    leave(desk, ana)
    with own.database.write() as tx:
        same = people.recognise(tx, Profile("https://issuer.example", "ana", name="Anna"), open_to_all, HERE)
        assert (same.id, same.status, same.name) == (ana.id, "deleting", "Ana")
        again = Person(same.id, sign_in(tx, own, same.id))
    assert account(desk, again)["status"] == "deleting"
    goes(own, notes)
    with own.database.write() as tx:
        new = people.recognise(tx, profile, open_to_all, HERE)
        assert (new.status, new.name) == ("active", "Ana")
        assert new.id != ana.id


def test_invitations_that_hold_their_address_go_too_and_others_stay(
    desk: FlaskClient, own: Backend, notes: Notes
) -> None:
    with own.database.write() as tx:
        profile = Profile("https://issuer.example", "ana", "ana@example.com", email_verified=True)
        user = people.recognise(tx, profile, NOBODY, HERE)
        ana = Person(user.id, sign_in(tx, own, user.id))
        for n, (email, host, guest) in enumerate(
            (("ana@example.com", "x", None), ("b@example.com", ana.id, None), ("c@example.com", "x", ana.id),
             ("d@example.com", "x", None)),
        ):  # fmt: skip
            tx.add(
                Invitation(
                    id=f"i{n}", code_hash=bytes([n] * 32), email=email, role="member", invited_by=host,
                    created_at=now(), expires_at=now(), accepted_by=guest,
                )
            )  # fmt: skip
    leave(desk, ana)
    goes(own, notes)
    with own.database.read() as tx:
        assert list(tx.scalars(select(Invitation.email))) == ["d@example.com"]


def test_who_leaves_is_not_let_in_again_by_a_change_that_began_before(
    desk: FlaskClient, own: Backend
) -> None:
    """An approval meets the deletion half-way: the account would be alive until the moment in which it is gone."""
    ada, pau = member(own, "admin"), member(own, None, PENDING)
    headers, path = at_the_door(desk, ada), f"/api/admin/users/{pau.id}"
    with ThreadPoolExecutor(1) as pool:
        with own.database.write() as tx:
            session = tx.scalars(select(BrowserSession).where(BrowserSession.user_id == pau.id)).one()
            deletion.begin(tx, pau.id, session.id, ["documents"], HERE)
            tx.flush()
            approval = pool.submit(desk.patch, path, json={"status": "active"}, headers=headers)
            time.sleep(1)  # it has begun, and waits
        assert approval.result().status_code == 409
    assert account(desk, pau)["status"] == "deleting"


def test_who_leaves_is_not_let_in_again_by_an_invitation(desk: FlaskClient, own: Backend) -> None:
    pau = member(own, None, PENDING)
    with own.database.write() as tx:
        user = tx.get_one(User, pau.id)
        user.email, user.email_verified = f"{pau.id}@example.org", True
        host = operator(own.policy)
        _, code = invitations.invite(tx, host, user.email, "member", timedelta(days=1), HERE)
    headers = at_the_door(desk, pau)
    with ThreadPoolExecutor(1) as pool:
        with own.database.write() as tx:
            session = tx.scalars(select(BrowserSession).where(BrowserSession.user_id == pau.id)).one()
            deletion.begin(tx, pau.id, session.id, ["documents"], HERE)
            tx.flush()
            acceptance = pool.submit(desk.post, f"/api/invitations/{code}", headers=headers)
            time.sleep(1)
        acceptance.result()
    assert account(desk, pau)["status"] == "deleting"
