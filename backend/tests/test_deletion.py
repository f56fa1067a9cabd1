"""An account is deleted: at once where it can be, later where it must be, once, whoever dies in between."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from backend.app import create_app
from backend.audit.models import AuditEntry
from backend.context import Backend
from backend.deletion import service as deletion
from backend.deletion import worker
from backend.deletion.models import Deletion
from backend.invitations import service as invitations
from backend.invitations.models import Invitation
from backend.people import service as people
from backend.people.actor import operator
from backend.people.models import ACTIVE, PENDING, User
from backend.people.service import Profile, SignUp
from backend.sessions import service as sessions
from backend.sessions.models import BrowserSession
from backend.tests.conftest import HERE, NOBODY, Person, age, at_the_door, authorize, enter, sign_in
from backend.tests.keeper import Keeper, knowing, running_keeper
from backend.tokens.models import AccessToken
from servicekit.ids import now

ACCOUNT = "/api/account"


@pytest.fixture
def keeper(fresh: Backend) -> Iterator[Keeper]:
    with running_keeper(fresh) as keeper:
        yield keeper


@pytest.fixture
def own(fresh: Backend, keeper: Keeper) -> Backend:
    return knowing(fresh, notes=keeper.url)


@pytest.fixture
def desk(own: Backend) -> FlaskClient:
    app: APIFlask = create_app(own.settings)
    app.extensions["backend"] = own
    return app.test_client(use_cookies=False)


def person(own: Backend, role: str | None = "member", status: str = ACTIVE) -> Person:
    with own.database.write() as tx:
        return enter(tx, own, role=role, status=status)


@pytest.fixture
def mar(own: Backend, keeper: Keeper) -> Person:
    mar = person(own)
    keeper.notes[mar.id] = [("Herbs.md", "marjoram")]
    return mar


def leave(desk: FlaskClient, somebody: Person) -> Any:
    return desk.delete(ACCOUNT, headers=at_the_door(desk, somebody))


def account(desk: FlaskClient, somebody: Person) -> Any:
    return desk.get(ACCOUNT, headers=at_the_door(desk, somebody)).get_json()


def state(desk: FlaskClient, somebody: Person) -> dict[str, str]:
    return {part["name"]: part["state"] for part in account(desk, somebody)["deletion"]["parts"]}


def later(own: Backend, by: timedelta = deletion.SETTLED) -> None:
    """So much time goes by for the deletions under way."""
    with own.database.write() as tx:
        tx.execute(
            update(Deletion).values(
                begun_at=now() - by,
                due_at=now(),
                leased_until=None,
                lease=None,
            )
        )


def is_gone(own: Backend, somebody: Person) -> bool:
    with own.database.read() as tx:
        left = [
            tx.scalar(select(func.count()).where(table.user_id == somebody.id))
            for table in (BrowserSession, AccessToken, Deletion)
        ]
        return tx.get(User, somebody.id) is None and not any(left)


def told(own: Backend, somebody: Person) -> list[str]:
    with own.database.read() as tx:
        mine = select(AuditEntry.action).where(AuditEntry.target == somebody.id).order_by(AuditEntry.id)
        return [action for action in tx.scalars(mine) if action.startswith("account.")]


def test_all_goes_in_two_steps_and_the_session_last(
    desk: FlaskClient, own: Backend, keeper: Keeper, mar: Person
) -> None:
    bea = person(own)
    keeper.notes[bea.id] = [("Hers.md", "x")]
    assert account(desk, mar)["deletion"] is None
    answer = leave(desk, mar)
    assert answer.status_code == 202
    assert account(desk, mar)["status"] == "deleting"
    assert state(desk, mar) == {"google": "waiting", "notes": "waiting", "account": "waiting"}
    assert worker.work(own)
    assert keeper.notes == {bea.id: [("Hers.md", "x")]}
    assert state(desk, mar) == {"google": "erased", "notes": "erased", "account": "waiting"}
    assert not worker.work(own)

    keeper.notes[mar.id] = [("Late.md", "a request that was let in before")]
    later(own)
    assert worker.work(own)
    assert keeper.notes == {bea.id: [("Hers.md", "x")]}
    assert is_gone(own, mar)
    assert authorize(desk, Cookie=f"__Host-session={mar.cookie}").status_code == 401
    assert told(own, mar) == ["account.deletion_begun", "account.deleted"]
    assert account(desk, bea)["status"] == "active"
    assert not worker.work(own)


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
    assert told(own, mar) == ["account.deletion_begun"]


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
    ada, second = person(own, "admin"), person(own, "admin")
    assert leave(desk, ada).status_code == 202
    answer = leave(desk, second)
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/docs/errors/conflict")
    assert account(desk, second)["status"] == "active"


def test_a_member_may_leave_where_nobody_administers_and_who_waits_may_too(
    desk: FlaskClient, own: Backend, mar: Person
) -> None:
    pau = person(own, None, PENDING)
    assert leave(desk, mar).status_code == 202
    assert leave(desk, pau).status_code == 202


def test_an_administrator_cannot_change_who_leaves(desk: FlaskClient, own: Backend, mar: Person) -> None:
    ada = person(own, "admin")
    assert leave(desk, mar).status_code == 202
    changes: list[dict[str, Any]] = [{"status": "active"}, {"status": "suspended"}, {"roles": []}]
    for change in changes:
        path = f"/api/admin/users/{mar.id}"
        assert desk.patch(path, json=change, headers=at_the_door(desk, ada)).status_code == 409
    listed = desk.get("/api/admin/users?status=deleting", headers=at_the_door(desk, ada)).get_json()
    assert [item["id"] for item in listed["items"]] == [mar.id]


def test_a_service_that_fails_delays_it_and_holds_up_nobody(
    desk: FlaskClient, own: Backend, keeper: Keeper, mar: Person
) -> None:
    keeper.stubborn = True
    down = knowing(own, notes=keeper.url, pictures="http://127.0.0.1:9")
    assert leave(desk, mar).status_code == 202
    for _ in range(3):
        later(own)
        assert worker.work(down)
    delayed = {"notes": "delayed", "pictures": "delayed"}
    assert state(desk, mar) == delayed | {"google": "erased", "account": "waiting"}
    keeper.stubborn = False
    later(own)
    assert worker.work(down)
    assert state(desk, mar) == delayed | {"google": "erased", "notes": "erased", "account": "waiting"}
    later(own)
    worker.work(own)  # what is not known any more is not forgotten either
    assert state(desk, mar)["pictures"] == "delayed"
    assert not is_gone(own, mar)
    later(own)
    worker.work(knowing(own, notes=keeper.url, pictures=keeper.url.replace("127.0.0.1", "localhost")))
    assert not is_gone(own, mar)  # a token for pictures opens nothing at notes


def test_the_pauses_between_tries_grow_and_end_at_five_minutes(
    desk: FlaskClient, own: Backend, mar: Person
) -> None:
    seconds = [deletion.pause_after(tries).total_seconds() for tries in range(1, 1000)]
    assert seconds[:4] == [4, 8, 16, 32]
    assert seconds == sorted(seconds)
    assert seconds[-1] == 300
    leave(desk, mar)
    for tries in (1, 2, 3):
        later(own, timedelta(0))
        with own.database.write() as tx:
            held = deletion.claim(tx, mar.id)
            assert held is not None
            deletion.note(tx, held, "notes", "HTTPStatusError")
            deletion.rest(tx, held)
            tx.expire_all()
            due_in = (tx.get_one(Deletion, mar.id).due_at - now()).total_seconds()
        assert due_in == pytest.approx(2 * 2**tries, abs=1)


def test_who_dies_in_the_middle_is_followed_by_another_and_it_ends_once(
    desk: FlaskClient, own: Backend, keeper: Keeper, mar: Person
) -> None:
    leave(desk, mar)
    with own.database.write() as tx:
        dead = deletion.claim(tx, mar.id)
    assert dead is not None
    assert not worker.work(own)  # the lease is theirs
    with own.database.write() as tx:
        tx.execute(update(Deletion).values(leased_until=now() - timedelta(seconds=1)))
    assert worker.work(own)
    assert state(desk, mar)["notes"] == "erased"
    with own.database.write() as tx:  # they were not dead, only slow: nothing that they do counts
        assert not deletion.note(tx, dead, "notes", "late")
        deletion.rest(tx, dead)
        assert not deletion.finish(tx, dead)
    later(own)
    with own.database.write() as tx:
        last = deletion.claim(tx, mar.id)
        assert last is not None
        assert deletion.note(tx, last, "notes", None)
        assert deletion.finish(tx, last)
        assert not deletion.finish(tx, last)
    assert is_gone(own, mar)
    assert told(own, mar) == ["account.deletion_begun", "account.deleted"]


def test_two_at_once_take_one_lease(desk: FlaskClient, own: Backend, mar: Person) -> None:
    leave(desk, mar)
    with own.database.write() as tx:
        assert deletion.claim(tx, mar.id) is not None
    with own.database.write() as tx:
        assert deletion.claim(tx, mar.id) is None


def test_to_sign_in_meanwhile_shows_the_state_and_afterwards_makes_another_account(
    desk: FlaskClient, own: Backend
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
    later(own)
    worker.work(own)
    with own.database.write() as tx:
        new = people.recognise(tx, profile, open_to_all, HERE)
        assert (new.status, new.name) == ("active", "Ana")
        assert new.id != ana.id


def test_invitations_that_hold_their_address_go_too_and_others_stay(desk: FlaskClient, own: Backend) -> None:
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
    later(own)
    worker.work(own)
    with own.database.read() as tx:
        assert list(tx.scalars(select(Invitation.email))) == ["d@example.com"]


def test_who_leaves_is_not_let_in_again_by_a_change_that_began_before(
    desk: FlaskClient, own: Backend
) -> None:
    """An approval meets the deletion half-way: the account would be alive until the moment in which it is gone."""
    ada, pau = person(own, "admin"), person(own, None, PENDING)
    headers, path = at_the_door(desk, ada), f"/api/admin/users/{pau.id}"
    with ThreadPoolExecutor(1) as pool:
        with own.database.write() as tx:
            session = tx.scalars(select(BrowserSession).where(BrowserSession.user_id == pau.id)).one()
            deletion.begin(tx, pau.id, session.id, ["notes"], HERE)
            tx.flush()
            approval = pool.submit(desk.patch, path, json={"status": "active"}, headers=headers)
            time.sleep(1)  # it has begun, and waits
        assert approval.result().status_code == 409
    assert account(desk, pau)["status"] == "deleting"


def test_who_leaves_is_not_let_in_again_by_an_invitation(desk: FlaskClient, own: Backend) -> None:
    pau = person(own, None, PENDING)
    with own.database.write() as tx:
        user = tx.get_one(User, pau.id)
        user.email, user.email_verified = f"{pau.id}@example.org", True
        host = operator(own.policy)
        _, code = invitations.invite(tx, host, user.email, "member", timedelta(days=1), HERE)
    headers = at_the_door(desk, pau)
    with ThreadPoolExecutor(1) as pool:
        with own.database.write() as tx:
            session = tx.scalars(select(BrowserSession).where(BrowserSession.user_id == pau.id)).one()
            deletion.begin(tx, pau.id, session.id, ["notes"], HERE)
            tx.flush()
            acceptance = pool.submit(desk.post, f"/api/invitations/{code}", headers=headers)
            time.sleep(1)
        acceptance.result()
    assert account(desk, pau)["status"] == "deleting"
