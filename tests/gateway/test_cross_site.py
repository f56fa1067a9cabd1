"""Requests that another site makes the browser send: nothing happens."""

import itertools

import pytest

from .conftest import Behind, OpenDoor
from .door import Door, Headers, bearer, cookie
from .services import session

COOKIE = cookie(session("ada"))
HERE = ("Sec-Fetch-Site", "same-origin")
UNSAFE = ["POST", "PUT", "PATCH", "DELETE"]
TARGETS = ["/api/documents", "/api/account"]

FROM_ELSEWHERE: list[Headers] = [
    [],
    [("Sec-Fetch-Site", "cross-site")],
    [("Sec-Fetch-Site", "same-site")],
    [("Sec-Fetch-Site", "none")],
    [("Sec-Fetch-Site", "same-origin, cross-site")],
    [("Sec-Fetch-Site", "")],
    [("Origin", "null")],
    [("Origin", "https://evil.example")],
    [("Origin", "http://localhost")],
    [("Origin", "http://localhost:1")],
    [("Origin", "http://localhost.evil.example")],
    [("Content-Type", "text/plain"), ("Sec-Fetch-Site", "cross-site")],
    [("Content-Type", "application/x-www-form-urlencoded"), ("Origin", "https://evil.example")],
    [("Content-Type", "application/json"), ("Referer", "http://localhost/")],
    [("X-Requested-With", "XMLHttpRequest")],
    [("X-HTTP-Method-Override", "GET")],
]


@pytest.mark.parametrize(("method", "target"), list(itertools.product(UNSAFE, TARGETS)))
@pytest.mark.parametrize("headers", FROM_ELSEWHERE)
def test_a_cookie_alone_changes_nothing_from_elsewhere(
    door: Door, behind: Behind, method: str, target: str, headers: Headers
) -> None:
    before = behind.received
    answer = door.ask(method, target, [COOKIE, *headers], b"{}")
    assert (answer.status, answer.json()["type"]) == (403, "/docs/errors/cross-site")
    assert behind.received == before


@pytest.mark.parametrize("spoiled", ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"])
def test_a_good_origin_does_not_outweigh_what_the_browser_says(door: Door, spoiled: str) -> None:
    name, _, value = spoiled.partition(": ")
    origin = ("Origin", door.gateway.public_url)
    assert door.ask("POST", "/api/documents", [COOKIE, (name, value), origin]).status == 403


@pytest.mark.parametrize("method", UNSAFE)
def test_from_here_it_works(door: Door, method: str) -> None:
    assert door.ask(method, "/api/documents", [COOKIE, HERE], b"{}").status == 200
    assert (
        door.ask(method, "/api/documents", [COOKIE, ("Origin", door.gateway.public_url)], b"{}").status == 200
    )


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_is_safe_from_anywhere(door: Door, method: str) -> None:
    assert door.ask(method, "/api/documents", [COOKIE, ("Sec-Fetch-Site", "cross-site")]).status == 200


def test_a_program_is_not_a_browser(door: Door) -> None:
    assert door.ask("POST", "/api/documents", [bearer("zgn_ada")], b"{}").status == 200
    assert door.ask("POST", "/api/documents", [bearer("zgn_ada"), COOKIE], b"{}").status == 200


def test_signing_out_from_elsewhere_does_nothing(door: Door, behind: Behind) -> None:
    before = behind.received
    assert door.ask("POST", "/auth/logout", [COOKIE, ("Sec-Fetch-Site", "cross-site")]).status == 403
    assert behind.received == before
    assert door.ask("POST", "/auth/logout", [COOKIE, HERE]).status == 200


@pytest.mark.parametrize("credential", ["Basic dTpw", "Bearer zgn_ada", "x /api/documents"])
def test_no_other_credential_outweighs_the_cookie_that_signs_out(
    door: Door, behind: Behind, credential: str
) -> None:
    """Browsers add `Basic` by themselves where a proxy in front asks for a password."""
    before, said = behind.received, ("Authorization", credential)
    assert door.ask("POST", "/auth/logout", [COOKIE, said, ("Sec-Fetch-Site", "cross-site")]).status == 403
    assert behind.received == before
    assert door.ask("POST", "/auth/logout", [COOKIE, said, HERE]).status == 200
    said = ("Authorization", "Bearer zgn_ada /auth/logout")
    assert door.ask("POST", "/api/documents", [COOKIE, said, ("Sec-Fetch-Site", "none")]).status != 403


@pytest.mark.parametrize(
    "value", ["short", "", "stale" + "x" * 60, f"{session('a')}; __Host-session={session('b')}"]
)
def test_any_session_cookie_counts_as_one(door: Door, value: str) -> None:
    assert door.ask("POST", "/auth/logout", [cookie(value)]).status == 403


@pytest.mark.parametrize(("public_url", "origin"), [
    ("https://zaguan.example", "https://zaguan.example"),
    ("https://zaguan.example:443", "https://zaguan.example"),
    ("https://zaguan.example:8443", "https://zaguan.example:8443"),
    ("http://zaguan.example:80", "http://zaguan.example"),
])  # fmt: skip
def test_the_origin_is_the_public_one(open_door: OpenDoor, public_url: str, origin: str) -> None:
    door = open_door(public_url=public_url)
    assert door.ask("POST", "/auth/logout", [COOKIE, ("Origin", origin)]).status == 200
    assert (
        door.ask("POST", "/auth/logout", [COOKIE, ("Origin", f"http://localhost:{door.gateway.port}")]).status
        == 403
    )
