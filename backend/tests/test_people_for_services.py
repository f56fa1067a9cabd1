"""What a service that comes as itself may know of somebody: their roles, and nothing to anybody else."""

from collections.abc import Callable

from flask.testing import FlaskClient

from backend.context import Backend
from backend.door import service as door
from backend.tests.conftest import Person


def roles(client: FlaskClient, parts: Backend, person: str, subject: str, scope: str) -> tuple[int, object]:
    claims = {"iss": parts.settings.token_issuer, "sub": subject, "aud": "backend", "scope": scope}
    token = door.signed(claims, parts.keys.signing())
    answer = client.get(f"/internal/people/{person}/roles", headers={"Authorization": f"Bearer {token}"})
    told = answer.get_json() or {}
    assert told.get("known", False) == (answer.status_code == 200 and person != "nobody")
    return answer.status_code, told.get("roles")


def test_a_service_that_may_is_told_the_roles(
    client: FlaskClient, parts: Backend, somebody: Callable[[str], Person]
) -> None:
    admin, member, pending = (somebody(kind).id for kind in ("admin", "member", "pending"))
    told = [
        roles(client, parts, who, "service:ai", "people:roles") for who in (admin, member, pending, "nobody")
    ]
    assert told == [(200, ["admin"]), (200, ["member"]), (200, []), (200, [])]


def test_nobody_else_is(client: FlaskClient, parts: Backend, somebody: Callable[[str], Person]) -> None:
    admin = somebody("admin").id
    assert roles(client, parts, admin, admin, "people:roles")[0] in {401, 403}
    assert roles(client, parts, admin, "service:ai", "users:manage")[0] == 403
    assert client.get(f"/internal/people/{admin}/roles").status_code == 401
