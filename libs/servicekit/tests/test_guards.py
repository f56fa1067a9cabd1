"""Who may come in."""

import pytest
from apiflask import APIFlask
from werkzeug.test import TestResponse

from servicekit.guards import guard_table
from servicekit.testing import Issuer


def ask(house: APIFlask, path: str, token: str | None, method: str = "GET") -> TestResponse:
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return house.test_client().open(path, method=method, headers=headers)


@pytest.mark.parametrize(
    ("who", "public", "visitors", "people", "change"),
    [
        (None, 200, 401, 401, 401),
        ("visitor:x", 200, 200, 401, 401),
        ("person", 200, 200, 200, 403),
    ],
)
def test_each_guard_lets_in_whom_it_should(
    house: APIFlask, issuer: Issuer, who: str | None, public: int, visitors: int, people: int, change: int
) -> None:
    token = who and issuer.token("house", who, "things:read things thing:writes")
    codes = [ask(house, path, token).status_code for path in ("/public", "/visitors", "/people")]
    assert codes == [public, visitors, people]
    assert ask(house, "/people", token, "POST").status_code == change


def test_the_permission_opens(house: APIFlask, issuer: Issuer) -> None:
    answer = ask(house, "/people", issuer.token("house", "person", "other:read things:write"), "POST")
    assert (answer.status_code, answer.get_json()) == (200, {"changed by": "person"})


def test_a_visitor_with_a_permission_is_still_no_person(house: APIFlask, issuer: Issuer) -> None:
    assert (
        ask(house, "/people", issuer.token("house", "visitor:x", "things:write"), "POST").status_code == 401
    )


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Basic eDp5", "Token x", "x", "Bearer a b", "Bearer é"]
)
def test_what_is_no_bearer_token_is_401(house: APIFlask, header: str) -> None:
    answer = house.test_client().get("/visitors", headers={"Authorization": header})
    assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_for_another_service_is_401(house: APIFlask, issuer: Issuer) -> None:
    answer = ask(house, "/people", issuer.token("ai", "person"))
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


def test_a_cookie_or_another_header_is_no_identity(house: APIFlask, issuer: Issuer) -> None:
    token = issuer.token("house", "person")
    headers = {"Cookie": f"__Host-session={token}", "X-Identity-Token": token, "X-User": "person"}
    assert house.test_client().get("/people", headers=headers).status_code == 401
    assert house.test_client().get(f"/people?access_token={token}").status_code == 401


def test_the_scheme_is_read_in_any_case(house: APIFlask, issuer: Issuer) -> None:
    headers = {"Authorization": f"bearer {issuer.token('house', 'person')}"}
    assert house.test_client().get("/people", headers=headers).status_code == 200


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "DELETE", "PATCH", "TRACE"])
def test_other_methods_get_past_no_guard(house: APIFlask, method: str) -> None:
    assert ask(house, "/people", None, method).status_code in {401, 405}


def test_the_table_of_guards(house: APIFlask) -> None:
    table = guard_table(house)
    own = {
        row: guard for row, guard in table.items() if row.split()[1] in {"/public", "/visitors", "/people"}
    }
    assert own == {
        "GET /public": "open_to_all",
        "GET /visitors": "open_to_visitors",
        "GET /people": "signed_in",
        "POST /people": "signed_in things:write",
    }


def test_an_endpoint_without_a_guard_is_told(house: APIFlask) -> None:
    house.add_url_rule("/forgotten", "forgotten", lambda: "x")
    assert guard_table(house)["GET /forgotten"] == "none"
