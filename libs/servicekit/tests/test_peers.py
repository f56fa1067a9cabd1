"""A service calls another for its person: over real connections, to a peer that does what peers do."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIBlueprint, APIFlask
from flask import Flask, Response, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.serving import WSGIRequestHandler, make_server

from servicekit import as_user, connections, create_service, current_identity, deadline, exchange, require
from servicekit.exchange import GRANT
from servicekit.guards import Room, open_to_visitors
from servicekit.service_key import PRIVATE
from servicekit.settings import Settings
from servicekit.testing import Issuer

TRACE = "0af7651916cd43dd8448eb211c80319c"


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The app on a free port of loopback; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Exchange:
    """Stands in for the backend's token endpoint: signs what it is asked for, or refuses as it is told."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer, self.asked = issuer, list[dict[str, str]]()
        self.refusal: tuple[int, dict[str, str]] | None = None
        self.app = Flask("backend")
        self.app.add_url_rule("/internal/token", view_func=self.answer, methods=["POST"])

    def answer(self) -> Any:
        form = request.form.to_dict()
        self.asked.append(form | {"traceparent": request.headers["traceparent"]})
        if self.refusal:
            return self.refusal[1], self.refusal[0]
        old = jwt.decode(form["subject_token"], self.issuer.key, algorithms=["ES256"]).claims
        scope = form.get("scope", "things:read")
        token = self.issuer.token(form["audience"], old["sub"], scope, act={"sub": "shelf"}, sid=old["sid"])
        return {"access_token": token, "expires_in": 60, "scope": scope}


class Press:
    """The peer: says what reached it, or misbehaves."""

    def __init__(self, issuer: Issuer) -> None:
        self.seen = list[str]()
        room = APIBlueprint("room", "press")
        room.add_url_rule("/who", view_func=self.who, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
        room.add_url_rule("/may", view_func=require("things:read")(lambda: {"may": True}))
        room.add_url_rule("/refuse/<int:status>", view_func=self.refuse, methods=["GET", "POST"])
        room.add_url_rule("/slow", view_func=self.slow, methods=["GET", "POST"])
        room.add_url_rule("/drip", view_func=self.drip)
        room.add_url_rule("/flood", view_func=self.flood)
        rooms = [Room(room, "/api/press", open_to_visitors)]
        self.app = create_service("press", Settings(), rooms=rooms, keys=issuer.keys())

    def who(self) -> Any:
        who = current_identity()
        self.seen.append(request.method)
        body = {
            "subject": who.subject,
            "actors": list(who.actors),
            "scope": sorted(who.scope),
            "headers": {name.lower(): value for name, value in request.headers.items()},
            "left": deadline.left(),
            "body": request.get_data(as_text=True),
            "query": request.args.to_dict(flat=False),
        }
        return Response(json.dumps(body), headers={"Set-Cookie": f"who={who.subject}; Path=/"})

    def refuse(self, status: int) -> Any:
        self.seen.append(request.method)
        told = json.dumps({"detail": "So it is."})
        headers = {"Retry-After": "7"} if status in {429, 503} else {}
        return Response(told, status, headers, content_type="application/problem+json")

    def slow(self) -> Any:
        self.seen.append(request.method)
        time.sleep(2)
        return {}

    def drip(self) -> Any:
        def pieces() -> Iterator[bytes]:
            for _ in range(40):
                time.sleep(0.1)
                yield b"x"

        return Response(pieces(), content_type="text/plain")

    def flood(self) -> Any:
        self.seen.append(request.method)
        return Response((b"x" * 1_000_000 for _ in range(20)), content_type="text/plain")


class Shelf:
    """The service that calls: whatever a test gives it as its view is run in a request of a person."""

    def __init__(self, app: APIFlask, issuer: Issuer, press: Press, backend: Exchange) -> None:
        self.app, self.issuer, self.press, self.backend = app, issuer, press, backend
        self.view: Any = None

    def run(self) -> Any:
        return self.view()

    def at(self, address: str) -> None:
        """From now on the peer is there."""
        settings: Settings = self.app.extensions["settings"]
        self.app.extensions["settings"] = settings.model_copy(update={"peers": f"press={address}"})

    def token(self, subject: str = "ana", **changes: Any) -> str:
        return self.issuer.token("shelf", subject, **changes)

    def serve(self, view: Any, token: str | None = None, **headers: str) -> Any:
        """Run `view` while serving a person, and tell what they are answered."""
        self.view = view
        told = {"Authorization": f"Bearer {token or self.token()}"}
        told |= {name.replace("_", "-"): value for name, value in headers.items()}
        client: FlaskClient = self.app.test_client()
        return client.get("/api/shelf", headers=told)


@pytest.fixture
def shelf(issuer: Issuer, tmp_path: Path) -> Iterator[Shelf]:
    (tmp_path / PRIVATE.format("shelf")).write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    backend, press = Exchange(issuer), Press(issuer)
    with serving(backend.app) as inner, serving(press.app) as there:
        peers = f"press={there},nobody=http://127.0.0.1:{unused_port()}"
        settings = Settings(backend_url=inner, secrets_dir=tmp_path, peers=peers)
        room = APIBlueprint("room", "shelf")
        app = create_service(
            "shelf", settings, rooms=[Room(room, "/api/shelf", open_to_visitors)], keys=issuer.keys()
        )
        shelf = Shelf(app, issuer, press, backend)
        app.add_url_rule("/api/shelf", view_func=shelf.run)
        yield shelf
        connections.client().close()
        connections.client.cache_clear()


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask_who() -> Any:
    return as_user("press").post("/who", json={"text": "ñ"}, params={"q": "a b"}).json()


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


@contextmanager
def accepting(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):  # it is closed
                while True:
                    talk(server.accept()[0])

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


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


def test_a_service_that_cannot_be_reached_is_told(shelf: Shelf) -> None:
    began = time.monotonic()
    answer = shelf.serve(lambda: as_user("nobody").post("/x").json())
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert "nobody does not answer" in answer.get_json()["detail"]
    assert time.monotonic() - began < 3


def test_a_backend_that_breaks_off_is_asked_once_more_with_another_assertion(shelf: Shelf) -> None:
    """And no longer than the call has time for."""
    with hanging() as (address, asked):
        settings: Settings = shelf.app.extensions["settings"]
        shelf.app.extensions["settings"] = settings.model_copy(update={"backend_url": address})
        began = time.monotonic()
        answer = shelf.serve(lambda: as_user("press").get("/who", timeout=1).json())
        took = time.monotonic() - began
    assert (answer.status_code, shelf.press.seen) == (503, [])
    assert took < 2.5
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
    began = time.monotonic()
    answer = shelf.serve(lambda: as_user("press").get(path, timeout=0.5).json())
    assert (answer.status_code, answer.get_json()["type"]) == (504, "/docs/errors/timeout")
    assert time.monotonic() - began < 1.5
    assert len(shelf.press.seen) == (path == "/slow")


def test_an_answer_that_never_ends_is_cut(shelf: Shelf) -> None:
    assert shelf.serve(lambda: as_user("press").get("/flood").json()).status_code == 503
    assert shelf.press.seen == ["GET"]


def test_what_is_left_of_the_time_goes_with_the_call(shelf: Shelf) -> None:
    assert 29 < shelf.serve(lambda: {"left": deadline.left()}).get_json()["left"] <= 30
    told = shelf.serve(ask_who).get_json()
    assert 9 < float(told["headers"]["x-deadline"]) <= 10
    told = shelf.serve(ask_who, X_Deadline="3").get_json()
    assert 2 < told["left"] <= float(told["headers"]["x-deadline"]) < 3
    began = time.monotonic()
    assert shelf.serve(lambda: as_user("press").get("/slow").json(), X_Deadline="0.6").status_code == 504
    assert time.monotonic() - began < 1.5


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
