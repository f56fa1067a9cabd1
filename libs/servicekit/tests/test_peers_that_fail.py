"""Calls to a peer that is away, slow or gone half-way, and what is not called at all."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from servicekit import as_user, deadline
from servicekit.settings import Settings
from servicekit.tests.peers import Shelf, accepting, ask_who
from tests.support.promises import in_time


def test_a_service_that_cannot_be_reached_is_told(shelf: Shelf) -> None:
    with in_time(3):
        answer = shelf.serve(lambda: as_user("nobody").post("/x").json())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "nobody does not answer" in answer.get_json()["detail"]


def test_a_backend_that_breaks_off_is_asked_once_more_with_another_assertion(shelf: Shelf) -> None:
    """And no longer than the call has time for."""
    with hanging() as (address, asked):
        settings: Settings = shelf.app.extensions["settings"]
        shelf.app.extensions["settings"] = settings.model_copy(update={"backend_url": address})
        with in_time(2.5):
            answer = shelf.serve(lambda: as_user("press").get("/who", timeout=1).json())
    assert (answer.status_code, shelf.press.seen) == (503, [])
    assert len(asked) == len(set(asked)) == 2


@contextmanager
def hanging() -> Iterator[tuple[str, list[str]]]:
    """A backend that hangs up once, and then says nothing at all; the assertions that it was sent."""
    asked: list[str] = []
    open_ = list[socket.socket]()

    def talk(connection: socket.socket) -> None:
        text = ""
        while "client_assertion=" not in text:
            text += connection.recv(65536).decode()
        asked.append(text.split("client_assertion=")[1].split("&")[0])
        if len(asked) == 1:
            connection.close()
        else:
            open_.append(connection)

    with accepting(talk) as address:
        yield address, asked
    for connection in open_:
        connection.close()


def test_a_service_that_is_not_named_is_our_mistake(shelf: Shelf) -> None:
    assert shelf.serve(lambda: as_user("unknown").get("/x").json()).status_code == 500


@contextmanager
def dropping(times: int) -> Iterator[tuple[str, list[str]]]:
    """A peer that takes a request and hangs up, so many times; then it answers."""
    seen: list[str] = []

    def talk(connection: socket.socket) -> None:
        with connection:
            seen.append(connection.recv(65536).decode().split(" ", 1)[0])
            if len(seen) > times:
                connection.sendall(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")

    with accepting(talk) as address:
        yield address, seen


@pytest.mark.parametrize(("method", "tries", "shown"), [("GET", 2, 200), ("HEAD", 2, 200), ("POST", 1, 503)])
def test_only_what_changes_nothing_is_tried_again(shelf: Shelf, method: str, tries: int, shown: int) -> None:
    with dropping(1) as (address, seen):
        shelf.at(address)
        answer = shelf.serve(lambda: {"is": as_user("press").request(method, "/x").status_code})
    assert (answer.status_code, seen) == (shown, [method] * tries)


def test_it_is_tried_twice_at_most(shelf: Shelf) -> None:
    with dropping(9) as (address, seen):
        shelf.at(address)
        assert shelf.serve(lambda: as_user("press").get("/x").json()).status_code == 503
    assert seen == ["GET", "GET"]


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_an_answer_that_takes_too_long_is_not_waited_for_and_not_asked_again(shelf: Shelf, path: str) -> None:
    with in_time(2):
        answer = shelf.serve(lambda: as_user("press").get(path, timeout=1).json())
    assert (answer.status_code, answer.get_json()["type"]) == (504, "/docs/errors/timeout")
    assert len(shelf.press.seen) == (path == "/slow")


def test_an_answer_that_never_ends_is_cut(shelf: Shelf) -> None:
    assert shelf.serve(lambda: as_user("press").get("/flood").json()).status_code == 503
    assert shelf.press.seen == ["GET"]


def test_what_is_left_of_the_time_goes_with_the_call(shelf: Shelf) -> None:
    assert 20 < shelf.serve(lambda: {"left": deadline.left()}).get_json()["left"] <= 30
    told = shelf.serve(ask_who).get_json()
    assert 5 < float(told["headers"]["x-deadline"]) <= 10
    told = shelf.serve(ask_who, X_Deadline="9").get_json()
    assert 5 < told["left"] <= float(told["headers"]["x-deadline"]) < 9
    with in_time(1.5):
        assert shelf.serve(lambda: as_user("press").get("/slow").json(), X_Deadline="0.6").status_code == 504


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("0", 504),
        ("-1", 504),
        ("0.001", 504),
        ("5", 200),
        ("900", 200),
        ("nan", 200),
        ("inf", 200),
        ("x", 200),
    ],
)
def test_what_nobody_waits_for_any_more_is_not_begun(shelf: Shelf, told: str, status: int) -> None:
    answer = shelf.serve(lambda: {"left": deadline.left()}, X_Deadline=told)
    assert answer.status_code == status
    if status == 200:
        assert answer.get_json()["left"] <= 30


def test_more_time_than_there_is_can_be_asked_for(shelf: Shelf) -> None:
    def long_work() -> Any:
        deadline.need(20)
        return {}

    assert shelf.serve(long_work).status_code == 200
    assert shelf.serve(long_work, X_Deadline="10").status_code == 504


@pytest.mark.parametrize(
    "path",
    [
        "/../../internal/token", "/a/../b", "/./a", "/..", "//evil.example/x", "http://evil.example/", "@evil.example",
        ":9/x", "/a?b=c", "/a#b", "/%2e%2e/x", "/a b", "/a\\b", "/a\nb", "x", "/a/.", "/x\n",
    ],
)  # fmt: skip
def test_a_path_leads_nowhere_else(shelf: Shelf, path: str) -> None:
    def ask() -> Any:
        with pytest.raises(ValueError, match="no path"):
            as_user("press").get(path)
        return {}

    assert shelf.serve(ask).status_code == 200
    assert shelf.backend.asked == []


def test_only_within_a_request_of_somebody(shelf: Shelf) -> None:
    shelf.view = ask_who
    assert shelf.app.test_client().get("/api/shelf").status_code == 401
    assert shelf.backend.asked == []


def test_calls_are_counted(shelf: Shelf) -> None:
    shelf.serve(ask_who)
    assert (
        'peer_call_seconds_count{peer="press",status="200"} 1.0'
        in shelf.app.test_client().get("/metrics").text
    )
