"""Limits have clear answers, and those who only hold connections open do not slow the others down."""

import contextlib
import socket
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.promises import in_time
from tests.support.waiting import until

from .conftest import Behind, OpenDoor
from .door import Answer, Door, bearer, cookie
from .services import session

ADA = bearer("zgn_ada")
IMPORTS = "/api/documents/imports"


def slug(answer: Answer) -> str:
    return f"{answer.status} {answer.json()['type'].rpartition('/')[2]}"


def test_a_long_address(door: Door) -> None:
    assert slug(door.get("/api/documents?q=" + "a" * 9000, [ADA])) == "414 uri-too-long"
    assert door.get("/api/documents?q=" + "a" * 7000, [ADA]).status == 200


def test_long_headers(door: Door) -> None:
    assert slug(door.get("/api/documents", [ADA, ("X-A", "a" * 9000)])) == "431 headers-too-large"
    assert (
        slug(door.get("/api/documents", [ADA, *[(f"X-{n}", "a" * 7000) for n in range(6)]]))
        == "431 headers-too-large"
    )
    assert door.get("/api/documents", [ADA, ("X-A", "a" * 7000)]).status == 200


@pytest.mark.parametrize(("method", "target"), [("POST", "/api/documents"), ("PUT", "/api/documents/x")])
def test_a_large_body(door: Door, behind: Behind, method: str, target: str) -> None:
    before = behind.received
    size = 8 * 1024 * 1024 + 1
    assert slug(door.ask(method, target, [ADA, ("Content-Length", str(size))])) == "413 too-large"
    assert slug(door.ask(method, target, [ADA], b"a" * size)) == "413 too-large"
    assert behind.received == before
    assert door.ask(method, target, [ADA], b"a" * (size - 1)).json()["body"] == size - 1


def test_a_large_body_in_chunks(door: Door, behind: Behind) -> None:
    before = behind.received
    head = (
        f"POST /api/documents HTTP/1.1\r\nHost: x\r\n{ADA[0]}: {ADA[1]}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    (answer,) = door.raw(head.encode() + b"900000\r\n" + b"a" * 0x900000 + b"\r\n0\r\n\r\n")
    assert slug(answer) == "413 too-large"
    assert behind.received == before


def test_an_archive_may_be_larger(door: Door, behind: Behind) -> None:
    size = 16 * 1024 * 1024
    assert slug(door.ask("POST", IMPORTS, [ADA], b"a" * (size + 1))) == "413 too-large"
    assert door.ask("POST", IMPORTS, [ADA], b"a" * size).json()["body"] == size


@contextlib.contextmanager
def sending(
    door: Door, target: str, length: int, count: int, *credentials: tuple[str, str]
) -> Iterator[list[socket.socket]]:
    """So many bodies that are awaited (RFC 9110, 10.1.1: the gateway says so), begin to come, and go on no further."""
    who = "".join(f"{name}: {value}\r\n" for name, value in credentials)
    head = (
        f"POST {target} HTTP/1.1\r\nHost: x\r\n{who}Content-Length: {length}\r\nExpect: 100-continue\r\n\r\n"
    )
    with contextlib.ExitStack() as open_ones:
        coming = [open_ones.enter_context(door.connect()) for _ in range(count)]
        for one in coming:
            one.sendall(head.encode())
            if one.recv(12) == b"HTTP/1.1 100":
                one.recv(100)
                one.sendall(b"12345")
        yield coming


def person(name: str) -> tuple[str, str]:
    return bearer(f"zgn_{name}")


def test_of_one_person_two_archives_come_at_once_from_wherever(open_door: OpenDoor) -> None:
    door = open_door(trusted_proxies=("127.0.0.0/8",))
    elsewhere = ("X-Forwarded-For", "192.0.2.7")
    with sending(door, IMPORTS, 10, 2, ADA, elsewhere) as coming:
        assert door.ask("POST", IMPORTS, [ADA], b"a").status == 429
        assert door.ask("POST", f"{IMPORTS}/", [ADA], b"a").status == 429  # the same to the service
        same = [cookie(session("ada")), ("Sec-Fetch-Site", "same-origin")]
        refused = door.ask("POST", IMPORTS, same, b"a")
        assert slug(refused) == "429 too-many-requests"
        assert refused.all("retry-after") == ["1"]
        assert door.ask("POST", IMPORTS, [person("bea")], b"a").status == 200
        assert door.ask("POST", "/api/documents", [ADA], b"a").status == 200
        coming[0].sendall(b"67890")
        until(lambda: door.ask("POST", IMPORTS, [ADA], b"a").status == 200)


def test_of_everybody_no_more_archives_come_than_there_is_room_for(open_door: OpenDoor) -> None:
    door = open_door()
    with contextlib.ExitStack() as stack:
        for name in ("ada", "bea", "eva"):
            stack.enter_context(sending(door, IMPORTS, 10, 2, person(name)))
        assert door.ask("POST", IMPORTS, [person("zoe")], b"a").status == 429


@pytest.mark.parametrize("credentials", [[], [("Authorization", "Bearer made-up")], [bearer("zgn_pending")]])
def test_who_may_not_enter_holds_no_place(open_door: OpenDoor, credentials: list[tuple[str, str]]) -> None:
    """Not even while what they still send is thrown away."""
    door = open_door()
    with sending(door, IMPORTS, 10_000_000, 20, *credentials):
        assert door.ask("POST", IMPORTS, [ADA], b"a").status == 200


LARGE, MEDIUM = 7_000_000, 70_000


@pytest.mark.parametrize(
    ("target", "length", "of_one"),
    [("/api/documents", LARGE, 2), ("/api/documents", MEDIUM, 16), ("/api/ai/v1/embeddings", MEDIUM, 16)],
)
def test_bodies_too_large_for_memory_are_few_at_once(
    open_door: OpenDoor, target: str, length: int, of_one: int
) -> None:
    door = open_door()
    with sending(door, target, length, of_one, ADA) as coming:
        assert door.ask("POST", target, [ADA], b"a" * length).status == 429
        assert door.ask("POST", target, [person("bea")], b"a" * length).status == 200
        assert door.ask("POST", target, [ADA], b"a").status == 200
        assert door.get(target, [ADA]).status == 200
        coming[0].sendall(b"a" * (length - 5))
        until(lambda: door.ask("POST", target, [ADA], b"a" * length).status == 200)
    with contextlib.ExitStack() as stack:
        for number in range(4 if length == LARGE else 3):
            one = 1 if length == LARGE else of_one
            stack.enter_context(sending(door, target, length, one, person(f"crowd{number}")))
        assert door.ask("POST", target, [person("bea")], b"a" * length).status == 429


def test_what_is_counted_leaves_nothing_in_the_log_of_errors(open_door: OpenDoor) -> None:
    door = open_door()
    for target in ("/api/documents", IMPORTS, "/api/ai/v1/embeddings"):
        assert door.ask("POST", target, [ADA], b"a" * MEDIUM).status == 200
    assert door.stop() == ""


def test_a_body_in_chunks_counts_as_a_large_one(door: Door) -> None:
    head = (
        f"POST /api/documents HTTP/1.1\r\nHost: x\r\n{ADA[0]}: {ADA[1]}\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with sending(door, "/api/documents", LARGE, 2, ADA):
        (answer,) = door.raw(head.encode() + b"1\r\na\r\n0\r\n\r\n")
        assert slug(answer) == "429 too-many-requests"


@pytest.mark.parametrize("target", ["/api/account", "/auth/logout", "/oauth/token", "/demo-idp/x"])
def test_elsewhere_bodies_are_small(door: Door, target: str) -> None:
    assert slug(door.ask("POST", target, [ADA], b"a" * 70_000)) == "413 too-large"


def test_a_large_body_of_nobody_is_401(door: Door, behind: Behind) -> None:
    before = behind.received
    assert door.ask("POST", "/api/documents", [], b"a" * 100_000).status == 401
    assert behind.received == before


RATES = [
    ("/auth/login", "rate_sign_in", 200),
    ("/auth/callback?code=x", "rate_sign_in", 200),
    ("/demo-idp/x", "rate_sign_in", 200),
    ("/oauth/device_authorization", "rate_sign_in", 200),
    ("/oauth/token", "rate_sign_in", 200),
    ("/oauth/revoke", "rate_sign_in", 200),
    ("/api/account", "rate_api", 400),
    ("/api/documents/openapi.json", "rate_api", 400),
    ("/api/documents/samples", "rate_visitor", 40),
]


@pytest.mark.parametrize(("target", "rate", "burst"), RATES)
def test_too_many_requests(open_door: OpenDoor, target: str, rate: str, burst: int) -> None:
    door = open_door(**{rate: "1r/m"})
    method = "POST" if target.startswith("/oauth/") else "GET"
    request, last = f"{method} {target} HTTP/1.1\r\nHost: x\r\n", "Connection: close\r\n\r\n"
    answers = door.raw(f"{request}\r\n".encode() * (burst + 4) + f"{request}{last}".encode())
    assert len(answers) == burst + 5
    refused = [answer for answer in answers if answer.status == 429]
    assert len(refused) == 4  # the burst, and one more that the rate itself allows
    assert slug(refused[0]) == "429 too-many-requests"
    assert refused[0].all("retry-after") == ["1"]
    assert door.get("/app").status == 200


MADE_UP = {
    "cookie": [cookie(session(f"stale{n}")) for n in range(50)],
    "header": [bearer(f"zgn_{n}") for n in range(50)],
    "address": [("X-Forwarded-For", f"192.0.2.{n}") for n in range(50)],
}


@pytest.mark.parametrize("credentials", MADE_UP.values(), ids=MADE_UP)
def test_made_up_credentials_do_not_raise_the_visitors_limit(
    open_door: OpenDoor, credentials: list[tuple[str, str]]
) -> None:
    door = open_door(rate_visitor="1r/m")
    statuses = [door.get("/api/documents/samples", [credential]).status for credential in credentials]
    assert statuses == [200] * 41 + [429] * 9


def test_only_a_trusted_proxy_tells_the_clients_address(open_door: OpenDoor) -> None:
    forwarded = ("X-Forwarded-For", "203.0.113.9, 192.0.2.7")
    trusting = open_door(trusted_proxies=("127.0.0.0/8",))
    assert trusting.get("/api/documents", [ADA, forwarded]).upstream["x-client-address"] == ["192.0.2.7"]
    assert open_door().get("/api/documents", [ADA, forwarded]).upstream["x-client-address"] == ["127.0.0.1"]


# --- crowds -----------------------------------------------------------------------------------------------------


def slowest(door: Door, requests: int = 300) -> float:
    """The 99th percentile in seconds of a protected request."""

    def timed(_: int) -> float:
        started = time.perf_counter()
        assert door.get("/healthz").status == 200
        return time.perf_counter() - started

    with ThreadPoolExecutor(4) as pool:
        return statistics.quantiles(pool.map(timed, range(requests)), n=100)[98]


SLOW_HEADERS = b"GET /app HTTP/1.1\r\nHost: x\r\nX-Slow: "
SLOW_BODY = (
    b"POST /api/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer zgn_ada\r\nContent-Length: 99\r\n\r\na"
)


@pytest.mark.parametrize("sent", [b"", SLOW_HEADERS, SLOW_BODY], ids=["idle", "slow headers", "slow body"])
def test_a_crowd_that_only_waits_slows_nobody_down(door: Door, sent: bytes) -> None:
    alone = slowest(door)
    with contextlib.ExitStack() as crowd:
        for _ in range(1000):
            waiting = crowd.enter_context(door.connect())
            waiting.sendall(sent)
        # The machine is shared with the other tests: one quiet moment is enough.
        until(lambda: slowest(door) < 2 * alone + 0.25)


def test_who_never_finishes_the_headers_is_sent_away(door: Door) -> None:
    """A byte now and then does not help: the time counts from the first."""
    with door.connect(timeout=1) as slow:
        slow.sendall(b"GET /app HTTP/1.1\r\nHost: x\r\n")
        started = time.monotonic()
        with in_time(13):
            until(lambda: not _still_open(slow))
        assert time.monotonic() - started > 8


def _still_open(slow: socket.socket) -> bool:
    try:
        slow.sendall(b"X-A: b\r\n")
        return slow.recv(1) != b""
    except TimeoutError:
        return True
    except ConnectionError:
        return False
