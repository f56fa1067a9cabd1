"""Two services and the backend, over real connections: shelf calls press for its person."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint, APIFlask
from flask import Flask, Response, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.serving import WSGIRequestHandler, make_server

from servicekit import as_user, connections, create_service, current_identity, deadline, require
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
        time.sleep(2.5)
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


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask_who() -> Any:
    return as_user("press").post("/who", json={"text": "ñ"}, params={"q": "a b"}).json()


@contextmanager
def running_shelf(issuer: Issuer, folder: Path) -> Iterator[Shelf]:
    """Shelf, press and a backend that gives tokens."""
    (folder / PRIVATE.format("shelf")).write_bytes(ECKey.generate_key("P-256").as_pem(private=True))
    backend, press = Exchange(issuer), Press(issuer)
    with serving(backend.app) as inner, serving(press.app) as there:
        peers = f"press={there},nobody=http://127.0.0.1:{unused_port()}"
        settings = Settings(backend_url=inner, secrets_dir=folder, peers=peers)
        room = APIBlueprint("room", "shelf")
        app = create_service(
            "shelf", settings, rooms=[Room(room, "/api/shelf", open_to_visitors)], keys=issuer.keys()
        )
        shelf = Shelf(app, issuer, press, backend)
        app.add_url_rule("/api/shelf", view_func=shelf.run)
        yield shelf
        connections.client().close()
        connections.client.cache_clear()


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
