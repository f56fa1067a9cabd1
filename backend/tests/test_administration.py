"""People, roles, invitations and the audit, as administrators use them."""

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from sqlalchemy import update

from backend.app import create_app
from backend.audit.hearing import HANDLERS
from backend.context import Backend
from backend.invitations.models import Invitation
from backend.people import service as people
from backend.people.models import ACTIVE, SUSPENDED, RolePermission, User
from backend.tests.conftest import HERE, Person, age, at_the_door, authorize, enter, entries, user_of
from backend.tests.test_own_credentials import make_token
from servicekit.events import Event, InvalidEvent, schemas
from servicekit.ids import new_id, now
from servicekit.message_tokens import MessageToken

Somebody = Callable[[str], Person]
ADMIN = "/api/admin"


class Desk:
    """Somebody at the administration's API."""

    def __init__(self, client: FlaskClient, person: Person) -> None:
        self.client, self.person = client, person

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        headers = at_the_door(self.client, self.person)
        return self.client.open(path, method=method, json=body, headers=headers)

    def change(self, person: Person, **change: Any) -> Any:
        return self("PATCH", f"{ADMIN}/users/{person.id}", change)


@pytest.fixture
def desk(client: FlaskClient, somebody: Somebody) -> Desk:
    return Desk(client, somebody("admin"))


def name_of(role: str = "r") -> str:
    return f"{role}-{new_id()}"


def with_role(desk: Desk, parts: Backend, *permissions: str) -> Person:
    """Somebody who holds these permissions and no others."""
    role = name_of()
    assert desk("POST", f"{ADMIN}/roles", {"name": role, "permissions": list(permissions)}).status_code == 201
    with parts.database.write() as tx:
        return enter(tx, parts, role=role)


def test_a_person_is_approved_suspended_and_reactivated(
    desk: Desk, parts: Backend, somebody: Somebody
) -> None:
    pau = somebody("pending")
    answer = desk.change(pau, status="active")
    assert (answer.get_json()["status"], answer.get_json()["roles"]) == ("active", ["member"])
    assert desk.change(pau, status="suspended").get_json()["status"] == "suspended"
    assert authorize(desk.client, Cookie=f"__Host-session={pau.cookie}").status_code == 401
    assert desk.change(pau, status="active").get_json()["status"] == "active"
    told = [entry for entry in entries(parts, pau.id) if entry.actor == desk.person.id]
    assert [entry.action for entry in told] == ["user.role_given", *["user.status_changed"] * 3]


def test_roles_are_given_and_taken(desk: Desk, somebody: Somebody) -> None:
    mar = somebody("member")
    assert desk.change(mar, roles=["admin", "member"]).get_json()["roles"] == ["admin", "member"]
    assert desk.change(mar, roles=[]).get_json()["roles"] == []
    assert desk.change(mar, roles=["no-such-role"]).status_code == 422
    assert desk.change(Person(new_id(), ""), roles=[]).status_code == 404


@pytest.mark.parametrize(
    "change",
    [{"status": "pending"}, {"status": "gone"}, {"roles": "admin"}, {"roles": ["Admin!"]}],
)
def test_a_wrong_change_is_told(desk: Desk, somebody: Somebody, change: dict[str, Any]) -> None:
    assert desk.change(somebody("member"), **change).status_code == 422


def test_unknown_fields_change_nothing(desk: Desk, somebody: Somebody, parts: Backend) -> None:
    mar = somebody("member")
    assert desk.change(mar, email="x@y.example", permissions=["users:manage"]).status_code == 200
    assert user_of(parts, mar.id).email is None


def test_who_lacks_the_permission_may_nothing_here(client: FlaskClient, somebody: Somebody) -> None:
    mar = Desk(client, somebody("member"))
    for method, path in (
        ("GET", "users"), ("GET", "roles"), ("POST", "roles"), ("GET", "invitations"), ("GET", "audit"),
        ("GET", "audit/export"), ("GET", "audit/overview"), ("PATCH", f"users/{mar.person.id}"),
    ):  # fmt: skip
        assert mar(method, f"{ADMIN}/{path}", {}).status_code == 403


def test_nobody_gives_or_touches_more_than_they_have(
    desk: Desk, client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    helper = Desk(client, with_role(desk, parts, "users:manage", "documents:read", "documents:write"))
    mar, pau = somebody("member"), somebody("pending")
    assert helper.change(mar, roles=["admin"]).status_code == 403
    assert helper.change(helper.person, roles=["admin"]).status_code == 403
    assert helper.change(desk.person, status="suspended").status_code == 403
    assert helper.change(desk.person, roles=[]).status_code == 403
    assert helper.change(pau, status="active").status_code == 403
    wanted = {"name": name_of(), "permissions": ["audit:read"]}
    assert helper("POST", f"{ADMIN}/roles", wanted).status_code == 403
    invitation = {"email": "new@example.org", "role": "admin"}
    assert helper("POST", f"{ADMIN}/invitations", invitation).status_code == 403
    modest = {"name": name_of(), "permissions": ["documents:read"]}
    assert helper("POST", f"{ADMIN}/roles", modest).status_code == 201
    assert helper.change(with_role(desk, parts, "documents:read"), status="suspended").status_code == 200


def test_a_token_gives_and_touches_no_more_than_it_was_given(
    desk: Desk, client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    """Whoever steals an administrator's token does not let themselves in with more than that."""
    made = make_token(client, desk.person, permissions=["users:manage", "documents:read"]).get_json()
    entered = authorize(client, Authorization=f"Bearer {made['token']}")
    headers = {"Authorization": f"Bearer {entered.headers['X-Identity-Token']}"}

    def by_token(method: str, path: str, body: Any) -> int:
        return client.open(f"{ADMIN}/{path}", method=method, json=body, headers=headers).status_code

    reader, mar = with_role(desk, parts, "documents:read"), somebody("member")
    (auditor,) = roles_of(desk, with_role(desk, parts, "audit:read"))
    (reading,) = roles_of(desk, reader)
    assert by_token("PATCH", f"users/{reader.id}", {"roles": [reading, auditor]}) == 403
    assert by_token("POST", "roles", {"name": name_of(), "permissions": ["audit:read"]}) == 403
    assert by_token("PUT", f"roles/{reading}", {"permissions": ["documents:read", "audit:read"]}) == 403
    assert by_token("POST", "invitations", {"email": "new@example.org", "role": auditor}) == 403
    assert by_token("PATCH", f"users/{somebody('pending').id}", {"status": "active"}) == 403
    assert by_token("PATCH", f"users/{mar.id}", {"status": "suspended"}) == 403
    assert by_token("PATCH", f"users/{reader.id}", {"status": "suspended"}) == 200
    revoked = client.delete(f"/api/account/tokens/{made['id']}", headers=at_the_door(client, desk.person))
    assert revoked.status_code == 204
    assert by_token("PATCH", f"users/{reader.id}", {"status": "active"}) == 401


def roles_of(desk: Desk, person: Person) -> list[str]:
    held: list[str] = desk("GET", f"{ADMIN}/users/{person.id}").get_json()["roles"]
    return held


def test_giving_power_asks_for_a_fresh_sign_in(desk: Desk, parts: Backend, somebody: Somebody) -> None:
    mar, eva = somebody("member"), somebody("admin")
    assert desk.change(eva, status="suspended").status_code == 200
    age(parts, desk.person, timedelta(minutes=11))
    for answer in (
        desk.change(mar, roles=["admin"]),
        desk("POST", f"{ADMIN}/roles", {"name": name_of(), "permissions": ["users:manage"]}),
        desk("POST", f"{ADMIN}/invitations", {"email": "new@example.org", "role": "admin"}),
        desk.change(eva, status="active"),
    ):
        assert (answer.status_code, answer.get_json()["type"]) == (403, "/docs/errors/sign-in-again")
    assert desk.change(mar, status="suspended").status_code == 200


def test_a_permission_that_no_release_knows_any_more_protects_nobody(
    desk: Desk, parts: Backend, somebody: Somebody
) -> None:
    reader = with_role(desk, parts, "documents:read")
    (role,) = roles_of(desk, reader)
    with parts.database.write() as tx:
        tx.add(RolePermission(role=role, permission="letters:seal"))
    assert desk.change(reader, status="suspended").status_code == 403
    with parts.database.write() as tx:
        people.install_roles(tx, parts.policy)
    assert desk.change(reader, status="suspended").status_code == 200
    assert desk("PUT", f"{ADMIN}/roles/{role}", {"permissions": ["documents:read"]}).status_code == 200


def administrators(parts: Backend, count: int) -> list[Person]:
    with parts.database.write() as tx:
        return [enter(tx, parts, role="admin") for _ in range(count)]


def test_one_administrator_always_remains(fresh: Backend) -> None:
    client = create_app(fresh.settings).test_client(use_cookies=False)
    (ada,) = administrators(fresh, 1)
    desk = Desk(client, ada)
    answer = desk.change(ada, roles=["member"])
    assert (answer.status_code, answer.get_json()["type"]) == (409, "/docs/errors/conflict")
    assert desk.change(ada, status="suspended").status_code == 409
    (eva,) = administrators(fresh, 1)
    assert desk.change(eva, status="suspended").status_code == 200
    assert desk.change(ada, roles=["member"]).status_code == 409


def test_two_administrators_who_dismiss_each_other_at_once_do_not_both_succeed(fresh: Backend) -> None:
    app = create_app(fresh.settings)
    pair = administrators(fresh, 2)
    desks = [Desk(app.test_client(use_cookies=False), person) for person in pair]
    with ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(desk.change, other, roles=["member"])
            for desk, other in zip(desks, reversed(pair), strict=True)
        ]
        statuses = sorted(job.result().status_code for job in jobs)
    assert statuses[0] == 200
    assert statuses[1] in {403, 409}
    assert sum(authorized(fresh, person.id) for person in pair) == 1


def authorized(parts: Backend, user_id: str) -> bool:
    with parts.database.read() as tx:
        return "admin" in people.roles_of(tx, user_id)


def test_people_are_found_by_name_address_status_and_role(desk: Desk, parts: Backend) -> None:
    mark = new_id()[-12:]
    with parts.database.write() as tx:
        found = [enter(tx, parts, role="member") for _ in range(3)]
        for number, person in enumerate(found):
            user = tx.get_one(User, person.id)
            user.name, user.email = f"Núria {mark} {number}", f"n{number}.{mark}@example.org"
        tx.get_one(User, found[0].id).status = SUSPENDED

    def ids(query: str) -> list[str]:
        return [person["id"] for person in desk("GET", f"{ADMIN}/users?{query}").get_json()["items"]]

    newest_first = [person.id for person in reversed(found)]
    assert ids(f"q={mark}") == newest_first
    assert ids(f"q=n1.{mark}@EXAMPLE.org") == [found[1].id]
    assert ids(f"q={mark}&status=suspended") == [found[0].id]
    assert ids(f"q={mark}&role=admin") == []
    assert ids(f"q=%25{mark}") == []
    first = desk("GET", f"{ADMIN}/users?q={mark}&limit=2").get_json()
    assert ids(f"q={mark}&limit=2&cursor={first['next']}") == newest_first[2:]


def test_own_roles_are_made_changed_and_removed(desk: Desk, client: FlaskClient, parts: Backend) -> None:
    reader = with_role(desk, parts, "documents:read")
    (role,) = desk("GET", f"{ADMIN}/users/{reader.id}").get_json()["roles"]
    assert desk("POST", f"{ADMIN}/roles", {"name": role, "permissions": []}).status_code == 409
    changed = desk("PUT", f"{ADMIN}/roles/{role}", {"permissions": ["documents:read", "ai:use"]})
    (shown,) = [item for item in changed.get_json()["items"] if item["name"] == role]
    assert shown == {
        "name": role,
        "built_in": False,
        "permissions": ["ai:use", "documents:read"],
        "people": 1,
    }
    own = Desk(client, reader)("GET", "/api/account").get_json()
    assert own["permissions"] == ["ai:use", "documents:read"]
    assert desk("DELETE", f"{ADMIN}/roles/{role}").status_code == 204
    assert Desk(client, reader)("GET", "/api/account").get_json()["permissions"] == []
    assert desk("DELETE", f"{ADMIN}/roles/{role}").status_code == 404


def test_built_in_roles_stay_as_they_are(desk: Desk) -> None:
    assert desk("PUT", f"{ADMIN}/roles/admin", {"permissions": []}).status_code == 409
    assert desk("DELETE", f"{ADMIN}/roles/member").status_code == 409
    unknown = desk("POST", f"{ADMIN}/roles", {"name": name_of(), "permissions": ["no:such"]})
    assert unknown.status_code == 422


def invited(desk: Desk, email: str, **more: Any) -> str:
    """The code of a new invitation's link."""
    answer = desk("POST", f"{ADMIN}/invitations", {"email": email, **more})
    assert answer.status_code == 201
    return str(answer.get_json()["link"].rpartition("/app/invitations/")[2])


def with_email(parts: Backend, person: Person, email: str, *, verified: bool = True) -> Person:
    with parts.database.write() as tx:
        user = tx.get_one(User, person.id)
        user.email, user.email_verified = email, verified
    return person


def test_an_invitation_lets_one_person_in_once(
    desk: Desk, client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    email = f"{new_id()}@example.org"
    code = invited(desk, email.upper())
    pau = Desk(client, with_email(parts, somebody("pending"), email))
    assert pau("POST", f"/api/invitations/{code}").status_code == 204
    own = pau("GET", "/api/account").get_json()
    assert (own["status"], own["roles"]) == ("active", ["member"])
    assert pau("POST", f"/api/invitations/{code}").status_code == 404
    listed = desk("GET", f"{ADMIN}/invitations").get_json()["items"]
    assert [item["accepted_at"] is not None for item in listed if item["email"] == email] == [True]
    assert code not in str(listed)


def test_an_invitation_is_for_its_verified_address_only(
    desk: Desk, client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    email = f"{new_id()}@example.org"
    code = invited(desk, email)
    other = Desk(client, with_email(parts, somebody("pending"), f"x{email}"))
    unverified = Desk(client, with_email(parts, somebody("pending"), email, verified=False))
    for desk_of in (other, unverified):
        assert desk_of("POST", f"/api/invitations/{code}").status_code == 403
        assert desk_of("GET", "/api/account").get_json()["status"] == "pending"


@pytest.mark.parametrize(
    "email", ["\u212aate@example.org", "ad\u0430@example.org", "a\0@example.org", "a@b@c.org"]
)
def test_an_address_that_no_sign_in_has_is_not_invited(desk: Desk, email: str) -> None:
    answer = desk("POST", f"{ADMIN}/invitations", {"email": email})
    assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, "/email")


@pytest.mark.parametrize("how", ["expired", "withdrawn", "host suspended", "host dismissed", "role removed"])
def test_an_invitation_ends(
    desk: Desk, client: FlaskClient, parts: Backend, somebody: Somebody, how: str
) -> None:
    email, role = f"{new_id()}@example.org", name_of()
    desk("POST", f"{ADMIN}/roles", {"name": role, "permissions": ["ai:use"]})
    code = invited(desk, email, role=role)
    (item,) = [i for i in desk("GET", f"{ADMIN}/invitations").get_json()["items"] if i["email"] == email]
    with parts.database.write() as tx:
        if how == "expired":
            mine = update(Invitation).where(Invitation.id == item["id"])
            tx.execute(mine.values(expires_at=now() - timedelta(seconds=1)))
        elif how == "host suspended":
            people.set_status(tx, tx.get_one(User, desk.person.id), SUSPENDED, HERE)
        elif how == "host dismissed":
            people.take_role(tx, tx.get_one(User, desk.person.id), "admin", HERE)
    if how == "withdrawn":
        assert desk("DELETE", f"{ADMIN}/invitations/{item['id']}").status_code == 204
    elif how == "role removed":
        assert desk("DELETE", f"{ADMIN}/roles/{role}").status_code == 204
    pau = Desk(client, with_email(parts, somebody("pending"), email))
    assert pau("POST", f"/api/invitations/{code}").status_code == 404


def test_the_audit_is_searched_and_exported(
    desk: Desk, client: FlaskClient, parts: Backend, somebody: Somebody
) -> None:
    mar = somebody("member")
    with parts.database.write() as tx:
        tx.get_one(User, mar.id).name = "=Mar"
    desk.change(mar, roles=[])
    desk.change(mar, status="suspended")
    search = f"{ADMIN}/audit?person={mar.id}"
    told = desk("GET", search).get_json()["items"]
    assert [entry["action"] for entry in told] == [
        "user.status_changed",
        "user.role_taken",
        "user.role_given",
    ]
    assert told[0]["actor"]["id"] == desk.person.id
    assert told[0]["target"]["name"] == "=Mar"
    assert [e["action"] for e in desk("GET", f"{search}&action=user.role").get_json()["items"]] == [
        "user.role_taken", "user.role_given",
    ]  # fmt: skip
    assert desk("GET", f"{search}&until=2020-01-01T00:00:00Z").get_json()["items"] == []
    with_email(parts, mar, email := f"{new_id()}@demo.example")
    by_email = desk("GET", f"{ADMIN}/audit?person={email.upper()}").get_json()["items"]
    assert [entry["id"] for entry in by_email] == [entry["id"] for entry in told]
    assert desk("GET", f"{ADMIN}/audit?person=x{email}").get_json()["items"] == []
    export = desk("GET", f"{ADMIN}/audit/export?person={mar.id}")
    assert export.mimetype == "text/csv"
    rows = list(csv.DictReader(export.get_data(as_text=True).splitlines()))
    assert [row["action"] for row in rows] == [entry["action"] for entry in told]
    taken = desk("GET", f"{ADMIN}/audit?person={desk.person.id}&action=audit.exported").get_json()["items"]
    assert len(taken) == 1


@pytest.mark.parametrize("path", ["audit", "audit/export"])
@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00%2B01:00"])
def test_a_moment_beyond_the_calendar_is_told(desk: Desk, path: str, moment: str) -> None:
    for name in ("since", "until"):
        answer = desk("GET", f"{ADMIN}/{path}?{name}={moment}")
        assert (answer.status_code, answer.get_json()["errors"][0]["pointer"]) == (422, name)


def test_the_overview_counts(fresh: Backend) -> None:
    client = create_app(fresh.settings).test_client(use_cookies=False)
    (ada,) = administrators(fresh, 1)
    with fresh.database.write() as tx:
        enter(tx, fresh, role=None, status="pending")
    told = Desk(client, ada)("GET", f"{ADMIN}/audit/overview?days=3").get_json()
    assert (told["active"], told["pending"], told["suspended"]) == (1, 1, 0)
    assert [day["day"] for day in told["days"]][-1] == now().date().isoformat()
    assert len(told["days"]) == 3


def test_a_change_reaches_the_next_identity_token(desk: Desk, app: APIFlask, somebody: Somebody) -> None:
    mar = somebody("member")
    assert desk.change(mar, roles=[]).status_code == 200
    own = Desk(app.test_client(use_cookies=False), mar)("GET", "/api/account").get_json()
    assert (own["status"], own["permissions"]) == (ACTIVE, [])


def test_who_knows_ids_is_told_the_names(desk: Desk, somebody: Somebody) -> None:
    first, second = somebody("member"), somebody("member")
    gone = new_id()
    found = desk("GET", f"{ADMIN}/users?id={first.id}&id={second.id}&id={gone}").get_json()["items"]
    assert {person["id"] for person in found} == {first.id, second.id}
    assert desk("GET", f"{ADMIN}/users?id={gone}").get_json()["items"] == []
    many = "&".join(f"id={new_id()}" for _ in range(101))
    assert desk("GET", f"{ADMIN}/users?{many}").status_code == 422


def heard(parts: Backend, by: str | None, **data: Any) -> None:
    """What the AI service tells of a budget, on behalf of `by`."""
    event = Event.of("ai.budget_changed.v1", data["name"], **data)
    schemas.hold(event)
    token = by and MessageToken("text", event.type, event.id, by, frozenset({"ai:manage"}))
    with parts.database.write() as tx:
        HANDLERS[event.type](tx, replace(event, on_behalf_of=token or None))


def test_a_budget_that_was_changed_elsewhere_is_in_the_audit(
    desk: Desk, parts: Backend, somebody: Somebody
) -> None:
    mar, before, after = somebody("member"), {"day": 10, "month": 100}, {"day": 20, "month": 100}
    where = {"address": "203.0.113.9", "request_id": f"r{new_id()}"}
    heard(parts, desk.person.id, scope="person", name=mar.id, before=before, after=after, **where)
    heard(parts, desk.person.id, scope="role", name="member", before=None, after=before, **where)
    found = desk("GET", f"{ADMIN}/audit?request_id={where['request_id']}").get_json()["items"]
    of_role, of_mar = found
    assert (of_mar["action"], of_mar["address"]) == ("ai.budget_changed", "203.0.113.9")
    assert (of_mar["actor"]["id"], of_mar["target"]["id"]) == (desk.person.id, mar.id)
    assert (of_mar["detail"]["day_before"], of_mar["detail"]["day_after"]) == (10, 20)
    assert (of_role["target"], of_role["detail"]["day_before"]) == (None, None)
    with pytest.raises(InvalidEvent):
        heard(parts, None, scope="role", name="member", before=None, after=before, **where)
