"""A service calls another for its person: over real connections, to a peer that does what peers do."""

import json
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from servicekit import as_user, connections, exchange
from servicekit.exchange import GRANT
from servicekit.tests.peers import TRACE, Shelf, accepting, ask_who


def test_it_arrives_as_the_person_and_with_what_belongs_to_it(shelf: Shelf) -> None:
    incoming = {
        "X_Request_ID": TRACE,
        "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        "X_Client_Address": "192.0.2.1",
    }
    answer = shelf.serve(ask_who, **incoming)
    told = answer.get_json()
    assert (answer.status_code, told["subject"], told["actors"]) == (200, "ana", ["shelf"])
    assert (json.loads(told["body"]), told["query"]) == ({"text": "ñ"}, {"q": ["a b"]})
    sent = told["headers"]
    assert sent["x-request-id"] == TRACE
    assert sent["x-client-address"] == "192.0.2.1"
    version, trace_id, step, flags = sent["traceparent"].split("-")
    assert (version, trace_id, flags) == ("00", TRACE, "01")
    (asked,) = shelf.backend.asked
    assert asked["traceparent"].split("-")[1] == TRACE
    assert len({"b7ad6b7169203331", step, asked["traceparent"].split("-")[2]}) == 3
    assert (asked["grant_type"], asked["audience"]) == (GRANT, "press")
    assert "scope" not in asked


@pytest.mark.parametrize(
    "given", ["", "nonsense", f"00-{'0' * 32}-b7ad6b7169203331-01", f"00-{TRACE.upper()}-b7ad6b7169203331-01"]
)
def test_without_a_trace_one_begins_with_the_id_of_the_request(shelf: Shelf, given: str) -> None:
    told = shelf.serve(ask_who, X_Request_ID=TRACE, traceparent=given).get_json()
    assert told["headers"]["traceparent"].split("-")[1] == TRACE


def test_a_call_may_ask_for_less(shelf: Shelf) -> None:
    told = shelf.serve(lambda: as_user("press", "a:b", "c:d").get("/who").json()).get_json()
    assert told["scope"] == ["a:b", "c:d"]
    assert shelf.backend.asked[0]["scope"] == "a:b c:d"


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_every_method_is_there(shelf: Shelf, method: str) -> None:
    assert shelf.serve(lambda: getattr(as_user("press"), method)("/who").json()).status_code == 200
    assert shelf.press.seen == [method.upper()]


def test_nothing_that_a_caller_adds_takes_the_place_of_what_is_ours(shelf: Shelf) -> None:
    own = {"authorization": "Bearer x", "X-DEADLINE": "999", "x-request-id": "x", "If-Match": '"1"'}
    sent = shelf.serve(lambda: as_user("press").get("/who", headers=own).json()).get_json()["headers"]
    assert sent["authorization"].startswith("Bearer ey")
    assert float(sent["x-deadline"]) <= 30
    assert (len(sent["x-request-id"]), sent["if-match"]) == (36, '"1"')


@contextmanager
def keeping() -> Iterator[tuple[str, list[int]]]:
    """A peer that keeps connections open; how many requests came on each."""
    counts: list[int] = []

    def talk(connection: socket.socket) -> None:
        number = len(counts)
        counts.append(0)
        with connection:
            while connection.recv(65536):
                counts[number] += 1
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with accepting(talk) as address:
        yield address, counts


def test_the_connection_is_used_again(shelf: Shelf) -> None:
    def five() -> Any:
        return [as_user("press").get("/x").status_code for _ in range(5)]

    with keeping() as (address, counts):
        shelf.at(address)
        assert shelf.serve(five).get_json() == [200] * 5
        assert shelf.serve(five, shelf.token("bea")).get_json() == [200] * 5
        connections.client().close()
    assert counts == [10]


def test_a_cookie_of_one_persons_answer_is_not_sent_for_the_next(shelf: Shelf) -> None:
    shelf.serve(ask_who)
    assert "cookie" not in shelf.serve(ask_who, shelf.token("bea")).get_json()["headers"]


def test_a_token_is_kept_for_a_moment_and_for_one_person(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert exchange.KEEP <= 1  # with the gateway's second: within the two that are promised
    monkeypatch.setattr(exchange, "KEEP", 30.0)  # a busy machine may need longer for these calls
    token = shelf.token()
    for _ in range(3):
        assert shelf.serve(ask_who, token).get_json()["subject"] == "ana"
    assert len(shelf.backend.asked) == 1
    assert shelf.serve(ask_who, shelf.token("bea")).get_json()["subject"] == "bea"
    shelf.serve(lambda: as_user("press", "a:b").get("/who").json(), token)
    shelf.serve(ask_who, shelf.token())  # another token of the same person: perhaps of other rights
    assert len(shelf.backend.asked) == 4
    moment = time.monotonic() + exchange.KEEP
    monkeypatch.setattr(time, "monotonic", lambda: moment)
    kept: exchange.Kept = shelf.app.extensions["exchanged"]
    assert [kept.get(key) for key in list(kept._tokens)] == [None] * 4


def test_what_is_kept_is_bounded() -> None:
    kept = exchange.Kept()

    def fill(n: int) -> None:
        for i in range(500):
            kept.put((f"{n}-{i}", "press", frozenset()), f"{n}-{i}", 60)
            assert kept.get((f"{n}-{i}", "press", frozenset())) in {f"{n}-{i}", None}

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fill, range(8)))
    assert len(kept._tokens) == exchange.MOST


def test_many_people_at_once_stay_apart(shelf: Shelf) -> None:
    people = [f"person-{n}" for n in range(12)]
    tokens = {person: shelf.token(person) for person in people}
    shelf.view = ask_who

    def one(n: int) -> tuple[str, str]:
        person = people[n % len(people)]
        headers = {"Authorization": f"Bearer {tokens[person]}"}
        told = shelf.app.test_client().get("/api/shelf", headers=headers).get_json()
        return person, told["subject"]

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(one, range(120)))
    assert [person for person, _ in answers] == [subject for _, subject in answers]


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (400, 500), (401, 503), (403, 403), (404, 404), (405, 500), (409, 409), (412, 412), (413, 413),
        (415, 500), (422, 500), (428, 500), (429, 429), (500, 503), (502, 503), (503, 503), (504, 504),
    ],
)  # fmt: skip
def test_what_the_peer_refuses_is_told_as_what_it_is_here(shelf: Shelf, status: int, shown: int) -> None:
    answer = shelf.serve(lambda: as_user("press").post(f"/refuse/{status}").json())
    told = answer.get_json()
    assert (answer.status_code, told["status"], answer.mimetype) == (shown, shown, "application/problem+json")
    assert ("press: So it is." in told["detail"]) == (shown == status and status != 503)
    assert answer.headers.get("Retry-After") == (
        "7" if status in {429, 503} else "2" if shown == 503 else None
    )
    assert shelf.press.seen == ["POST"]


def test_an_expected_refusal_comes_back(shelf: Shelf) -> None:
    def ask() -> Any:
        return {"was": as_user("press").get("/refuse/404", expected={404}).status_code}

    assert shelf.serve(ask).get_json() == {"was": 404}


def test_a_visitor_is_asked_to_sign_in(shelf: Shelf) -> None:
    def ask() -> Any:
        return as_user("press", "no:such").get("/may").json()

    assert shelf.serve(ask, shelf.token("visitor:abc")).status_code == 401
    assert shelf.serve(ask).status_code == 403


@pytest.mark.parametrize(
    ("refusal", "shown"),
    [
        ((400, {"error": "invalid_grant", "error_description": "Gone."}), 401),
        ((400, {"error": "access_denied", "error_description": "Waits."}), 403),
        ((400, {"error": "invalid_target", "error_description": "Not there."}), 403),
        ((400, {"error": "invalid_scope", "error_description": "Not that."}), 403),
        ((400, {"error": "invalid_request", "error_description": "Old."}), 503),
        ((401, {"error": "invalid_client", "error_description": "Who?"}), 500),
        ((503, {}), 503),
        ((200, {}), 503),
    ],
)
def test_without_a_token_nothing_is_sent(
    shelf: Shelf, refusal: tuple[int, dict[str, str]], shown: int
) -> None:
    shelf.backend.refusal = refusal
    answer = shelf.serve(ask_who)
    assert answer.status_code == shown
    assert (refusal[1].get("error_description", "no words") in answer.text) == (shown in {401, 403})
    assert shelf.press.seen == []
