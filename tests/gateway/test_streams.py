"""Event streams through the gateway: each piece at once, whatever the client can unpack, and not without end."""

import socket
import time
from contextlib import ExitStack

from tests.support.waiting import until

from .conftest import Behind, OpenDoor
from .door import Door, bearer, cookie
from .services import read_token, running, session

EVENTS = "/api/account/events"
ADA = bearer("zgn_ada")
AT_MOST = 256  # of one address: nginx/snippets/stream.conf


def listening(door: Door, *headers: tuple[str, str]) -> socket.socket:
    lines = [f"GET {EVENTS}?pieces=3 HTTP/1.1", "Host: x", *(f"{name}: {value}" for name, value in headers)]
    connection = door.connect()
    connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
    return connection


def test_the_stream_has_a_process_of_its_own_and_the_rest_of_the_account_has_not(open_door: OpenDoor) -> None:
    with running("streams") as streams:
        door = open_door(streams=streams.address)
        seen = door.get(EVENTS, [ADA, ("Last-Event-ID", "7"), ("X-User", "eva")])
        others = [
            door.get(path, [ADA]).json()["service"] for path in ("/api/account", f"{EVENTS}/", f"{EVENTS}x")
        ]
    assert (seen.json()["service"], seen.json()["path"]) == ("streams", EVENTS)
    assert read_token(seen.upstream["authorization"][0]) == {"sub": "ada", "aud": "backend"}
    assert seen.upstream["last-event-id"] == ["7"]
    assert "x-user" not in seen.upstream
    assert others == ["backend", "backend", "backend"]


def test_it_is_for_who_has_signed_in_and_only_read(door: Door) -> None:
    assert door.get(EVENTS).status == 401
    assert door.get(EVENTS, [bearer("zgn_pending")]).status == 403
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        answer = door.ask(method, EVENTS, [ADA])
        assert (answer.status, answer.header("allow")) == (405, "GET, HEAD")
    cross_site = [cookie(session("ada")), ("Sec-Fetch-Site", "cross-site")]
    assert door.ask("POST", EVENTS, cross_site).status == 403


def test_who_asks_for_what_lasts_is_asked_about_anew(door: Door, behind: Behind) -> None:
    """A decision kept from the request before would stay open with the answer, which nginx takes for a leak."""
    me = cookie(session("listener"))
    lasting = (EVENTS, "/api/account/export", "/api/ai/v1/chat/completions", "/api/ai/ask?x")
    for target in lasting:
        same = "/api/ai/usage" if "/ai/" in target else "/api/account"
        assert door.get(same, [me]).status == 200
        before = behind.backend.decisions(session("listener"))
        assert door.get(target, [me]).status == 200
        assert behind.backend.decisions(session("listener")) == before + 1, target


def test_each_piece_is_passed_on_as_it_comes_and_as_it_is(door: Door) -> None:
    with listening(door, ADA, ("Accept-Encoding", "gzip, br")) as connection:
        came: list[float] = []
        received = b""
        while b"data: 2" not in received:
            received += connection.recv(65536)
            came.append(time.monotonic())
    assert came[-1] - came[0] > 0.4  # the service makes a pause between two
    head = received.partition(b"\r\n\r\n")[0].decode().lower()
    assert "content-encoding" not in head
    assert "cache-control: no-store" in head


def test_one_address_does_not_take_all_places(open_door: OpenDoor) -> None:
    door = open_door()
    with ExitStack() as stack:
        held = [stack.enter_context(listening(door, ADA)) for _ in range(AT_MOST)]
        for connection in held:
            assert connection.recv(12) == b"HTTP/1.1 200"
        answer = door.get(EVENTS, [ADA])
        assert (answer.status, answer.header("retry-after")) == (429, "1")
        assert answer.json()["type"] == "/docs/errors/too-many-requests"
        assert door.get("/api/account", [ADA]).status == 200
    until(lambda: door.get(EVENTS, [ADA]).status == 200)
