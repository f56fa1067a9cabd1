"""Which path reaches whom, and that two readers of a path can never disagree."""

import pytest

from .conftest import Behind, OpenDoor
from .door import Door, bearer, cookie
from .services import session

ADA = bearer("zgn_ada")
FORM = ("Content-Type", "application/x-www-form-urlencoded")

ROUTES = [
    ("/api/account", "backend"),
    ("/api/account/sessions", "backend"),
    ("/api/account/events", "backend"),
    ("/api/admin/users", "backend"),
    ("/api/invitations/code", "backend"),
    ("/api/documents", "documents"),
    ("/api/documents/", "documents"),
    ("/api/documents/0198c0de-0000-7000-8000-000000000000", "documents"),
    ("/api/documents/imports?name=notes.zip", "documents"),
    ("/api/documents/jobs/0198c0de-0000-7000-8000-000000000000/report", "documents"),
    ("/api/documents/search?q=%C3%B1&x=%2e%2e/", "documents"),
    ("/api/documents/samples", "documents"),
    ("/api/documents/samples/search?q=a", "documents"),
    ("/api/documents/openapi.json", "documents"),
    ("/api/ai/v1/models", "ai"),
    ("/api/ai/v1/chat/completions", "ai"),
    ("/api/ai/usage", "ai"),
    ("/api/ai/jobs/0198c0de-0000-7000-8000-000000000000/report", "ai"),
    ("/api/ai/openapi.json", "ai"),
    ("/api/backend/openapi.json", "backend"),
    ("/.well-known/jwks.json", "backend"),
    ("/auth/login?next=/app/documents", "backend"),
    ("/auth/callback?code=a&state=b", "backend"),
    ("/demo-idp/authorize?x=1", "demo_idp"),
    ("/demo-idp/.well-known/openid-configuration", "demo_idp"),
]


@pytest.mark.parametrize(("target", "service"), ROUTES)
def test_a_listed_path_reaches_its_service_byte_by_byte(door: Door, target: str, service: str) -> None:
    seen = door.get(target, [ADA]).json()
    assert seen["service"] == service
    assert "?".join(filter(None, [seen["path"], seen["query"]])) == target


@pytest.mark.parametrize("target", ["/oauth/device_authorization", "/oauth/token", "/oauth/revoke"])
def test_what_programs_sign_in_with_reaches_the_backend_and_no_credential_beside_it(
    door: Door, target: str
) -> None:
    headers = [ADA, cookie(session("ada")), ("Sec-Fetch-Site", "same-origin"), ("X-User", "ada"), FORM]
    seen = door.ask("POST", target, headers, b"client_id=zaguan")
    assert (seen.json()["service"], seen.json()["path"], seen.json()["body"]) == ("backend", target, 16)
    assert not {"authorization", "cookie", "x-user"} & seen.upstream.keys()
    assert seen.upstream["content-type"] == [FORM[1]]
    assert seen.upstream["x-client-address"] == ["127.0.0.1"]
    assert seen.all("cache-control") == ["no-store"]


@pytest.mark.parametrize(
    "target", ["/", "/app", "/app/documents", "/docs", "/docs/errors/not-found", "/api/docs"]
)
def test_pages_are_the_app(door: Door, target: str) -> None:
    answer = door.get(target)
    assert (answer.status, answer.header("content-type")) == (200, "text/html")
    assert b"the app" in answer.body


def test_files_of_the_app_keep_their_own_caching(door: Door) -> None:
    answer = door.get("/assets/main-Ab1_x-2.js")
    assert answer.status == 200
    assert answer.all("cache-control") == ["public, max-age=31536000, immutable"]
    assert answer.header("content-type") == "text/javascript"


def test_a_missing_file_is_not_the_app(door: Door) -> None:
    answer = door.get("/assets/none.js")
    assert (answer.status, answer.json()["type"]) == (404, "/docs/errors/not-found")


def test_the_gateway_itself_tells_that_it_is_up(door: Door, behind: Behind) -> None:
    before = behind.received
    answer = door.get("/healthz")
    assert (answer.status, answer.json()) == (200, {"status": "ok"})
    assert behind.received == before


UNLISTED = [
    "/internal/authorize", "/internal/google-token", "/internal/token", "/internal/revocations",
    "/readyz", "/metrics", "/gateway-authorize",
    "/gateway-authorize-again", "/gateway-error.json", "/gateway-error.html", "/healthz/", "/api",
    "/api/", "/api/documentsx", "/api/accounts",
    "/api/document", "/api/documents.json", "/api/demo_idp/openapi.json", "/api/backend", "/api/backend/x",
    "/oauth", "/oauth/", "/oauth/token/", "/oauth/authorize", "/oauth/revoke/x",
    "/auth", "/auth/", "/auth/login/", "/auth/callback/x", "/auth/logout/", "/auth/other", "/appx", "/docsx",
    "/demo-idpx", "/.env", "/.git/config", "/.well-known/", "/.well-known/openid-configuration", "/assets",
    "/assets/", "/index.html", "/static.conf", "/API/documents", "/Api/account", "/HEALTHZ", "/App", "/unknown",
]  # fmt: skip


@pytest.mark.parametrize("target", UNLISTED)
def test_what_is_not_listed_is_nowhere(door: Door, behind: Behind, target: str) -> None:
    before = behind.received
    answer = door.get(target, [ADA])
    assert (answer.status, answer.json()["type"]) == (404, "/docs/errors/not-found")
    assert behind.received == before


AMBIGUOUS = [
    "//api/documents", "/api//documents", "/api/documents//", "//", "///api/documents", "/public/../api/documents",
    "/api/documents/..", "/api/documents/../account", "/api/documents/samples/../x", "/api/documents/samples/..",
    "/./api/documents", "/api/./documents", "/api/documents/.", "/assets/../api/documents", "/../api/documents",
    "/api/documents/samples/%2e%2e", "/%2e%2e/api/documents", "/assets/%2e%2e/api/documents",
    "/api/documents/samples/.%2e/x", "/api%2fdocuments", "/api/documents%2f", "/api/documents/%2f",
    "/api/documents/samples%2f..%2fx", "/%61pi/documents", "/api/%64ocuments", "/api/documents/%252e%252e",
    "/api/documents/samples/%252e%252e/x", "/api%252fdocuments", "/api/documents/%00", "/api/documents%00.js",
    "/api/documents/samples%00/x", "/api/documents;a=b", "/api;/documents", "/api/documents/samples;/../x",
    "/assets/..;/api/documents", "/api\\documents", "/assets\\..\\api\\documents", "/api/documents/..\\x",
    "\\api\\documents", "/api/documents#/samples", "/api/documents/samples#x", "/api/documents?x#y", "/#/api/documents",
    "/api/documents/%5c..", "/api/documents/%u002e", "/api/documents/%c0%ae%c0%ae/x", "/api/documents/%", "/api/%zz",
    "/api/documents/a:b", "/api/documents/@x", "/api/documents/a+b", "/api/documents/a,b", "/api/documents/a=b",
    "/api/documents/a*b", "/api/documents/(a)", "/api/documents/'", '/api/documents/"', "/api/documents/a&b",
    "/api/documents/a|b", "/api/documents/{x}", "/api/documents/[x]", "/api/documents/^", "/api/documents/`",
    "/api/documents/$uri", "/api/documents/ñ", "/api/documents/%EF%BC%8E%EF%BC%8E/x", "/healthz%0d%0aX:y",
    "/api/documents/%0a", "/api/documents/%20", "/api/documents/samples/...%2f", "/gateway-error.json%2f",
    "/gateway-authorize%20", "/%67ateway-authorize", "/%67ateway-error.json", "/gateway-error%2ejson",
]  # fmt: skip


@pytest.mark.parametrize("target", AMBIGUOUS)
def test_a_path_with_two_readings_is_refused(door: Door, behind: Behind, target: str) -> None:
    before = behind.received
    answer = door.get(target, [ADA])
    assert answer.status in {400, 404}  # nginx itself refuses some as no request at all
    assert answer.json()["status"] == answer.status
    assert behind.received == before


@pytest.mark.parametrize(
    "target", ["http://localhost/api/documents", "http://evil.example/api/documents?x=1"]
)
def test_an_absolute_address_is_its_path(door: Door, target: str) -> None:
    assert door.get(target).status == 401
    assert door.get(target, [ADA]).json()["path"] == "/api/documents"


@pytest.mark.parametrize(
    "host", ["evil.example", "backend", "127.0.0.1:1", "localhost.evil.example", "gateway-authorize"]
)
@pytest.mark.parametrize("target", ["/api/documents", "/internal/authorize"])
def test_the_host_opens_nothing(door: Door, host: str, target: str) -> None:
    request = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    (answer,) = door.raw(request.encode())
    assert answer.status == (401 if target == "/api/documents" else 404)


@pytest.mark.parametrize(
    "query", ["?public=1", "?/healthz", "?x=/api/documents/samples", "?/../healthz", "?a=%00"]
)
@pytest.mark.parametrize("agent", ["kube-probe/1.30", "GoogleHC/1.0", "zaguan-internal"])
def test_queries_and_user_agents_open_nothing(door: Door, query: str, agent: str) -> None:
    assert door.get(f"/api/documents{query}", [("User-Agent", agent)]).status == 401


METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "FOO", "GETT"]
READING = {"GET", "HEAD"}
ALLOWED = {
    "/healthz": READING,
    "/.well-known/jwks.json": READING,
    "/api/documents/openapi.json": READING,
    "/api/documents/samples": READING,
    "/api/documents/x": READING | {"POST", "PUT", "PATCH", "DELETE"},
    "/api/account": READING | {"POST", "PUT", "PATCH", "DELETE"},
    "/auth/login": READING,
    "/auth/callback": READING,
    "/auth/logout": {"POST"},
    "/oauth/device_authorization": {"POST"},
    "/oauth/token": {"POST"},
    "/oauth/revoke": {"POST"},
    "/demo-idp/x": READING | {"POST"},
    "/": READING,
    "/app": READING,
}


@pytest.mark.parametrize("target", ALLOWED)
@pytest.mark.parametrize("method", METHODS)
def test_only_the_methods_that_make_sense(door: Door, behind: Behind, target: str, method: str) -> None:
    before = behind.received
    answer = door.ask(method, target, [ADA])
    if method in ALLOWED[target]:
        assert answer.status == 200
    else:
        assert (answer.status, behind.received) == (405, before)
        assert answer.header("content-type") == "application/problem+json"


def test_405_tells_what_is_allowed(door: Door) -> None:
    assert door.ask("GET", "/auth/logout").header("allow") == "POST"
    assert door.ask("POST", "/app").header("allow") == "GET, HEAD"
    assert door.get("/app").header("allow") is None


@pytest.mark.parametrize("target", ["localhost:22", "/api/documents"])
def test_no_tunnels(door: Door, target: str) -> None:
    assert door.ask("CONNECT", target).status in {400, 405}


@pytest.mark.parametrize("target", ["/demo-idp/", "/demo-idp/authorize", "/demo-idp"])
def test_the_demo_provider_is_absent_where_it_was_not_asked_for(
    open_door: OpenDoor, behind: Behind, target: str
) -> None:
    before = behind.received
    assert open_door(demo_idp=None).get(target).status == 404
    assert behind.received == before
