"""What every answer carries, and how the gateway tells its own errors."""

import gzip
import json
import re
import socket
import struct
import time

import pytest

from .conftest import OpenDoor
from .door import Answer, Door, Headers, bearer, cookie
from .services import session

SECURITY = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}

EVERYTHING: list[tuple[str, str, Headers, int]] = [
    ("GET", "/", [], 200),
    ("GET", "/app", [], 200),
    ("GET", "/assets/main-Ab1_x-2.js", [], 200),
    ("GET", "/assets/none.js", [], 404),
    ("GET", "/healthz", [], 200),
    ("GET", "/.well-known/jwks.json", [], 200),
    ("GET", "/auth/login", [], 200),
    ("GET", "/demo-idp/x", [], 200),
    ("GET", "/demo-idp/status/302", [], 302),
    ("GET", "/api/documents", [bearer("zgn_ada")], 200),
    ("HEAD", "/api/documents", [bearer("zgn_ada")], 200),
    ("GET", "/api/documents/talkative", [bearer("zgn_ada")], 200),
    ("GET", "/api/documents/status/204", [bearer("zgn_ada")], 204),
    ("GET", "/api/documents/status/304", [bearer("zgn_ada")], 304),
    ("GET", "/api/documents/status/422", [bearer("zgn_ada")], 422),
    ("GET", "/api/documents/status/500", [bearer("zgn_ada")], 500),
    ("GET", "/api/documents", [], 401),
    ("GET", "/api/documents", [bearer("zgn_pending")], 403),
    ("POST", "/api/documents", [cookie(session("ada"))], 403),
    ("GET", "/unknown", [], 404),
    ("GET", "/%2e/", [], 404),
    ("GET", "no-path", [], 400),
    ("GET", "/app", [("no colon", "")], 400),
    ("DELETE", "/app", [], 405),
    ("TRACE", "/app", [], 405),
    ("POST", "/api/documents", [bearer("zgn_ada"), ("Content-Length", "70000000")], 413),
    ("GET", "/" + "a" * 9000, [], 414),
    ("GET", "/app", [("X-Long", "a" * 9000)], 431),
    ("POST", "/api/documents", [bearer("zgn_ada"), ("Transfer-Encoding", "gzip")], 400),
    ("GET", "/api/documents/gone", [bearer("zgn_ada")], 503),
    ("GET", "/api/documents/broken", [bearer("zgn_ada")], 503),
    ("GET", "/api/documents", [bearer("zgn_odd-500")], 503),
]

NAMES = [f"{method} {target[:30]} {status}" for method, target, _, status in EVERYTHING]
OWN_ERRORS = [row for row in EVERYTHING if row[3] >= 400 and "/status/" not in row[1]]


@pytest.mark.parametrize(("method", "target", "headers", "status"), EVERYTHING, ids=NAMES)
def test_every_answer_carries_the_same_protection(
    door: Door, method: str, target: str, headers: Headers, status: int
) -> None:
    answer = door.ask(method, target, headers)
    assert answer.status == status
    for name, value in SECURITY.items():
        assert answer.all(name) == [value], name
    (policy,) = answer.all("content-security-policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == rules["default-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["object-src"] == rules["base-uri"] == "'none'"
    assert len(answer.all("permissions-policy")) == len(answer.all("cache-control")) == 1
    assert re.fullmatch("[0-9a-f]{32}", " ".join(answer.all("x-request-id")))
    assert answer.header("strict-transport-security") is None
    assert answer.all("server") == ["nginx"]


@pytest.mark.parametrize(("method", "target", "headers", "status"), OWN_ERRORS)
def test_own_errors_are_problem_details(
    door: Door, method: str, target: str, headers: Headers, status: int
) -> None:
    answer = door.ask(method, target, headers)
    assert answer.header("content-type") == "application/problem+json"
    assert answer.all("cache-control") == ["no-store"]
    problem = answer.json()
    assert list(problem) == ["type", "title", "status", "detail", "request_id"]
    assert problem["status"] == status
    assert problem["type"].startswith("/docs/errors/")
    assert problem["request_id"] == answer.header("x-request-id")
    assert "nginx" not in answer.body.decode()


@pytest.mark.parametrize(("method", "target", "headers", "status"), OWN_ERRORS)
def test_browsers_get_a_page_in_both_languages(
    door: Door, method: str, target: str, headers: Headers, status: int
) -> None:
    accept = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
    answer = door.ask(method, target, [accept, *headers])
    if target == "no-path" or len(target) > 9000:
        # refused before the headers were read
        assert answer.status == status
        return
    page = answer.body.decode()
    assert answer.status == status
    assert answer.header("content-type") == "text/html; charset=utf-8"
    assert re.search(r'<p lang="es">.+</p>', page)
    assert f"{status} · {answer.header('x-request-id')}" in page
    assert "the app" not in page
    assert "<script" not in page


def test_openais_clients_get_errors_in_their_shape(door: Door) -> None:
    """Whatever they say that they accept, and only under their own addresses."""
    at = "/api/ai/v1/models"
    cases: list[tuple[str, str, Headers, int]] = [
        ("GET", at, [("Accept", "text/html")], 401),
        ("GET", at, [bearer("zgn_pending")], 403),
        ("TRACE", at, [], 405),
        ("POST", at, [bearer("zgn_ada"), ("Content-Length", "70000000")], 413),
        ("GET", f"{at}/gone", [bearer("zgn_ada")], 503),
        ("GET", "/api/ai/v1/%2e%2e", [bearer("zgn_ada")], 404),
    ]
    for method, target, headers, status in cases:
        answer = door.ask(method, target, headers)
        assert (answer.status, answer.header("content-type")) == (status, "application/json")
        error = answer.json()["error"]
        assert error["request_id"] == answer.header("x-request-id")
        assert error["message"]
    assert door.get("/api/ai/v1nothing").header("content-type") == "application/problem+json"
    assert door.get(at).json()["error"]["code"] == "invalid_api_key"
    assert door.get(f"{at}/gone", [bearer("zgn_ada")]).json()["error"]["type"] == "server_error"


def test_too_many_requests_are_told_in_that_shape_with_the_time_to_wait(open_door: OpenDoor) -> None:
    door = open_door(rate_visitor="1r/m")
    answers = [door.ask("POST", "/api/ai/trial/chat") for _ in range(60)]
    assert {answer.status for answer in answers} == {200, 429}
    door = open_door(rate_api="1r/m")
    refused = [door.get("/api/ai/v1/models", [bearer("zgn_ada")]) for _ in range(450)][-1]
    assert (refused.status, refused.json()["error"]["code"]) == (429, "rate_limit_exceeded")
    assert refused.header("retry-after") == "1"


def test_without_the_ai_service_its_addresses_do_not_exist(open_door: OpenDoor) -> None:
    door = open_door(ai=None)
    for target in ("/api/ai/v1/models", "/api/ai/openapi.json", "/api/ai/usage"):
        assert door.get(target, [bearer("zgn_ada")]).status == 404
    assert door.ask("POST", "/api/ai/trial/chat").status == 404


def test_each_kind_of_problem_has_its_own_words(door: Door) -> None:
    answers = [door.ask(method, target, headers).json() for method, target, headers, _ in OWN_ERRORS]
    slugs = {answer["type"] for answer in answers}
    assert (
        len(slugs)
        == len({answer["title"] for answer in answers})
        == len({answer["detail"] for answer in answers})
    )
    assert {slug.rpartition("/")[2] for slug in slugs} >= {
        "bad-request", "unauthenticated", "awaiting-approval", "cross-site", "not-found", "method-not-allowed",
        "too-large", "uri-too-long", "headers-too-large", "unavailable",
    }  # fmt: skip


@pytest.mark.parametrize(
    "target", ["/api/documents", "/api/account", "/api/documents/talkative", "/api/documents/samples"]
)
def test_what_is_for_a_person_is_never_stored(door: Door, target: str) -> None:
    for credential in (cookie(session("ada")), bearer("zgn_ada")):
        assert door.get(target, [credential]).all("cache-control") == ["no-store"]


def test_public_answers_keep_what_their_service_says(door: Door) -> None:
    assert door.get("/assets/main-Ab1_x-2.js").all("cache-control") == ["public, max-age=31536000, immutable"]
    assert door.get("/demo-idp/talkative").all("cache-control") == ["public, max-age=86400"]
    assert door.get("/.well-known/jwks.json").all("cache-control") == ["no-store"]


def test_the_apps_files_come_compressed_and_no_api_does(door: Door) -> None:
    page = door.get("/assets/main-Ab1_x-2.js", [("Accept-Encoding", "gzip, br")])
    assert (page.header("content-encoding"), gzip.decompress(page.body)) == ("gzip", b"export {}")
    answer = door.get("/api/documents", [bearer("zgn_ada"), ("Accept-Encoding", "gzip, br")])
    assert answer.header("content-encoding") is None


def test_https_is_promised_to_those_who_came_by_it(open_door: OpenDoor) -> None:
    door = open_door(public_url="https://zaguan.example")
    answers: list[Answer] = [door.ask(*row[:3]) for row in EVERYTHING]
    assert {tuple(answer.all("strict-transport-security")) for answer in answers} == {
        ("max-age=31536000; includeSubDomains",)
    }


def test_the_log_tells_what_happened_and_no_secret(open_door: OpenDoor) -> None:
    door = open_door()
    canary = "canary" + "7" * 37
    door.get(f"/auth/callback?code={canary}", [cookie(canary)])
    door.get(f"/api/documents?q={canary}", [cookie(canary), ("Referer", f"http://x/?{canary}")])
    door.get(f"/api/documents/gone?q={canary}", [bearer(f"zgn_{canary}")])
    door.get(f"/api/documents?q={canary}", [bearer(f"zgn_odd-500{canary[:30]}"), ("User-Agent", canary)])
    door.get(f"/app/invitations/{canary}")
    door.get(f"/api/invitations/{canary}", [cookie(canary)])
    door.get(f"/app#{canary}", [("bad header", canary)])
    told = door.stop()
    lines = [json.loads(line) for line in door.log.splitlines()]
    assert [line["status"] for line in lines] == [200, 200, 503, 503, 200, 200, 400]
    assert [line["path"] for line in lines[:3]] == ["/auth/callback", "/api/documents", "/api/documents/gone"]
    assert [line["path"] for line in lines[4:6]] == ["/app/invitations/(code)", "/api/invitations/(code)"]
    assert lines[1]["decision_status"] == "200"
    assert "canary" not in door.log + told


def test_who_goes_at_once_leaves_lines_that_are_json(open_door: OpenDoor) -> None:
    door = open_door()
    for number in range(100):
        with door.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset
            connection.sendall(
                b"GET /api/account HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer zgn_ada\r\n\r\n"
            )
            time.sleep(number / 50_000)
    door.stop()
    assert {json.loads(line)["status"] for line in door.log.splitlines()} <= {0, 200, 499}


def test_a_client_cannot_write_into_the_log(open_door: OpenDoor) -> None:
    door = open_door()
    door.get('/x"},"status":200,"y', [("X-Request-ID", '"},"a":"')])
    door.raw(b'GET /app\x1b[31m"\\ HTTP/1.1\r\nHost: x\r\n\r\n')
    door.raw(b"GET /\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")  # not UTF-8
    door.stop()
    for line in door.log.splitlines():
        assert json.loads(line)["status"] in {400, 404}
        assert line.isprintable()
